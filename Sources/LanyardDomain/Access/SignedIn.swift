/// Somebody who signed in with a token, as they know it of themselves.
package struct SignedIn: Hashable, Sendable {
  package let id: String
  /// Id of the token.
  package let token: String
  package let role: Role
  /// Slug of the one event that it is for; nil where it is for all events.
  package let event: String?
  /// What the token is for, in its maker's words.
  package let label: String
  package let createdAt: Instant
  package let expiresAt: Instant

  package init(
    id: String,
    token: String,
    role: Role,
    event: String?,
    label: String,
    createdAt: Instant,
    expiresAt: Instant
  ) {
    (self.id, self.token, self.role, self.event, self.label) = (id, token, role, event, label)
    (self.createdAt, self.expiresAt) = (createdAt, expiresAt)
  }
}
