import LanyardDomain
import LanyardTesting
import Testing

@testable import BadgeCodes

@Suite("Unreadable badge codes")
struct UnreadableBadgeCodeTests {
  private let signature = [UInt8](repeating: 0, count: Ed25519.signatureLength)

  private func reason(_ text: String) -> BadgeCodeError.Reason? {
    do {
      _ = try UnverifiedBadgeCode(reading: text)
    } catch {
      if case .unreadable(let reason) = error { return reason }
    }
    return nil
  }

  private func reason(payload: String) -> BadgeCodeError.Reason? {
    reason(BadgeCodeText.text(payload: bytes(hexadecimal: payload), signature: signature))
  }

  @Test(
    "A text that does not begin with LY1 is no badge code",
    arguments: ["", " ", "LY", "ly", "XLY1", "https://example.org/", "ＬＹ1", "L Y1"]
  )
  func otherPrefix(text: String) {
    #expect(reason(text) == .prefix)
  }

  @Test("Another version is refused, whatever follows")
  func otherVersion() throws {
    let code = try sampleKey().sign(samplePayload())
    for version in ["LY0", "LY2", "LY3"] { #expect(reason(version + code.dropFirst(3)) == .prefix) }
  }

  @Test("A text of more than 400 characters is not looked at")
  func length() {
    #expect(reason("LY1" + String(repeating: "A", count: 398)) == .length)
    #expect(reason(String(repeating: " ", count: 10_000) + "LY1") == .payload)
  }

  @Test("Characters outside the alphabet are refused", arguments: ["0", "1", "8", "9", "=", " ", "-", "\0", "é", "😀"])
  func alphabet(character: String) throws {
    var code = try sampleKey().sign(samplePayload())
    code.insert(contentsOf: character, at: code.index(code.startIndex, offsetBy: 20))
    #expect(reason(code) == .alphabet)
  }

  @Test("A cut code is refused at every length")
  func truncation() throws {
    let ring = try VerificationKeyRing([sampleKey().verificationKey])
    let code = try sampleKey().sign(samplePayload())
    for count in 0..<code.count {
      let result = verdict(String(code.prefix(count)), ring)
      #expect(throws: BadgeCodeError.self) { try result.get() }
    }
  }

  @Test("A signature without a payload is refused")
  func noPayload() {
    #expect(reason(payload: "") == .payload)
  }

  @Test(
    "What protobuf cannot parse is refused",
    arguments: ["ff", "08", "1aff01", "1a0561", "110102", "0000", "08ffffffffffffffffffff01"]
  )
  func notProtobuf(payload: String) {
    #expect(reason(payload: payload) == .payload)
  }

  @Test(
    "A field outside its range is refused",
    arguments: [
      "0801 1a0161",  // no participation
      "0801 1a0161 2803",  // a participation that there is not
      "0801 1a0161 28ffffffff0f",  // a negative one
      "0801 2801",  // no event
      "0801 1a0141 2801",  // an event in upper case
      "0801 1a0180 2801",  // an event that is not UTF-8
      "0801 1a0161 2801 3502000000 3d01000000",  // an end before the beginning
    ]
  )
  func fieldRange(payload: String) {
    #expect(reason(payload: payload) == .field)
  }

  @Test(
    "Every other encoding of a payload is refused",
    arguments: [
      "1a0161 0801 2801",  // another order
      "088100 1a0161 2801",  // a longer number than needed
      "0801 1a0161 2000 2801",  // a zero written out
      "0801 0801 1a0161 2801",  // a field twice
      "0801 1a0161 2801 4001",  // a field that there is not
      "0801 1a026100 2801",  // an event with a null character
    ]
  )
  func notCanonical(payload: String) {
    #expect(reason(payload: payload) == .notCanonical)
  }

  @Test("Generated texts and bytes are survived and never verified", arguments: 0..<8 as Range<UInt64>)
  func garbage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let key = try sampleKey()
    let ring = VerificationKeyRing([key.verificationKey])
    let payload = try samplePayload().encoded
    for _ in 0..<300 {
      let noise = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      var mutated = payload
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        mutated[Int.random(in: mutated.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let texts = [
        String(decoding: noise, as: UTF8.self), "LY1" + String(decoding: noise, as: UTF8.self),
        "LY1" + Base32.encode(noise), BadgeCodeText.text(payload: noise, signature: signature),
        BadgeCodeText.text(payload: mutated, signature: signature),
      ]
      let verified = texts.filter { (try? verdict($0, ring).get()) != nil }
      #expect(verified.isEmpty)
    }
  }

  @Test("Generated payloads are read back as they were", arguments: 0..<4 as Range<UInt64>)
  func generatedPayloads(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let characters = Array("abcdefghijklmnopqrstuvwxyz0123456789-")
    for _ in 0..<500 {
      let slug = (0..<Int.random(in: 1...40, using: &random)).compactMap { _ in characters.randomElement(using: &random)
      }
      let times = (0..<2).map { _ in Int64.random(in: 0...Int64(UInt32.max), using: &random) }.sorted()
      let payload = try samplePayload(
        keyID: .random(in: 0 ... .max, using: &random),
        serial: .random(in: 0 ... .max, using: &random),
        event: String(slug),
        stakeholderGroup: .random(in: 0...Int(UInt32.max), using: &random),
        participation: Bool.random(using: &random) ? .onsite : .remote,
        validFrom: times[0],
        validUntil: times[1]
      )
      #expect(try BadgePayload(encoded: payload.encoded) == payload)
    }
  }
}
