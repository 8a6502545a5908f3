package import LanyardDomain

/// Lines that a scanner types where no screen is: each is over with a line break, or, on a terminal whose scanner sends none,
/// once it is a whole code or after a short silence. Pure: moments are of a clock that nobody sets.
package struct TypedLines: Sendable {
  private var line: [UInt8] = []
  /// How many characters the line has.
  private var count = 0
  private var typing = LaneTyping()
  private let endInSilence: Bool

  /// - Parameter endInSilence: Whether a silence ends a line as well. On a terminal, where a scanner types, it does; what is piped
  ///   comes in blocks that end anywhere, the next of which may be late.
  package init(endInSilence: Bool = true) { self.endInSilence = endInSilence }

  /// Whether time alone may bring something: a line that is not over, or an Enter that is still waited for.
  package var isWaiting: Bool { endInSilence && (count > 0 || typing.awaitsEnter) }

  /// Whether nothing of a line has come yet.
  package var isEmpty: Bool { line.isEmpty }

  /// Takes in a byte; returns the line that it ends, nil where there is none, or a blank one.
  package mutating func take(_ byte: UInt8, at now: Instant) -> String? {
    guard byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") else {
      typing.ended(text)
      return end()
    }
    guard line.count < WedgeLine.limit else { return nil }
    line.append(byte)
    guard !Self.continues(byte) else { return nil }
    typing.took(count..<count + 1, at: now)
    count += 1
    return nil
  }

  /// Nothing came up to now: returns the line that is over though no Enter came.
  package mutating func rest(at now: Instant) -> String? {
    guard endInSilence, typing.reading(in: text, beside: .none, at: now) != nil else { return nil }
    typing.took(withoutEnterAt: now)
    return end()
  }

  /// Whether it has just turned out that the scanner sends no Enter; true once.
  package mutating func lacksEnter(at now: Instant) -> Bool { typing.lacksEnter(at: now) }

  /// The input is over; returns the line that it ends.
  package mutating func end() -> String? {
    defer { clear() }
    let line = WedgeReading.withoutBlanks(text)
    return line.isEmpty ? nil : line
  }

  /// Takes the last character back; returns how many columns it took, nil where there is none.
  package mutating func erase() -> Int? {
    guard count > 0 else { return nil }
    let before = TextWidth.columns(of: text)
    while let last = line.popLast(), Self.continues(last) {}
    count -= 1
    return max(0, before - TextWidth.columns(of: text))
  }

  /// Takes all of the line back; returns how many columns it took.
  package mutating func eraseAll() -> Int {
    defer { clear() }
    return TextWidth.columns(of: text)
  }

  private var text: String { String(decoding: line, as: UTF8.self) }

  private mutating func clear() {
    line.removeAll(keepingCapacity: true)
    count = 0
  }

  /// Whether a byte of UTF-8 belongs to the character before it.
  private static func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
