import BadgeCodes
import LanyardDomain

/// How a text was typed, by which a reading is known to be over though its scanner sends no Enter.
struct LaneTyping: Sendable {
  /// Whether the scanner ends its readings with Enter.
  private enum Ending {
    case unknown
    /// A reading was taken, and its Enter may still come.
    case awaited(since: Instant)
    case sent
    case lacking
  }

  /// How long nothing may come after a whole code: scanners type a character every few milliseconds.
  private static let codeSilence = Duration.milliseconds(40)
  /// The same after anything else that no person types as fast.
  private static let lineSilence = Duration.milliseconds(500)
  /// The most that a scanner takes for a character.
  private static let characterTime = Duration.milliseconds(40)
  /// The fewest characters that show how fast they came.
  private static let fewestCharacters = 6
  /// How long the Enter of a reading is waited for.
  private static let enterTime = Duration.seconds(1)

  private var first = Instant(seconds: 0)
  /// When the last character came.
  private(set) var last = Instant(seconds: 0)
  private var ending = Ending.unknown

  /// A character came.
  mutating func took(isFirst: Bool, at now: Instant) {
    if isFirst { first = now }
    last = now
  }

  /// An Enter came.
  ///
  /// - Parameter isAlone: Whether nothing was typed before it that is not taken already.
  mutating func ended(_ isAlone: Bool) {
    switch ending {
    case .awaited where isAlone: ending = .sent
    case .unknown where !isAlone: ending = .sent
    case .unknown, .awaited, .sent, .lacking: break
    }
  }

  /// A reading was taken without its Enter.
  mutating func took(withoutEnterAt now: Instant) {
    if case .unknown = ending { ending = .awaited(since: now) }
  }

  /// Whether it has just turned out that the scanner sends no Enter; true once.
  mutating func lacksEnter(at now: Instant) -> Bool {
    guard case .awaited(let since) = ending, now - since >= Self.enterTime else { return false }
    ending = .lacking
    return true
  }

  /// Whether a text is a reading to which nothing will be added.
  ///
  /// - Parameter isScanning: Whether nothing is being asked, to which the text may be an answer.
  func isOver(_ text: String, isScanning: Bool, at now: Instant) -> Bool {
    let silence = now - last
    guard !text.isEmpty, silence >= Self.codeSilence else { return false }
    if Self.endsWithCode(text) { return true }
    let count = text.unicodeScalars.count
    return isScanning && silence >= Self.lineSilence && count >= Self.fewestCharacters
      && last - first <= Self.characterTime * (count - 1)
  }

  /// Whether a line holds what is, or was, a badge's code.
  static func isScan(_ line: String) -> Bool {
    WedgeReading.readings(in: line).contains { reading in
      if case .code(let code, _) = reading { code.hasPrefix("LY1") } else { false }
    }
  }

  private static func endsWithCode(_ text: String) -> Bool {
    guard case .code(let code, _)? = WedgeReading.readings(in: text).last else { return false }
    // What is no code may go on.
    return (try? UnverifiedBadgeCode(reading: code)) != nil
  }
}
