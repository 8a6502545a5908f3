import BadgeCodes
package import LanyardDomain
import LanyardTexts

/// What a keyboard-wedge scanner typed.
package enum WedgeReading: Hashable, Sendable {
  /// A text to decide on: a badge code in its one spelling, or a text that is none, as it came.
  ///
  /// `layout` names the wrong keyboard layout that the code was typed through, nil where there was none.
  case code(String, layout: KeyboardLayout?)
  /// Something that is not passed on: a web address may be somebody's personal link.
  ///
  /// It is still a scan, and is refused as unreadable.
  case noCode(WithheldCode)

  /// The most bytes of a line that are looked at.
  package static let maximumLength = 1024

  /// The readings of one line in the order in which they came, each once; none for a blank line, and none for a single
  /// character: that is a key that somebody pressed.
  static func readings(in line: String) -> [WedgeReading] {
    guard line.utf8.count <= maximumLength else { return [.noCode(.tooLong)] }
    let text = trimmed(line)
    guard !text.isEmpty, !isOneCharacter(text) else { return [] }
    for layout in [nil] + KeyboardLayout.allCases.map(Optional.some) {
      let readings = readings(in: text, through: layout)
      if !readings.isEmpty { return readings }
    }
    return isWebAddress(text) ? [.noCode(.webAddress)] : [.code(string(text), layout: nil)]
  }

  /// What is sent as the scan's code: what was read, or the word for why there is none.
  package var code: String {
    switch self {
    case .code(let code, _): code
    case .noCode(let why): why.rawValue
    }
  }

  /// What the operator should know of a reading beside the answer to it; nil where that says all.
  ///
  /// - Parameter isAlone: Whether the line had no other reading.
  func notice(isAlone: Bool) -> Sentence? {
    switch self {
    case .code(_, let layout?): Sentence(.noticeOtherKeyboard, ["keyboard": .text(layout.name)])
    case .code(let text, nil): Self.mayBeMistyped(text) ? Sentence(.noticeKeyboardUnknown) : nil
    case .noCode(.webAddress): Sentence(isAlone ? .noticeWebAddress : .noticeWebAddressBeside)
    case .noCode(.tooLong): Sentence(.noticeTooLong)
    }
  }

  /// The readings of a text in which, typed through the layout, there is a badge code; none where there is not.
  private static func readings(in text: [Unicode.Scalar], through layout: KeyboardLayout?) -> [WedgeReading] {
    let meant = text.map { layout?.meaning(of: $0) ?? $0 }
    let starts = codeStarts(in: meant)
    guard let first = starts.first else { return [] }
    var found = isWebAddress(text[..<first]) ? [WedgeReading.noCode(.webAddress)] : []
    var hasCode = false
    for (start, end) in zip(starts, starts.dropFirst() + [meant.count]) {
      let code = badgeCode(meant[start..<end])
      hasCode = hasCode || code != nil
      // A damaged code between good ones is somebody's badge too, so it gets an answer.
      let reading = code.map { Self.code($0, layout: layout) } ?? .code(string(trimmed(text[start..<end])), layout: nil)
      if !found.contains(reading) { found.append(reading) }
    }
    return hasCode ? found : []
  }

  /// Where `LY1` stands. Base32 has no 1, so each is the start of a code, also where a line break was lost.
  private static func codeStarts(in text: [Unicode.Scalar]) -> [Int] {
    text.indices.dropLast(2).filter { index in
      (text[index] == "L" || text[index] == "l") && (text[index + 1] == "Y" || text[index + 1] == "y")
        && text[index + 2] == "1"
    }
  }

  /// The badge code that a text begins with, in its one spelling.
  private static func badgeCode(_ text: ArraySlice<Unicode.Scalar>) -> String? {
    let figures = text.dropFirst(3).prefix { isBase32($0) }
    // What is no code is another kind of reading.
    return try? UnverifiedBadgeCode(reading: string(text.prefix(3) + figures)).text
  }

  private static func isBase32(_ character: Unicode.Scalar) -> Bool {
    switch character {
    case "A"..."Z", "a"..."z", "2"..."7": true
    default: false
    }
  }

  /// How web addresses begin, in lower case.
  private static let addressStarts = ["http://", "https://", "www."]
  /// How `WWW.` and `HTTPS://` come through Greek, where Σ may be S and W; other layouts have the full stop elsewhere.
  private static let greekAddressStarts = ["σσς.", "σσσ.", "\u{A8}//"]

  private static func isWebAddress(_ text: some Collection<Unicode.Scalar>) -> Bool {
    let layouts = [nil] + KeyboardLayout.allCases.map(Optional.some)
    return layouts.contains { layout in
      let meant = string(text.map { layout?.meaning(of: $0) ?? $0 }).lowercased()
      let starts = layout == nil ? addressStarts + greekAddressStarts : addressStarts
      return starts.contains { meant.contains($0) }
    }
  }

  /// Whether a text has about the length of a code and is none, not even a damaged one, as where it was typed through a
  /// layout that is not known here.
  private static func mayBeMistyped(_ text: String) -> Bool {
    let characters = Array(text.unicodeScalars)
    guard codeLengths.contains(characters.count), !characters.contains(where: \.properties.isWhitespace) else {
      return false
    }
    return codeStarts(in: characters).isEmpty
  }

  /// How many characters codes have, about.
  static let codeLengths = 120...300

  /// Whether a line holds one character and nothing else, which no scanner types.
  static func isOneCharacter(_ line: String) -> Bool { isOneCharacter(trimmed(line)) }

  private static func isOneCharacter(_ text: [Unicode.Scalar]) -> Bool { string(text).count == 1 }

  /// A text without the blanks and control characters at its ends.
  static func withoutBlanks(_ text: String) -> String { string(trimmed(text)) }

  private static func trimmed(_ text: some Collection<Unicode.Scalar>) -> [Unicode.Scalar] {
    let isBlank: (Unicode.Scalar) -> Bool = {
      $0.properties.isWhitespace || $0.properties.generalCategory == .control
    }
    return Array(Array(text.drop(while: isBlank)).reversed().drop(while: isBlank).reversed())
  }

  private static func trimmed(_ text: String) -> [Unicode.Scalar] {
    trimmed(text.unicodeScalars)
  }

  private static func string(_ text: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text)
    return String(view)
  }
}
