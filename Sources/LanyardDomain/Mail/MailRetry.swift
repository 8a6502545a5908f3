/// When mails are tried again (RFC 5321, 4.5.4.1).
package enum MailRetry {
  /// For how long a mail is tried of which it was answered that it is to come again.
  package static let patience = Duration.seconds(4 * 24 * 3600)
  private static let first = Duration.seconds(60)
  private static let longest = Duration.seconds(2 * 3600)
  /// While no server is reached, all wait for so long at first, and no longer than so long.
  private static let (firstPause, longestPause) = (Duration.seconds(5), Duration.seconds(300))

  /// After how long a mail is tried again that was so often; each time after twice as long, spread so that not all come at once.
  ///
  /// - Parameters:
  ///   - attempts: 1 or more.
  ///   - chance: 0 to 1.
  package static func delay(after attempts: Int, chance: Double) -> Duration {
    spread(min(longest, first * (1 << min(max(attempts, 1) - 1, 20))), chance)
  }

  /// After how long a server is tried again that was not reached so often.
  package static func pause(after failures: Int, chance: Double) -> Duration {
    spread(min(longestPause, firstPause * (1 << min(max(failures, 1) - 1, 20))), chance)
  }

  /// 80 to 120 per cent.
  private static func spread(_ duration: Duration, _ chance: Double) -> Duration {
    duration * (800 + Int((400 * min(max(chance, 0), 1)).rounded())) / 1000
  }

  /// How a mail stands after a try.
  ///
  /// - Parameters:
  ///   - start: When it was first answered that it is to come again; nil where that was not answered before.
  ///   - delay: After how long it is tried again, where it is.
  package static func standing(
    after outcome: MailOutcome,
    failingSince start: Instant?,
    at now: Instant,
    delay: Duration
  ) -> (state: MailState, dueAt: Instant) {
    switch outcome {
    case .sent: (.sent, now)
    case .dropped: (.dropped, now)
    case .bounced: (.bounced, now)
    case .again where now - (start ?? now) >= patience: (.givenUp, now)
    // What keeps all mails from being sent is nothing that this one can be given up for.
    case .again, .unreachable: (.waiting, now + delay)
    }
  }
}

/// How many mails go out a minute.
package struct MailPace: Sendable {
  private static let span = Duration.seconds(60)

  private let limit: Int
  private var sent: [ContinuousClock.Instant] = []

  /// - Parameter limit: The most a minute; at least 1.
  package init(limit: Int) { self.limit = max(limit, 1) }

  /// How long to wait until one more may go out; zero where it may now.
  package func wait(at now: ContinuousClock.Instant) -> Duration {
    guard sent.count >= limit, let earliest = sent.first else { return .zero }
    return max(.zero, Self.span - (now - earliest))
  }

  /// Counts one that goes out.
  package mutating func count(at now: ContinuousClock.Instant) {
    sent.append(now)
    if sent.count > limit { sent.removeFirst(sent.count - limit) }
  }
}
