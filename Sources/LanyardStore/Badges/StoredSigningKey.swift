package import LanyardDomain

/// A key pair that signs badge codes.
package struct StoredSigningKey: Hashable, Sendable {
  package let id: UInt32
  /// The 32 bytes of the Ed25519 private key.
  package let privateKey: [UInt8]
  package let createdAt: Instant

  package init(id: UInt32, privateKey: [UInt8], createdAt: Instant) {
    self.id = id
    self.privateKey = privateKey
    self.createdAt = createdAt
  }
}

extension StoredSigningKey: CustomStringConvertible, CustomDebugStringConvertible {
  /// Names the key and hides its secret.
  package var description: String { "signing key \(id)" }
  package var debugDescription: String { description }
}
