/// A text with places for facts, in the form that gettext knows as `python-brace-format`: `{name}`, and `{{` and `}}` for
/// braces.
struct Template: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case text(String)
    case fact(String)
  }

  let pieces: [Piece]

  /// The names of the facts.
  var facts: Set<String> {
    Set(pieces.compactMap { piece in if case .fact(let name) = piece { name } else { nil } })
  }

  /// - Returns: Nil where a brace is not closed or not opened, or a name is not of letters.
  init?(_ text: String) {
    var pieces: [Piece] = []
    var plain = ""
    var rest = Substring(text)
    while let first = rest.popFirst() {
      switch first {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        plain.append(first)
        rest.removeFirst()
      case "{":
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let name = rest[..<end]
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        plain = ""
        pieces.append(.fact(String(name)))
        rest = rest[end...].dropFirst()
      case "}": return nil
      default: plain.append(first)
      }
    }
    if !plain.isEmpty { pieces.append(.text(plain)) }
    self.pieces = pieces
  }
}
