import Foundation
import GRPCCore
import LanyardAPI
package import LanyardClient
package import LanyardDomain
package import LanyardStore
import SwiftProtobuf

/// One lane: the server answers its scans while it can, and the lane by itself while it cannot. What the lane answered by
/// itself is on disk before it is shown, and is uploaded in order when the server is back.
package actor Lane {
  /// What a lane is set up with.
  package struct Setup: Sendable {
    /// Resource name of the checkpoint.
    package var checkpoint: String
    /// Whether operators may override refusals while the lane is offline.
    package var isSupervisor = false
    /// How long an answer of the server may take.
    package var patience = Duration.seconds(2)

    package init(checkpoint: String) {
      self.checkpoint = checkpoint
    }
  }

  /// Version of the program, as it is reported.
  package static let version = "0.1.0"
  /// The most readings that wait for an answer; further ones are held until one comes.
  private static let window = 64
  /// How many scans can be taken back.
  private static let memory = 20

  /// Answers in the order of the readings.
  package nonisolated let answers: AsyncStream<LaneAnswer>
  let setup: Setup
  /// Resource name of the checkpoint.
  package nonisolated var checkpoint: String { setup.checkpoint }
  let journal: LaneJournal
  let clock: LaneClock
  let answered: AsyncStream<LaneAnswer>.Continuation
  var roster: LaneRoster
  /// A snapshot that is still coming in, with what it changes on disk: nothing is decided on half of one.
  var snapshot: (roster: LaneRoster, changes: [LaneJournal.RosterChange])?
  var cursor = ""
  var serverTime: ServerTime?
  package internal(set) var state = LaneState.connecting
  /// The client of the connection that is open.
  package internal(set) var client: ServerClient?
  /// Where readings go while the lane is online.
  var stream: AsyncStream<LaneSession.Outgoing>.Continuation?
  /// Ends the connection that is open.
  var breaker: AsyncStream<Void>.Continuation?
  /// Readings that were sent, or wait to be while the lane connects, with the moment from which patience counts.
  var pending: [(reading: LaneSession.Reading, since: ContinuousClock.Instant, isSent: Bool)] = []
  var room: [CheckedContinuation<Void, Never>] = []
  /// What an operator should know: scans that the server will never take, a certificate that cannot be renewed.
  package internal(set) var notice: String?
  /// The last scans with when they were answered and where the person stood before.
  var recent: [(scan: UUIDBytes, at: DeviceMoment, undo: OfflineDecision.Undo?)] = []

  /// - Throws: `StoreError` where the journal cannot be read.
  package init(_ setup: Setup, journal: LaneJournal, clock: LaneClock = .system) throws(StoreError) {
    self.setup = setup
    self.journal = journal
    self.clock = clock
    (answers, answered) = AsyncStream.makeStream()
    let stored = try journal.roster()
    var roster = LaneRoster(stored)
    serverTime = journal.serverTime()
    try roster.follow(journal, at: ResourcePart.last(of: setup.checkpoint), serverTime)
    self.roster = roster
    cursor = stored.cursor
  }

  /// Hands in a reading; its answer comes to `answers`. Waits while too many have none yet.
  package func submit(_ reading: LaneSession.Reading) async {
    while pending.count >= Self.window, state == .online || state == .connecting {
      await withCheckedContinuation { room.append($0) }
    }
    switch state {
    case .online:
      pending.append((reading, .now, true))
      stream?.yield(.reading(reading))
    case .connecting:
      pending.append((reading, .now, false))
    case .offline, .uploading:
      decide(reading, late: false)
    case .refused(let why):
      fail(reading, why)
    case .revoked:
      fail(reading, Self.revokedMessage)
    }
  }

  /// Whether every reading has its answer.
  package var isIdle: Bool { pending.isEmpty }

  /// How many scans wait to be uploaded.
  package var waiting: Int { (try? journal.waitingCount()) ?? 0 }

  /// The server's time, as far as the lane knows it.
  package var now: Instant { time(at: clock.now) }

  /// People inside the area by what the lane knows, and the limit.
  package var headcount: (inside: Int, capacity: Int?)? { roster.headcount(at: checkpointID, now: now) }

  package var isRehearsal: Bool { roster.isRehearsal }
  package var rosterSize: Int { roster.badgeCount }

  /// Waits until the lane could go on without the server.
  package func waitForRoster(atMost limit: Duration) async {
    let end = ContinuousClock.now + limit
    while !roster.isReady, state != .revoked, ContinuousClock.now < end, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(20))
    }
  }

  /// The plan of the event, where the lane has one.
  package var plan: VenuePlan? { roster.plan }

  /// No further answers will be asked for.
  package func close() {
    answered.finish()
    breaker?.finish()
  }

  /// Takes a scan back: at the server, or, where it does not answer, in the journal until it does.
  ///
  /// - Throws: `RPCError` where it may not be taken back.
  package func undo(_ scan: UUIDBytes) async throws {
    if state == .online, let client {
      do {
        var options = CallOptions.defaults
        options.timeout = setup.patience
        let event = ResourcePart.event(of: setup.checkpoint)
        _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).undoCheckIn(
          .with { $0.name = "events/\(event)/checkIns/\(scan)" },
          options: options
        )
        return revert(scan)
      } catch let error as RPCError where CallFailure(error).isServerOrNetwork && error.code != .permissionDenied {
        // The journal keeps it.
      }
    }
    let moment = clock.now
    if !setup.isSupervisor, let made = recent.last(where: { $0.scan == scan }),
      moment.age(of: made.at) > UndoRequest.ownTime
    {
      throw RPCError(
        code: .permissionDenied,
        message: "The scan is older than 15 minutes; a supervisor may still take it back."
      )
    }
    try journal.append(.with { $0.undoneScanID = scan.description }, at: moment)
    revert(scan)
    // What waits is uploaded when the lane connects anew.
    if state == .online { lost() }
  }

  private func revert(_ scan: UUIDBytes) {
    guard let index = recent.lastIndex(where: { $0.scan == scan }) else { return }
    if let undo = recent.remove(at: index).undo { roster.revert(undo) }
  }

  // MARK: - Deciding without the server

  func decide(_ reading: LaneSession.Reading, late: Bool) {
    var reading = reading
    var message = Lanyard_V1_OfflineCheckIn()
    message.checkpoint = setup.checkpoint
    if late {
      // The server may have recorded an answer that nobody saw: it is taken back, and this is another scan.
      message.undoneScanID = reading.id.description
      reading.id = .timeOrdered(at: reading.readAt)
    }
    if reading.override != nil && !setup.isSupervisor {
      return refuse(reading, late: message.undoneScanID, "Without the server only a supervisor's device may override.")
    }
    let moment = clock.now
    guard reading.badge.isEmpty else {
      return refuse(reading, late: message.undoneScanID, "Letting somebody in by name needs the server.")
    }
    guard let decision = roster.decide(reading, at: checkpointID, now: time(at: moment)) else {
      return refuse(
        reading,
        late: message.undoneScanID,
        "The server does not answer, and this device has no roster yet."
      )
    }
    let answer = decision.message(reading, at: setup.checkpoint)
    message.scan = reading.message
    message.answer = answer.answer
    message.reason = answer.reason
    message.notInRoster = decision.isMarked
    do {
      try journal.append(message, at: moment)
    } catch {
      if let undo = decision.undo { roster.revert(undo) }
      return fail(reading, "The device could not write the scan down: \(StoreError.words(for: error))")
    }
    remember(reading.id, decision.undo)
    answered.yield(LaneAnswer(reading: reading, outcome: .decided(answer), isOffline: true))
    if case .offline(let since, _) = state { state = .offline(since: since, waiting: waiting) }
  }

  /// Answers that a reading could not be decided; what the server may have recorded of it is taken back.
  func refuse(_ reading: LaneSession.Reading, late: String, _ message: String) {
    if !late.isEmpty { try? journal.append(.with { $0.undoneScanID = late }, at: clock.now) }
    fail(reading, message)
  }

  func fail(_ reading: LaneSession.Reading, _ message: String) {
    let error = Lanyard_V1_ScanError.with {
      $0.code = Int32(RPCError.Code.unavailable.rawValue)
      $0.reason = "OFFLINE"
      $0.message = message
    }
    answered.yield(LaneAnswer(reading: reading, outcome: .failed(error), isOffline: true))
  }

  func remember(_ scan: UUIDBytes, _ undo: OfflineDecision.Undo?) {
    recent.append((scan, clock.now, undo))
    if recent.count > Self.memory { recent.removeFirst() }
  }

  var checkpointID: String { ResourcePart.last(of: setup.checkpoint) }

  private func time(at moment: DeviceMoment) -> Instant { serverTime?.time(at: moment) ?? moment.wall }

  static let revokedMessage = "This device was revoked. Ask the organiser."
}

extension StoreError {
  /// What an operator can do about it.
  fileprivate static func words(for error: any Error) -> String {
    error as? StoreError == .outOfSpace ? "its disk is full; make room." : "\(error)"
  }
}
