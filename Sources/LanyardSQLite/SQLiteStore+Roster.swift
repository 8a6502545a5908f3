import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  /// A lane that is further behind than this takes all of the roster anew.
  static let rosterBacklog: Int64 = 50_000
  /// The most numbers of the feed that are looked through at once.
  static let rosterSpan: Int64 = 5000

  package func rosterHead(of event: String) async throws(StoreError) -> RosterHead {
    try await reading { [plans] db in try RosterReader(db: db, event: event, plans: plans).head() }
  }

  package func rosterBadges(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterBadge> {
    try await surveying { [plans] db in try RosterReader(db: db, event: event, plans: plans).badges(page) }
  }

  package func changedRosterBadges(of event: String, since sequence: Int64) async throws(StoreError) -> [Int64] {
    try await surveying { [plans] db in
      try RosterReader(db: db, event: event, plans: plans).changedBadges(after: sequence)
    }
  }

  package func rosterPresences(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterPresence> {
    try await surveying { [plans] db in try RosterReader(db: db, event: event, plans: plans).presences(page) }
  }

  package func rosterChanges(
    of event: String,
    since cursor: RosterCursor,
    upTo limit: Int64?
  ) async throws(StoreError) -> RosterChanges? {
    try await surveying { [plans] db in
      try RosterReader(db: db, event: event, plans: plans).changes(since: cursor, upTo: limit)
    }
  }
}

/// Reads one event's roster as one transaction sees it. Joins stand in the order in which they are to be looped, from
/// the few rows that have changed to what belongs to them.
private struct RosterReader {
  private let db: Database
  private let event: Int64
  private let feed: FeedReader
  private let plan: VenuePlan

  init(db: Database, event slug: String, plans: PlanCache) throws {
    self.db = db
    event = try EventKey.find(slug, SQLiteSession(db))
    feed = FeedReader(SQLiteSession(db), event: event)
    guard let plan = try plans.plans(db).byEvent[Key(event)] else { throw StoreError.notFound(.event(slug)) }
    self.plan = plan
  }

  func head() throws -> RosterHead {
    let head = try feed.head()
    return RosterHead(plan: plan, cursor: RosterCursor(store: head.store, sequence: head.sequence, plan: head.plan))
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
    let entries = try feed.entries(after: cursor.sequence, upTo: last, limit: Int(SQLiteStore.rosterSpan)).entries
    changes.badges = try badges(of: entries).compactMap(lookup.badge)
    changes.presences = try presences(of: entries)
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
  func changedBadges(after first: Int64) throws -> [Int64] {
    try badges(of: feed.changes(after: first, upTo: feed.head().sequence, limit: .max))
  }

  /// Keys of the badges that entries of the feed are about, in order.
  private func badges(of entries: [FeedEntry]) throws -> [Int64] {
    let ofRegistration = try HotStatement(
      """
      SELECT badge.id FROM registration CROSS JOIN badge ON badge.registration_id = registration.id
      WHERE registration.public_id = ?
      """,
      db
    )
    let bySerial = try HotStatement("SELECT id FROM badge WHERE serial = ?", db)
    var names: Set<String> = []
    var keys: Set<Int64> = []
    for case .change(let change) in entries.map(\.content) where names.insert(change.resource).inserted {
      switch ResourceName(change.resource) {
      case .registration(let id, _):
        try ofRegistration.bind { $0.add(id) }
        defer { ofRegistration.reset() }
        while try ofRegistration.step() { keys.insert(ofRegistration.int64(0)) }
      case .badge(let serial, _):
        try bySerial.bind { $0.add(Int64(bitPattern: serial.rawValue)) }
        defer { bySerial.reset() }
        if try bySerial.step() { keys.insert(bySerial.int64(0)) }
      default: break
      }
    }
    return keys.sorted()
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

  /// Presences of those who passed by entries of the feed, or whose passage was taken back; those that are gone with that are
  /// told as such.
  private func presences(of entries: [FeedEntry]) throws -> [RosterPresence] {
    var moved: [String] = []
    var gone: [RosterPresence] = []
    for entry in entries {
      switch entry.content {
      case .scan(let scan):
        if scan.answer != .refused, let registration = scan.registration { moved.append(registration) }
      case .change(let change):
        guard change.name == ChangeName.checkInUndone.rawValue,
          case .checkIn(let scan, _) = ResourceName(change.resource),
          let passage = try passage(scan)
        else { continue }
        moved.append(passage.registration)
        if !passage.hasPresence, let checkpoint = plan.checkpoints[passage.checkpoint] {
          gone.append(
            RosterPresence(
              registration: passage.registration,
              checkpoint: checkpoint.id,
              area: checkpoint.area,
              presence: nil
            )
          )
        }
      }
    }
    return try presences(of: moved) + gone
  }

  /// Where people stand, each told once.
  private func presences(of registrations: [String]) throws -> [RosterPresence] {
    let rows = try HotStatement(
      """
      SELECT registration.public_id, presence.checkpoint_id, is_inside, admitted_at, period, day
      FROM registration CROSS JOIN presence ON presence.registration_id = registration.id
      WHERE registration.public_id = ?
      """,
      db
    )
    var told: Set<String> = []
    var found: [RosterPresence] = []
    for registration in registrations where told.insert(registration).inserted {
      try rows.bind { $0.add(registration) }
      defer { rows.reset() }
      while try rows.step() { if let presence = presence(rows) { found.append(presence) } }
    }
    return found
  }

  /// Whose passage a scan was, and whether a presence at its checkpoint is left; nil where it was none.
  private func passage(
    _ scan: UUIDBytes
  ) throws -> (registration: String, checkpoint: Key<Checkpoint>, hasPresence: Bool)? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT registration.public_id, scan.checkpoint_id, EXISTS (SELECT 1 FROM presence
            WHERE presence.registration_id = registration.id AND presence.checkpoint_id = scan.checkpoint_id)
          FROM scan CROSS JOIN badge ON badge.id = scan.badge_id
          CROSS JOIN registration ON registration.id = badge.registration_id
          WHERE scan.id_high = ? AND scan.id_low = ? AND scan.answer <> 'REFUSED' AND scan.event_id = ?
          """
      ),
      arguments: [Int64(bitPattern: scan.high), Int64(bitPattern: scan.low), event]
    )
    return row.map { ($0[0], Key($0[1]), $0[2]) }
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
}
