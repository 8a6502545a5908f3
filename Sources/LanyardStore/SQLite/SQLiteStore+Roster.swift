import GRDB
package import LanyardDomain

extension SQLiteStore {
  /// A lane that is further behind than this takes all of the roster anew.
  static let rosterBacklog: Int64 = 50_000
  /// The most numbers of the feed that are looked through at once.
  static let rosterSpan: Int64 = 5000

  package func rosterHead(of event: String) async throws(StoreError) -> RosterHead {
    try await read { [plans] db in try RosterReader(db: db, event: event, plans: plans).head() }
  }

  package func rosterBadges(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterBadge> {
    try await survey { [plans] db in try RosterReader(db: db, event: event, plans: plans).badges(page) }
  }

  package func changedRosterBadges(of event: String, since sequence: Int64) async throws(StoreError) -> [Int64] {
    try await survey { [plans] db in
      try RosterReader(db: db, event: event, plans: plans).changedBadges(after: sequence, to: .max)
    }
  }

  package func rosterPresences(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterPresence> {
    try await survey { [plans] db in try RosterReader(db: db, event: event, plans: plans).presences(page) }
  }

  package func rosterChanges(
    of event: String,
    since cursor: RosterCursor,
    upTo limit: Int64?
  ) async throws(StoreError) -> RosterChanges? {
    try await survey { [plans] db in
      try RosterReader(db: db, event: event, plans: plans).changes(since: cursor, upTo: limit)
    }
  }
}

/// Reads one event's roster as one transaction sees it. Joins stand in the order in which they are to be looped, from
/// the few rows that have changed to what belongs to them.
private struct RosterReader {
  private let db: Database
  private let event: Int64
  private let plan: VenuePlan

  init(db: Database, event slug: String, plans: PlanCache) throws {
    self.db = db
    event = try EventRow.find(slug, db).id
    guard let plan = try plans.plans(db).byEvent[Key(event)] else { throw StoreError.notFound(.event(slug)) }
    self.plan = plan
  }

  func head() throws -> RosterHead {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT last_sequence, plan_revision, (SELECT value FROM setting WHERE name = 'store') AS store FROM feed
          """
      )
    )
    guard let row, let store = row["store"] as String? else {
      throw StoreError.failed(code: -1, about: "the tables feed and setting have no row")
    }
    let cursor = RosterCursor(store: store, sequence: row["last_sequence"], plan: row["plan_revision"])
    return RosterHead(plan: plan, cursor: cursor)
  }

  /// What has changed since a cursor, up to `rosterSpan` and a limit; nil where the cursor is of other data or too old.
  func changes(since cursor: RosterCursor, upTo limit: Int64?) throws -> RosterChanges? {
    let now = try head().cursor
    guard cursor.store == now.store, cursor.plan <= now.plan, cursor.sequence <= now.sequence,
      now.sequence - cursor.sequence <= SQLiteStore.rosterBacklog
    else { return nil }
    // Who began after the limit is ahead of it.
    let end = min(now.sequence, max(limit ?? now.sequence, cursor.sequence))
    let last = min(end, cursor.sequence + SQLiteStore.rosterSpan)
    var changes = RosterChanges(
      plan: plan,
      isPlanNew: cursor.plan != now.plan,
      cursor: RosterCursor(store: now.store, sequence: last, plan: now.plan),
      isLast: last == end
    )
    guard last > cursor.sequence else { return changes }
    let lookup = try RosterBadgeLookup(db, plan: plan)
    changes.badges = try changedBadges(after: cursor.sequence, to: last).compactMap(lookup.badge)
    changes.presences =
      try movedPresences(after: cursor.sequence, to: last) + takenBack(after: cursor.sequence, to: last)
    return changes
  }

  /// Badges by their keys.
  func badges(_ page: PageRequest) throws -> Page<RosterBadge> {
    let keys = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM badge WHERE event_id = ? AND id > ? ORDER BY id LIMIT ?"),
      arguments: [event, page.number(), page.size + 1]
    )
    let lookup = try RosterBadgeLookup(db, plan: plan)
    let shown = page.cut(keys) { PageCursor(.number($0)) }
    return Page(items: try shown.items.compactMap(lookup.badge), next: shown.next)
  }

  /// Keys of badges that have changed, or whose registrations have, in order.
  func changedBadges(after first: Int64, to last: Int64) throws -> [Int64] {
    try Int64.fetchAll(
      // The + keeps SQLite from walking all of the event.
      db.cachedStatement(
        sql: """
          SELECT id FROM badge WHERE sequence > ?1 AND sequence <= ?2 AND +event_id = ?3
          UNION SELECT badge.id FROM registration CROSS JOIN badge ON badge.registration_id = registration.id
            WHERE registration.sequence > ?1 AND registration.sequence <= ?2 AND +registration.event_id = ?3
          ORDER BY 1
          """
      ),
      arguments: [first, last, event]
    )
  }

  /// All presences by the keys of their registrations.
  func presences(_ page: PageRequest) throws -> Page<RosterPresence> {
    let rows = try HotStatement(
      """
      SELECT registration.public_id, presence.checkpoint_id, is_inside, admitted_at, period, day, registration.id
      FROM presence CROSS JOIN registration ON registration.id = presence.registration_id
      WHERE presence.registration_id > ? AND +registration.event_id = ? ORDER BY presence.registration_id
      """,
      db
    )
    let after = try page.number()
    try rows.bind {
      $0.add(after)
      $0.add(event)
    }
    defer { rows.reset() }
    var (found, registration): ([RosterPresence], Int64) = ([], 0)
    while try rows.step() {
      // A page ends between two registrations, since the next one begins after a registration.
      if found.count >= page.size, rows.int64(6) != registration {
        return Page(items: found, next: PageCursor(.number(registration)))
      }
      registration = rows.int64(6)
      if let presence = presence(rows) { found.append(presence) }
    }
    return Page(items: found, next: nil)
  }

  /// Presences of those who passed, or whose passage was taken back.
  private func movedPresences(after first: Int64, to last: Int64) throws -> [RosterPresence] {
    let rows = try HotStatement(
      """
      WITH moved AS (
        SELECT badge.registration_id FROM scan CROSS JOIN badge ON badge.id = scan.badge_id
          WHERE scan.sequence > ?1 AND scan.sequence <= ?2 AND +scan.answer <> 'REFUSED' AND scan.event_id = ?3
        UNION SELECT badge.registration_id FROM scan_undo
          CROSS JOIN scan ON scan.sequence = scan_undo.scan_sequence CROSS JOIN badge ON badge.id = scan.badge_id
          WHERE scan_undo.sequence > ?1 AND scan_undo.sequence <= ?2 AND scan.event_id = ?3)
      SELECT registration.public_id, presence.checkpoint_id, is_inside, admitted_at, period, day
      FROM moved CROSS JOIN presence ON presence.registration_id = moved.registration_id
        CROSS JOIN registration ON registration.id = presence.registration_id
      """,
      db
    )
    try rows.bind {
      $0.add(first)
      $0.add(last)
      $0.add(event)
    }
    defer { rows.reset() }
    var found: [RosterPresence] = []
    while try rows.step() { if let presence = presence(rows) { found.append(presence) } }
    return found
  }

  private func presence(_ row: HotStatement) -> RosterPresence? {
    let key = Key<Checkpoint>(row.int64(1))
    guard let checkpoint = plan.checkpoints[key] else { return nil }
    return RosterPresence(
      registration: row.string(0),
      checkpoint: checkpoint.id,
      area: checkpoint.area,
      presence: Presence(
        checkpoint: key,
        isInside: row.int64(2) != 0,
        admittedAt: Instant(microseconds: row.int64(3)),
        period: Instant(microseconds: row.int64(4)),
        day: Int(row.int64(5))
      )
    )
  }

  /// Presences that are gone, because the scan that made them was taken back.
  private func takenBack(after first: Int64, to last: Int64) throws -> [RosterPresence] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT registration.public_id, scan.checkpoint_id
          FROM scan_undo CROSS JOIN scan ON scan.sequence = scan_undo.scan_sequence
          CROSS JOIN badge ON badge.id = scan.badge_id
          CROSS JOIN registration ON registration.id = badge.registration_id
          WHERE scan_undo.sequence > ? AND scan_undo.sequence <= ? AND scan.event_id = ? AND NOT EXISTS (
            SELECT 1 FROM presence
            WHERE presence.registration_id = registration.id AND presence.checkpoint_id = scan.checkpoint_id)
          """
      ),
      arguments: [first, last, event]
    )
    return rows.compactMap { row in
      plan.checkpoints[Key(row[1])].map {
        RosterPresence(registration: row[0], checkpoint: $0.id, area: $0.area, presence: nil)
      }
    }
  }
}
