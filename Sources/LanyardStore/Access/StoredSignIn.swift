package import LanyardDomain

/// Somebody who signed in with a token, as it is stored: nobody can make the secret from it. One that was ended is stored no more.
package struct StoredSignIn: Hashable, Sendable {
  package let id: String
  /// SHA-256 of the secret.
  package let hash: [UInt8]
  /// Id of the token.
  package let token: String
  package let createdAt: Instant
  package let expiresAt: Instant

  package init(id: String, hash: [UInt8], token: String, createdAt: Instant, expiresAt: Instant) {
    (self.id, self.hash, self.token) = (id, hash, token)
    (self.createdAt, self.expiresAt) = (createdAt, expiresAt)
  }
}
