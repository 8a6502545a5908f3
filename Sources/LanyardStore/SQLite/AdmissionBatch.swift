import GRDB
import LanyardDomain

/// One batch of scans within one transaction: loads what the decisions need, folds them, writes what follows. This is
/// the hot path; each statement is prepared once and looked up once a batch.
struct AdmissionBatch {
  private let db: Database
  private let plans: PlanCache.Plans
  private let now: Instant
  private let reader: (String) -> BadgeReading
  private let holders: BadgeLookup
  private let ledger: ScanLedger
  private let presences: Statement
  private let occupancy: Statement
  private var nextSequence: Int64
  private var fold = AdmissionFold()
  private var doors: [CheckpointAddress: (plan: VenuePlan, door: Door)] = [:]

  init(
    db: Database,
    plans: PlanCache.Plans,
    size: Int,
    now: Instant,
    reader: @escaping (String) -> BadgeReading
  ) throws {
    self.db = db
    self.plans = plans
    self.now = now
    self.reader = reader
    holders = try BadgeLookup(db)
    ledger = try ScanLedger(db)
    presences = try db.cachedStatement(
      sql: "SELECT checkpoint_id, is_inside, admitted_at, period, day FROM presence WHERE registration_id = ?"
    )
    occupancy = try db.cachedStatement(sql: "SELECT inside FROM occupancy WHERE checkpoint_id = ? AND period = ?")
    nextSequence = try SQLiteStore.takeSequences(size, db)
  }

  /// Decides one scan and records it; a scan that was recorded before gets its answer again.
  mutating func admit(_ scan: SubmittedScan) throws -> ScanOutcome {
    if let before = try ledger.find(scan.id) {
      guard before.fingerprint == scan.fingerprint else { return .failed(.idReused) }
      return .recorded(try ledger.recorded(before, plans: plans))
    }
    guard let (plan, door) = try loadedDoor(scan.checkpoint) else {
      return .failed(.unknownCheckpoint(scan.checkpoint))
    }
    let holder = try holders.find(code: scan.code)
    if let holder { try loadPresences(of: holder.facts.registration) }
    let reading = holder.map { BadgeReading.recorded($0.facts) } ?? reader(scan.code)
    let (decision, direction) = fold.admit(reading, direction: scan.direction, door: door, plan: plan, now: now)
    let recorded = ledger.recorded(
      scan,
      decision: decision,
      direction: direction,
      door: door,
      plan: plan,
      attendee: holder?.attendee,
      now: now
    )
    try ledger.add(
      recorded,
      decision: decision,
      scan: scan,
      door: door,
      badge: holder?.badge,
      sequence: nextSequence
    )
    nextSequence += 1
    return .recorded(recorded)
  }

  /// Writes the presences and counts that the batch changed.
  func finish() throws {
    let presence = try db.cachedStatement(
      sql: """
        INSERT INTO presence VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET is_inside = excluded.is_inside,
          admitted_at = excluded.admitted_at, period = excluded.period, day = excluded.day
        """
    )
    for (key, value) in fold.changedPresences {
      try presence.execute(arguments: [
        key.registration.rawValue, key.checkpoint.rawValue, value.isInside, value.admittedAt.microseconds,
        value.period.microseconds, value.day,
      ])
    }
    // SQLite checks `inside >= 0` on the row as it would be inserted, before it looks at the conflict.
    let inside = try db.cachedStatement(
      sql: "INSERT INTO occupancy VALUES (?1, ?2, max(?3, 0)) ON CONFLICT DO UPDATE SET inside = inside + ?3"
    )
    for (key, change) in fold.occupancyChanges where change != 0 {
      try inside.execute(arguments: [key.checkpoint.rawValue, key.period.microseconds, change])
    }
    let tally = try db.cachedStatement(
      sql: "INSERT INTO tally VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET count = count + ?4"
    )
    for (key, change) in fold.tallyChanges {
      try tally.execute(arguments: [key.checkpoint.rawValue, key.day, key.counted.name, change])
    }
  }

  private mutating func loadedDoor(_ address: CheckpointAddress) throws -> (plan: VenuePlan, door: Door)? {
    if let loaded = doors[address] { return loaded }
    guard let (plan, key) = plans.find(address), let door = plan.door(key, now: now) else { return nil }
    for checkpoint in door.area {
      let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)
      guard !fold.hasOccupancy(of: key) else { continue }
      fold.load(
        try Int.fetchOne(occupancy, arguments: [checkpoint.rawValue, door.period.microseconds]) ?? 0,
        at: key
      )
    }
    doors[address] = (plan, door)
    return (plan, door)
  }

  private mutating func loadPresences(of registration: Key<Registration>) throws {
    guard !fold.hasPresences(of: registration) else { return }
    var loaded: [Presence] = []
    let rows = try Row.fetchCursor(presences, arguments: [registration.rawValue])
    while let row = try rows.next() {
      loaded.append(
        Presence(
          checkpoint: Key(row[0]),
          isInside: row[1],
          admittedAt: Instant(microseconds: row[2]),
          period: Instant(microseconds: row[3]),
          day: row[4]
        )
      )
    }
    fold.load(loaded, of: registration)
  }
}
