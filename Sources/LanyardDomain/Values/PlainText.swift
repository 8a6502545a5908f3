import Foundation

/// Rules for text that people write: any script, in NFC, nothing that can hide or reorder its neighbours.
package enum PlainText {
  /// Unicode scalars allowed for each character of a limit: enough for any script's clusters, too few to stack marks
  /// over neighbouring lines.
  private static let scalarsPerCharacter = 8

  /// The text trimmed and in Unicode Normalization Form C; the limit is in characters (extended grapheme clusters).
  ///
  /// - Throws: `InvalidInput` where the text is too long or holds control, bidirectional-override or unassigned
  ///   characters.
  package static func validated(_ text: String, limit: Int, field: String) throws(InvalidInput) -> String {
    if isPlainASCII(text, limit: limit) { return text }
    guard text.utf8.count <= limit * scalarsPerCharacter * 4 else { throw tooLong(limit, field) }
    let trimmed = text.trimmingCharacters(in: .whitespaces).precomposedStringWithCanonicalMapping
    guard trimmed.count <= limit, trimmed.unicodeScalars.count <= limit * scalarsPerCharacter else {
      throw tooLong(limit, field)
    }
    if let scalar = trimmed.unicodeScalars.first(where: isForbidden) {
      let code = String(scalar.value, radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
      throw InvalidInput(field: field, .hiddenCharacter(code: padded))
    }
    return trimmed
  }

  /// What stands in a text that is kept for a character that may not.
  package static let replacement: Character = "\u{25A1}"

  /// As much of a text as keeps to the rules: what may not stand in it is replaced, and where it is cut it ends in an ellipsis.
  package static func kept(_ text: String, limit: Int) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit * scalarsPerCharacter + 1) {
      if isForbidden(scalar) { shown.append(contentsOf: replacement.unicodeScalars) } else { shown.append(scalar) }
    }
    let kept = String(shown).trimmingCharacters(in: .whitespaces).precomposedStringWithCanonicalMapping
    guard kept.count > limit || kept.unicodeScalars.count > limit * scalarsPerCharacter else { return kept }
    var cut = String(kept.prefix(limit - 1))
    while cut.unicodeScalars.count >= limit * scalarsPerCharacter { cut.removeLast() }
    return cut + "…"
  }

  /// Whether the text is short printable ASCII without outer spaces, so that nothing is left to check.
  private static func isPlainASCII(_ text: String, limit: Int) -> Bool {
    let bytes = text.utf8
    guard bytes.count <= limit, bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return false }
    return bytes.first != 0x20 && bytes.last != 0x20
  }

  private static func tooLong(_ limit: Int, _ field: String) -> InvalidInput {
    InvalidInput(field: field, .tooLong(limit: limit))
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: return true
    case 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: return true
    case 0xFFFD, 0x2028, 0x2029: return true
    default:
      switch scalar.properties.generalCategory {
      case .control, .surrogate, .privateUse, .unassigned: return true
      default: return false
      }
    }
  }
}
