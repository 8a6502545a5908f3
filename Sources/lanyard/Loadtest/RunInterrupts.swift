import Foundation
import LanyardLoad
import UnixSignals

/// Ctrl-C and SIGTERM of a load test: the first ends the measured time, the second ends at once.
enum RunInterrupts {
  /// Hands over what begins with the first signal.
  static func with<Value: Sendable>(_ body: @escaping @Sendable (Interruption) async throws -> Value) async throws
    -> Value
  {
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    let interruption = Interruption()
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await body(interruption) }
      group.addTask {
        var isSecond = false
        for await _ in signals {
          // The server of its own ends with this process; what it was given to work on must not stay behind.
          if isSecond {
            PrivateFolder.removeAll()
            _exit(EXIT_FAILURE)
          }
          isSecond = true
          Console.error("Ending; once more ends at once, without a report.")
          interruption.begin()
        }
        return nil
      }
      defer { group.cancelAll() }
      while let value = try await group.next() { if let value { return value } }
      throw CancellationError()
    }
  }
}
