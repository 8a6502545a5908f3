package import LanyardDomain

/// One batch of what a lane did while it was offline, within one transaction. It is a fact: it is recorded as the lane
/// answered it, and where the rules answer otherwise, with all that is known now, a conflict is recorded beside it.
package struct UploadBatch {
  private static let lastPassage = SQL(
    """
    SELECT max(coalesce(scan_offline.happened_at, scan.received_at)) FROM scan
    LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
    WHERE scan.badge_id = ? AND scan.answer <> 'REFUSED' AND scan.reporter = ? AND scan.scanned_at < ?
      AND NOT EXISTS (SELECT 1 FROM scan_undo WHERE scan_undo.scan_sequence = scan.sequence)
    """
  )
  private static let conflictSelection = SQL(
    "SELECT sequence FROM conflict WHERE scan_sequence = ?1 OR earlier_sequence = ?1 ORDER BY sequence"
  )

  private let session: any SQLSession
  private let plans: VenuePlans
  private let event: String
  private let reporter: String
  private let isSupervisor: Bool
  private let now: Instant
  private let trail: Trail
  private let reader: (String) -> BadgeReading
  private let tables: any AdmissionTables
  private var withdrawals: Withdrawals
  private var passages: PassageLedger
  /// Who was let in where only so many may be inside, in the order of the batch.
  private var limited: [(scan: Int64, door: Door)] = []

  package init(
    _ session: any SQLSession,
    _ trail: Trail,
    plans: VenuePlans,
    event: String,
    reporter: String,
    isSupervisor: Bool,
    now: Instant,
    reader: @escaping (String) -> BadgeReading
  ) throws {
    self.session = session
    self.plans = plans
    self.event = event
    self.reporter = reporter
    self.isSupervisor = isSupervisor
    self.now = now
    self.trail = trail
    self.reader = reader
    tables = try session.admissionTables(trail)
    withdrawals = try Withdrawals(session, now: now)
    passages = try PassageLedger(session, trail.feed, now: now)
  }

  /// Takes back what an entry takes back, then records its scan; one that was recorded before is left as it is.
  ///
  /// - Returns: What came of it with the number of its scan; nil where it only takes back a scan that is not on record.
  package mutating func record(_ entry: OfflineScan) throws -> Result? {
    let undone = try entry.undone.flatMap { try undo($0, at: entry.undoneAt) }
    if let answered = entry.answered { return try record(answered) }
    return undone.map { Result(outcome: $0, sequence: nil) }
  }

  /// Takes a scan back; nil where it is not on record. One that may not be taken back stays, and keeps nothing back that
  /// waits behind it.
  private mutating func undo(_ id: UUIDBytes, at moment: Instant) throws -> ScanOutcome? {
    let request = UndoRequest(scan: id, event: event, reporter: reporter, isSupervisor: isSupervisor, note: "")
    do {
      if let scan = try UndoStep(session, trail, plans: plans, now: now).run(request, &passages, at: moment) {
        return .recorded(scan)
      }
      withdrawals = try Withdrawals(session, now: now)
      return nil
    } catch StoreError.undoRefused(let isOwn) {
      return .failed(.undoRefused(isOwn: isOwn))
    } catch StoreError.notFound {
      return nil
    }
  }

  /// What came of one entry, and the number of its scan where it is on record.
  package struct Result {
    let outcome: ScanOutcome
    let sequence: Int64?
  }

  /// Writes where people stand now; returns the results with the conflicts that each is in.
  package func finish(_ results: [Result?]) throws -> [UploadOutcome?] {
    try passages.finish()
    try findOverfull()
    return try results.map { result in
      try result.map { UploadOutcome(outcome: $0.outcome, conflicts: try $0.sequence.map(conflicts) ?? []) }
    }
  }

  /// Finds the last of the batch's admissions by which more people are inside than may be; who came and left again, or
  /// whose session is over, is not among them.
  private func findOverfull() throws {
    for (area, admissions) in Dictionary(grouping: limited, by: { AreaPeriod($0.door) }) {
      guard let capacity = admissions[0].door.capacity else { continue }
      let inside = try tables.inside(area.checkpoints, period: area.period)
      for (scan, door) in admissions.suffix(max(0, inside - capacity)) {
        try passages.record(.full, scan: scan, earlier: nil, event: door.event)
      }
    }
  }

  private struct AreaPeriod: Hashable {
    let checkpoints: [Key<Checkpoint>]
    let period: Instant

    init(_ door: Door) { (checkpoints, period) = (door.area, door.period) }
  }

  private mutating func record(_ entry: OfflineScan.Answered) throws -> Result {
    let scan = entry.scan
    if let before = try tables.entry(scan.id) {
      let recorded = try ScanReader(session, plans).scan(before.sequence)
      guard recorded.answers(scan, fingerprint: before.fingerprint, isUpload: true) else {
        return Result(outcome: .failed(.idReused), sequence: nil)
      }
      return Result(outcome: .recorded(recorded), sequence: before.sequence)
    }
    if try withdrawals.contains(scan) { return Result(outcome: .failed(.takenBack), sequence: nil) }
    guard let (plan, key) = plans.find(scan.checkpoint), let door = plan.door(key, now: entry.happenedAt) else {
      return Result(outcome: .failed(.unknownCheckpoint(scan.checkpoint)), sequence: nil)
    }
    let holder = try tables.holder(of: scan)
    let entry = try holder.map { try inOrder(entry, badge: $0.badge) } ?? entry
    let reading =
      holder.map { BadgeReading.recorded($0.facts) }
      ?? (scan.badge == nil ? reader(scan.code) : .unrecorded(event: scan.checkpoint.event))
    let ruled = try verdict(on: reading, entry, door, plan)
    let verdict = Verdict(
      decision: Decision(shown: entry.answer, ruled: ruled.decision),
      direction: ruled.direction,
      overridden: scan.override == nil ? nil : ruled.overridden,
      isDoubleReading: ruled.isDoubleReading && entry.isPassage
    )
    let attendee = holder?.attendee(at: door.event)
    var recorded = RecordedScan(scan, verdict: verdict, door: door, plan: plan, attendee: attendee, now: now)
    recorded.offline = RecordedScan.Offline(happenedAt: entry.happenedAt, notInRoster: entry.notInRoster)
    let number = try trail.feed.next(of: door.event.rawValue)
    try tables.add(
      recorded,
      decision: verdict.decision,
      scan: scan,
      door: door,
      holder: holder,
      number: number
    )
    try follow(recorded, ruled, holder, door, plan, number.key)
    return Result(outcome: .recorded(recorded), sequence: number.key)
  }

  /// The entry not before what the same device let the badge pass for earlier, by its own clock: how long it is ago says too
  /// much where the server's clock was set back or did not run meanwhile, or the way of one upload was longer than another's.
  private func inOrder(_ entry: OfflineScan.Answered, badge: Int64) throws -> OfflineScan.Answered {
    guard entry.isPassage else { return entry }
    let values: [any SQLValue] = [badge, reporter, entry.scan.scannedAt]
    let last = try session.first(Self.lastPassage, values) { row in try row[0] as Instant? }
    guard let last = last ?? nil, last > entry.happenedAt else { return entry }
    return OfflineScan.Answered(
      scan: entry.scan,
      answer: entry.answer,
      happenedAt: last,
      notInRoster: entry.notInRoster
    )
  }

  /// What the rules say of it, with the person's other passages up to then.
  private mutating func verdict(
    on reading: BadgeReading,
    _ entry: OfflineScan.Answered,
    _ door: Door,
    _ plan: VenuePlan
  ) throws -> Verdict {
    var fold = AdmissionFold()
    let isTurnstile = door.checkpoint.directions == .byTurns
    // Why somebody was refused is for the lane to say; it only matters which way they were going.
    if case .recorded(let holder) = reading, holder.event == door.event, entry.isPassage || isTurnstile {
      let earlier = try passages.standing(
        of: holder.registration,
        plan: plan,
        at: entry.happenedAt,
        isTurnstile: isTurnstile
      )
      fold.load(earlier.presences, of: holder.registration)
      fold.load(earlier.last, of: holder.registration)
    }
    // Whether there were too many is found out at the end, from all that the batch changes; only who let somebody in
    // although the lane said that it was full is taken at their word.
    for checkpoint in door.area {
      let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)
      fold.load(entry.scan.override == nil ? 0 : try tables.inside(key), at: key)
    }
    let isBooked = try tables.isBooked(reading, at: door)
    func decide(_ direction: Direction?) -> Verdict {
      fold.decide(
        reading,
        direction: direction,
        isBooked: isBooked,
        overriding: entry.scan.override != nil,
        door: door,
        now: entry.happenedAt
      )
    }
    let way: Direction
    switch entry.answer {
    case .refused: return decide(entry.scan.direction)
    case .admitted: way = .into
    case .left: way = .out
    }
    if entry.scan.direction == nil, isTurnstile {
      let asked = decide(nil)
      if asked.isDoubleReading, asked.direction == way { return asked }
    }
    return decide(way)
  }

  /// Follows what an entry changed.
  private mutating func follow(
    _ recorded: RecordedScan,
    _ ruled: Verdict,
    _ holder: RecordedHolder?,
    _ door: Door,
    _ plan: VenuePlan,
    _ sequence: Int64
  ) throws {
    let way: Passage.Way
    switch recorded.answer {
    case .refused(let reason):
      let key = AdmissionFold.TallyKey(checkpoint: door.key, day: door.day.number, counted: .refused(reason))
      return try tables.change(tallies: [key: 1])
    case .admitted: way = .into
    case .left: way = .out
    }
    if case .refused(let refusal) = ruled.decision, way == .into, refusal.reason != .alreadyInside {
      try passages.record(refusal.reason, scan: sequence, earlier: nil, event: door.event)
    }
    if way == .into, recorded.overridden == nil, !recorded.isDoubleReading, door.capacity != nil {
      limited.append((sequence, door))
    }
    guard let holder, holder.facts.event == door.event, let happened = recorded.offline?.happenedAt else { return }
    let registration = holder.facts.registration
    let passage = Passage(
      scan: sequence,
      way: way,
      checkpoint: door.key,
      session: door.session?.key,
      moment: happened,
      isOverride: recorded.overridden != nil,
      isOffline: true,
      isDoubleReading: recorded.isDoubleReading
    )
    try passages.add(passage, of: registration, plan: plan)
  }

  private func conflicts(of scan: Int64) throws -> [Int64] {
    try session.all(Self.conflictSelection, [scan]) { FeedNumber(key: try $0[0]).value }
  }
}

extension OfflineScan.Answered {
  fileprivate var isPassage: Bool {
    if case .refused = answer { false } else { true }
  }
}

extension Decision {
  /// What an operator was shown, as a decision; whether who left was inside, the server knows better.
  fileprivate init(shown answer: RecordedScan.Answer, ruled: Decision) {
    switch answer {
    case .admitted: self = .admitted
    case .left:
      if case .left = ruled { self = ruled } else { self = .left(wasInside: false) }
    case .refused(let reason): self = .refused(Refusal(reason))
    }
  }
}
