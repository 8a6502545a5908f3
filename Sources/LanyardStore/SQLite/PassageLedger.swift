import GRDB
import LanyardDomain

/// Follows people whose passages become known late or are taken back: their presences, the headcounts and the conflicts
/// are made again from all passages in the order in which they happened.
struct PassageLedger {
  /// One person's passages, and what they came to at the start of the transaction.
  private struct Person {
    let plan: VenuePlan
    let before: PassageHistory
    var passages: [Passage]
  }

  private let db: Database
  private let people: PresenceTable
  private let now: Instant
  private var persons: [Key<Registration>: Person] = [:]

  init(_ db: Database, now: Instant) throws {
    self.db = db
    self.now = now
    people = try PresenceTable(db)
  }

  /// The passages of a person that are on record and not taken back, as they are now.
  mutating func passages(of registration: Key<Registration>, plan: VenuePlan) throws -> [Passage] {
    try load(registration, plan)
    return persons[registration]?.passages ?? []
  }

  mutating func add(_ passage: Passage, of registration: Key<Registration>, plan: VenuePlan) throws {
    try load(registration, plan)
    persons[registration]?.passages.append(passage)
  }

  mutating func remove(scan: Int64, of registration: Key<Registration>, plan: VenuePlan) throws {
    try load(registration, plan)
    persons[registration]?.passages.removeAll { $0.scan == scan }
  }

  /// Records a conflict.
  func record(_ reason: RefusalReason, scan: Int64, earlier: Int64?, event: Key<Event>) throws {
    try db.execute(
      sql: "INSERT INTO conflict VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        SQLiteStore.takeSequences(1, db), event.rawValue, reason.rawValue, scan, earlier, now.microseconds,
      ]
    )
  }

  /// Brings the conflicts between a person's admissions to what the passages say: a way out that becomes known late
  /// explains what looked like one.
  private func settle(_ conflicts: [PassageHistory.Conflict], of registration: Key<Registration>, _ plan: VenuePlan)
    throws
  {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT conflict.sequence, conflict.earlier_sequence, conflict.scan_sequence
        FROM badge JOIN scan ON scan.badge_id = badge.id AND scan.answer <> 'REFUSED'
        JOIN conflict ON conflict.scan_sequence = scan.sequence
        WHERE badge.registration_id = ? AND conflict.earlier_sequence IS NOT NULL
        """,
      arguments: [registration.rawValue]
    )
    var known: Set<PassageHistory.Conflict> = []
    for row in rows {
      let conflict = PassageHistory.Conflict(earlier: row[1], later: row[2])
      if conflicts.contains(conflict) {
        known.insert(conflict)
      } else {
        try db.execute(sql: "DELETE FROM conflict WHERE sequence = ?", arguments: [row[0] as Int64])
      }
    }
    for conflict in conflicts where !known.contains(conflict) {
      try record(.alreadyInside, scan: conflict.later, earlier: conflict.earlier, event: plan.eventKey)
    }
  }

  /// Writes where people stand now, what that changes of the counts, and the conflicts.
  func finish() throws {
    for (registration, person) in persons {
      let after = PassageHistory(person.passages, of: registration, plan: person.plan)
      let stored = try people.presences(of: registration)
      var occupancy: [AdmissionFold.OccupancyKey: Int] = [:]
      for (presences, step) in [(stored, -1), (after.presences, 1)] {
        for presence in presences where presence.isInside {
          let key = AdmissionFold.OccupancyKey(checkpoint: presence.checkpoint, period: presence.period)
          occupancy[key, default: 0] += step
        }
      }
      try people.change(occupancy: occupancy)
      let kept = Set(after.presences.map(\.checkpoint))
      func key(_ presence: Presence) -> AdmissionFold.PresenceKey {
        AdmissionFold.PresenceKey(registration: registration, checkpoint: presence.checkpoint)
      }
      for presence in stored where !kept.contains(presence.checkpoint) { try people.remove(key(presence)) }
      try people.set(Dictionary(uniqueKeysWithValues: after.presences.map { (key($0), $0) }))
      let tallies = after.tallies.merging(person.before.tallies.mapValues { -$0 }, uniquingKeysWith: +)
      try people.change(tallies: tallies)
      try settle(after.conflicts, of: registration, person.plan)
    }
  }

  private mutating func load(_ registration: Key<Registration>, _ plan: VenuePlan) throws {
    guard persons[registration] == nil else { return }
    let statement = try db.cachedStatement(
      sql: """
        SELECT scan.sequence, scan.answer, scan.checkpoint_id, scan.session_id,
          coalesce(scan_offline.happened_at, scan.received_at), scan_override.scan_sequence IS NOT NULL
        FROM badge JOIN scan ON scan.badge_id = badge.id AND scan.answer <> 'REFUSED'
        LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
        LEFT JOIN scan_override ON scan_override.scan_sequence = scan.sequence
        WHERE badge.registration_id = ?
          AND NOT EXISTS (SELECT 1 FROM scan_undo WHERE scan_undo.scan_sequence = scan.sequence)
        """
    )
    let passages = try Row.fetchAll(statement, arguments: [registration.rawValue]).map { row in
      Passage(
        scan: row[0],
        way: (row[1] as String) == "ADMITTED" ? .into : .out,
        checkpoint: Key(row[2]),
        session: (row[3] as Int64?).map { Key($0) },
        moment: Instant(microseconds: row[4]),
        isOverride: row[5]
      )
    }
    let before = PassageHistory(passages, of: registration, plan: plan)
    persons[registration] = Person(plan: plan, before: before, passages: passages)
  }
}
