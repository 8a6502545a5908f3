import LanyardTexts

/// A piece of a page. What is interpolated as text is escaped, so that no name from a file becomes a tag; only markup stays as it is.
struct Markup: ExpressibleByStringInterpolation {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }

    mutating func appendInterpolation(_ text: String) { self.text += HTMLText.escaped(text) }

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
