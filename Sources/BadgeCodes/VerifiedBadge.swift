/// A badge code whose signature was proven; only `VerificationKeyRing.verify(_:)` makes one.
package struct VerifiedBadge: Hashable, Sendable {
  /// What the code says.
  package let payload: BadgePayload
  /// The code in its one spelling.
  package let text: String

  /// Proves the signature with the key that the code names; throws `forged` when it is not that key's.
  init(_ code: UnverifiedBadgeCode, signedBy key: VerificationKey) throws(BadgeCodeError) {
    guard
      Ed25519.isValid(signature: code.signature, of: code.signedBytes, publicKey: key.rawRepresentation)
    else { throw .forged }
    self.payload = code.claim
    self.text = code.text
  }
}
