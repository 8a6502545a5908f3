import GRDB
import LanyardDomain
import LanyardTesting

@testable import LanyardSQLite
@testable import LanyardStore

extension SQLiteStore {
  /// Writes something that no operation of the store writes.
  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await recording(.test(), of: .foundOut, .sighting) { db, _ in try body(db) }
  }
}
