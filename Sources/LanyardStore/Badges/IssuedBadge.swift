package import LanyardDomain

/// A badge that a registration has after issuing.
package struct IssuedBadge: Hashable, Sendable {
  package let badge: Badge
  /// Whether this call issued it.
  package let isNew: Bool

  package init(badge: Badge, isNew: Bool) {
    self.badge = badge
    self.isNew = isNew
  }
}
