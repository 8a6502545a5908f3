/// A statement in the SQL that every engine takes: what SQLite and PostgreSQL 15 share, with parameters `?`, in their order, or
/// `?1`, `?2` and so on. A constant of the file that uses it, so that a test finds each one and has both engines prepare it.
package struct SQL: Sendable {
  package let text: String
  /// Where it is written.
  package let file: String
  package let line: UInt

  package init(_ text: String, file: String = #fileID, line: UInt = #line) {
    (self.text, self.file, self.line) = (text, file, line)
  }

  /// The statement as PostgreSQL takes it: its parameters are `$1`, `$2` and so on.
  package var numbered: String {
    var (numbered, count, isQuoted) = ("", 0, false)
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "'" { isQuoted.toggle() }
      guard character == "?", !isQuoted else {
        numbered.append(character)
        continue
      }
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      count += 1
      numbered += "$" + (digits.isEmpty ? "\(count)" : digits)
    }
    return numbered
  }
}
