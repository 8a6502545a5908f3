import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

/// `lanyard.v1.CheckInService`.
struct CheckInServiceProvider: Lanyard_V1_CheckInService.SimpleServiceProtocol {
  let store: any ProgrammeStore
  let writer: AdmissionWriter
  let clock: ServerClock

  func checkIn(
    request: Lanyard_V1_CheckInRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_CheckInResponse {
    let address = try ResourceName.checkpointAddress(request.checkpoint, field: "checkpoint")
    let scan = try SubmittedScan(
      request.scan,
      at: address,
      reporter: context.caller.id,
      received: clock.now,
      under: "scan."
    )
    switch try await writer.admit(scan) {
    case .recorded(let recorded): return .with { $0.checkIn = Lanyard_V1_CheckIn(recorded) }
    case .failed(let failure): throw failure
    }
  }

  func streamCheckIns(
    request: RPCAsyncSequence<Lanyard_V1_StreamCheckInsRequest, any Error>,
    response: RPCWriter<Lanyard_V1_StreamCheckInsResponse>,
    context: ServerContext
  ) async throws {
    let lane = LaneStream(
      store: store,
      writer: writer,
      clock: clock,
      reporter: try context.caller.id,
      recheck: { try await context.recheckCaller() }
    )
    try await lane.run(request, response)
  }
}
