import LanyardTexts

/// A text made fit for a row of a terminal: it can neither move the cursor nor reorder what stands beside it.
package enum ShownText {
  /// The most code points of a text that are looked at.
  private static let limit = 1000
  /// The most marks that one character carries.
  private static let markLimit = 6

  /// The text with every control character, override and character of disputed width replaced or left out.
  ///
  /// Escape characters become �, line breaks and tabs a space. What only changes an emoji's looks is left out, since
  /// terminals disagree on its width.
  package static func neutral(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    var marks = 0
    for scalar in text.unicodeScalars.prefix(limit) {
      guard let replacement = replacement(for: scalar, after: shown.last) else { continue }
      marks = TextWidth.columns(of: replacement) == 0 ? marks + 1 : 0
      if marks <= markLimit && !(marks > 0 && shown.isEmpty) { shown.append(replacement) }
    }
    return String(shown)
  }

  /// The text in an isolate (UAX #9, U+2068 and U+2069) where it runs right to left, so that the row keeps its order.
  package static func isolated(_ text: String) -> String {
    text.unicodeScalars.contains(where: TextDirection.isRightToLeft) ? TextDirection.isolated(text) : text
  }

  private static func replacement(for scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Unicode.Scalar? {
    let properties = scalar.properties
    switch scalar.value {
    case 0x20...0x7E: return scalar
    case 0x09...0x0D, 0x85: return " "
    case 0x200C, 0x200D: return previous?.properties.isEmojiPresentation == true ? nil : scalar
    case 0x1F3FB...0x1F3FF: return nil  // skin tones
    default: break
    }
    if properties.isVariationSelector { return nil }
    switch properties.generalCategory {
    case .control, .surrogate, .unassigned, .privateUse: return "\u{FFFD}"
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return " "
    case .format: return nil
    default: return scalar
    }
  }
}
