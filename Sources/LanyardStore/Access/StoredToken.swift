package import LanyardDomain

/// A bearer token as it is stored: nobody can make the token from it.
package struct StoredToken: Hashable, Sendable {
  package let id: String
  /// SHA-256 of the secret.
  package let hash: [UInt8]
  package let role: Role
  /// Slug of the event that it is for alone; nil where it is for all events.
  package let event: String?
  /// What it is for, in its maker's words.
  package let label: String
  package let createdAt: Instant
  package let revokedAt: Instant?

  package init(
    id: String,
    hash: [UInt8],
    role: Role,
    event: String? = nil,
    label: String,
    createdAt: Instant,
    revokedAt: Instant? = nil
  ) {
    self.id = id
    self.hash = hash
    self.role = role
    self.event = event
    self.label = label
    self.createdAt = createdAt
    self.revokedAt = revokedAt
  }

  /// When it ends where it is revoked at a moment; nil where it has ended before, and stays as it is.
  package func end(revokedAt moment: Instant) -> Instant? { revokedAt == nil ? moment : nil }
}
