/// Words in letters five rows high, for terminals that are read from a distance.
package enum BigText {
  private static let letters: [Character: [String]] = [
    "A": ["█▀▀█", "█  █", "█▄▄█", "█  █", "█  █"],
    "D": ["█▀▀▄", "█  █", "█  █", "█  █", "█▄▄▀"],
    "E": ["█▀▀▀", "█   ", "█▀▀ ", "█   ", "█▄▄▄"],
    "F": ["█▀▀▀", "█   ", "█▀▀ ", "█   ", "█   "],
    "I": ["▀█▀", " █ ", " █ ", " █ ", "▄█▄"],
    "L": ["█   ", "█   ", "█   ", "█   ", "█▄▄▄"],
    "M": ["█▄ ▄█", "█ ▀ █", "█   █", "█   █", "█   █"],
    "C": ["█▀▀▀", "█   ", "█   ", "█   ", "█▄▄▄"],
    "N": ["█▄  █", "█ █ █", "█ ▀▄█", "█   █", "█   █"],
    "O": ["█▀▀█", "█  █", "█  █", "█  █", "█▄▄█"],
    " ": ["  ", "  ", "  ", "  ", "  "],
    "R": ["█▀▀▄", "█  █", "█▀█ ", "█ ▀▄", "█  █"],
    "S": ["█▀▀▀", "█   ", "▀▀▀█", "   █", "▄▄▄█"],
    "T": ["▀▀█▀▀", "  █  ", "  █  ", "  █  ", "  █  "],
    "U": ["█  █", "█  █", "█  █", "█  █", "▀▄▄▀"],
  ]

  /// The rows of a word; the word itself where a letter is not drawn here.
  package static func rows(_ word: String) -> [String] {
    let drawn = word.compactMap { letters[$0] }
    guard drawn.count == word.count, let height = drawn.first?.count else { return [word] }
    return (0..<height).map { row in drawn.map { $0[row] }.joined(separator: "  ") }
  }
}
