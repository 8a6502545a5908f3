import GRDB

@testable import LanyardSQLite
@testable import LanyardStore

extension SQLiteStore {
  /// Writes something that no operation of the store writes.
  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await committing(.other) { db in Committed(try body(db)) }
  }
}
