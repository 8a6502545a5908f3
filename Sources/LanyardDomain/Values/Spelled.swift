/// A value that people name in the files that they write and at commands: by its name of the contract in small letters, with -
/// between its parts, such as `by-turns` for `BY_TURNS`.
package protocol Spelled: RawRepresentable, CaseIterable, Sendable where RawValue == String {
  /// What is read beside the spelling that each has.
  static var otherSpellings: [String: Self] { get }
}

extension Spelled {
  package static var otherSpellings: [String: Self] { [:] }

  package var spelling: String { Self.form(of: rawValue) }

  package static var spellings: [String] { allCases.map(\.spelling) }

  /// The value that a text names, however it is written: `BY_TURNS` and `by_turns` are `by-turns` too. Nil where it names none.
  package init?(spelling text: String) {
    let text = Self.form(of: text)
    guard let value = Self.allCases.first(where: { $0.spelling == text }) ?? Self.otherSpellings[text] else {
      return nil
    }
    self = value
  }

  private static func form(of text: String) -> String { text.lowercased().replacing("_", with: "-") }
}
