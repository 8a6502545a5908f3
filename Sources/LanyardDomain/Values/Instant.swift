/// A moment in time: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
package struct Instant: Hashable, Comparable, Sendable {
  package let microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The moment `seconds` whole seconds after 1970-01-01T00:00:00Z.
  package init(seconds: Int64) {
    microseconds = seconds * 1_000_000
  }

  /// Whole seconds since 1970, rounded down.
  package var seconds: Int64 {
    (microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  package static func + (instant: Instant, duration: Duration) -> Instant {
    let (seconds, attoseconds) = duration.components
    return Instant(microseconds: instant.microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }

  package static func - (instant: Instant, duration: Duration) -> Instant {
    instant + (.zero - duration)
  }

  package static func - (later: Instant, earlier: Instant) -> Duration {
    .microseconds(later.microseconds - earlier.microseconds)
  }
}
