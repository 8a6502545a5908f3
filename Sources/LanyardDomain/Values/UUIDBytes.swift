/// A UUID (RFC 9562) as its two halves, cheap to compare and to store.
package struct UUIDBytes: Hashable, Sendable, CustomStringConvertible {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Nil where the text is not a UUID in its form of 36 characters; capitals are read too.
  package init?(_ text: String) {
    var high: UInt64 = 0
    var low: UInt64 = 0
    var index = 0
    for byte in text.utf8 {
      switch index {
      case 8, 13, 18, 23:
        guard byte == UInt8(ascii: "-") else { return nil }
      case 36...:
        return nil
      default:
        guard let digit = Self.digit(byte) else { return nil }
        if index < 18 { high = high << 4 | digit } else { low = low << 4 | digit }
      }
      index += 1
    }
    guard index == 36 else { return nil }
    self.high = high
    self.low = low
  }

  /// A new UUID of version 7: ids made later sort later, so that stores append rather than scatter.
  package static func timeOrdered(at now: Instant) -> UUIDBytes {
    let milliseconds = UInt64(max(0, now.microseconds / 1000)) & 0xFFFF_FFFF_FFFF
    let random = UInt64.random(in: 0...UInt64.max)
    return UUIDBytes(
      high: milliseconds << 16 | 0x7000 | random >> 52,
      low: 0x8000_0000_0000_0000 | (UInt64.random(in: 0...UInt64.max) >> 2)
    )
  }

  package var description: String {
    let digits = Self.hex(high) + Self.hex(low)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func hex(_ half: UInt64) -> [UInt8] {
    (0..<16).map { place in
      let digit = UInt8(half >> (60 - 4 * UInt64(place)) & 0xF)
      return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
