package import LanyardDomain

/// The ledger's clock never runs back, whatever the machine's does, and whichever process recorded last. What is decided goes by
/// the machine's: else one moment at which that was ahead would stand for all until it is reached.
package enum LedgerClock {
  package static let lastSelection = SQL(
    "SELECT received_at FROM scan WHERE sequence > ? AND sequence <= ? ORDER BY sequence DESC LIMIT 1"
  )

  /// The moments at which to decide and to record what an act does to these events.
  static func moments(of act: Act, on events: [Int64], _ session: any SQLSession) throws -> ActMoments {
    act.asked.moments(notBefore: try last(of: events, session))
  }

  /// When the last scan of any of these events was recorded; nil where there is none.
  package static func last(of events: [Int64], _ session: any SQLSession) throws -> Instant? {
    try events.compactMap { event -> Instant? in
      try session.first(lastSelection, [FeedNumber(event, 0).key, FeedNumber.last(of: event).key]) { try $0[0] }
    }.max()
  }
}
