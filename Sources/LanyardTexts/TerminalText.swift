/// Text made fit for a terminal: whatever somebody wrote into a file, a name or an argument, it moves no cursor, rings no bell and
/// reorders nothing beside it.
package enum TerminalText {
  /// The text as one line: each control character, line break and mark that reorders text is written as JSON writes it, such as
  /// `\n` and `\u001B`; so a line of JSON stays the same value.
  package static func line(_ text: String) -> String { shown(text, keepsBreaks: false) }

  /// The text with its line breaks, and all else as a line has it.
  package static func lines(_ text: String) -> String { shown(text, keepsBreaks: true) }

  private static func shown(_ text: String, keepsBreaks: Bool) -> String {
    // Most is plain, and looking at bytes is fast: all that is escaped begins with one of these.
    let mayBeEscaped = text.utf8.contains { byte in
      byte < 0x20 && !(keepsBreaks && byte == 0x0A) || [0x7F, 0xC2, 0xE2, 0xEF, 0xF3].contains(byte)
    }
    guard mayBeEscaped else { return text }
    var shown = "".unicodeScalars
    for scalar in text.unicodeScalars {
      if isHarmful(scalar), !(keepsBreaks && scalar == "\n") {
        shown.append(contentsOf: escaped(scalar).unicodeScalars)
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    // Separators of lines and paragraphs, embeddings, overrides and isolates; what no program shows.
    case 0x2028...0x202E, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      return String(scalar).utf16.reduce(into: "") { text, unit in
        let code = String(unit, radix: 16, uppercase: true)
        text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      }
    }
  }
}
