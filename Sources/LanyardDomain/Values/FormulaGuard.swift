/// Keeps spreadsheets from taking a text of somebody else's for a formula: an apostrophe stands before it, which is taken off
/// again when the table is read.
package enum FormulaGuard {
  private static let apostrophe: Unicode.Scalar = "'"
  /// What a formula may begin with, in Latin and in full width.
  private static let signs: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]

  /// The text as a table has it.
  package static func guarded(_ text: String) -> String { isSign(first(of: text)) ? "'\(text)" : text }

  /// The text that a table has.
  package static func plain(_ text: String) -> String {
    guard text.unicodeScalars.first == apostrophe, isSign(first(of: text)) else { return text }
    return String(text.unicodeScalars.dropFirst())
  }

  /// The first character after apostrophes, so that a text that begins with both comes back as it was.
  private static func first(of text: String) -> Unicode.Scalar? {
    text.unicodeScalars.first { $0 != apostrophe }
  }

  private static func isSign(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(signs.contains) ?? false }
}
