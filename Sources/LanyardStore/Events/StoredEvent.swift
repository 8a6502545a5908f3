package import LanyardDomain

/// An event with what the store counts of it.
package struct StoredEvent: Hashable, Sendable {
  package let event: Event
  /// Confirmed registrations that take part on site.
  package let onsiteConfirmed: Int
  /// Registrations that wait for a place.
  package let waiting: Int
  package let revision: Int64
  /// Whether it is in no list of all events or checkpoints.
  package let isArchived: Bool
  /// How many have each choice of its questions of which there are only so many.
  package var taken: [ChoicePlaces.Choice: Int] = [:]

  package init(event: Event, onsiteConfirmed: Int, waiting: Int = 0, revision: Int64, isArchived: Bool = false) {
    self.isArchived = isArchived
    self.waiting = waiting
    self.event = event
    self.onsiteConfirmed = onsiteConfirmed
    self.revision = revision
  }

  /// How many more can be confirmed on site, none where others wait already; nil where there is no limit.
  package var placesLeft: Int? {
    let places = Places(capacity: event.onsiteCapacity, taken: onsiteConfirmed, waiting: waiting)
    return event.onsiteCapacity.map { places.hasRoom(for: .onsite) ? places.free(upTo: $0) : 0 }
  }

  /// Whether strangers may know of it.
  package var hasPublicPages: Bool { !isArchived && event.inPublic.hasPages }

  /// The entity tag (AIP-154).
  package var etag: String { "\"\(revision)\"" }
}
