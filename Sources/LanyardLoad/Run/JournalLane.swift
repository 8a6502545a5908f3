import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardScanner
import SwiftProtobuf

/// A lane as operators have it, with its journal and its roster, for runs in which something breaks.
actor JournalLane: PlayedLane {
  private let lane: Lane
  private let link: LaneLink
  private let recorder: RunRecorder
  private var pending = PendingScans()
  private let work: AsyncStream<Void>
  private let more: AsyncStream<Void>.Continuation

  /// - Parameters:
  ///   - access: The way to the server, through whatever may break it.
  ///   - journal: Path of its journal.
  ///   - patience: How long it waits for an answer.
  init(
    access: ServerAccess,
    checkpoint: String,
    journal: String,
    patience: Duration,
    recorder: RunRecorder
  ) throws {
    var setup = Lane.Setup(checkpoint: try ResourceName.checkpoint(checkpoint, field: "checkpoint"))
    setup.patience = patience
    lane = try Lane(setup, journal: LaneJournal(path: journal))
    link = LaneLink(lane, access: { access })
    (work, more) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.recorder = recorder
  }

  var isIdle: Bool {
    get async {
      let waiting = await lane.waiting
      return pending.isEmpty && waiting == 0
    }
  }

  var isOffline: Bool { get async { await lane.state != .online } }

  /// Whether it scans, and could go on without its server.
  ///
  /// - Throws: `LoadFailure` where the server does not let it in.
  var isReady: Bool {
    get async throws {
      let (state, size) = (await lane.state, await lane.rosterSize)
      if case .refused(let reason) = state { throw LoadFailure("the server does not let a lane in: \(reason)") }
      return state == .online && size > 0
    }
  }

  func send(_ scans: [PlannedScan]) {
    pending.append(scans)
    more.yield(())
  }

  /// One after the other, so that answers come in the order in which scans stand here.
  private func submitAll() async {
    while let scan = pending.handOn(at: recorder.now) {
      recorder.noteSent(scan.observation)
      var reading = LaneSession.Reading(
        id: scan.observation.id,
        code: scan.code,
        direction: scan.observation.isOut ? .out : .into,
        readAt: scan.observation.readAt ?? Instant(Date())
      )
      reading.badge = scan.badge
      await lane.submit(reading)
    }
  }

  nonisolated func run() async throws {
    let hasEnded = await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.link.run() }
      group.addTask { for await answer in self.lane.answers { await self.take(answer) } }
      group.addTask { for await _ in self.work { await self.submitAll() } }
      await group.next()
      let hasEnded = !Task.isCancelled
      await lane.close()
      group.cancelAll()
      return hasEnded
    }
    await giveUp()
    if hasEnded { throw LoadFailure("it has ended by itself: \(await lane.state)") }
  }

  private func giveUp() {
    for scan in pending.giveUp() { recorder.record(scan.observation) }
  }

  private func take(_ answer: LaneAnswer) {
    // A lane answers in the order in which it was given scans.
    guard let scan = pending.takeFirst() else {
      return recorder.noteStray("a lane answered the scan \(answer.reading.id), which nobody submitted")
    }
    var observation = scan.observation
    if (answer.reading.code, answer.reading.badge) != (scan.code, scan.badge) {
      recorder.noteStray("a lane answered the scan \(answer.reading.id) out of turn, in place of \(observation.id)")
    }
    observation.answered = recorder.now
    if answer.reading.id != observation.id {
      observation.replacedID = observation.id
      observation.id = answer.reading.id
    }
    switch answer.outcome {
    case .decided(let checkIn):
      observation.outcome = .decided(checkIn, offline: answer.isOffline)
      do throws(InvalidInput) {
        observation.facts = answer.isOffline ? ScanFacts(offline: checkIn) : try ScanFacts(checkIn)
      } catch {
        recorder.noteStray("a lane told an answer to the scan \(observation.id) that cannot be read: \(error)")
      }
    // Such a lane sends no scan again: what the server did not answer in time it decides by itself, under another id.
    case .failed(let failure): observation.outcome = .failed(failure.reason, byServer: !answer.isOffline)
    }
    recorder.record(observation)
  }
}
