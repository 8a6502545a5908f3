/// A time of day at a place, as RFC 3339 writes it: the moment and the offset from UTC that was written with it.
package struct OffsetTime: Hashable, Sendable {
  package let instant: Instant
  /// Seconds east of Greenwich.
  package let offset: Int

  /// Nil where the text is not an RFC 3339 date-time of the years 1970 to 2105, such as `2024-05-27T09:00:00+02:00`;
  /// leap seconds are not read.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 40, bytes[10] | 0x20 == UInt8(ascii: "t"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let date = LocalDate(String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = Self.number(bytes[11...12], below: 24), let minute = Self.number(bytes[14...15], below: 60),
      let second = Self.number(bytes[17...18], below: 60)
    else { return nil }
    var rest = bytes[19...]
    var microseconds: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty else { return nil }
      for place in 0..<6 {
        let digit = place < digits.count ? digits[digits.startIndex + place] - UInt8(ascii: "0") : 0
        microseconds = microseconds * 10 + Int64(digit)
      }
      rest = bytes[digits.endIndex...]
    }
    guard let offset = Self.offset(rest) else { return nil }
    let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
    instant = Instant(microseconds: Int64(seconds) * 1_000_000 + microseconds)
    self.offset = offset
  }

  /// An offset as RFC 3339 writes it: `+02:00`.
  package static func text(ofOffset seconds: Int) -> String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let minutes = abs(seconds) / 60
    return "\(seconds < 0 ? "-" : "+")\(padded(minutes / 60)):\(padded(minutes % 60))"
  }

  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
    let start = bytes.startIndex
    if bytes.count == 1 { return bytes[start] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
    guard bytes.count == 6, bytes[start + 3] == UInt8(ascii: ":"),
      let hours = number(bytes[start + 1...start + 2], below: 24),
      let minutes = number(bytes[start + 4...start + 5], below: 60)
    else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>, below limit: Int) -> Int? {
    var number = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number < limit ? number : nil
  }
}

extension Instant {
  /// How many digits of a second are written; the rest is cut off.
  package enum SecondDigits: Int, Sendable {
    case none = 0
    case three = 3
    case six = 6
  }

  /// The moment as RFC 3339 writes it in UTC, such as `2024-05-27T07:00:00Z`.
  package func rfc3339(digits: SecondDigits = .none) -> String {
    func padded(_ value: Int64, _ digits: Int) -> String {
      let text = "\(value)"
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    let rest = (seconds % 86_400 + 86_400) % 86_400
    let day = LocalDate(daysSince1970: Int((seconds - rest) / 86_400))
    let time = [rest / 3600, rest / 60 % 60, rest % 60].map { padded($0, 2) }.joined(separator: ":")
    let part = digits == .none ? "" : ".\(padded(microseconds - seconds * 1_000_000, 6).prefix(digits.rawValue))"
    return "\(day)T\(time)\(part)Z"
  }
}
