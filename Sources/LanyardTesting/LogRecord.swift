package import Logging
import Synchronization

/// What was logged, for tests that read it.
package final class LogRecord: Sendable {
  private let lines = Mutex<[(level: Logger.Level, text: String)]>([])

  package init() {}

  /// A logger that writes into this record, whatever the level.
  package var logger: Logger {
    var logger = Logger(label: "test") { _ in Handler(record: self) }
    logger.logLevel = .trace
    return logger
  }

  /// Levels of the lines in their order.
  package var levels: [Logger.Level] { lines.withLock { $0.map(\.level) } }

  /// Every line with its metadata.
  package var text: String { lines.withLock { $0.map(\.text).joined(separator: "\n") } }

  private struct Handler: LogHandler {
    let record: LogRecord
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
      let text = (["\(event.message)"] + all.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
      record.lines.withLock { $0.append((event.level, text)) }
    }
  }
}
