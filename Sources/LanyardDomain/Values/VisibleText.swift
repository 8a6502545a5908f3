/// What of a text can be seen. It may be written with characters that take room and show nothing, or take none.
enum VisibleText {
  /// Those that fonts leave blank though Unicode calls them symbols: the Braille pattern without dots and a musical note without
  /// a head.
  private static let blanks: Set<Unicode.Scalar> = ["\u{2800}", "\u{1D159}"]

  /// Whether there is at least one character in a text that can be seen by itself: a letter, a digit, a sign of punctuation or a
  /// symbol. Blanks and format characters are none, nor is what Unicode lets programs ignore (Default_Ignorable_Code_Point), such
  /// as the Hangul fillers; and a mark needs a letter to stand on.
  static func isSeen(_ text: String) -> Bool { text.unicodeScalars.contains(where: isSeen) }

  private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x21...0x7E).contains(scalar.value) }
    if scalar.properties.isDefaultIgnorableCodePoint || blanks.contains(scalar) { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator,
      .nonspacingMark, .spacingMark, .enclosingMark:
      return false
    default: return true
    }
  }
}
