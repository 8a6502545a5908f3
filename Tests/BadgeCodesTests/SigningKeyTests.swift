import BadgeCodes
import Testing

@Suite("Keys")
struct SigningKeyTests {
  @Test("A signing key does not tell its secret when it is printed or dumped")
  func redaction() throws {
    let key = try SigningKey(id: 5, rawRepresentation: Array(repeating: 0xA7, count: 32))
    var dumped = ""
    dump(key, to: &dumped)
    for text in [String(describing: key), String(reflecting: key), "\(key)", "\([key])", dumped] {
      #expect(text.contains("5"))
      for secret in ["167", "a7", "A7", "rawRepresentation"] { #expect(!text.contains(secret)) }
    }
  }

  @Test("Generated keys differ and are restored from their raw bytes")
  func generation() throws {
    let first = try SigningKey.generate(id: 1)
    let second = try SigningKey.generate(id: 1)
    #expect(first.rawRepresentation != second.rawRepresentation)
    let restored = try SigningKey(id: 1, rawRepresentation: first.rawRepresentation)
    #expect(restored.verificationKey == first.verificationKey)
    #expect(first.verificationKey.rawRepresentation.count == 32)
  }

  @Test("Keys of another length are refused", arguments: [0, 31, 33, 64])
  func keyLength(count: Int) {
    let raw = [UInt8](repeating: 1, count: count)
    #expect(throws: BadgeKeyError.wrongLength(count)) { try SigningKey(id: 1, rawRepresentation: raw) }
    #expect(throws: BadgeKeyError.wrongLength(count)) { try VerificationKey(id: 1, rawRepresentation: raw) }
  }

  @Test("A key does not sign what names another key")
  func otherKey() throws {
    let key = try sampleKey(id: 8)
    #expect(throws: BadgeKeyError.otherKey(payload: 7, signer: 8)) { try key.sign(samplePayload(keyID: 7)) }
  }
}
