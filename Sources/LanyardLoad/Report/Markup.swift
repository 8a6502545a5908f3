/// A piece of a page. What is interpolated as text is escaped, so that no name from a file becomes a tag; only markup stays as it is.
struct Markup: ExpressibleByStringInterpolation {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }

    mutating func appendInterpolation(_ text: String) { self.text += Markup.escaped(text) }

    mutating func appendInterpolation(_ number: Int) { text += String(number) }

    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

    mutating func appendInterpolation(_ pieces: [Markup]) {
      for piece in pieces { text += piece.text }
    }
  }

  /// HTML or SVG.
  let text: String

  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Text, escaped for content and for values in double quotes; control characters, which XML forbids, become U+FFFD.
  private static func escaped(_ text: String) -> String {
    var out = ""
    let areClosed = closesIsolates(text)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
      case "\u{2068}", "\u{2069}": out.unicodeScalars.append(areClosed ? scalar : "\u{FFFD}")
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": out += "\u{FFFD}"  // would turn the text around them
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// Whether each isolate (UAX #9) that a text opens ends in it, and none else: then it turns nothing around it.
  private static func closesIsolates(_ text: String) -> Bool {
    var depth = 0
    for scalar in text.unicodeScalars {
      if scalar == "\u{2068}" { depth += 1 }
      if scalar == "\u{2069}" { depth -= 1 }
      guard depth >= 0 else { return false }
    }
    return depth == 0
  }

  /// A table; the first column heads its row, the others are figures.
  static func table(_ caption: String, _ head: [String], _ rows: [[String]], words: Set<Int> = []) -> Markup {
    let cells = rows.map { row -> Markup in
      let columns = row.enumerated().map { index, cell -> Markup in
        if index == 0 { return "<th scope=\"row\" dir=\"auto\">\(cell)</th>" }
        return words.contains(index) ? "<td class=\"words\" dir=\"auto\">\(cell)</td>" : "<td>\(cell)</td>"
      }
      return "<tr>\(columns)</tr>\n"
    }
    let heads = head.enumerated().map { index, title -> Markup in
      index == 0 || words.contains(index)
        ? "<th scope=\"col\" class=\"words\">\(title)</th>" : "<th scope=\"col\">\(title)</th>"
    }
    return """
      <div class="wide" tabindex="0" role="region" aria-label="\(caption)"><table><caption>\(caption)</caption>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(cells)</tbody></table></div>

      """
  }
}
