/// A text in a source, with what stands before it.
struct SourceLiteral: Hashable {
  /// Without what is put into it.
  var text: String
  /// The line that it begins in, up to it, and the two lines before.
  var context: String

  /// The literals of a Swift source, those on several lines too; comments are passed over.
  static func all(in source: String) -> [SourceLiteral] {
    var reader = Reader(rest: Substring(source))
    reader.code(until: nil)
    return reader.found
  }

  private struct Reader {
    var rest: Substring
    var found: [SourceLiteral] = []
    private var lines: [String] = [""]

    init(rest: Substring) { self.rest = rest }

    /// Reads code to its end, or past the parenthesis that closes what is put into a literal.
    mutating func code(until end: Character?) {
      var depth = 0
      while let character = rest.first {
        if rest.hasPrefix("//") {
          rest = rest.drop { $0 != "\n" }
        } else if rest.hasPrefix("#\"") {
          rest = rest.dropFirst(2)
          while !rest.isEmpty, !rest.hasPrefix("\"#") { rest.removeFirst() }
        } else if character == "\"" {
          literal()
        } else {
          rest.removeFirst()
          if character == "\n" { lines.append("") } else { lines[lines.count - 1].append(character) }
          if character == "(" { depth += 1 }
          if character == end {
            if depth == 0 { return }
            depth -= 1
          }
        }
      }
    }

    private mutating func literal() {
      let quotes = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
      let context = lines.suffix(3).joined(separator: "\n")
      rest = rest.dropFirst(quotes.count)
      var text = ""
      while !rest.isEmpty, !rest.hasPrefix(quotes) {
        if rest.hasPrefix("\\(") {
          rest = rest.dropFirst(2)
          code(until: ")")
        } else {
          if rest.hasPrefix("\\") { text.append(rest.removeFirst()) }
          if let character = rest.popFirst() { text.append(character) }
        }
      }
      rest = rest.dropFirst(quotes.count)
      lines[lines.count - 1] += quotes + quotes
      found.append(SourceLiteral(text: text, context: context))
    }
  }
}
