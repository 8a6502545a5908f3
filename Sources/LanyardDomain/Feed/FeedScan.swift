/// A scan on the ledger, by the ids of what it is about.
package struct FeedScan: Hashable, Sendable {
  package let id: UUIDBytes
  /// Id of the checkpoint.
  package let checkpoint: String
  /// Id of the session that the door was for.
  package let session: String?
  /// Badge and id of the registration, where the badge is one of the event's.
  package let badge: BadgeSerial?
  package let registration: String?
  package let direction: Direction
  package let answer: RecordedScan.Answer
  /// When it happened, where a lane decided it offline.
  package let happenedAt: Instant?
  /// When it was decided, where that was before it was recorded by a clock that had been set back.
  package let decidedAt: Instant?

  package init(
    id: UUIDBytes,
    checkpoint: String,
    session: String?,
    badge: BadgeSerial?,
    registration: String?,
    direction: Direction,
    answer: RecordedScan.Answer,
    happenedAt: Instant?,
    decidedAt: Instant? = nil
  ) {
    (self.id, self.checkpoint, self.session) = (id, checkpoint, session)
    (self.badge, self.registration) = (badge, registration)
    (self.direction, self.answer) = (direction, answer)
    (self.happenedAt, self.decidedAt) = (happenedAt, decidedAt)
  }
}
