/// Where one person stands with one checkpoint: the last admission through it, and whether that still counts.
package struct Presence: Hashable, Sendable {
  package var checkpoint: Key<Checkpoint>
  /// Whether the person has not left since.
  package var isInside: Bool
  /// When they were admitted.
  package var admittedAt: Instant
  /// Names the opening of the area, or the session, for which they were admitted: in the next one the presence no longer counts.
  /// It is the start of the session, or of the day on which the area opened, and as many seconds later as the venue has closed
  /// since while the area stayed open.
  package var period: Instant
  /// `YYYYMMDD` of the admission at the place.
  package var day: Int
  /// How often they were admitted through it, this time too.
  package var entries: Int
  /// The days on whose openings they were before, `YYYYMMDD` each, in order: what is open past midnight is open on the day on
  /// which it opened.
  package var earlierDays: [Int]

  package init(
    checkpoint: Key<Checkpoint>,
    isInside: Bool,
    admittedAt: Instant,
    period: Instant,
    day: Int,
    entries: Int = 1,
    earlierDays: [Int] = []
  ) {
    self.checkpoint = checkpoint
    self.isInside = isInside
    self.admittedAt = admittedAt
    self.period = period
    self.day = day
    self.entries = entries
    self.earlierDays = earlierDays
  }
}
