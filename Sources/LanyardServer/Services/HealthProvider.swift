import GRPCCore
import LanyardAPI
import ServiceLifecycle
import SwiftProtobuf
import Synchronization

/// `grpc.health.v1.Health`: serving until the server begins to stop.
final class HealthProvider: Grpc_Health_V1_Health.SimpleServiceProtocol {
  /// The most watches open at once: they need no credential, so strangers must not be able to pile them up.
  static let watchLimit = 1000

  /// Full names of the services that are served; the empty name stands for the whole server.
  private let services: Set<String>
  private let watches = Mutex(0)

  init(services: Set<String>) {
    self.services = services
  }

  func check(
    request: Grpc_Health_V1_HealthCheckRequest,
    context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthCheckResponse {
    guard isKnown(request.service) else {
      throw RPCError.make(.notFound, "NOT_FOUND", "This server has no service of that name.")
    }
    return .with { $0.status = .serving }
  }

  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
    context: ServerContext
  ) async throws {
    let isFull = watches.withLock { watches in
      watches += 1
      return watches > Self.watchLimit
    }
    defer { watches.withLock { $0 -= 1 } }
    if isFull {
      throw RPCError.make(.resourceExhausted, "TOO_MANY_WATCHES", "Too many watch this server's health; use Check.")
    }
    let isKnown = isKnown(request.service)
    try await response.write(.with { $0.status = isKnown ? .serving : .serviceUnknown })
    let isStopping = await stopping(before: context.cancellation)
    if isStopping && isKnown { try await response.write(.with { $0.status = .notServing }) }
  }

  private func isKnown(_ service: String) -> Bool { service.isEmpty || services.contains(service) }

  /// Waits until the server stops (true) or the call is cancelled (false).
  private func stopping(before cancellation: ServerContext.RPCCancellationHandle) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask { (try? await gracefulShutdown()) != nil }
      group.addTask {
        try? await cancellation.cancelled
        return false
      }
      let first = await group.next() ?? false
      group.cancelAll()
      return first
    }
  }
}
