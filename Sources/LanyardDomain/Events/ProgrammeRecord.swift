/// A checkpoint with its place among those of its event, from 0.
package struct PlacedCheckpoint: Hashable, Sendable {
  package var checkpoint: Checkpoint
  package var position: Int

  package init(_ checkpoint: Checkpoint, at position: Int) {
    self.checkpoint = checkpoint
    self.position = position
  }
}

/// One event as it is on record, with what was built on it since.
package struct ProgrammeRecord: Sendable {
  /// A session; one that the programme no longer has stays on record.
  package struct Entry: Hashable, Sendable {
    package var session: Session
    package var isWithdrawn: Bool

    package init(_ session: Session, isWithdrawn: Bool = false) {
      self.session = session
      self.isWithdrawn = isWithdrawn
    }
  }

  package var event: Event
  /// Confirmed registrations that take part on site.
  package var onsiteConfirmed: Int
  /// Whether confirmed registrations have badges that were neither replaced nor revoked.
  package var hasBadges: Bool
  package var checkpoints: [PlacedCheckpoint]
  package var sessions: [Entry]
  /// How many answered each question, by its id.
  package var answered: [String: Int] = [:]
  /// Confirmed registrations that take part on site, by the ids of their groups.
  package var confirmedOfGroups: [String: Int] = [:]

  package init(
    event: Event,
    onsiteConfirmed: Int,
    hasBadges: Bool,
    checkpoints: [PlacedCheckpoint],
    sessions: [Entry]
  ) {
    self.event = event
    self.onsiteConfirmed = onsiteConfirmed
    self.hasBadges = hasBadges
    self.checkpoints = checkpoints
    self.sessions = sessions
  }
}
