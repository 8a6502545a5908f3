/// A session whose statements write to some tables only, and of some of those to some columns.
package final class BoundSession: SQLSession {
  private let session: any SQLSession
  private let tables: Set<String>
  private let columns: [String: Set<String>]

  /// - Parameter columns: Of a table that is named here, rows are neither added nor removed, and only these are changed.
  package init(_ session: any SQLSession, tables: Set<String>, columns: [String: Set<String>] = [:]) {
    (self.session, self.tables, self.columns) = (session, tables, columns)
  }

  package var changedRows: Int { session.changedRows }

  package var hasChangedPlan: Bool {
    get { session.hasChangedPlan }
    set { session.hasChangedPlan = newValue }
  }

  /// - Throws: `StoreError.failed`, a programmer's error, where the statement writes to another table or column.
  package func rows(_ statement: SQL, _ values: [any SQLValue], _ body: (any SQLRow) throws -> Bool) throws {
    if let table = statement.target {
      guard tables.contains(table) else {
        throw StoreError.failed(.programmer, about: "a transaction that is not signed was to write to \(table)")
      }
      if let allowed = columns[table], statement.columns?.isSubset(of: allowed) != true {
        throw StoreError.failed(.programmer, about: "a transaction that is not signed was to change \(table)")
      }
    }
    try session.rows(statement, values, body)
  }

  package func takeFeed(of event: String?) throws -> FeedRow? { try session.takeFeed(of: event) }

  package func apart<Value>(_ body: () throws -> Value) throws(StoreError) -> Value { try session.apart(body) }

  /// - Throws: `StoreError.failed`, a programmer's error, where it may not write to them.
  package func admissionTables() throws -> any AdmissionTables {
    guard tables.isSuperset(of: ["scan", "presence", "occupancy", "tally"]) else {
      throw StoreError.failed(.programmer, about: "a transaction that is not signed was to write scans")
    }
    return try session.admissionTables()
  }

  package func attendees(
    matching words: [String],
    of event: Int64,
    after start: AttendeePosition,
    count: Int
  ) throws -> (positions: [AttendeePosition], total: Int) {
    try session.attendees(matching: words, of: event, after: start, count: count)
  }
}
