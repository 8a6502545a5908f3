/// Headcounts of an event at one moment; they count people, not scans.
package struct AttendanceCounts: Hashable, Sendable {
  /// A session that a checkpoint leads to.
  package struct AtSession: Hashable, Sendable {
    package let id: String
    package let title: String

    package init(id: String, title: String) {
      (self.id, self.title) = (id, title)
    }
  }

  /// Headcounts of one checkpoint today.
  package struct Checkpoint: Hashable, Sendable {
    package let id: String
    package let displayName: String
    package let capacity: Int?
    /// Whether the organiser has closed it.
    package var isClosed = false
    /// The session that it leads to now, at a session door.
    package var session: AtSession?
    /// People inside now who came in here.
    package var inside = 0
    /// People inside its area now, through whichever checkpoint they came.
    package var areaInside = 0
    /// People admitted today, each once.
    package var admitted = 0
    /// Times that people left today.
    package var left = 0
    package var refused: [RefusalReason: Int] = [:]

    package init(
      id: String,
      displayName: String,
      capacity: Int?,
      inside: Int = 0,
      areaInside: Int = 0,
      admitted: Int = 0,
      left: Int = 0,
      refused: [RefusalReason: Int] = [:]
    ) {
      self.id = id
      self.displayName = displayName
      self.capacity = capacity
      self.inside = inside
      self.areaInside = areaInside
      self.admitted = admitted
      self.left = left
      self.refused = refused
    }
  }

  /// IANA identifier of the event's zone.
  package let timeZone: ZoneID
  /// Entrances first.
  package var checkpoints: [Checkpoint]
  /// People inside anywhere, each once.
  package var peopleInside: Int

  package init(timeZone: ZoneID, checkpoints: [Checkpoint], peopleInside: Int) {
    self.timeZone = timeZone
    self.checkpoints = checkpoints
    self.peopleInside = peopleInside
  }
}
