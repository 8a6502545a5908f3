/// What keeps a badge from being printed as it should be.
package enum BadgeFault: Hashable, Sendable {
  /// The text is too long for its box at the smallest letters.
  case doesNotFit(box: String, text: String)
  /// No font has these characters.
  case missing(box: String, characters: [Character])
}
