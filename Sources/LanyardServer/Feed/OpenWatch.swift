import GRPCCore
import NIOCore
import ServiceLifecycle

/// A call that stays open and tells what changes, to one that may read slowly or go away.
struct OpenWatch<Message: Sendable>: Sendable {
  /// How long the client may take nothing of what is sent.
  let patience: Duration
  /// Where the transport says that the call is over.
  let cancellation: ServerContext.RPCCancellationHandle

  /// Runs until the client ends the call, takes nothing for too long, or the server stops.
  ///
  /// - Throws: `RPCError` UNAVAILABLE where the server stops or the client took nothing, so that it connects again.
  func run(
    _ responses: RPCWriter<Message>,
    _ follow: @escaping @Sendable (Delivery<Message>) async throws -> Void
  ) async throws {
    let delivery = Delivery(responses: responses)
    do {
      try await cancelWhenGracefulShutdown {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await follow(delivery) }
          group.addTask { try await delivery.watch(patience) }
          group.addTask {
            // Where nothing changes nothing is sent, so that only this tells that the client has gone.
            try await cancellation.cancelled
            throw CancellationError()
          }
          defer { group.cancelAll() }
          try await group.next()
        }
      }
    } catch is CancellationError {
      throw AdmissionWriter.Refused.stopping
    } catch let error as ChannelError {
      throw ClientsEnding.gone(error)
    }
  }
}
