/// Texts in pages of HTML, SVG and XML.
package enum HTMLText {
  /// A text as it stands in content and in values in quotation marks, so that whatever somebody wrote stays text. Control
  /// characters, which XML forbids, become U+FFFD; so do those that would turn the text around them.
  package static func escaped(_ text: String) -> String {
    var escaped = ""
    let areClosed = closesIsolates(text)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      case "\u{2068}", "\u{2069}": escaped.unicodeScalars.append(areClosed ? scalar : "\u{FFFD}")
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Whether each isolate (UAX #9) that a text opens ends in it, and none else: then it turns nothing around it.
  private static func closesIsolates(_ text: String) -> Bool {
    var depth = 0
    for scalar in text.unicodeScalars {
      if scalar == "\u{2068}" { depth += 1 }
      if scalar == "\u{2069}" { depth -= 1 }
      guard depth >= 0 else { return false }
    }
    return depth == 0
  }
}
