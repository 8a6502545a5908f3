import Testing

@testable import BadgeCodes

@Suite("Base32")
struct Base32Tests {
  @Test(
    "The vectors of RFC 4648 are encoded and decoded, without their padding",
    arguments: [
      ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
      ("foobar", "MZXW6YTBOI"),
    ]
  )
  func vectors(plain: String, encoded: String) throws {
    #expect(Base32.encode(plain.utf8) == encoded)
    #expect(try Base32.decode(encoded.utf8) == Array(plain.utf8))
  }

  @Test("A length that no bytes have is refused", arguments: ["A", "AAA", "AAAAAA", "AAAAAAAAA"])
  func impossibleLengths(text: String) {
    #expect(throws: BadgeCodeError.unreadable(.notCanonical)) { try Base32.decode(text.utf8) }
  }

  @Test("Bits after the last byte have to be zero", arguments: ["MZ", "MZXR", "MZXW7", "MZXW6YR"])
  func trailingBits(text: String) {
    #expect(throws: BadgeCodeError.unreadable(.notCanonical)) { try Base32.decode(text.utf8) }
  }

  @Test("A character outside the alphabet is refused", arguments: ["M0", "M1", "M8", "my", "MY======", "M-", "MÜ"])
  func otherCharacters(text: String) {
    #expect(throws: BadgeCodeError.unreadable(.alphabet)) { try Base32.decode(text.utf8) }
  }
}
