package import LanyardDomain

/// Reads the feed of one event as one transaction sees it: the one reader of all that follow it.
package struct FeedReader {
  private static let headSelection = SQL(
    """
    SELECT (SELECT value FROM setting WHERE name = 'store'), last_sequence, plan_revision FROM feed WHERE event_id = ?
    """
  )
  private static let changeSelection = SQL(
    """
    SELECT sequence, made_at, name, version, resource, state_before, state_after FROM change
    WHERE event_id = ?1 AND sequence > ?2 AND sequence <= ?3
      AND \(ChangeName.noScanLink)
    ORDER BY sequence LIMIT ?4
    """
  )
  private static let callerEnding = SQL(
    """
    SELECT 1 FROM change
    WHERE event_id = ?1 AND sequence > ?2 AND sequence <= ?3 AND \(ChangeName.noScanLink)
      AND name IN (\(ChangeName.callerEndings.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
    LIMIT 1
    """
  )
  private static let scanSelection = SQL(
    """
    SELECT scan.sequence, scan.received_at, scan.id_high, scan.id_low, checkpoint.public_id, session.public_id,
      badge.serial, registration.public_id, scan.direction, scan.answer, scan.reason, scan.was_inside,
      scan_offline.happened_at, scan.decided_at
    FROM scan JOIN checkpoint ON checkpoint.id = scan.checkpoint_id
    LEFT JOIN session ON session.id = scan.session_id
    LEFT JOIN badge ON badge.id = scan.badge_id AND badge.event_id = scan.event_id
    LEFT JOIN registration ON registration.id = badge.registration_id
    LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
    WHERE scan.sequence > ?1 AND scan.sequence <= ?2 ORDER BY scan.sequence LIMIT ?3
    """
  )

  private let session: any SQLSession
  private let event: Int64

  /// - Parameter event: The store's key of the event.
  package init(_ session: any SQLSession, event: Int64) {
    (self.session, self.event) = (session, event)
  }

  /// - Parameter event: Slug of the event; nil for the whole installation, which has no scans.
  /// - Throws: `StoreError.notFound`.
  package init(_ session: any SQLSession, of event: String?) throws {
    self.init(session, event: try event.map { try EventKey.find($0, session) } ?? FeedNumber.installation)
  }

  /// How far the feed, and the plan beside it, have come.
  package func head() throws -> RosterCursor {
    let head = try session.first(Self.headSelection, [event]) { row in
      RosterCursor(feed: FeedCursor(store: try row[0], event: event, sequence: try row[1]), plan: try row[2])
    }
    guard let head else { throw StoreError.failed(.transaction, about: "the table feed has no row of an event") }
    return head
  }

  /// Changes and scans with numbers in a range, in their order.
  ///
  /// - Returns: The entries, no more than the limit, and the number up to which there are no others.
  package func entries(after first: Int64, upTo last: Int64, limit: Int) throws -> (entries: [FeedEntry], end: Int64) {
    let scans = try scans(after: first, upTo: last, limit: limit)
    // What comes after as many scans as are read is not told with them.
    let reach = scans.count < limit ? last : scans.last?.sequence ?? last
    let changes = try changes(after: first, upTo: reach, limit: limit)
    var merged: [FeedEntry] = []
    merged.reserveCapacity(min(limit, changes.count + scans.count))
    var (change, scan) = (0, 0)
    while merged.count < limit, change < changes.count || scan < scans.count {
      if scan == scans.count || change < changes.count && changes[change].sequence < scans[scan].sequence {
        merged.append(changes[change])
        change += 1
      } else {
        merged.append(scans[scan])
        scan += 1
      }
    }
    return (merged, merged.count < limit ? last : merged.last?.sequence ?? last)
  }

  /// Changes with numbers in a range; links of batches of scans are none.
  package func changes(after first: Int64, upTo last: Int64, limit: Int) throws -> [FeedEntry] {
    let values: [any SQLValue] = [event, FeedNumber(event, first).key, FeedNumber(event, last).key, limit]
    return try session.all(Self.changeSelection, values) { row in
      FeedEntry(
        sequence: FeedNumber(key: try row[0]).value,
        recordedAt: try row[1],
        content: .change(
          FeedChange(
            name: try row[2],
            version: try row[3],
            resource: ChangedResource(recorded: try row[4]),
            before: try row[5],
            after: try row[6]
          )
        )
      )
    }
  }

  /// Whether a change with a number in a range ended somebody who called.
  package func hasCallerEnding(after first: Int64, upTo last: Int64) throws -> Bool {
    try session.has(Self.callerEnding, [event, FeedNumber(event, first).key, FeedNumber(event, last).key])
  }

  private func scans(after first: Int64, upTo last: Int64, limit: Int) throws -> [FeedEntry] {
    try session.all(Self.scanSelection, [FeedNumber(event, first).key, FeedNumber(event, last).key, limit]) { row in
      FeedEntry(
        sequence: FeedNumber(key: try row[0]).value,
        recordedAt: try row[1],
        content: .scan(try FeedScan(row))
      )
    }
  }
}

extension FeedScan {
  /// From a row of the selection of scans.
  fileprivate init(_ row: any SQLRow) throws {
    let badge: BadgeSerial? = try row[6]
    self.init(
      id: try UUIDBytes(row, from: 2),
      checkpoint: try row[4],
      session: try row[5],
      badge: badge,
      registration: badge == nil ? nil : try row[7],
      direction: try known(row.text(8), "scan", "direction"),
      answer: try RecordedScan.Answer(answer: row.text(9), reason: row[10], wasInside: row[11]),
      happenedAt: try row[12],
      decidedAt: try row[13]
    )
  }
}
