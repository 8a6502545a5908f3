/// Takes so many at once and so many a minute: each one takes a token, and tokens come back one by one.
package struct TokenBucket: Hashable, Sendable {
  /// The most tokens that it holds.
  package let size: Int
  /// How long until one comes back.
  package let interval: Duration
  /// How many it holds, as of `moment`.
  private var tokens: Double
  private var moment: Instant

  /// A full one.
  package init(size: Int, perMinute: Double, at now: Instant) {
    self.size = size
    interval = .seconds(60 / perMinute)
    (tokens, moment) = (Double(size), now)
  }

  /// Takes a token.
  ///
  /// - Returns: Nil where it had one; else how long until it has.
  package mutating func take(at now: Instant) -> Duration? {
    fill(at: now)
    guard tokens >= 1 else { return interval * (1 - tokens) }
    tokens -= 1
    return nil
  }

  /// Puts a token back that was taken for nothing.
  package mutating func giveBack() { tokens = min(Double(size), tokens + 1) }

  /// Whether it is as if it had never been used.
  package mutating func isFull(at now: Instant) -> Bool {
    fill(at: now)
    return tokens >= Double(size)
  }

  /// A clock that was set back gives nothing.
  private mutating func fill(at now: Instant) {
    if now > moment { tokens = min(Double(size), tokens + (now - moment) / interval) }
    moment = now
  }
}
