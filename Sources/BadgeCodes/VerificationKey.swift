/// A public key that badge codes are verified with.
package struct VerificationKey: Hashable, Sendable {
  /// The number by which payloads name the key.
  package let id: UInt32
  /// The 32 bytes of the Ed25519 public key.
  package let rawRepresentation: [UInt8]

  /// Refuses what cannot be loaded, so that a broken set-up is not taken for forged badges later.
  package init(id: UInt32, rawRepresentation: [UInt8]) throws(BadgeKeyError) {
    try Ed25519.check(publicKey: rawRepresentation)
    self.id = id
    self.rawRepresentation = rawRepresentation
  }
}
