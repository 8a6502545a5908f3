import LanyardDomain

/// How texts begin that nobody could read, by the number of their scan. They may be of a person, so that they lie beside the
/// ledger, are not hashed, and can be erased.
package struct CodeBeginnings {
  private static let addition = SQL("INSERT INTO scan_beginning (scan_sequence, text) VALUES (?, ?)")
  private static let all = SQL(
    "SELECT scan_sequence, text FROM scan_beginning WHERE scan_sequence > ? ORDER BY scan_sequence LIMIT ?"
  )
  private static let removal = SQL("DELETE FROM scan_beginning WHERE scan_sequence = ?")

  private let session: any SQLSession

  package init(_ session: any SQLSession) {
    self.session = session
  }

  /// Keeps how the text of a new scan begins.
  func add(_ beginning: String, of scan: Int64) throws {
    try session.run(Self.addition, [scan, beginning])
  }

  /// Removes those that may be of a person, whichever event's door they came to.
  func erase(_ traces: PersonTraces) throws {
    var rows = OrderedRows(Self.all, session, key: \.scan) { (scan: try $0.integer(0), text: try $0.text(1)) }
    while let row = try rows.next() {
      if traces.show(in: row.text) { try session.run(Self.removal, [row.scan]) }
    }
  }
}
