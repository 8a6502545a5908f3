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
  /// The most scans of one message, which the server takes.
  private static let messageLimit = 64

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
    while !Task.isCancelled {
      do {
        try await withServerConnection(access) { try await scan($0) }
      } catch let error as RPCError where CallFailure(error).isRefusal {
        await giveUp()
        throw LoadFailure("the server does not let it in at \(checkpoint): \(CallFailure(error).message)")
      } catch {
        if !Task.isCancelled { recorder.noteBreak(error) }
      }
      await close()
      await Task.pause(Self.pause)
    }
    await giveUp()
  }

  /// Keeps the stream open until it breaks.
  private nonisolated func scan(_ client: ServerClient) async throws {
    let outgoing = await open()
    try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns { writer in
      try await writer.write(.with { $0.checkpoint = self.checkpoint })
      for await scans in outgoing {
        var rest = scans[...]
        while !rest.isEmpty {
          let part = rest.prefix(Self.messageLimit)
          rest = rest.dropFirst(Self.messageLimit)
          try await writer.write(.with { $0.scans = part.map(\.message) })
        }
      }
    } onResponse: { response in
      for try await message in response.messages where !message.results.isEmpty { await self.take(message.results) }
    }
  }

  /// What is to be sent on a new stream, from now on: what has no answer first.
  private func open() -> AsyncStream<[PlannedScan]> {
    let (outgoing, stream) = AsyncStream.makeStream(of: [PlannedScan].self)
    if !isIdle { stream.yield(pending.underWay) }
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
      guard let id = UUIDBytes(result.scanID), var observation = pending.take(id)?.observation else {
        recorder.noteStray("\(checkpoint) got an answer for the scan \(result.scanID), which waits for none")
        continue
      }
      observation.answered = now
      observation.outcome = Observation.Outcome(result)
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

extension PlannedScan {
  /// The scan as the contract has it.
  var message: Lanyard_V1_Scan {
    .with {
      $0.scanID = observation.id.description
      $0.code = code
      $0.badge = badge
      if let readAt = observation.readAt { $0.scanTime = Google_Protobuf_Timestamp(readAt) }
      $0.direction = observation.isOut ? .out : .in
    }
  }
}

extension Observation.Outcome {
  init(_ result: Lanyard_V1_StreamCheckInsResponse.Result) {
    switch result.outcome {
    case .checkIn(let checkIn):
      self = Verdict(checkIn.answer, checkIn.reason).map { .answered($0, offline: false) } ?? .failed("UNKNOWN_ANSWER")
    case .error(let error): self = .failed(error.reason.isEmpty ? "code \(error.code)" : error.reason)
    case nil: self = .failed("NO_OUTCOME")
    }
  }
}

extension Verdict {
  /// Nil for an answer that is not known here.
  init?(_ answer: Lanyard_V1_Answer, _ reason: Lanyard_V1_RefusalReason) {
    switch answer {
    case .admitted: self = .admitted
    case .left: self = .left
    case .refused: self = .refused(reason.shortName)
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}
