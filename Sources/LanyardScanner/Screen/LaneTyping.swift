import LanyardDomain

/// How a text was typed, by which a reading is known to be over though its scanner sends no Enter.
struct LaneTyping: Sendable {
  /// What is being asked while something is typed.
  enum Question: Sendable {
    case none
    /// Words by which somebody is found, which a scanner may type as well.
    case words
    /// What is recorded, or whether something is to be done: for a person to say.
    case record
  }

  /// Whether the scanner ends its readings with Enter.
  private enum Ending {
    case open(Enters)
    case lacking
  }

  /// What was seen of a scanner's Enters.
  private struct Enters {
    /// When a reading was taken whose Enter may still come; nil where none is waited for.
    var awaitedSince: Instant?
    /// Readings in a row without one.
    var missing = 0
    /// Whether one came: then several must be missing, since a scanner may be set otherwise, or another one be plugged in.
    var hasCome = false

    var isLacking: Bool { missing >= (hasCome ? LaneTyping.mostMissing : 1) }
  }

  /// How long nothing may come after a whole code: scanners type a character every few milliseconds.
  private static let codeSilence = Duration.milliseconds(40)
  /// The same after anything else that no person types as fast.
  private static let lineSilence = Duration.milliseconds(500)
  /// The most that a scanner takes for a character.
  private static let characterTime = Duration.milliseconds(40)
  /// The fewest characters that show how fast they came.
  private static let fewestCharacters = 6
  /// The fewest characters in a row, each as fast as a scanner's, that are no answer of a person to what is asked.
  private static let fewestInBurst = 4
  /// How long the Enter of a reading is waited for.
  private static let enterTime = Duration.seconds(1)
  /// How many readings in a row without Enter show that a scanner sends none any more.
  private static let mostMissing = 3

  private var first = Instant(seconds: 0)
  /// When the last character came.
  private(set) var last = Instant(seconds: 0)
  private var ending = Ending.open(Enters())
  /// Where in the text the characters stand that came in a row and as fast as a scanner's, up to the last.
  private var run = 0..<0
  /// Where in the text so many stand in a row that each came as fast as a scanner's: a scanner's, or what an input method,
  /// a tablet's suggestion or the clipboard gave at once.
  private var bursts: [Range<Int>] = []

  /// A character came.
  ///
  /// - Parameter place: Where it stands in the text, in scalars.
  mutating func took(_ place: Range<Int>, at now: Instant) {
    if place.lowerBound == 0 { first = now }
    // What was deleted since is no part of the text.
    bursts.removeAll { place.lowerBound < $0.upperBound }
    let goesOn = run.upperBound == place.lowerBound && now - last <= Self.characterTime
    run = goesOn ? run.lowerBound..<place.upperBound : place
    if run.count >= Self.fewestInBurst {
      bursts.removeAll { $0.lowerBound == run.lowerBound }
      bursts.append(run)
    }
    last = now
  }

  /// Whether the Enter of a reading may still come.
  var awaitsEnter: Bool {
    if case .open(let enters) = ending { enters.awaitedSince != nil } else { false }
  }

  /// Whether nothing was added for so long that a single key that was pressed stands alone, and begins no reading.
  func isOver(at now: Instant) -> Bool { now - last >= Self.lineSilence }

  /// What a scanner typed of a text, which is nobody's answer to what is asked; nil where a person may have typed it, or
  /// had it typed: a word in a script of no scanner, or several words.
  func burst(in text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    let atOnce = bursts.map { $0.clamped(to: scalars.indices) }.filter { !$0.isEmpty }
    guard let first = atOnce.first, let last = atOnce.last(where: { !Self.isWording(scalars[$0]) }) else { return nil }
    // Where a scanner stopped between, it is one reading.
    let whole = first.lowerBound..<last.upperBound
    if !Self.isWording(scalars[whole]) { return Self.string(scalars[whole]) }
    // The last of several words may come without a blank: letters alone are taken for one.
    return scalars[last].allSatisfy(\.properties.isAlphabetic) ? nil : Self.string(scalars[last])
  }

  /// Whether characters that came at once are words of a person: no reading has a blank, and none has a letter that no keyboard
  /// gives to a scanner, unless it is as long as a code and the keyboard is of an unknown kind.
  private static func isWording(_ typed: ArraySlice<Unicode.Scalar>) -> Bool {
    if typed.contains(where: \.properties.isWhitespace) { return true }
    return !typed.allSatisfy(KeyboardLayout.mayGive) && !WedgeReading.codeLengths.contains(typed.count)
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// An Enter came. One that a person pressed says nothing of the scanner.
  ///
  /// - Parameter text: What was typed before it and is not taken already.
  mutating func ended(_ text: String) {
    guard case .open(let enters) = ending, text.isEmpty ? enters.awaitedSince != nil : burst(in: text) != nil else {
      return
    }
    ending = .open(Enters(hasCome: true))
  }

  /// A reading was taken without its Enter.
  mutating func took(withoutEnterAt now: Instant) {
    guard case .open(var enters) = ending else { return }
    if enters.awaitedSince != nil { enters.missing += 1 }
    enters.awaitedSince = now
    ending = .open(enters)
  }

  /// Whether it has just turned out that the scanner sends no Enter; true once.
  mutating func lacksEnter(at now: Instant) -> Bool {
    guard case .open(var enters) = ending else { return false }
    if let since = enters.awaitedSince, now - since >= Self.enterTime {
      enters.awaitedSince = nil
      enters.missing += 1
    }
    ending = enters.isLacking ? .lacking : .open(enters)
    return enters.isLacking
  }

  /// The reading that a text is, where nothing will be added to it.
  ///
  /// - Parameter question: What is being asked, to which the text may be an answer.
  func reading(in text: String, beside question: Question, at now: Instant) -> String? {
    let silence = now - last
    guard !text.isEmpty, silence >= Self.codeSilence else { return nil }
    if WedgeReading.endsWithCode(text) { return text }
    guard silence >= Self.lineSilence else { return nil }
    switch question {
    case .none:
      let count = text.unicodeScalars.count
      return count >= Self.fewestCharacters && last - first <= Self.characterTime * (count - 1) ? text : nil
    case .words: return nil
    case .record: return burst(in: text)
    }
  }

  /// Whether a line holds what is, or was, a badge's code.
  static func isScan(_ line: String) -> Bool {
    WedgeReading.readings(in: line).contains { reading in
      if case .code(let code, _) = reading { code.hasPrefix("LY1") } else { false }
    }
  }
}
