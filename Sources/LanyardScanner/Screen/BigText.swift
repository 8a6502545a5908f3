/// Words in letters five rows high, for terminals that are read from a distance.
package enum BigText {
  /// The rows of a letter at scale 1.
  static let height = 5

  /// The rows of a word; the word itself where a letter is not drawn here.
  package static func rows(_ word: String) -> [String] {
    rows(word, gap: 2, scale: 1) ?? [word]
  }

  /// The rows of a word with so many columns between letters, each half block enlarged to `scale` half blocks a side.
  ///
  /// Nil where a letter is not drawn here.
  package static func rows(_ word: String, gap: Int, scale: Int) -> [String]? {
    let drawn = word.compactMap { letters[likenesses[$0] ?? $0] }
    guard drawn.count == word.count, !drawn.isEmpty else { return nil }
    let space = String(repeating: " ", count: gap)
    let rows = (0..<height).map { row in drawn.map { $0[row] }.joined(separator: space) }
    return scale == 1 ? rows : enlarged(rows, by: scale)
  }

  private static func enlarged(_ rows: [String], by scale: Int) -> [String] {
    let halves = rows.flatMap { row in [row.map { "█▀".contains($0) }, row.map { "█▄".contains($0) }] }
    let tall = halves.flatMap { half in
      Array(repeating: half.flatMap { Array(repeating: $0, count: scale) }, count: scale)
    }
    return stride(from: 0, to: tall.count, by: 2).map { row in
      String(zip(tall[row], tall[row + 1]).map(block))
    }
  }

  private static func block(upper: Bool, lower: Bool) -> Character {
    switch (upper, lower) {
    case (true, true): "█"
    case (true, false): "▀"
    case (false, true): "▄"
    case (false, false): " "
    }
  }
}
