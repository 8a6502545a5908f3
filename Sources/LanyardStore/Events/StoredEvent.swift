package import LanyardDomain

/// An event with what the store counts of it.
package struct StoredEvent: Hashable, Sendable {
  package let event: Event
  /// Confirmed registrations that take part on site.
  package let onsiteConfirmed: Int
  package let revision: Int64
  /// Whether it is in no list of all events or checkpoints.
  package let isArchived: Bool

  package init(event: Event, onsiteConfirmed: Int, revision: Int64, isArchived: Bool = false) {
    self.isArchived = isArchived
    self.event = event
    self.onsiteConfirmed = onsiteConfirmed
    self.revision = revision
  }

  /// The entity tag (AIP-154).
  package var etag: String { "\"\(revision)\"" }
}
