import LanyardDomain

/// The scans of an event's ledger that may have happened in a span of time, found by their numbers: scans are recorded in the order
/// of the ledger's clock, and none before it happened. What happened in the span was recorded in it, or later where a lane was
/// offline, or the clock had been ahead.
struct LedgerSpan {
  /// What selects their numbers as `near.sequence`; its parameters 1 to 3 are `bounds`.
  static let near = """
    (SELECT sequence FROM scan WHERE sequence > ?1 AND sequence <= ?2
      UNION ALL SELECT scan_sequence FROM scan_offline WHERE scan_sequence > ?2 AND scan_sequence <= ?3
      UNION ALL SELECT sequence FROM scan WHERE decided_at IS NOT NULL AND sequence > ?2 AND sequence <= ?3
        AND NOT EXISTS (SELECT 1 FROM scan_offline WHERE scan_offline.scan_sequence = scan.sequence)) AS near
    """

  private static let first = SQL(
    "SELECT sequence, received_at FROM scan WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT 1"
  )

  /// The number before the first that was recorded in the span, the last that was, and the event's last.
  let bounds: [Int64]

  /// - Parameter event: The store's key.
  init(_ span: Range<Instant>, of event: Int64, _ session: any SQLSession) throws {
    let before = try Self.number(before: span.lowerBound, of: event, session)
    let last = try Self.number(before: span.upperBound, of: event, session)
    bounds = [before, last, FeedNumber.last(of: event).key]
  }

  /// A number up to which all scans of an event were recorded before a moment, and after which none was.
  private static func number(before moment: Instant, of event: Int64, _ session: any SQLSession) throws -> Int64 {
    var (low, high) = (FeedNumber(event, 0).key, FeedNumber.last(of: event).key)
    while low < high {
      let middle = low + (high - low) / 2
      let next = try session.first(first, [middle, high]) { try (number: $0[0] as Int64, at: $0[1] as Instant) }
      if let next, next.at < moment { low = next.number } else { high = middle }
    }
    return low
  }
}
