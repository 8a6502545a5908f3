import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import SwiftProtobuf

/// A lane that speaks the contract and nothing else: what it costs is the server's and the network's. Where its stream
/// breaks it opens another and sends again what has no answer; sent again, a scan counts once.
actor WireLane: PlayedLane {
  private static let pause = Duration.milliseconds(200)
  /// What is written within that is not held up.
  private static let atOnce = Duration.milliseconds(1)

  private let access: ServerAccess
  /// Resource name of the checkpoint.
  private let checkpoint: String
  private let recorder: RunRecorder
  private var pending = PendingScans()
  private var stream: AsyncStream<[PlannedScan]>.Continuation?

  init(access: ServerAccess, checkpoint: String, recorder: RunRecorder) {
    self.access = access
    self.checkpoint = checkpoint
    self.recorder = recorder
  }

  var isIdle: Bool { pending.isEmpty }
  var isOffline: Bool { false }

  func send(_ scans: [PlannedScan]) {
    pending.append(scans)
    let now = recorder.now
    var sent: [PlannedScan] = []
    while let scan = pending.handOn(at: now) {
      recorder.noteSent(scan.observation)
      sent.append(scan)
    }
    stream?.yield(sent)
  }

  nonisolated func run() async throws {
    do {
      try await Self.untilRefused(recorder, pause: Self.pause) {
        do {
          try await withLongServerConnection(access) { try await self.scan($0) }
        } catch {
          await close()
          throw error
        }
        await close()
      }
    } catch {
      await giveUp()
      throw LoadFailure("the server does not let it in at \(checkpoint): \(CallFailure(error).message)")
    }
    await giveUp()
  }

  /// Opens a stream, and another whenever one is over, until it is cancelled; each that was lost is taken down, also where the
  /// server ended it without an error.
  ///
  /// - Throws: What the server says where it does not let the lane in.
  static func untilRefused(
    _ recorder: RunRecorder,
    pause: Duration,
    _ scan: () async throws -> Void
  ) async throws(RPCError) {
    while !Task.isCancelled {
      do {
        try await scan()
        if !Task.isCancelled { recorder.noteBreak(StreamEnded()) }
      } catch let error as RPCError where CallFailure(error).isRefusal {
        throw error
      } catch {
        if !Task.isCancelled { recorder.noteBreak(error) }
      }
      await Task.pause(pause)
    }
  }

  /// Keeps the stream open until it breaks.
  private nonisolated func scan(_ client: ServerClient) async throws {
    let outgoing = await open()
    try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns { writer in
      try await writer.write(.with { $0.checkpoint = self.checkpoint })
      var free = self.recorder.now
      for await scans in outgoing {
        await self.noteTaken(scans, since: free)
        var rest = scans[...]
        while !rest.isEmpty {
          let part = rest.prefix(RequestLimit.scans)
          rest = rest.dropFirst(RequestLimit.scans)
          try await writer.write(.with { $0.scans = part.map(\.message) })
        }
        free = self.recorder.now
      }
    } onResponse: { response in
      for try await message in response.messages where !message.results.isEmpty { await self.take(message.results) }
    }
  }

  /// Scans that were handed on are written only now.
  ///
  /// - Parameter free: When what was before them was written. Until then the server's window may have held them up, which is the
  ///   server's time; all since is the driver's own.
  private nonisolated func noteTaken(_ scans: [PlannedScan], since free: Duration) async {
    guard let first = scans.first, !first.isSentAgain, let sent = first.observation.sent else { return }
    let heldUp = recorder.now - max(sent, free)
    // Most are written at once, and need not be looked for.
    guard heldUp > Self.atOnce else { return }
    await holdUp(scans, by: heldUp)
  }

  private func holdUp(_ scans: [PlannedScan], by time: Duration) {
    pending.holdUp(Set(scans.map(\.observation.id)), by: time)
  }

  /// What is to be sent on a new stream, from now on: what has no answer first.
  private func open() -> AsyncStream<[PlannedScan]> {
    let (outgoing, stream) = AsyncStream.makeStream(of: [PlannedScan].self)
    if !isIdle { stream.yield(pending.sendAgain()) }
    self.stream = stream
    return outgoing
  }

  private func close() { stream = nil }

  private func giveUp() {
    for scan in pending.giveUp() { recorder.record(scan.observation) }
  }

  private func take(_ results: [Lanyard_V1_StreamCheckInsResponse.Result]) {
    let now = recorder.now
    for result in results {
      guard let id = UUIDBytes(result.scanID), let scan = pending.take(id) else {
        recorder.noteStray("\(checkpoint) got an answer for the scan \(result.scanID), which waits for none")
        continue
      }
      var observation = scan.observation
      observation.answered = now
      observation.outcome = Observation.Outcome(result, wasSentOnce: !scan.isSentAgain)
      if case .checkIn(let checkIn) = result.outcome {
        do throws(InvalidInput) {
          observation.facts = try ScanFacts(checkIn)
        } catch {
          recorder.noteStray("\(checkpoint) got an answer for the scan \(id) that cannot be read: \(error)")
        }
      }
      recorder.record(observation)
    }
  }
}

/// Taken down where a server ends a lane's stream without an error.
struct StreamEnded: Error {}

extension PlannedScan {
  /// The scan as the contract has it.
  var message: Lanyard_V1_Scan {
    Lanyard_V1_Scan(
      id: observation.id,
      code: code,
      badge: badge,
      direction: observation.isOut ? .out : .into,
      scannedAt: observation.readAt
    )
  }
}

extension Observation.Outcome {
  /// The reasons with which a server says that a scan may turn out to be recorded all the same.
  private static let reasonsInDoubt: [ErrorReason?] = [.storeGone, .storeUnusable]

  /// - Parameter wasSentOnce: An error may be of the second time, and the first may have been recorded.
  init(_ result: Lanyard_V1_StreamCheckInsResponse.Result, wasSentOnce: Bool) {
    switch result.outcome {
    case .checkIn(let checkIn): self = Self.decided(checkIn, offline: false)
    case .error(let error):
      self = .failed(
        error.reason.isEmpty ? "code \(error.code)" : error.reason,
        byServer: wasSentOnce && !Self.reasonsInDoubt.contains(error.known)
      )
    case nil: self = .failed(Self.noOutcome, byServer: false)
    }
  }

  static func decided(_ checkIn: Lanyard_V1_CheckIn, offline: Bool) -> Self {
    do throws(InvalidInput) {
      let answer = try Answer(checkIn.answer, checkIn.reason)
      return .answered(answer.compared, offline: offline)
    } catch {
      return .failed(unknownAnswer, byServer: false)
    }
  }
}
