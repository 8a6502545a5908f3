package import LanyardDomain

/// Follows people whose passages become known late or are taken back: their presences, the headcounts and the conflicts
/// are brought to what all passages come to in the order in which they happened. Who passed after all that is known of
/// them is followed from where they stand, whatever went before; only for others all passages are read again.
package struct PassageLedger {
  private static let conflictAddition = SQL(
    """
    INSERT INTO conflict (sequence, event_id, reason, scan_sequence, earlier_sequence, recorded_at) VALUES (?, ?, ?, ?, ?, ?)
    """
  )
  private static let conflictRemoval = SQL("DELETE FROM conflict WHERE sequence = ?")
  private static let conflictSelection = SQL(
    """
    SELECT conflict.sequence, conflict.earlier_sequence, conflict.scan_sequence
    FROM badge JOIN scan ON scan.badge_id = badge.id AND scan.answer <> 'REFUSED'
    JOIN conflict ON conflict.scan_sequence = scan.sequence
    WHERE badge.registration_id = ? AND conflict.earlier_sequence IS NOT NULL
    """
  )
  private static let badgeSelection = SQL("SELECT id FROM badge WHERE registration_id = ?")
  private static let momentSelection = SQL(
    """
    SELECT scan.received_at, coalesce(scan_offline.happened_at, scan.received_at), scan.sequence FROM scan
    LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
    WHERE scan.badge_id = ? AND scan.answer <> 'REFUSED' AND scan.sequence < ? ORDER BY scan.sequence DESC LIMIT ?
    """
  )
  /// How many scans of a badge are read at once for when the last of them happened.
  private static let part = 8
  private static let passageSelection = SQL(
    """
    SELECT scan.sequence, scan.answer, scan.checkpoint_id, scan.session_id,
      coalesce(scan_offline.happened_at, scan.received_at), scan_override.scan_sequence, scan_offline.scan_sequence,
      scan_double_reading.scan_sequence
    FROM badge JOIN scan ON scan.badge_id = badge.id AND scan.answer <> 'REFUSED'
    LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
    LEFT JOIN scan_override ON scan_override.scan_sequence = scan.sequence
    LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
    WHERE badge.registration_id = ?
      AND NOT EXISTS (SELECT 1 FROM scan_undo WHERE scan_undo.scan_sequence = scan.sequence)
    """
  )

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

  private let session: any SQLSession
  private let feed: FeedRows
  private let people: any AdmissionTables
  private let now: Instant
  private var persons: [Key<Registration>: Person] = [:]

  /// - Parameter feed: Numbers the conflicts.
  package init(_ session: any SQLSession, _ feed: FeedRows, now: Instant) throws {
    self.session = session
    self.feed = feed
    self.now = now
    people = try session.admissionTables(nil)
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
    let number = try feed.next(of: event.rawValue).key
    try session.run(Self.conflictAddition, [number, event.rawValue, reason.rawValue, scan, earlier, now])
  }

  /// Brings the conflicts between a person's admissions to what the passages say: a way out that becomes known late
  /// explains what looked like one.
  private func settle(_ conflicts: [PassageHistory.Conflict], of registration: Key<Registration>, _ plan: VenuePlan)
    throws
  {
    let recorded = try session.all(Self.conflictSelection, [registration.rawValue]) { row in
      (key: try row.integer(0), conflict: PassageHistory.Conflict(earlier: try row[1], later: try row[2]))
    }
    for (key, conflict) in recorded where !conflicts.contains(conflict) { try session.run(Self.conflictRemoval, [key]) }
    let known = Set(recorded.map(\.conflict))
    for conflict in conflicts where !known.contains(conflict) {
      try record(.alreadyInside, scan: conflict.later, earlier: conflict.earlier, event: plan.eventKey)
    }
  }

  /// Writes where people stand now, what that changes of the counts, and the conflicts.
  package func finish() throws {
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
    var latest: Instant?
    for badge in try session.all(Self.badgeSelection, [registration.rawValue], { try $0.integer(0) }) {
      var end: Int64? = .max
      while let before = end {
        let part = try session.all(Self.momentSelection, [badge, before, Self.part]) { row in
          try (recorded: row[0] as Instant, happened: row[1] as Instant, sequence: row.integer(2))
        }
        let tells = part.prefix { scan in latest.map { scan.recorded > $0 } ?? true }
        for scan in tells { latest = max(latest ?? scan.happened, scan.happened) }
        end = tells.count == Self.part ? tells.last?.sequence : nil
      }
    }
    return latest
  }

  /// All passages of a person that are on record and not taken back.
  private func passages(of registration: Key<Registration>) throws -> [Passage] {
    try session.all(Self.passageSelection, [registration.rawValue]) { row in
      let answer: AnswerKind = try known(row.text(1), "scan", "answer")
      return Passage(
        scan: try row[0],
        way: answer == .admitted ? .into : .out,
        checkpoint: Key(try row[2]),
        session: try (row[3] as Int64?).map { Key($0) },
        moment: try row[4],
        isOverride: !row.isNull(5),
        isOffline: !row.isNull(6),
        isDoubleReading: !row.isNull(7)
      )
    }
  }
}
