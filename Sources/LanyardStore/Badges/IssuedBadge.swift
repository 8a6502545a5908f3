package import LanyardDomain

/// A badge that a registration has after issuing.
package struct IssuedBadge: Hashable, Sendable {
  package let badge: Badge
  /// Whether this call issued it.
  package let isNew: Bool

  /// Whether no badge is given out: the one that counts was revoked, and nobody said that there is to be another.
  package var isWithheld: Bool { !isNew && badge.state == .revoked }

  package init(badge: Badge, isNew: Bool) {
    self.badge = badge
    self.isNew = isNew
  }
}
