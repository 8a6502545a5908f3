/// The last passage of a person, by which a turnstile knows a badge that it reads again.
package struct LastPassage: Hashable, Sendable {
  /// Within this time of a reading the same badge at the same turnstile is read again, and nobody passes for it.
  package static let readAgainTime = Duration.seconds(3)

  package let way: Direction
  /// Whether who went out was known to be inside.
  package let wasInside: Bool
  package let checkpoint: Key<Checkpoint>
  /// When the badge was last read for it.
  package private(set) var moment: Instant

  package init(way: Direction, wasInside: Bool, checkpoint: Key<Checkpoint>, moment: Instant) {
    self.way = way
    self.wasInside = wasInside
    self.checkpoint = checkpoint
    self.moment = moment
  }

  /// Whether a reading comes so soon after another that it may be one more for the same passage.
  static func isSoon(after reading: Instant, _ now: Instant) -> Bool {
    reading <= now && now - reading <= readAgainTime
  }

  /// Whether a reading is one more for this passage.
  package func isReadAgain(at door: Key<Checkpoint>, _ now: Instant) -> Bool {
    checkpoint == door && Self.isSoon(after: moment, now)
  }

  /// This passage with a reading that is one more for it; nil where the reading is none.
  package func again(_ way: Direction, at door: Key<Checkpoint>, _ now: Instant) -> LastPassage? {
    guard way == self.way, isReadAgain(at: door, now) else { return nil }
    var last = self
    last.moment = now
    return last
  }
}

extension LastPassage {
  /// A reading of a badge on record that let somebody pass, or that a turnstile made again for the passage before.
  package struct Reading: Hashable, Sendable {
    package let passage: LastPassage
    /// When it was recorded; it happened no later.
    package let recordedAt: Instant
    /// Whether nobody passed for it.
    package let isDouble: Bool

    package init(_ passage: LastPassage, recordedAt: Instant, isDouble: Bool) {
      (self.passage, self.recordedAt, self.isDouble) = (passage, recordedAt, isDouble)
    }
  }

  /// Looks for the last passage among the readings of a badge, the one that was recorded last first, and says when it has
  /// seen enough of them.
  package struct Search: Sendable {
    private let now: Instant
    private var readings: [Reading] = []
    /// What happened before says nothing of a reading now.
    private var horizon: Instant

    package init(at now: Instant) { (self.now, horizon) = (now, now - readAgainTime) }

    /// Takes the reading that was recorded before those that it has; false where it needs none before this one.
    package mutating func goesOn(after reading: Reading) -> Bool {
      // Nothing happened after it was recorded, and readings are recorded in order.
      guard reading.recordedAt >= horizon else { return false }
      readings.append(reading)
      if reading.isDouble {
        // Each reading counts from the one before it.
        horizon = readings.filter(\.isDouble).map(\.passage.moment).sorted(by: >).reduce(now - readAgainTime) {
          $1 < $0 ? $0 : min($0, $1 - readAgainTime)
        }
      }
      return reading.isDouble || reading.passage.moment < reading.recordedAt
    }

    /// The last passage, where it is so recent that a turnstile may be reading the badge again for it.
    package var found: LastPassage? {
      var last: LastPassage?
      let placed = readings.reversed().enumerated().sorted { one, other in
        (one.element.passage.moment, one.offset) < (other.element.passage.moment, other.offset)
      }
      for (_, reading) in placed {
        let read = reading.passage
        // What lies further ahead was decided by a clock that has been set back since.
        guard read.moment <= now + readAgainTime else { break }
        last = reading.isDouble ? last?.again(read.way, at: read.checkpoint, read.moment) ?? last : read
      }
      return last.flatMap { isSoon(after: $0.moment, now) ? $0 : nil }
    }
  }
}
