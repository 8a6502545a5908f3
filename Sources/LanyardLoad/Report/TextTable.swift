import LanyardScanner

/// Tables of a report in a terminal, whose columns stand under one another in any script.
enum TextTable {
  /// Columns by their widest cell, words to the left and figures to the right.
  static func lines(_ rows: [[String]], words: Set<Int>) -> [String] {
    let rows = rows.map { $0.map(plain) }
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { TextWidth.columns(of: $0[column]) }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.indices.map { column in
        let space = space(row[column], widths[column])
        let cell = ShownText.isolated(row[column])
        return words.contains(column) ? cell + space : space + cell
      }
      return trimmed("  " + cells.joined(separator: "  "))
    }
  }

  /// A text with as many spaces after it as a column of that width has left.
  static func padded(_ text: String, _ width: Int) -> String { text + space(text, width) }

  /// A line without spaces at its end.
  static func trimmed(_ line: String) -> String {
    var line = Substring(line)
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// Without control characters, with which a name from a file could steer the terminal.
  static func plain(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: out.append(" ")
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  private static func space(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - TextWidth.columns(of: text)))
  }
}
