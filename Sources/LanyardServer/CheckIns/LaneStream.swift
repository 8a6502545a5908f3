import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import NIOCore
import ServiceLifecycle
import SwiftProtobuf

/// One lane's stream: hands scans to the writer and sends the answers, each way on its own task.
struct LaneStream {
  typealias Requests = RPCAsyncSequence<Lanyard_V1_StreamCheckInsRequest, any Error>
  typealias Responses = RPCWriter<Lanyard_V1_StreamCheckInsResponse>

  let store: any ProgrammeStore
  let writer: AdmissionWriter
  let reports: DeviceReports
  let searches: SearchBudget
  let clock: ServerClock
  let caller: Caller
  /// Of what it is told, which may be known only when its first message is read.
  let language: @Sendable () async -> Language
  /// What it changes now, beside its scans.
  let act: @Sendable () -> Act

  /// Runs until the lane ends its stream or the server stops; what was handed in is answered before it returns.
  ///
  /// - Throws: `RPCError` UNAVAILABLE where the server stops, so that the lane connects again.
  func run(_ requests: Requests, _ responses: Responses) async throws {
    let mailbox = LaneMailbox()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          while let answers = await mailbox.next() {
            let language = await language()
            try await responses.write(
              .with { $0.results = answers.map { Lanyard_V1_StreamCheckInsResponse.Result($0, in: language) } }
            )
          }
        } catch let error as ChannelError {
          mailbox.abandon()
          throw ClientsEnding.gone(error)
        } catch {
          mailbox.abandon()
          throw error
        }
      }
      let ending = await untilShutdown { try await read(requests, responses, into: mailbox) }
      mailbox.end()
      try await group.waitForAll()
      try ending.get()
    }
  }

  private func untilShutdown(_ body: @escaping @Sendable () async throws -> Void) async -> Result<Void, any Error> {
    do {
      try await cancelWhenGracefulShutdown(body)
      return .success(())
    } catch is CancellationError {
      return .failure(AdmissionWriter.Refused.stopping)
    } catch {
      return .failure(error)
    }
  }

  private func read(_ requests: Requests, _ responses: Responses, into mailbox: LaneMailbox) async throws {
    var lane: (name: String, address: CheckpointAddress)?
    for try await request in requests {
      if request.hasReport { try await reports.note(request.report, of: caller, act) }
      let open: (name: String, address: CheckpointAddress)
      if let lane {
        open = lane
        // Proxies cut a stream on which nothing comes back.
        if request.hasReport { try await responses.write(Lanyard_V1_StreamCheckInsResponse()) }
      } else {
        open = (request.checkpoint, try await self.open(request.checkpoint, responses))
        lane = open
      }
      guard request.checkpoint.isEmpty || request.checkpoint == open.name else {
        throw InvalidInput(field: "checkpoint", .request(.otherLaneOnStream))
      }
      guard request.scans.count <= RequestLimit.scans else {
        throw InvalidInput(field: "scans", .tooManyScans(limit: RequestLimit.scans))
      }
      for scan in request.scans { try await handIn(scan, at: open.address, into: mailbox) }
    }
    if lane == nil {
      throw InvalidInput(field: "checkpoint", .request(.checkpointNotNamed))
    }
  }

  /// Finds the lane's checkpoint and tells the lane that it is open.
  private func open(_ name: String, _ responses: Responses) async throws -> CheckpointAddress {
    let address = try ResourceName.checkpoint(name, field: "checkpoint")
    let checkpoint = try await store.checkpoint(address)
    try await responses.write(
      .with {
        $0.opened.checkpoint = name
        $0.opened.displayName = checkpoint.displayName
        $0.opened.serverTime = Google_Protobuf_Timestamp(clock.now)
        $0.opened.rehearsal = clock.isRehearsal
        $0.opened.timeZone = checkpoint.timeZone.rawValue
      }
    )
    return address
  }

  private func handIn(_ scan: Lanyard_V1_Scan, at address: CheckpointAddress, into mailbox: LaneMailbox) async throws {
    let number = try await mailbox.open()
    do {
      let submitted = try SubmittedScan(scan, at: address, by: caller, received: clock.now, under: "scans.")
      let (searches, caller) = (searches, caller.id)
      try writer.submit(submitted) { outcome in
        if case .success(let outcome) = outcome { searches.settle(outcome, for: caller) }
        mailbox.put(LaneMailbox.Answer(scanID: scan.scanID, outcome: outcome.mapError { $0 }), for: number)
      }
    } catch {
      mailbox.put(LaneMailbox.Answer(scanID: scan.scanID, outcome: .failure(error)), for: number)
    }
  }
}
