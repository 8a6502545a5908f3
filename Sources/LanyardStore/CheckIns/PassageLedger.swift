package import LanyardDomain

/// Follows people whose passages become known late or are taken back, within the caller's transaction: `PersonPassages` says
/// what has to be loaded, and what becomes of their presences, the headcounts and the conflicts.
package struct PassageLedger {
  private static let conflictSelection = SQL(
    """
    SELECT conflict.sequence, conflict.earlier_sequence, conflict.scan_sequence
    FROM badge JOIN scan ON scan.badge_id = badge.id AND \(PassageSQL.letPass)
    JOIN conflict ON conflict.scan_sequence = scan.sequence
    WHERE badge.registration_id = ? AND conflict.earlier_sequence IS NOT NULL
    """
  )
  private static let badgeSelection = SQL("SELECT id FROM badge WHERE registration_id = ?")
  private static let momentSelection = SQL(
    """
    SELECT scan.received_at, \(PassageSQL.moment), scan.sequence FROM scan \(PassageSQL.withTimes)
    WHERE scan.badge_id = ? AND \(PassageSQL.letPass) AND scan.sequence < ? ORDER BY scan.sequence DESC LIMIT ?
    """
  )
  /// How many scans of a badge are read at once for when the last of them happened.
  private static let part = 8
  private static let passageSelection = SQL(
    """
    SELECT scan.sequence, scan.answer, scan.checkpoint_id, scan.session_id, \(PassageSQL.moment), scan_override.scan_sequence, scan_offline.scan_sequence,
      scan_double_reading.scan_sequence
    FROM badge JOIN scan ON scan.badge_id = badge.id AND \(PassageSQL.letPass) \(PassageSQL.withTimes)
    LEFT JOIN scan_override ON scan_override.scan_sequence = scan.sequence
    LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
    WHERE badge.registration_id = ?
      AND \(PassageSQL.stands)
    """
  )

  private let session: any SQLSession
  private let conflicts: ConflictTable
  private let people: any AdmissionTables
  private var persons: [Key<Registration>: PersonPassages] = [:]

  /// - Parameter trail: Tells of conflicts that come and go.
  package init(_ session: any SQLSession, _ trail: Trail, now: Instant) throws {
    self.session = session
    conflicts = ConflictTable(session, trail, now: now)
    people = try session.admissionTables()
  }

  /// Where a person stood at a moment.
  ///
  /// - Parameter isTurnstile: Whether the last passage matters.
  mutating func standing(
    of registration: Key<Registration>,
    plan: VenuePlan,
    at moment: Instant,
    isTurnstile: Bool
  ) throws -> Standing {
    var person = try person(registration, plan)
    if person.needsAll(at: moment, isTurnstile: isTurnstile) { person.load(try passages(of: registration)) }
    persons[registration] = person
    return person.standing(at: moment)
  }

  /// Adds a passage that is recorded already.
  mutating func add(_ passage: Passage, of registration: Key<Registration>, plan: VenuePlan) throws {
    var person = try person(registration, plan)
    person.add(passage)
    if person.needsAll { person.load(try passages(of: registration)) }
    persons[registration] = person
  }

  /// Takes a passage back that is not recorded as taken back yet.
  mutating func remove(scan: Int64, of registration: Key<Registration>, plan: VenuePlan) throws {
    var person = try person(registration, plan)
    if person.needsAllToRemove { person.load(try passages(of: registration)) }
    person.remove(scan: scan)
    persons[registration] = person
  }

  /// Records a conflict.
  func record(_ cause: ConflictCause, scan: Int64, earlier: Int64?, event: Key<Event>) throws {
    try conflicts.add(cause, scan: scan, earlier: earlier, of: event)
  }

  /// Ends the conflicts that end where a scan is taken back, as it is now.
  func settleConflicts(ofTakenBack scan: Int64) throws { try conflicts.settle(takenBack: scan) }

  /// Ends the conflict that a scan is in for a cause; false where there is none.
  func settle(_ cause: ConflictCause, scan: Int64) throws -> Bool { try conflicts.remove(cause, scan: scan) }

  /// Writes where people stand now, what that changes of the counts, and the conflicts.
  package func finish() throws {
    var presences: [AdmissionFold.PresenceKey: Presence] = [:]
    var occupancy: [AdmissionFold.OccupancyKey: Int] = [:]
    var tallies: [AdmissionFold.TallyKey: Int] = [:]
    for (registration, person) in persons {
      let recorded = person.needsConflicts ? try recordedConflicts(of: registration) : []
      let effects = person.effects(recorded: recorded)
      presences.merge(effects.presences) { $1 }
      occupancy.merge(effects.occupancy, uniquingKeysWith: +)
      tallies.merge(effects.tallies, uniquingKeysWith: +)
      for key in effects.gone { try people.remove(key) }
      for key in effects.settled { try conflicts.remove(key) }
      for conflict in effects.conflicts {
        try record(.refused(.alreadyInside), scan: conflict.later, earlier: conflict.earlier, event: person.event)
      }
    }
    try people.set(presences)
    try people.change(occupancy: occupancy)
    try people.change(tallies: tallies)
  }

  private func person(_ registration: Key<Registration>, _ plan: VenuePlan) throws -> PersonPassages {
    if let person = persons[registration] { return person }
    return PersonPassages(
      of: registration,
      plan: plan,
      presences: try people.presences(of: registration),
      latest: try latest(of: registration)
    )
  }

  /// The conflicts between a person's admissions that are on record.
  private func recordedConflicts(of registration: Key<Registration>) throws -> [RecordedConflict] {
    try session.all(Self.conflictSelection, [registration.rawValue]) { row in
      RecordedConflict(key: try row[0], conflict: PassageHistory.Conflict(earlier: try row[1], later: try row[2]))
    }
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
    try session.all(Self.passageSelection, [registration.rawValue], Passage.init)
  }
}

extension Passage {
  /// From a row that begins with number, answer, checkpoint, session, moment, and whether it was an override, offline and a
  /// double reading.
  init(_ row: any SQLRow) throws {
    self.init(
      scan: try row[0],
      way: try PassageSQL.way(row, 1),
      checkpoint: Key(try row[2]),
      session: try (row[3] as Int64?).map { Key($0) },
      moment: try row[4],
      isOverride: !row.isNull(5),
      isOffline: !row.isNull(6),
      isDoubleReading: !row.isNull(7)
    )
  }
}
