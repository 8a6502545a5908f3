import GRDB
import LanyardDomain

extension SQLiteStore {
  /// A lane that is further behind than this takes all of the roster anew.
  static let rosterBacklog: Int64 = 50_000

  package func roster(
    of event: String,
    checkpoints: [String],
    since cursor: RosterCursor?
  ) async throws(StoreError) -> RosterChanges {
    try await read { [plans] db in
      let eventRow = try EventRow.find(event, db)
      guard let plan = try plans.plans(db).byEvent[Key(eventRow.id)] else {
        throw StoreError.notFound(name: "events/\(event)")
      }
      let doors = try checkpoints.map { try CheckpointRow.find($0, event: eventRow.row, db) }
      let reader = RosterReader(db: db, event: eventRow.id, plan: plan, areas: Set(doors.map(\.area)))
      return try reader.changes(since: cursor)
    }
  }
}

/// Reads one event's roster as one transaction sees it.
private struct RosterReader {
  let db: Database
  let event: Int64
  let plan: VenuePlan
  /// Areas whose presences are wanted; empty means all.
  let areas: Set<String>

  func changes(since cursor: RosterCursor?) throws -> RosterChanges {
    let now = try current()
    if let cursor, cursor == now {
      return RosterChanges(isSnapshot: false, plan: nil, badges: [], presences: [], cursor: now)
    }
    let isKnown = cursor.map {
      $0.store == now.store && $0.sequence <= now.sequence && now.sequence - $0.sequence <= SQLiteStore.rosterBacklog
        && $0.plan <= now.plan
    }
    guard let cursor, isKnown == true else {
      return RosterChanges(
        isSnapshot: true,
        plan: plan,
        badges: try badges("badge.event_id = :event", since: 0),
        presences: try presences("1", since: 0),
        cursor: now
      )
    }
    let isPlanNew = cursor.plan != now.plan
    // A session that was moved in time takes the presences for it along.
    let standing = try isPlanNew ? presences("1", since: 0) : presences(Self.moved, since: cursor.sequence)
    return RosterChanges(
      isSnapshot: false,
      plan: isPlanNew ? plan : nil,
      badges: try badges(Self.changed, since: cursor.sequence),
      presences: try standing + takenBack(since: cursor.sequence),
      cursor: now
    )
  }

  private func current() throws -> RosterCursor {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT last_sequence, plan_revision, (SELECT value FROM setting WHERE name = 'store') AS store FROM feed
        """
    )
    guard let row, let store = row["store"] as String? else { throw StoreError.failed(code: -1) }
    return RosterCursor(store: store, sequence: row["last_sequence"], plan: row["plan_revision"])
  }

  private static let changed = """
    badge.event_id = :event AND (badge.sequence > :since OR badge.registration_id IN
      (SELECT id FROM registration WHERE sequence > :since))
    """

  private func badges(_ condition: String, since sequence: Int64) throws -> [RosterBadge] {
    let bookings = try bookings(of: condition, since: sequence)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT badge.serial, badge.code, badge.state, badge.valid_from, badge.valid_until, registration.id,
          registration.public_id, registration.state, registration.participation, registration.stakeholder_group,
          registration.guest_role, registration.display_name, registration.organisation, badge.attention,
          badge.attention_note
        FROM badge JOIN registration ON registration.id = badge.registration_id WHERE \(condition)
        """,
      arguments: ["event": event, "since": sequence].filter(condition)
    )
    var found: [RosterBadge] = []
    while let row = try rows.next() {
      let registration: Int64 = row[5]
      found.append(
        RosterBadge(
          serial: BadgeSerial(UInt64(bitPattern: row[0])),
          code: row[1],
          registration: row[6],
          holder: BadgeHolder(
            registration: Key(registration),
            event: plan.eventKey,
            badgeState: BadgeState(rawValue: row[2]) ?? .revoked,
            validity: Instant(microseconds: row[3])..<Instant(microseconds: row[4]),
            registrationState: RegistrationState(rawValue: row[7]) ?? .cancelled,
            participation: Participation(rawValue: row[8]) ?? .remote,
            group: row[9],
            role: row[10]
          ),
          displayName: row[11],
          organisation: row[12],
          mark: AttentionMark(attention: Attention(rawValue: row[13]) ?? .none, note: row[14]),
          bookings: bookings[registration] ?? []
        )
      )
    }
    return found
  }

  /// Bookings of those whose badges meet the condition.
  private func bookings(of condition: String, since sequence: Int64) throws -> [Int64: [BookingPlace]] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT booking.registration_id, checkpoint.public_id, session.public_id FROM booking
        JOIN checkpoint ON checkpoint.id = booking.checkpoint_id
        LEFT JOIN session ON session.id = booking.session_id
        WHERE booking.registration_id IN (SELECT badge.registration_id FROM badge WHERE \(condition))
        """,
      arguments: ["event": event, "since": sequence].filter(condition)
    )
    let slug = plan.event.slug
    return Dictionary(grouping: rows) { $0[0] as Int64 }.mapValues { rows in
      rows.map { row in
        (row[2] as String?).map { .session($0, event: slug) }
          ?? .checkpoint(CheckpointAddress(event: slug, checkpoint: row[1]))
      }
    }
  }

  private static let moved = """
    presence.registration_id IN (
      SELECT badge.registration_id FROM scan JOIN badge ON badge.id = scan.badge_id
      WHERE scan.sequence > :since AND scan.answer <> 'REFUSED'
      UNION SELECT badge.registration_id FROM scan_undo JOIN scan ON scan.sequence = scan_undo.scan_sequence
      JOIN badge ON badge.id = scan.badge_id WHERE scan_undo.sequence > :since)
    """

  private func presences(_ condition: String, since sequence: Int64) throws -> [RosterPresence] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT registration.public_id, presence.checkpoint_id, is_inside, admitted_at, period, day
        FROM presence JOIN registration ON registration.id = presence.registration_id
        WHERE registration.event_id = :event AND \(condition)
        """,
      arguments: ["event": event, "since": sequence].filter(condition)
    )
    var found: [RosterPresence] = []
    while let row = try rows.next() {
      let presence = Presence(
        checkpoint: Key(row[1]),
        isInside: row[2],
        admittedAt: Instant(microseconds: row[3]),
        period: Instant(microseconds: row[4]),
        day: row[5]
      )
      guard let checkpoint = wanted(presence.checkpoint) else { continue }
      found.append(RosterPresence(registration: row[0], checkpoint: checkpoint.id, presence: presence))
    }
    return found
  }

  /// Presences that are gone, because the scan that made them was taken back.
  private func takenBack(since sequence: Int64) throws -> [RosterPresence] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT registration.public_id, scan.checkpoint_id
        FROM scan_undo JOIN scan ON scan.sequence = scan_undo.scan_sequence
        JOIN badge ON badge.id = scan.badge_id JOIN registration ON registration.id = badge.registration_id
        WHERE scan_undo.sequence > ? AND scan.event_id = ? AND NOT EXISTS (SELECT 1 FROM presence
          WHERE presence.registration_id = registration.id AND presence.checkpoint_id = scan.checkpoint_id)
        """,
      arguments: [sequence, event]
    )
    return rows.compactMap { row in
      wanted(Key(row[1])).map { RosterPresence(registration: row[0], checkpoint: $0.id, presence: nil) }
    }
  }

  /// The checkpoint, where its area is wanted.
  private func wanted(_ key: Key<Checkpoint>) -> Checkpoint? {
    guard let checkpoint = plan.checkpoints[key], areas.isEmpty || areas.contains(checkpoint.area) else { return nil }
    return checkpoint
  }
}

extension [String: Int64] {
  /// The arguments that a condition names; GRDB refuses others.
  fileprivate func filter(_ condition: String) -> StatementArguments {
    StatementArguments(filter { $0.key == "event" || condition.contains(":\($0.key)") })
  }
}
