import LanyardDomain

/// Which way a text runs (UAX #9).
package enum TextDirection {
  /// Whether a letter is of a script that is written from right to left.
  package static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  /// The text in an isolate, which keeps it from reordering what stands beside it.
  package static func isolated(_ text: String) -> String { "\u{2068}\(text)\u{2069}" }

  /// Whether a text has letters that run against a language.
  static func isForeign(_ text: String, to language: Language) -> Bool {
    text.unicodeScalars.contains { scalar in
      let runsLeft = isRightToLeft(scalar)
      return language.isRightToLeft ? !runsLeft && scalar.properties.isAlphabetic : runsLeft
    }
  }
}
