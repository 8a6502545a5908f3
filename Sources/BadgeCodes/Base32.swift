/// Base32 of RFC 4648 section 6, upper case and without padding.
enum Base32 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  /// The text of the bytes.
  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    var pending: UInt32 = 0
    var pendingBits = 0
    for byte in bytes {
      pending = pending << 8 | UInt32(byte)
      pendingBits += 8
      while pendingBits >= 5 {
        pendingBits -= 5
        text.append(alphabet[Int(pending >> pendingBits & 31)])
      }
    }
    if pendingBits > 0 {
      text.append(alphabet[Int(pending << (5 - pendingBits) & 31)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text, which has to be what `encode` makes of them.
  static func decode(_ text: some Sequence<UInt8>) throws(BadgeCodeError) -> [UInt8] {
    var bytes: [UInt8] = []
    var pending: UInt32 = 0
    var pendingBits = 0
    for character in text {
      guard let value = value(of: character) else { throw .unreadable(.alphabet) }
      pending = pending << 5 | value
      pendingBits += 5
      if pendingBits >= 8 {
        pendingBits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> pendingBits))
      }
    }
    // Fewer than five bits may be left of the last character, all zero; else another text would mean the same bytes.
    guard pendingBits < 5, pending & (1 << pendingBits - 1) == 0 else { throw .unreadable(.notCanonical) }
    return bytes
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "2")...UInt8(ascii: "7"): UInt32(character - UInt8(ascii: "2")) + 26
    default: nil
    }
  }
}
