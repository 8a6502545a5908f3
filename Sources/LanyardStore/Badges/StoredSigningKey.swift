package import LanyardDomain

/// A key pair that signs badge codes.
package struct StoredSigningKey: Hashable, Sendable {
  /// The half that signs, as it is kept.
  package enum PrivateHalf: Hashable, Sendable {
    /// The 32 bytes of the Ed25519 private key.
    case plain([UInt8])
    /// What a secret made of them, which opens it.
    case sealed([UInt8])
    /// It was destroyed when the key was retired.
    case destroyed
  }

  package let id: UInt32
  package let privateHalf: PrivateHalf
  /// The 32 bytes of the Ed25519 public key; nil where a version before this one made it, and the private half tells it.
  package let publicKey: [UInt8]?
  package let createdAt: Instant
  /// Since when it verifies nothing; nil while it does.
  package let retiredAt: Instant?

  package init(
    id: UInt32,
    _ privateHalf: PrivateHalf,
    publicKey: [UInt8]?,
    createdAt: Instant,
    retiredAt: Instant? = nil
  ) {
    self.id = id
    self.privateHalf = privateHalf
    self.publicKey = publicKey
    self.createdAt = createdAt
    self.retiredAt = retiredAt
  }
}

extension SigningKeys {
  package init(_ keys: [StoredSigningKey]) {
    self.init(keys.map { Key(id: $0.id, createdAt: $0.createdAt, isRetired: $0.retiredAt != nil) })
  }
}

extension StoredSigningKey: CustomStringConvertible, CustomDebugStringConvertible {
  /// Names the key and hides its secret.
  package var description: String { "signing key \(id)" }
  package var debugDescription: String { description }
}

/// How many badges were signed with a key.
package struct SigningKeyUse: Hashable, Sendable {
  /// Ever.
  package let all: Int
  /// Those that work or may work again: neither replaced nor revoked, not run out, of no event that is archived.
  package let working: Int

  package init(all: Int, working: Int) {
    (self.all, self.working) = (all, working)
  }

  package static let none = SigningKeyUse(all: 0, working: 0)
}
