import LanyardScanner

/// Rows on a terminal that are drawn over again and again, also where it was made narrower or wider in between.
package struct DrawnRows: Sendable {
  /// How many columns each row that stands there takes.
  private var columns: [Int] = []

  package init() {}

  /// What is written to take the rows that stand there away and put others in their place.
  ///
  /// - Parameters:
  ///   - rows: May hold what sets colours (SGR), which takes no column.
  ///   - width: Of the terminal, as it is now.
  package mutating func redraw(_ rows: [String], width: Int) -> String {
    // A terminal that became narrower has folded longer rows, and each then stands on several lines.
    let lines = columns.reduce(0) { $0 + max(1, ($1 + max(width, 1) - 1) / max(width, 1)) }
    columns = rows.map { TextWidth.columns(of: $0.replacing(/\u{1B}\[[0-9;]*m/, with: "")) }
    let back = lines > 0 ? "\u{1B}[\(lines)A\r\u{1B}[J" : ""
    return back + rows.map { "\($0)\n" }.joined()
  }
}
