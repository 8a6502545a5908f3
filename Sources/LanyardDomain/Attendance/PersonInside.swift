/// Somebody who is inside, and where.
package struct PersonInside: Hashable, Sendable {
  /// Where somebody is known to be.
  package struct Place: Hashable, Sendable {
    /// Id of the checkpoint through which they came.
    package let checkpoint: String
    package let displayName: String
    /// Id of the area to which it leads.
    package let area: String
    package let admittedAt: Instant

    package init(checkpoint: String, displayName: String, area: String, admittedAt: Instant) {
      self.checkpoint = checkpoint
      self.displayName = displayName
      self.area = area
      self.admittedAt = admittedAt
    }
  }

  package let attendee: Attendee
  /// ISO 3166-1 alpha-2 code; may be empty.
  package let country: String
  /// In the order in which they came there: the last is where they were heard of last. Never empty.
  package let places: [Place]

  package init(attendee: Attendee, country: String, places: [Place]) {
    self.attendee = attendee
    self.country = country
    self.places = places
  }

  /// Where a person of these presences is now, in the order in which they came there; nowhere where none counts any more.
  ///
  /// - Parameter doors: Those that are asked about.
  package static func places(_ presences: [Presence], _ doors: [Key<Checkpoint>: Door]) -> [Place] {
    let counting = presences.compactMap { presence -> (since: Instant, door: Door)? in
      guard presence.isInside, let door = doors[presence.checkpoint], door.counts(presence) else { return nil }
      return (presence.admittedAt, door)
    }
    // Of two at one instant the order is that of their ids, so that each reading has the same.
    return counting.sorted { ($0.since, $0.door.checkpoint.id) < ($1.since, $1.door.checkpoint.id) }.map {
      since,
      door in
      let checkpoint = door.checkpoint
      return Place(
        checkpoint: checkpoint.id,
        displayName: checkpoint.displayName,
        area: checkpoint.area,
        admittedAt: since
      )
    }
  }
}
