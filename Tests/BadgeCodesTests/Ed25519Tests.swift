import Testing

@testable import BadgeCodes

@Suite("Ed25519")
struct Ed25519Tests {
  private let secret = bytes(hexadecimal: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
  private let known = bytes(hexadecimal: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
  private let signature = bytes(
    hexadecimal: """
      e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246\
      55141438e7a100b
      """
  )

  @Test("Test 1 of RFC 8032 gives its public key and signature, and verifies")
  func firstVector() throws {
    #expect(try Ed25519.publicKey(of: secret) == known)
    #expect(try Ed25519.sign([[]], with: secret) == [signature])
    #expect(Ed25519.isValid(signature: signature, of: [], publicKey: known))
    #expect(!Ed25519.isValid(signature: signature, of: [0], publicKey: known))
  }

  @Test("A signature of another length is not valid", arguments: [0, 1, 63, 65])
  func signatureLength(count: Int) {
    let other = Array((signature + signature).prefix(count))
    #expect(!Ed25519.isValid(signature: other, of: [], publicKey: known))
  }
}
