import GRDB
import LanyardDomain
import LanyardStore

/// One batch of scans within one transaction: loads what the decisions need, folds them, writes what follows. This is
/// the hot path; each statement is prepared once and looked up once a batch.
struct AdmissionBatch {
  private let session: SQLiteSession
  private let plans: VenuePlans
  private let now: Instant
  private let reader: (String) -> BadgeReading?
  private let holders: BadgeLookup
  private let bookings: BookingLookup
  private let ledger: ScanLedger
  private let people: PresenceTable
  private var withdrawals: Withdrawals
  private let trail: Trail?
  private var fold = AdmissionFold()
  private var doors: [CheckpointAddress: LoadedDoor] = [:]
  private var days: [String: VenueDay] = [:]

  /// A door with its plan, which are not copied for each scan.
  private final class LoadedDoor {
    let plan: VenuePlan
    let door: Door

    init(_ plan: VenuePlan, _ door: Door) { (self.plan, self.door) = (plan, door) }
  }

  /// - Parameters:
  ///   - now: Not before what is on record.
  ///   - trail: Takes and numbers what is recorded; nil where nothing is.
  ///   - reader: Nil where it does not know what a text is; then the scan is left `unread`.
  init(
    db: Database,
    plans: VenuePlans,
    now: Instant,
    trail: Trail?,
    reader: @escaping (String) -> BadgeReading?
  ) throws {
    session = SQLiteSession(db)
    self.plans = plans
    self.now = now
    self.reader = reader
    holders = try BadgeLookup(db)
    bookings = try BookingLookup(db)
    ledger = try ScanLedger(db, trail)
    people = try PresenceTable(db)
    withdrawals = try Withdrawals(session, now: now)
    self.trail = trail
  }

  /// Decides one scan and records it; a scan that was recorded before gets its answer again.
  mutating func admit(_ scan: SubmittedScan) throws -> ScanOutcome {
    if let before = try ledger.find(scan.id) {
      let recorded = try ScanReader(session, plans).scan(before.sequence)
      let isSame = recorded.answers(scan, fingerprint: before.fingerprint, isUpload: false)
      return isSame ? .recorded(recorded) : .failed(.idReused)
    }
    if try withdrawals.contains(scan) { return .failed(.takenBack) }
    guard let at = try loadedDoor(scan.checkpoint) else { return .failed(.unknownCheckpoint(scan.checkpoint)) }
    guard let (holder, reading) = try read(scan, at: at.door) else { return .failed(.unread) }
    let verdict = fold.admit(
      reading,
      direction: scan.direction,
      isBooked: try bookings.isBooked(reading, at: at.door),
      overriding: scan.override != nil,
      door: at.door,
      plan: at.plan,
      now: now
    )
    let attendee = holder?.attendee(at: at.door.event)
    let recorded = RecordedScan(scan, verdict: verdict, door: at.door, plan: at.plan, attendee: attendee, now: now)
    guard let trail else { throw StoreError.failed(.programmer, about: "a scan was to be recorded without a trail") }
    try ledger.add(
      recorded,
      decision: verdict.decision,
      scan: scan,
      door: at.door,
      holder: holder,
      number: trail.feed.next(of: at.door.event.rawValue)
    )
    return .recorded(recorded)
  }

  /// Decides one scan and changes nothing.
  mutating func simulate(_ scan: SubmittedScan) throws -> ScanOutcome {
    guard let at = try loadedDoor(scan.checkpoint) else { return .failed(.unknownCheckpoint(scan.checkpoint)) }
    guard let (holder, reading) = try read(scan, at: at.door) else { return .failed(.unread) }
    let verdict = fold.decide(
      reading,
      direction: scan.direction,
      isBooked: try bookings.isBooked(reading, at: at.door),
      overriding: scan.override != nil,
      door: at.door,
      now: now
    )
    let attendee = holder?.attendee(at: at.door.event)
    return .recorded(
      RecordedScan(scan, verdict: verdict, door: at.door, plan: at.plan, attendee: attendee, now: now)
    )
  }

  /// Writes the presences and counts that the batch changed.
  func finish() throws {
    try people.set(fold.changedPresences)
    try people.change(occupancy: fold.occupancyChanges)
    try people.change(tallies: fold.tallyChanges)
  }

  private mutating func read(
    _ scan: SubmittedScan,
    at door: Door
  ) throws -> (holder: RecordedHolder?, reading: BadgeReading)? {
    guard let holder = try holders.find(scan) else {
      let reading = scan.badge == nil ? reader(scan.code) : .unrecorded(event: scan.checkpoint.event)
      return reading.map { (nil, $0) }
    }
    let registration = holder.facts.registration
    if !fold.hasPresences(of: registration) {
      fold.load(try people.presences(of: registration), of: registration)
    }
    if door.checkpoint.directions == .byTurns, !fold.hasLastPassage(of: registration) {
      fold.load(try ledger.lastPassage(of: holder.badge, at: now), of: registration)
    }
    return (holder, .recorded(holder.facts))
  }

  private mutating func loadedDoor(_ address: CheckpointAddress) throws -> LoadedDoor? {
    if let loaded = doors[address] { return loaded }
    guard let (plan, key) = plans.find(address), let door = plan.door(key, now: now, days: &days) else { return nil }
    // How many are inside is asked only where there is a limit to it.
    for checkpoint in door.area where door.capacity != nil {
      let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)
      if !fold.hasOccupancy(of: key) { fold.load(try people.inside(key), at: key) }
    }
    let loaded = LoadedDoor(plan, door)
    doors[address] = loaded
    return loaded
  }
}
