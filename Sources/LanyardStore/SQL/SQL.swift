/// A statement in the SQL that every engine takes: what SQLite and PostgreSQL 15 share, with parameters `?`, in their order, or
/// `?1`, `?2` and so on. Texts are compared and ordered by their bytes, as page cursors have them: SQLite's columns do so by
/// themselves (BINARY), PostgreSQL's are declared `COLLATE "C"`. A constant of the file that uses it, so that a test finds each
/// one and has both engines prepare it.
package struct SQL: Sendable {
  package let text: String
  /// Where it is written.
  package let file: String
  package let line: UInt
  /// The table that it writes to; nil where it only reads.
  package let target: String?

  package init(_ text: String, file: String = #fileID, line: UInt = #line) {
    (self.text, self.file, self.line) = (text, file, line)
    target = Self.target(of: text)
  }

  /// The table after INSERT INTO, UPDATE or DELETE FROM; all of the statement where it begins in a way that is not known.
  private static func target(of text: String) -> String? {
    let words = text.split(maxSplits: 3) { $0 == " " || $0 == "\n" || $0 == "(" }
    switch words.first {
    case "SELECT": return nil
    // Which table it writes to, if any, is not looked for.
    case "WITH": return ["INSERT ", "UPDATE ", "DELETE "].contains(where: text.contains) ? text : nil
    case "UPDATE" where words.count > 1: return String(words[1])
    case "INSERT", "DELETE": return words.count > 2 ? String(words[2]) : text
    default: return text
    }
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
