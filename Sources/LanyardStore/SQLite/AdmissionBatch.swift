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
  private let presences: HotStatement
  private let occupancy: HotStatement
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
    presences = try HotStatement(
      "SELECT checkpoint_id, is_inside, admitted_at, period, day FROM presence WHERE registration_id = ?",
      db
    )
    occupancy = try HotStatement("SELECT inside FROM occupancy WHERE checkpoint_id = ? AND period = ?", db)
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
      attendee: holder?.attendee(at: door.event),
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
    let presence = try HotStatement(
      """
      INSERT INTO presence VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET is_inside = excluded.is_inside,
        admitted_at = excluded.admitted_at, period = excluded.period, day = excluded.day
      """,
      db
    )
    for (key, value) in fold.changedPresences {
      try presence.bind {
        $0.add(key.registration.rawValue)
        $0.add(key.checkpoint.rawValue)
        $0.add(value.isInside ? 1 : 0)
        $0.add(value.admittedAt.microseconds)
        $0.add(value.period.microseconds)
        $0.add(Int64(value.day))
      }
      try presence.run()
    }
    // SQLite checks `inside >= 0` on the row as it would be inserted, before it looks at the conflict.
    let inside = try HotStatement(
      "INSERT INTO occupancy VALUES (?1, ?2, max(?3, 0)) ON CONFLICT DO UPDATE SET inside = inside + ?3",
      db
    )
    for (key, change) in fold.occupancyChanges where change != 0 {
      try inside.bind {
        $0.add(key.checkpoint.rawValue)
        $0.add(key.period.microseconds)
        $0.add(Int64(change))
      }
      try inside.run()
    }
    let tally = try HotStatement(
      "INSERT INTO tally VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET count = count + ?4",
      db
    )
    for (key, change) in fold.tallyChanges {
      try tally.bind {
        $0.add(key.checkpoint.rawValue)
        $0.add(Int64(key.day))
        $0.add(key.counted.name)
        $0.add(Int64(change))
      }
      try tally.run()
    }
  }

  private mutating func loadedDoor(_ address: CheckpointAddress) throws -> (plan: VenuePlan, door: Door)? {
    if let loaded = doors[address] { return loaded }
    guard let (plan, key) = plans.find(address), let door = plan.door(key, now: now) else { return nil }
    for checkpoint in door.area {
      let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)
      guard !fold.hasOccupancy(of: key) else { continue }
      try occupancy.bind {
        $0.add(checkpoint.rawValue)
        $0.add(door.period.microseconds)
      }
      defer { occupancy.reset() }
      fold.load(try occupancy.step() ? Int(occupancy.int64(0)) : 0, at: key)
    }
    doors[address] = (plan, door)
    return (plan, door)
  }

  private mutating func loadPresences(of registration: Key<Registration>) throws {
    guard !fold.hasPresences(of: registration) else { return }
    var loaded: [Presence] = []
    try presences.bind { $0.add(registration.rawValue) }
    defer { presences.reset() }
    while try presences.step() {
      loaded.append(
        Presence(
          checkpoint: Key(presences.int64(0)),
          isInside: presences.int64(1) != 0,
          admittedAt: Instant(microseconds: presences.int64(2)),
          period: Instant(microseconds: presences.int64(3)),
          day: Int(presences.int64(4))
        )
      )
    }
    fold.load(loaded, of: registration)
  }
}
