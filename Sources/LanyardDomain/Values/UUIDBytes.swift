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
    String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for (half, shift) in [(high, 60), (high, 28), (high, 12), (low, 60), (low, 44)] {
        // Groups of 8, 4, 4, 4 and 12 digits with hyphens in between.
        if place > 0 {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let count = place == 0 ? 8 : place == 24 ? 12 : 4
        for digit in 0..<count {
          text[place] = Self.character(half >> UInt64(shift - 4 * digit) & 0xF)
          place += 1
        }
      }
      return place
    }
  }

  private static func character(_ digit: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: digit) + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
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
