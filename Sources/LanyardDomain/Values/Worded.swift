/// A value that people name by a word, in the files that they write and at commands: its name of the contract in small letters,
/// with - between its parts, such as `by-turns` for `BY_TURNS`.
package protocol Worded: RawRepresentable, CaseIterable, Sendable where RawValue == String {
  /// Words that are read beside the one that each has.
  static var otherWords: [String: Self] { get }
}

extension Worded {
  package static var otherWords: [String: Self] { [:] }

  package var word: String { Self.form(of: rawValue) }

  package static var words: [String] { allCases.map(\.word) }

  /// The value that a word names, however it is written: `BY_TURNS` and `by_turns` are `by-turns` too. Nil where it names none.
  package init?(word: String) {
    let word = Self.form(of: word)
    guard let value = Self.allCases.first(where: { $0.word == word }) ?? Self.otherWords[word] else { return nil }
    self = value
  }

  private static func form(of text: String) -> String { text.lowercased().replacing("_", with: "-") }
}
