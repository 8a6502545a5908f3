/// One transaction of an engine, as statements see it.
package protocol SQLSession: AnyObject {
  /// Grows with what the connection changes. By how much says nothing: engines count differently what triggers do.
  var changedRows: Int { get }
  /// Whether the transaction has changed what plans are made of: then it is asked for none any more.
  var hasChangedPlan: Bool { get set }
  /// Reads the row of an event's feed, of the installation's where the slug is nil, and keeps it for this transaction: another
  /// that takes the same row waits until this one has ended, and then reads what it left. Nil where there is none.
  ///
  /// - Throws: `StoreError.failed`, a programmer's error, where the transaction only reads.
  func takeFeed(of event: String?) throws -> FeedRow?
  /// Runs a statement.
  ///
  /// - Parameter body: Gets each row that it returns, and says whether to go on. It may run other statements, not the same one:
  ///   an engine whose connection carries one statement at a time has to have read all rows before. So a statement that may
  ///   find many has a limit of its own.
  func rows(_ statement: SQL, _ values: [any SQLValue], _ body: (any SQLRow) throws -> Bool) throws
  /// Runs a part of the transaction; where it throws, what it changed is taken back.
  func apart<Value>(_ body: () throws -> Value) throws(StoreError) -> Value
  /// The tables of the hot path.
  func admissionTables() throws -> any AdmissionTables
  /// Finds people by words of their names and organisation: the next `count` after a place in their list, and how many there
  /// are, counted up to `FoundAttendee.countLimit`.
  ///
  /// - Parameters:
  ///   - words: As `SearchText.words` gives them, at least one; one of a single letter begins a word, unless it is a syllable.
  ///   - event: The store's key.
  func attendees(
    matching words: [String],
    of event: Int64,
    after start: AttendeePosition,
    count: Int
  ) throws -> (positions: [AttendeePosition], total: Int)
}

/// The row that a statement stands on. Columns are numbered from 0.
package protocol SQLRow {
  func isNull(_ column: Int) -> Bool
  func integer(_ column: Int) throws -> Int64
  func text(_ column: Int) throws -> String
  func data(_ column: Int) throws -> [UInt8]
}

extension SQLRow {
  /// The value of a column.
  package subscript<Value: SQLValue>(column: Int) -> Value {
    get throws { try Value(self, column) }
  }
}

extension SQLSession {
  /// All that a statement returns.
  package func all<Value>(
    _ statement: SQL,
    _ values: [any SQLValue] = [],
    _ value: (any SQLRow) throws -> Value
  ) throws -> [Value] {
    var found: [Value] = []
    try rows(statement, values) { row in
      found.append(try value(row))
      return true
    }
    return found
  }

  /// The first that a statement returns; nil where it returns nothing.
  package func first<Value>(
    _ statement: SQL,
    _ values: [any SQLValue] = [],
    _ value: (any SQLRow) throws -> Value
  ) throws -> Value? {
    var found: Value?
    try rows(statement, values) { row in
      found = try value(row)
      return false
    }
    return found
  }

  /// Whether a statement returns anything.
  package func has(_ statement: SQL, _ values: [any SQLValue] = []) throws -> Bool {
    try first(statement, values) { _ in true } ?? false
  }

  /// Runs a statement for what it changes.
  ///
  /// - Returns: Whether it changed any row.
  @discardableResult
  package func run(_ statement: SQL, _ values: [any SQLValue] = []) throws -> Bool {
    let before = changedRows
    try rows(statement, values) { _ in true }
    return changedRows != before
  }
}
