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
  /// The columns that it sets, where it is an UPDATE; nil for all others, which may write to any.
  package let columns: Set<String>?

  package init(_ text: String, file: String = #fileID, line: UInt = #line) {
    (self.text, self.file, self.line) = (text, file, line)
    target = Self.target(of: text)
    columns = Self.columns(of: text)
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

  /// The names on the left of the assignments of an UPDATE; nil where they cannot be told.
  private static func columns(of text: String) -> Set<String>? {
    let text = text.replacing("\n", with: " ")
    guard text.hasPrefix("UPDATE "), let start = text.firstRange(of: " SET ") else { return nil }
    var (parts, depth, isQuoted) = ([""], 0, false)
    for character in text[start.upperBound...].prefix(upTo: text.firstRange(of: " WHERE ")?.lowerBound ?? text.endIndex)
    {
      switch character {
      case "'": isQuoted.toggle()
      case "(" where !isQuoted: depth += 1
      case ")" where !isQuoted: depth -= 1
      case "," where !isQuoted && depth == 0:
        parts.append("")
        continue
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    let names = parts.map { $0.prefix { $0 != "=" }.split(separator: " ") }
    guard names.allSatisfy({ $0.count == 1 }) else { return nil }
    return Set(names.map { String($0[0]) })
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
