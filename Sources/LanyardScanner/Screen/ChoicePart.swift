/// A part of a line by which somebody is chosen from others.
struct ChoicePart: Hashable, Sendable {
  static let separator = " · "
  /// The fewest columns of a name that is cut, and of anything else.
  private static let fewest = (name: 12, other: 6)

  let text: String
  /// Whether it is cut, or left out, where there is no room; what is not tells people apart.
  var mayBeCut = false

  /// The parts in a line of at most so many columns, the first of which names somebody. What may be cut shares the room that
  /// the rest leaves; where that is too little, the last of it is left out.
  static func line(of parts: [ChoicePart], to width: Int) -> String {
    var parts = parts.map { ChoicePart(text: ShownText.neutral($0.text), mayBeCut: $0.mayBeCut) }
    while true {
      let shares = shares(of: parts, width)
      let isEnough = zip(parts, shares).enumerated().allSatisfy { position, part in
        part.1 >= min(part.0.columns, position == 0 ? fewest.name : fewest.other)
      }
      let last = parts.lastIndex(where: \.mayBeCut) ?? 0
      guard isEnough || last == 0 else {
        parts.remove(at: last)
        continue
      }
      let texts = zip(parts, shares).map { TextWidth.cut($0.text, to: max(1, $1)) }
      return texts.joined(separator: separator)
    }
  }

  private var columns: Int { TextWidth.columns(of: text) }

  /// How many columns each part gets: those that may be cut as many as each other, and none more than it has.
  private static func shares(of parts: [ChoicePart], _ width: Int) -> [Int] {
    var shares = parts.map(\.columns)
    let fixed = parts.filter { !$0.mayBeCut }.reduce(0) { $0 + $1.columns }
    var room = width - fixed - TextWidth.columns(of: separator) * (parts.count - 1)
    let inOrder = parts.indices.filter { parts[$0].mayBeCut }.sorted { shares[$0] < shares[$1] }
    for (index, position) in inOrder.enumerated() {
      shares[position] = min(shares[position], max(0, room / (inOrder.count - index)))
      room -= shares[position]
    }
    return shares
  }
}
