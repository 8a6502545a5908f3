package import LanyardDomain

/// A personal link as it is stored: nobody can make the link from it. One that was ended is stored no more.
package struct StoredPersonalLink: Hashable, Sendable {
  package let id: String
  /// SHA-256 of the secret.
  package let hash: [UInt8]
  /// Id of the registration that it reads and changes.
  package let registration: String
  /// Slug of the event.
  package let event: String
  package let createdAt: Instant
  package let expiresAt: Instant

  package init(
    id: String,
    hash: [UInt8],
    registration: String,
    event: String,
    createdAt: Instant,
    expiresAt: Instant
  ) {
    self.id = id
    self.hash = hash
    self.registration = registration
    self.event = event
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }
}
