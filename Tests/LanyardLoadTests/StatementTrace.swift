import GRDBSQLite
import Synchronization

/// The texts of what a connection to SQLite runs, in their order; what a trigger runs is one text for each time that it fires.
final class StatementTrace: Sendable {
  private let texts = Mutex<[String]>([])

  var statements: [String] { texts.withLock { $0 } }

  /// From now on; this must outlive the connection, or `end`.
  func begin(on connection: OpaquePointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_trace_v2(
      connection,
      UInt32(SQLITE_TRACE_STMT),
      { _, context, _, text in
        guard let context, let text else { return 0 }
        let trace = Unmanaged<StatementTrace>.fromOpaque(context).takeUnretainedValue()
        trace.texts.withLock { $0.append(String(cString: text.assumingMemoryBound(to: CChar.self))) }
        return 0
      },
      context
    )
  }

  func end(on connection: OpaquePointer) { sqlite3_trace_v2(connection, 0, nil, nil) }

  /// The value of a setting.
  static func setting(_ name: String, of connection: OpaquePointer) -> String? {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(connection, "PRAGMA \(name)", -1, &statement, nil) == SQLITE_OK,
      sqlite3_step(statement) == SQLITE_ROW
    else { return nil }
    return sqlite3_column_text(statement, 0).map { String(cString: $0) }
  }
}
