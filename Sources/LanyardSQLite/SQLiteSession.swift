import GRDB
import GRDBSQLite
import LanyardDomain
package import LanyardStore

/// A transaction of SQLite, for the statements that every engine takes.
final class SQLiteSession: SQLSession {
  private let db: Database
  var hasChangedPlan = false

  init(_ db: Database) {
    self.db = db
  }

  var changedRows: Int { db.totalChangesCount }

  func takeFeed(of event: String?) throws -> FeedRow? {
    // A transaction that may write has the whole file from its beginning on: GRDB begins it with BEGIN IMMEDIATE.
    guard sqlite3_txn_state(db.sqliteConnection, "main") == SQLITE_TXN_WRITE else {
      throw StoreError.failed(.programmer, about: "a row of the feed was taken in a transaction that only reads")
    }
    return try FeedRow.read(of: event, self)
  }

  func rows(_ statement: LanyardStore.SQL, _ values: [any SQLValue], _ body: (any SQLRow) throws -> Bool) throws {
    let prepared = try HotStatement(statement.text, db)
    try prepared.bind { for value in values { $0.add(value.scalar) } }
    defer { prepared.reset() }
    while try prepared.step() {
      guard try body(prepared) else { return }
    }
  }
}

extension SQLiteSession {
  func apart<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    try StoreError.translating {
      var value: Value?
      try db.inSavepoint {
        value = try body()
        return .commit
      }
      guard let value else { throw StoreError.failed(.programmer, about: "a savepoint ended without its body") }
      return value
    }
  }

  func admissionTables() throws -> any AdmissionTables { try SQLiteAdmissionTables(db) }

  func attendees(
    matching words: [String],
    of event: Int64,
    after start: AttendeePosition,
    count: Int
  ) throws -> (positions: [AttendeePosition], total: Int) {
    let index = try AttendeeIndex(db, event: event)
    guard let query = try index.query(words) else { return ([], 0) }
    return (try index.positions(query, after: start, count: count), try index.count(query))
  }
}

extension HotStatement: SQLRow {
  func isNull(_ column: Int) -> Bool { isNull(Int32(column)) }

  func integer(_ column: Int) throws -> Int64 {
    guard isInteger(Int32(column)) else { throw Self.otherKind(column) }
    return int64(Int32(column))
  }

  func text(_ column: Int) throws -> String {
    guard isText(Int32(column)) else { throw Self.otherKind(column) }
    return string(Int32(column))
  }

  func data(_ column: Int) throws -> [UInt8] {
    guard isData(Int32(column)) else { throw Self.otherKind(column) }
    return data(Int32(column))
  }

  private static func otherKind(_ column: Int) -> StoreError {
    .failed(.row, about: "column \(column) of a row holds a value of another kind")
  }
}

extension SQLiteStore: SQLEngine {
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await reading { db in try body(SQLiteSession(db)) }
  }

  package func survey<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws(StoreError) -> Value {
    try await surveying { db in try body(SQLiteSession(db)) }
  }

  package func transaction<Value: Sendable>(
    _ kind: WriteKind,
    _ body: @escaping @Sendable (any SQLSession) throws -> Written<Value>,
    apart: (@Sendable (any SQLSession) throws -> Written<Value>)?
  ) async throws(StoreError) -> Value {
    typealias Part = @Sendable (Database) throws -> Committed<Value>
    func part(_ body: @escaping @Sendable (any SQLSession) throws -> Written<Value>) -> Part {
      { db in
        let written = try body(SQLiteSession(db))
        return Committed(written.value, heads: written.heads)
      }
    }
    return try await committing(kind.isOfScans ? .scans : .other, part(body), apart: apart.map(part))
  }

  package func plans(_ session: any SQLSession) throws -> VenuePlans { try plans.plans(session) }
}
