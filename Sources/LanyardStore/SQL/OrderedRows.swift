/// Rows in the order of their key, one after the other, however many there are: they are read part by part, each from where the
/// one before ended, within one transaction.
package struct OrderedRows<Row> {
  /// The most rows that are read at once.
  private static var part: Int { 500 }

  private let statement: SQL
  private let session: any SQLSession
  private let key: (Row) -> Int64
  private let row: (any SQLRow) throws -> Row
  private var rows: ArraySlice<Row> = []
  private var last = Int64.min
  private var isAtEnd = false

  /// - Parameter statement: Takes the key after which to begin, and how many rows to return, in the order of the key.
  init(
    _ statement: SQL,
    _ session: any SQLSession,
    key: @escaping (Row) -> Int64,
    row: @escaping (any SQLRow) throws -> Row
  ) {
    self.statement = statement
    self.session = session
    self.key = key
    self.row = row
  }

  /// The next row; nil where there is none any more.
  package mutating func next() throws -> Row? {
    if rows.isEmpty, !isAtEnd {
      rows = try session.all(statement, [last, Self.part], row)[...]
      isAtEnd = rows.count < Self.part
      if let end = rows.last { last = key(end) }
    }
    return rows.popFirst()
  }
}
