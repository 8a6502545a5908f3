import GRDB
import LanyardDomain

/// Reads the feed of one event as one transaction sees it: the one reader of all that follow it.
struct FeedReader {
  /// How far a feed has come.
  struct Head {
    let store: String
    let sequence: Int64
    /// Revision of the event's plan.
    let plan: Int64
  }

  private let db: Database
  private let event: Int64

  /// - Parameter event: The store's key of the event.
  init(_ db: Database, event: Int64) {
    (self.db, self.event) = (db, event)
  }

  func head() throws -> Head {
    let statement = try db.cachedStatement(
      sql: """
        SELECT (SELECT value FROM setting WHERE name = 'store'), last_sequence, plan_revision FROM feed WHERE event_id = ?
        """
    )
    guard let row = try Row.fetchOne(statement, arguments: [event]), let store = row[0] as String? else {
      throw StoreError.failed(code: -1, about: "the tables feed and setting have no row")
    }
    return Head(store: store, sequence: row[1], plan: row[2])
  }

  /// Changes and scans with numbers in a range, in their order.
  ///
  /// - Returns: The entries, no more than the limit, and the number up to which there are no others.
  func entries(after first: Int64, upTo last: Int64, limit: Int) throws -> (entries: [FeedEntry], end: Int64) {
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
  func changes(after first: Int64, upTo last: Int64, limit: Int) throws -> [FeedEntry] {
    try read(
      """
      SELECT sequence, made_at, name, version, resource, state_before, state_after FROM change
      WHERE event_id = ?1 AND sequence > ?2 AND sequence <= ?3
        AND name <> 'scans.recorded' AND name <> 'scans.taken_over'
      ORDER BY sequence LIMIT ?4
      """,
      [event, FeedNumber(event, first).key, FeedNumber(event, last).key, Int64(limit)]
    ) { row in
      FeedEntry(
        sequence: FeedNumber(key: row.int64(0)).value,
        recordedAt: Instant(microseconds: row.int64(1)),
        content: .change(
          FeedChange(
            name: row.string(2),
            version: Int(row.int64(3)),
            resource: row.string(4),
            before: row.isNull(5) ? nil : row.string(5),
            after: row.isNull(6) ? nil : row.string(6)
          )
        )
      )
    }
  }

  private func scans(after first: Int64, upTo last: Int64, limit: Int) throws -> [FeedEntry] {
    try read(
      """
      SELECT scan.sequence, scan.received_at, scan.id_high, scan.id_low, checkpoint.public_id, session.public_id,
        badge.serial, registration.public_id, scan.direction, scan.answer, scan.reason, scan_offline.happened_at
      FROM scan JOIN checkpoint ON checkpoint.id = scan.checkpoint_id
      LEFT JOIN session ON session.id = scan.session_id
      LEFT JOIN badge ON badge.id = scan.badge_id AND badge.event_id = scan.event_id
      LEFT JOIN registration ON registration.id = badge.registration_id
      LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
      WHERE scan.sequence > ?1 AND scan.sequence <= ?2 ORDER BY scan.sequence LIMIT ?3
      """,
      [FeedNumber(event, first).key, FeedNumber(event, last).key, Int64(limit)]
    ) { row in
      FeedEntry(
        sequence: FeedNumber(key: row.int64(0)).value,
        recordedAt: Instant(microseconds: row.int64(1)),
        content: .scan(try scan(row))
      )
    }
  }

  private func scan(_ row: HotStatement) throws -> FeedScan {
    let hasBadge = !row.isNull(6)
    return FeedScan(
      id: UUIDBytes(high: UInt64(bitPattern: row.int64(2)), low: UInt64(bitPattern: row.int64(3))),
      checkpoint: row.string(4),
      session: row.isNull(5) ? nil : row.string(5),
      badge: hasBadge ? BadgeSerial(UInt64(bitPattern: row.int64(6))) : nil,
      registration: hasBadge ? row.string(7) : nil,
      direction: try known(row.string(8), "scan", "direction"),
      answer: try known(row.string(9), "scan", "answer"),
      reason: row.isNull(10) ? nil : try known(row.string(10), "scan", "reason"),
      happenedAt: row.isNull(11) ? nil : Instant(microseconds: row.int64(11))
    )
  }

  private func read(
    _ sql: String,
    _ values: [Int64],
    _ entry: (HotStatement) throws -> FeedEntry
  ) throws -> [FeedEntry] {
    let rows = try HotStatement(sql, db)
    try rows.bind { for value in values { $0.add(value) } }
    defer { rows.reset() }
    var found: [FeedEntry] = []
    while try rows.step() { found.append(try entry(rows)) }
    return found
  }
}

extension SQLiteStore {
  package func feedHead(of event: String) async throws(StoreError) -> FeedCursor {
    try await read { db in
      let head = try FeedReader(db, event: EventRow.find(event, db).id).head()
      return FeedCursor(store: head.store, sequence: head.sequence)
    }
  }

  package func feedEntries(
    of event: String,
    after cursor: FeedCursor,
    limit: Int
  ) async throws(StoreError) -> FeedBatch? {
    try await survey { db in
      let reader = FeedReader(db, event: try EventRow.find(event, db).id)
      let head = try reader.head()
      guard cursor.store == head.store, (0...head.sequence).contains(cursor.sequence) else { return nil }
      let (entries, end) = try reader.entries(after: cursor.sequence, upTo: head.sequence, limit: limit)
      return FeedBatch(
        entries: entries,
        cursor: FeedCursor(store: head.store, sequence: end),
        isLast: end == head.sequence
      )
    }
  }
}
