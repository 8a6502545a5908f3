import GRPCCore
import LanyardAPI
import LanyardMessages
import LanyardTexts
import ServiceLifecycle
import SwiftProtobuf

/// `grpc.health.v1.Health`: serving while scans can be recorded, until the server begins to stop.
final class HealthProvider: Grpc_Health_V1_Health.SimpleServiceProtocol {
  /// Full names of the services that are served; the empty name stands for the whole server.
  private let services: Set<String>
  private let readiness: Readiness
  private let watches: CallLimit

  /// - Parameters:
  ///   - watches: How many watches may be open at once.
  ///   - watchesPerAddress: The same from one address.
  init(services: Set<String>, readiness: Readiness, watches: Int, watchesPerAddress: Int) {
    self.services = services
    self.readiness = readiness
    self.watches = CallLimit(
      total: watches,
      perCaller: watchesPerAddress,
      (
        .tooManyWatches,
        .errorTooManyHealthWatchesHere,
        .errorTooManyHealthWatches
      )
    )
  }

  func check(
    request: Grpc_Health_V1_HealthCheckRequest,
    context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthCheckResponse {
    guard isKnown(request.service) else {
      throw RPCError.make(.notFound, .errorNoService)
    }
    return .with { $0.status = readiness.isReady ? .serving : .notServing }
  }

  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
    context: ServerContext
  ) async throws {
    try await watches.run(for: PeerAddress.of(context.remotePeer)) {
      try await tell(request.service, response)
    }
    if context.isEndedByClient { throw CancellationError() }
  }

  private func tell(_ service: String, _ response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>) async throws {
    guard isKnown(service) else {
      try await response.write(.with { $0.status = .serviceUnknown })
      return await untilEnd()
    }
    let (changes, continuation) = readiness.changes()
    try await untilEnd(of: continuation) {
      var told: Bool?
      for await isReady in changes where isReady != told {
        try await response.write(.with { $0.status = isReady ? .serving : .notServing })
        told = isReady
      }
      // A stop also cancels the call, by either of which the changes end; which comes first is anybody's guess.
      if Task.isShuttingDownGracefully && told != false {
        try await response.write(.with { $0.status = .notServing })
      }
    }
  }

  private func isKnown(_ service: String) -> Bool { service.isEmpty || services.contains(service) }

  /// Waits until the server stops or the call is cancelled.
  private func untilEnd() async {
    let (ending, continuation) = AsyncStream.makeStream(of: Void.self)
    await untilEnd(of: continuation) { for await _ in ending {} }
  }

  /// Runs the body, which ends with the stream: when the server stops or the call is cancelled.
  private func untilEnd<Element>(
    of stream: AsyncStream<Element>.Continuation,
    _ body: () async throws -> Void
  ) async rethrows {
    try await withGracefulShutdownHandler {
      try await withRPCCancellationHandler(operation: body) { stream.finish() }
    } onGracefulShutdown: {
      stream.finish()
    }
  }
}
