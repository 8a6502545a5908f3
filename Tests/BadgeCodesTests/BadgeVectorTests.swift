import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@testable import BadgeCodes

@Suite("Badge codes that are kept") struct BadgeVectorTests {
  /// A code with what it says and the key that signed it. What was issued must be read for ever, so that no vector changes.
  struct Vector: Decodable, CustomTestStringConvertible {
    let keyID: UInt32
    /// Hexadecimal, as the public one; nil where only whoever made the code knows it.
    let privateKey: String?
    let publicKey: String
    /// Hexadecimal.
    let serial: String
    let event: String
    let stakeholderGroup: Int
    let participation: Participation
    let validFrom: Int64
    let validUntil: Int64
    let code: String

    private enum CodingKeys: String, CodingKey {
      case event, serial, participation, code
      case keyID = "key_id"
      case privateKey = "private_key"
      case publicKey = "public_key"
      case stakeholderGroup = "stakeholder_group"
      case validFrom = "valid_from"
      case validUntil = "valid_until"
    }

    var testDescription: String { "\(event), key \(keyID)" }

    func payload() throws -> BadgePayload {
      try BadgePayload(
        keyID: keyID,
        serial: try #require(UInt64(serial, radix: 16)),
        event: event,
        stakeholderGroup: stakeholderGroup,
        participation: participation,
        validFrom: validFrom,
        validUntil: validUntil
      )
    }

    func ring() throws -> VerificationKeyRing {
      VerificationKeyRing([try VerificationKey(id: keyID, rawRepresentation: bytes(hexadecimal: publicKey))])
    }

    static func read(_ data: Data) throws -> Vector { try JSONDecoder().decode(Vector.self, from: data) }
  }

  static let folder = SampleData.root.appending(path: "Tests/BadgeCodesTests")
  static let file = folder.appending(path: "Vectors/badge-codes.json")

  private static let kept: [Vector] = {
    // What cannot be read is no vector, and then there are none: the first test says so.
    guard let data = try? Data(contentsOf: file), let list = try? JSONSerialization.jsonObject(with: data) as? [Any]
    else { return [] }
    return list.compactMap { entry in
      (try? JSONSerialization.data(withJSONObject: entry)).flatMap { try? Vector.read($0) }
    }
  }()

  @Test("Are several, and none is left out") func several() throws {
    let list = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: Self.file)) as? [Any])
    #expect(Self.kept.count == list.count && list.count >= 6)
  }

  @Test("Are made again to the letter, and read as what they say", arguments: kept) func same(vector: Vector) throws {
    let seed = bytes(hexadecimal: try #require(vector.privateKey))
    let key = try SigningKey(id: vector.keyID, rawRepresentation: seed)
    #expect(try key.sign(vector.payload()) == vector.code)
    #expect(key.verificationKey.rawRepresentation == bytes(hexadecimal: vector.publicKey))
    #expect(try verdict(vector.code, vector.ring()).get().payload == vector.payload())
  }

  @Test("Are refused where any single bit is another", arguments: kept) func bitFlips(vector: Vector) throws {
    let bytes = try Base32.decode(vector.code.utf8.dropFirst(BadgeCodeText.prefix.utf8.count))
    let ring = try vector.ring()
    var verified: [Int] = []
    for bit in 0..<(8 * bytes.count) {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      let text = BadgeCodeText.prefix + Base32.encode(changed)
      if (try? verdict(text, ring).get()) != nil { verified.append(bit) }
    }
    #expect(verified.isEmpty)
  }

  @Test("Are what an independent reader makes of them, and its own are read here", .blocking) func python() throws {
    try withTemporaryFolder { folder in
      let result = try Tool.run(
        try Tool.python(),
        Self.folder.appending(path: "python/badge_codes.py").path,
        Self.file.path,
        SampleData.root.appending(path: "proto/lanyard/badgecode/v1").path,
        in: folder
      )
      #expect(result.status == 0, "\(result.output)")
      let made = try result.output.split(separator: "\n").map { try Vector.read(Data($0.utf8)) }
      #expect(made.count == 100)
      for vector in made { #expect(try verdict(vector.code, vector.ring()).get().payload == vector.payload()) }
    }
  }

  @Test("Nothing that a fuzzer invents in a minute breaks their reader", .blocking, .timeLimit(.minutes(5)))
  func fuzz() throws {
    let result = try Tool.run("tools/fuzz-badge-codes", "60", in: SampleData.root)
    #expect(result.status == 0, "\(result.output)")
    let runs = result.output.firstMatch(of: /number_of_executed_units: (\d+)/).flatMap { Int($0.1) }
    // However slow the machine, it read some.
    #expect(try #require(runs, "\(result.output)") > 1_000)
  }
}
