package import LanyardDomain

/// One batch of scans within one transaction: loads what the decisions need, folds them, writes what follows. This is
/// the hot path: an engine is asked once for each kind of fact, and given what is written once.
package struct AdmissionBatch {
  private let session: any SQLSession
  private let tables: any AdmissionTables
  private let plans: VenuePlans
  private let moments: ActMoments
  private let reader: (String) -> CodeReading?
  private var fold = AdmissionFold()
  private var doors: [CheckpointAddress: LoadedDoor] = [:]
  private var days: [ZoneID: VenueDay] = [:]

  /// A door with its plan, which are not copied for each scan.
  private final class LoadedDoor {
    let plan: VenuePlan
    let door: Door

    init(_ plan: VenuePlan, _ door: Door) { (self.plan, self.door) = (plan, door) }
  }

  /// A scan that is to be decided.
  private struct Open {
    /// Where it stands in the batch.
    let place: Int
    let scan: SubmittedScan
    let at: LoadedDoor
  }

  /// What was read of a scan's badge.
  private struct Read {
    let holder: RecordedHolder?
    let reading: BadgeReading
    /// What is kept of a code that is no recorded badge's.
    var trace: CodeTrace?
  }

  /// - Parameters:
  ///   - moments: By which scans are decided, and as of which they are recorded.
  ///   - reader: Nil where it does not know what a text is; then the scan is left `unread`.
  package init(
    _ session: any SQLSession,
    plans: VenuePlans,
    at moments: ActMoments,
    reader: @escaping (String) -> CodeReading?
  ) throws {
    self.session = session
    self.plans = plans
    self.moments = moments
    self.reader = reader
    tables = try session.admissionTables()
  }

  /// The clock's.
  private var now: Instant { moments.decided }

  /// Decides scans one after the other, each seeing those before it, and records them; one that was recorded before gets its
  /// answer again. Asked once of a batch.
  package mutating func admit(_ scans: [SubmittedScan], _ trail: Trail) throws -> [ScanOutcome] {
    var outcomes: [ScanOutcome] = []
    let open = try settle(scans, &outcomes)
    let badges = try read(open)
    var rows: [LedgerRow] = []
    rows.reserveCapacity(open.count)
    // Where scans of this batch stand that are recorded by it.
    var places: [UUIDBytes: Int] = [:]
    for (open, read) in zip(open, badges) {
      let (scan, at) = (open.scan, open.at)
      if let place = places[scan.id], case .recorded(let recorded) = outcomes[place] {
        outcomes[open.place] = Self.again(recorded, scans[place].fingerprint, for: scan)
        continue
      }
      guard let read else { continue }
      let verdict = try fold.admit(
        read.reading,
        direction: scan.direction,
        isBooked: { [tables] in try tables.isBooked(read.reading, at: $0) },
        overriding: scan.override != nil,
        isMissedExit: scan.missedExit != nil,
        missedExitAfter: scan.missedExitAfter,
        door: at.door,
        plan: at.plan,
        now: now
      )
      let number = try trail.feed.next(of: at.door.event.rawValue)
      var recorded = recorded(scan, verdict, read, at)
      recorded.sequence = number.value
      let row = LedgerRow(
        recorded,
        decision: verdict.decision,
        scan: scan,
        door: at.door,
        holder: read.holder,
        number: number
      )
      rows.append(row)
      outcomes[open.place] = .recorded(recorded)
      places[scan.id] = open.place
    }
    try LedgerRow.add(rows, tables, trail, session)
    try tables.set(fold.changedPresences)
    try tables.change(occupancy: fold.occupancyChanges)
    try tables.change(tallies: fold.tallyChanges)
    return outcomes
  }

  /// Decides one scan and changes nothing.
  package mutating func simulate(_ scan: SubmittedScan) throws -> ScanOutcome {
    guard let at = try loadedDoor(scan.checkpoint) else { return .failed(.unknownCheckpoint(scan.checkpoint)) }
    guard scan.missedExit == nil || at.plan.allowsMissedExits(at: at.door.checkpoint) else {
      return .failed(.missedExitDenied)
    }
    guard let read = try read([Open(place: 0, scan: scan, at: at)])[0] else { return .failed(.unread) }
    let verdict = try fold.decide(
      read.reading,
      direction: scan.direction,
      isBooked: { [tables] in try tables.isBooked(read.reading, at: $0) },
      overriding: scan.override != nil,
      isMissedExit: scan.missedExit != nil,
      missedExitAfter: scan.missedExitAfter,
      door: at.door,
      plan: at.plan,
      now: now
    )
    return .recorded(recorded(scan, verdict, read, at))
  }

  private func recorded(
    _ scan: SubmittedScan,
    _ verdict: Verdict,
    _ read: Read,
    _ at: LoadedDoor
  ) -> RecordedScan {
    let attendee = read.holder?.attendee(at: at.door.event)
    var recorded = RecordedScan(scan, verdict: verdict, door: at.door, plan: at.plan, attendee: attendee, at: moments)
    recorded.trace = read.trace ?? read.holder?.trace(at: at.door.event)
    return recorded
  }

  /// Says what comes of those that need no decision, each in its place, and returns those that do: up to then they are unread.
  private mutating func settle(_ scans: [SubmittedScan], _ outcomes: inout [ScanOutcome]) throws -> [Open] {
    outcomes.reserveCapacity(scans.count)
    var open: [Open] = []
    open.reserveCapacity(scans.count)
    var withdrawals = try Withdrawals(session, now: now)
    for (scan, before) in zip(scans, try tables.entries(of: scans)) {
      if let before {
        let recorded = try ScanReader(session, plans).scan(before.sequence)
        outcomes.append(Self.again(recorded, before.fingerprint, for: scan))
      } else if try withdrawals.contains(scan) {
        outcomes.append(.failed(.takenBack))
      } else if let at = try loadedDoor(scan.checkpoint) {
        guard scan.missedExit == nil || at.plan.allowsMissedExits(at: at.door.checkpoint) else {
          outcomes.append(.failed(.missedExitDenied))
          continue
        }
        open.append(Open(place: outcomes.count, scan: scan, at: at))
        outcomes.append(.failed(.unread))
      } else {
        outcomes.append(.failed(.unknownCheckpoint(scan.checkpoint)))
      }
    }
    return open
  }

  /// What is answered to a scan whose id stands for one on record.
  private static func again(_ recorded: RecordedScan, _ fingerprint: Int64, for scan: SubmittedScan) -> ScanOutcome {
    recorded.answers(scan, fingerprint: fingerprint, isUpload: false) ? .recorded(recorded) : .failed(.idReused)
  }

  /// Reads the badges of scans, each in its scan's place and nil where nobody knows yet what it is; loads where their bearers
  /// stand.
  private mutating func read(_ open: [Open]) throws -> [Read?] {
    let holders = try tables.holders(of: open.map(\.scan))
    var people: [Key<Registration>] = []
    for holder in holders {
      guard let registration = holder?.facts.registration, !fold.hasPresences(of: registration) else { continue }
      // So that each is asked for once.
      fold.load([], of: registration)
      people.append(registration)
    }
    for (person, presences) in zip(people, try tables.presences(of: people)) { fold.load(presences, of: person) }
    for (open, holder) in zip(open, holders) where open.at.door.isTurnstile {
      guard let holder, !fold.hasLastPassage(of: holder.facts.registration) else { continue }
      fold.load(try tables.lastPassage(of: holder.badge, at: now), of: holder.facts.registration)
    }
    return zip(open, holders).map { open, holder in
      let scan = open.scan
      if let holder { return Read(holder: holder, reading: .recorded(holder.facts)) }
      let code = scan.badge.map { CodeReading(unrecorded: $0, of: scan.checkpoint.event) } ?? reader(scan.code)
      return code.map { Read(holder: nil, reading: $0.reading, trace: scan.trace ?? $0.trace) }
    }
  }

  private mutating func loadedDoor(_ address: CheckpointAddress) throws -> LoadedDoor? {
    if let loaded = doors[address] { return loaded }
    guard let (plan, key) = try plans.find(address), let door = plan.door(key, now: now, days: &days) else {
      return nil
    }
    // How many are inside is asked only where there is a limit to it.
    for checkpoint in door.area where door.capacity != nil {
      let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)
      if !fold.hasOccupancy(of: key) { fold.load(try tables.inside(key), at: key) }
    }
    let loaded = LoadedDoor(plan, door)
    doors[address] = loaded
    return loaded
  }
}
