package import LanyardDomain
package import LanyardServer
package import LanyardStore
import Logging

/// Runs an admission writer on a store while the body hands things in to it.
package func withAdmissionWriter<Result: Sendable>(
  _ store: any CheckInStore,
  clock: ServerClock,
  reader: @escaping @Sendable (String) -> CodeReading,
  _ body: (AdmissionWriter) async throws -> Result
) async throws -> Result {
  var logger = Logger(label: "test")
  logger.logLevel = .critical
  let writer = AdmissionWriter(store: store, clock: clock, reader: reader, logger: logger)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await writer.run() }
    defer { group.cancelAll() }
    return try await body(writer)
  }
}
