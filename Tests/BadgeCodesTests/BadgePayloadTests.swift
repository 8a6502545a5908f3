import LanyardDomain
import Testing

@testable import BadgeCodes

@Suite("Badge payload")
struct BadgePayloadTests {
  @Test("A slug that a code cannot carry is refused", arguments: ["", "Forum", "a b", "é", "a_b", "a.b", "a\0"])
  func badSlug(slug: String) {
    #expect(throws: BadgePayloadError.event) { try samplePayload(event: slug) }
  }

  @Test("A slug has at most 40 characters")
  func slugLength() throws {
    #expect(try samplePayload(event: String(repeating: "a", count: 40)).event.count == 40)
    #expect(throws: BadgePayloadError.event) { try samplePayload(event: String(repeating: "a", count: 41)) }
  }

  @Test("A group's position is not negative and fits 32 bits", arguments: [-1, 1 << 32, Int.max, Int.min])
  func badGroup(position: Int) {
    #expect(throws: BadgePayloadError.stakeholderGroup) { try samplePayload(stakeholderGroup: position) }
  }

  @Test(
    "A validity outside 1970 to 2106, or backwards, is refused",
    arguments: [(-1, 5), (0, 1 << 32), (6, 5), (Int64.min, Int64.max)]
  )
  func badValidity(from: Int64, until: Int64) {
    #expect(throws: BadgePayloadError.validity) { try samplePayload(validFrom: from, validUntil: until) }
  }

  @Test("The encoding is the one that the proto file defines")
  func encoding() throws {
    let payload = try samplePayload(
      keyID: 300,
      serial: 1,
      event: "a",
      stakeholderGroup: 0,
      participation: .remote,
      validFrom: 0,
      validUntil: 258
    )
    #expect(payload.encoded == bytes(hexadecimal: "08ac02 110100000000000000 1a0161 2802 3d02010000"))
  }
}
