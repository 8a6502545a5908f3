import LanyardDomain
import Testing

@testable import BadgeCodes

@Suite("What encrypts keys where they are kept")
struct KeySecretTests {
  @Test("Opens what it sealed, for the same key alone, and nothing that another sealed or anybody changed")
  func sealing() throws {
    let secret = try #require(KeySecret(Array("correct horse battery staple".utf8)))
    let other = try #require(KeySecret(Array("correct horse battery stapler".utf8)))
    let key = try sampleKey(id: 7)
    let sealed = try secret.seal(key)
    #expect(try secret.open(sealed, id: 7)?.rawRepresentation == key.rawRepresentation)
    #expect(try secret.open(sealed, id: 8) == nil)
    #expect(try other.open(sealed, id: 7) == nil)
    for index in [0, 1, 16, 17, 30, sealed.count - 1] {
      var changed = sealed
      changed[index] ^= 1
      #expect(try secret.open(changed, id: 7) == nil)
    }
    #expect(try secret.open(Array(sealed.dropLast()), id: 7) == nil)
    #expect(try secret.open([], id: 7) == nil)
    // Nothing of the key is in it, and no two are alike.
    #expect(!sealed.indices.contains { sealed[$0...].starts(with: key.rawRepresentation.prefix(8)) })
    #expect(try secret.seal(key) != sealed)
  }

  @Test("Is refused where it could be guessed, or is no passphrase any more", arguments: [0, 15, 4097])
  func lengths(count: Int) {
    #expect(KeySecret([UInt8](repeating: 1, count: count)) == nil)
  }

  @Test("Shows nothing of itself")
  func description() throws {
    let secret = try #require(KeySecret(Array("correct horse battery staple".utf8)))
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), dumped] {
      #expect(!text.contains("horse") && !text.contains("99"))
    }
  }
}
