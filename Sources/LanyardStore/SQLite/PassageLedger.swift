import GRDB
import LanyardDomain

/// Follows people whose passages become known late or are taken back: their presences, the headcounts and the conflicts
/// are brought to what all passages come to in the order in which they happened. Who passed after all that is known of
/// them is followed from where they stand, whatever went before; only for others all passages are read again.
struct PassageLedger {
  private struct Person {
    let plan: VenuePlan
    /// Where they stood at the start of the transaction, with what was added since.
    var fold = AdmissionFold()
    /// When the last of the passages happened, as far as that is known without reading all.
    var latest: Instant?
    var added: [Passage] = []
    /// All passages, where it is not enough to go on from the last one.
    var replay: Replay?

    /// Whether what happened then happened after all that is known.
    func isLatest(_ moment: Instant) -> Bool { latest.map { $0 <= moment } ?? true }
  }

  private struct Replay {
    /// What the passages came to at the start of the transaction.
    let before: PassageHistory
    var passages: [Passage]
  }

  private let db: Database
  private let feed: FeedRows
  private let people: PresenceTable
  private let now: Instant
  private var persons: [Key<Registration>: Person] = [:]

  /// - Parameter feed: Numbers the conflicts.
  init(_ db: Database, _ feed: FeedRows, now: Instant) throws {
    self.db = db
    self.feed = feed
    self.now = now
    people = try PresenceTable(db)
  }

  /// Where a person stood at a moment, and the last passage before it, where a turnstile may need it.
  mutating func standing(
    of registration: Key<Registration>,
    plan: VenuePlan,
    at moment: Instant,
    isTurnstile: Bool
  ) throws -> (presences: [Presence], last: LastPassage?) {
    let person = try loaded(registration, plan)
    // A turnstile may be reading a badge again for a passage of which only the time is known.
    let isRecent = person.latest.map { moment - $0 <= LastPassage.readAgainTime } ?? false
    if person.replay == nil, person.isLatest(moment), !(isTurnstile && isRecent && person.added.isEmpty) {
      return (person.fold.presences(of: registration), person.fold.lastPassage(of: registration))
    }
    let passages = try replayed(registration, plan).passages
    let history = PassageHistory(passages, of: registration, plan: plan, until: moment)
    return (history.presences, history.last)
  }

  /// Adds a passage that is recorded already.
  mutating func add(_ passage: Passage, of registration: Key<Registration>, plan: VenuePlan) throws {
    var person = try loaded(registration, plan)
    if person.replay != nil {
      persons[registration]?.replay?.passages.append(passage)
      return
    }
    let isFollowed = person.isLatest(passage.moment) && person.fold.goOn(passage, of: registration, plan: plan)
    if !isFollowed { person.fold = AdmissionFold() }
    person.added.append(passage)
    person.latest = passage.moment
    persons[registration] = person
    if !isFollowed { _ = try replayed(registration, plan) }
  }

  mutating func remove(scan: Int64, of registration: Key<Registration>, plan: VenuePlan) throws {
    _ = try replayed(registration, plan)
    persons[registration]?.replay?.passages.removeAll { $0.scan == scan }
  }

  /// Records a conflict.
  func record(_ reason: RefusalReason, scan: Int64, earlier: Int64?, event: Key<Event>) throws {
    try db.execute(
      sql: "INSERT INTO conflict VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        feed.next(of: event.rawValue).key, event.rawValue, reason.rawValue, scan, earlier, now.microseconds,
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
    var presences: [AdmissionFold.PresenceKey: Presence] = [:]
    var occupancy: [AdmissionFold.OccupancyKey: Int] = [:]
    var tallies: [AdmissionFold.TallyKey: Int] = [:]
    for (registration, person) in persons {
      guard let replay = person.replay else {
        presences.merge(person.fold.changedPresences) { $1 }
        occupancy.merge(person.fold.occupancyChanges, uniquingKeysWith: +)
        tallies.merge(person.fold.tallyChanges, uniquingKeysWith: +)
        continue
      }
      let after = PassageHistory(replay.passages, of: registration, plan: person.plan)
      let stored = try people.presences(of: registration)
      for (stands, step) in [(stored, -1), (after.presences, 1)] {
        for presence in stands where presence.isInside {
          let key = AdmissionFold.OccupancyKey(checkpoint: presence.checkpoint, period: presence.period)
          occupancy[key, default: 0] += step
        }
      }
      func key(_ presence: Presence) -> AdmissionFold.PresenceKey {
        AdmissionFold.PresenceKey(registration: registration, checkpoint: presence.checkpoint)
      }
      let kept = Set(after.presences.map(\.checkpoint))
      for presence in stored where !kept.contains(presence.checkpoint) { try people.remove(key(presence)) }
      for presence in after.presences { presences[key(presence)] = presence }
      tallies.merge(after.tallies, uniquingKeysWith: +)
      tallies.merge(replay.before.tallies.mapValues { -$0 }, uniquingKeysWith: +)
      try settle(after.conflicts, of: registration, person.plan)
    }
    try people.set(presences)
    try people.change(occupancy: occupancy)
    try people.change(tallies: tallies)
  }

  private mutating func loaded(_ registration: Key<Registration>, _ plan: VenuePlan) throws -> Person {
    if let person = persons[registration] { return person }
    var person = Person(plan: plan)
    person.fold.load(try people.presences(of: registration), of: registration)
    person.fold.load(nil, of: registration)
    person.latest = try latest(of: registration)
    persons[registration] = person
    return person
  }

  private mutating func replayed(_ registration: Key<Registration>, _ plan: VenuePlan) throws -> Replay {
    var person = try loaded(registration, plan)
    if let replay = person.replay { return replay }
    let added = Set(person.added.map(\.scan))
    let known = try passages(of: registration).filter { !added.contains($0.scan) }
    let replay = Replay(
      before: PassageHistory(known, of: registration, plan: plan),
      passages: known + person.added
    )
    person.replay = replay
    persons[registration] = person
    return replay
  }

  /// When the last of a person's passages happened; those that were taken back count too. Nothing happened after it was
  /// recorded, and scans are recorded in order, so that mostly the last one tells.
  private func latest(of registration: Key<Registration>) throws -> Instant? {
    let passages = try HotStatement(
      """
      SELECT scan.received_at, coalesce(scan_offline.happened_at, scan.received_at) FROM scan
      LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
      WHERE scan.badge_id = ? AND scan.answer <> 'REFUSED' ORDER BY scan.sequence DESC
      """,
      db
    )
    let badges = try db.cachedStatement(sql: "SELECT id FROM badge WHERE registration_id = ?")
    var latest: Int64?
    for badge in try Int64.fetchAll(badges, arguments: [registration.rawValue]) {
      try passages.bind { $0.add(badge) }
      defer { passages.reset() }
      while try passages.step(), passages.int64(0) > latest ?? .min {
        latest = max(latest ?? .min, passages.int64(1))
      }
    }
    return latest.map(Instant.init(microseconds:))
  }

  /// All passages of a person that are on record and not taken back.
  private func passages(of registration: Key<Registration>) throws -> [Passage] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT scan.sequence, scan.answer, scan.checkpoint_id, scan.session_id,
          coalesce(scan_offline.happened_at, scan.received_at), scan_override.scan_sequence IS NOT NULL,
          scan_offline.scan_sequence IS NOT NULL, scan_double_reading.scan_sequence IS NOT NULL
        FROM badge JOIN scan ON scan.badge_id = badge.id AND scan.answer <> 'REFUSED'
        LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
        LEFT JOIN scan_override ON scan_override.scan_sequence = scan.sequence
        LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
        WHERE badge.registration_id = ?
          AND NOT EXISTS (SELECT 1 FROM scan_undo WHERE scan_undo.scan_sequence = scan.sequence)
        """
    )
    return try Row.fetchAll(statement, arguments: [registration.rawValue]).map { row in
      Passage(
        scan: row[0],
        way: (row[1] as String) == "ADMITTED" ? .into : .out,
        checkpoint: Key(row[2]),
        session: (row[3] as Int64?).map { Key($0) },
        moment: Instant(microseconds: row[4]),
        isOverride: row[5],
        isOffline: row[6],
        isDoubleReading: row[7]
      )
    }
  }
}
