import LanyardDomain
import Testing

@testable import BadgeCodes

@Suite("Badge code")
struct BadgeCodeTests {
  private let key: SigningKey
  private let ring: VerificationKeyRing
  private let text: String

  init() throws {
    key = try sampleKey()
    ring = VerificationKeyRing([key.verificationKey])
    text = try key.sign(samplePayload())
  }

  @Test("What was signed is read back and verified")
  func roundTrip() throws {
    let payload = try samplePayload()
    let code = try UnverifiedBadgeCode(reading: text)
    #expect(code.keyID == 7)
    #expect(code.claimedSerial == payload.serial)
    #expect(code.claimedEvent == payload.event)
    let badge = try ring.verify(code)
    #expect(badge.payload == payload)
    #expect(badge.text == text)
  }

  @Test("The least and the greatest values are read back", arguments: Participation.allCases)
  func extremes(participation: Participation) throws {
    let longest = String(repeating: "z", count: 40)
    for (id, serial, event, group, from, until) in [
      (UInt32.min, UInt64.min, "-", 0, Int64(0), Int64(0)),
      (.max, .max, longest, Int(UInt32.max), 0, Int64(UInt32.max)),
    ] {
      let key = try sampleKey(id: id)
      let payload = try samplePayload(
        keyID: id,
        serial: serial,
        event: event,
        stakeholderGroup: group,
        participation: participation,
        validFrom: from,
        validUntil: until
      )
      let code = try UnverifiedBadgeCode(reading: key.sign(payload))
      #expect(try VerificationKeyRing([key.verificationKey]).verify(code).payload == payload)
      #expect(code.text.utf8.count < BadgeCodeText.maximumLength)
    }
  }

  @Test("A code has nothing but A to Z and 0 to 9 and fits a symbol of version 9")
  func size() throws {
    #expect(text.allSatisfy { ("A"..."Z").contains($0) || ("0"..."9").contains($0) })
    #expect(text.hasPrefix("LY1"))
    #expect(forum.count == 17)
    #expect(try QRSymbol(encoding: text, errorCorrection: .medium).width <= 17 + 4 * 9)
  }

  @Test("Lower case and surrounding whitespace are read as the same code")
  func spelling() throws {
    let typed = " \t\r\n" + text.lowercased() + "\n\u{0B}\u{0C} "
    #expect(try UnverifiedBadgeCode(reading: typed) == UnverifiedBadgeCode(reading: text))
    #expect(BadgeCodeText.canonical(typed) == text)
    #expect(BadgeCodeText.canonical(" \n") == "")
  }

  @Test("An old key still verifies beside the new one, each its own badges")
  func rotation() throws {
    let newKey = try sampleKey(id: 8)
    let rotated = VerificationKeyRing([key.verificationKey, newKey.verificationKey])
    let newText = try newKey.sign(samplePayload(keyID: 8))
    #expect(try verdict(text, rotated).get().payload.keyID == 7)
    #expect(try verdict(newText, rotated).get().payload.keyID == 8)
    #expect(verdict(newText, ring) == .failure(.unknownKey(8)))
  }

  @Test("A signature by another key of the same number is forged")
  func otherKeySameNumber() throws {
    let impostor = try SigningKey(id: 7, rawRepresentation: Array(repeating: 9, count: 32))
    #expect(try verdict(impostor.sign(samplePayload()), ring) == .failure(.forged))
  }

  @Test("A signature over the payload without the prefix is forged")
  func otherPurpose() throws {
    let payload = try samplePayload().encoded
    let signature = try Ed25519.sign([payload], with: key.rawRepresentation)[0]
    #expect(verdict(BadgeCodeText.text(payload: payload, signature: signature), ring) == .failure(.forged))
  }

  @Test("Every other character at every place is refused")
  func characterChanges() {
    let characters = Array(text.utf8)
    var verified: [String] = []
    for place in characters.indices {
      for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8 where other != characters[place] {
        var changed = characters
        changed[place] = other
        let text = String(decoding: changed, as: UTF8.self)
        if (try? verdict(text, ring).get()) != nil { verified.append(text) }
      }
    }
    #expect(verified.isEmpty)
  }

  @Test("Every single bit that flips in payload or signature is refused")
  func bitFlips() throws {
    let bytes = try Base32.decode(text.utf8.dropFirst(3))
    for bit in 0..<(8 * bytes.count) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      let result = verdict(BadgeCodeText.prefix + Base32.encode(flipped), ring)
      #expect(throws: BadgeCodeError.self) { try result.get() }
    }
  }
}
