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
  package static let maximumLength = RequestLimit.code

  /// The readings of one line in the order in which they came, each once; none for a blank line, and none for a single
  /// character: that is a key that somebody pressed.
  static func readings(in line: String) -> [WedgeReading] {
    guard line.utf8.count <= maximumLength else { return [.noCode(.tooLong)] }
    let text = trimmed(line)
    guard !text.isEmpty, !isOneCharacter(text) else { return [] }
    let codes = TypedCode.all(in: text)
    guard !codes.contains(where: { $0.code != nil }) else { return readings(in: text, codes) }
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
    // Nobody reads that: it takes a text's place later.
    case .noCode(.erased): nil
    }
  }

  /// The readings of a text in which there are codes. A damaged one between good ones is somebody's badge too, and so is what
  /// came through a layout that is not known: each gets an answer. Other text beside a code is nobody's.
  private static func readings(in text: [Unicode.Scalar], _ codes: [TypedCode]) -> [WedgeReading] {
    var found: [WedgeReading] = []
    func add(_ reading: WedgeReading) { if !found.contains(reading) { found.append(reading) } }
    func addBeside(_ place: Range<Int>) {
      let beside = trimmed(text[place])
      if isWebAddress(beside) {
        add(.noCode(.webAddress))
      } else if beside.count >= codeLengths.lowerBound, !beside.contains(where: \.properties.isWhitespace) {
        add(.code(string(beside), layout: nil))
      }
    }
    var end = 0
    for typed in codes {
      addBeside(end..<typed.place.lowerBound)
      add(.code(typed.code ?? string(trimmed(text[typed.place])), layout: typed.layout))
      end = typed.place.upperBound
    }
    addBeside(end..<text.count)
    return found
  }

  /// Whether a line ends with a whole code, to which nothing is added any more.
  static func endsWithCode(_ line: String) -> Bool {
    let text = trimmed(line)
    guard let last = TypedCode.all(in: text).last else { return false }
    return last.code != nil && last.place.upperBound == text.count
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
    return TypedCode.starts(in: characters).isEmpty
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
