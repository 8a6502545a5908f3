package import LanyardDomain

/// Records one batch of what a lane did while it was offline, within one transaction, as `UploadFold` decides.
package struct UploadBatch {
  /// When the same device last let a badge pass before, by its own clock.
  private static let ownLast = SQL(
    """
    SELECT max(\(PassageSQL.moment)) FROM scan \(PassageSQL.withTimes)
    WHERE scan.badge_id = ? AND \(PassageSQL.letPass) AND scan.reporter = ? AND scan.scanned_at < ?
      AND \(PassageSQL.stands)
    """
  )
  private static let conflictSelection = SQL(
    """
    SELECT sequence FROM conflict WHERE scan_sequence = ?1 OR earlier_sequence = ?1 ORDER BY sequence
    """
  )

  private let session: any SQLSession
  private let plans: VenuePlans
  private let event: String
  private let reporter: Reporter
  private let isSupervisor: Bool
  private let moments: ActMoments
  private let trail: Trail
  private let reader: (String) -> CodeReading
  private let tables: any AdmissionTables
  private var withdrawals: Withdrawals
  private var passages: PassageLedger
  private var fold = UploadFold()

  package init(
    _ session: any SQLSession,
    _ trail: Trail,
    plans: VenuePlans,
    event: String,
    reporter: Reporter,
    isSupervisor: Bool,
    at moments: ActMoments,
    reader: @escaping (String) -> CodeReading
  ) throws {
    self.session = session
    self.plans = plans
    self.event = event
    self.reporter = reporter
    self.isSupervisor = isSupervisor
    self.moments = moments
    self.trail = trail
    self.reader = reader
    tables = try session.admissionTables()
    withdrawals = try Withdrawals(session, now: moments.decided)
    passages = try PassageLedger(session, trail, now: moments.recorded)
  }

  /// Takes back what an entry takes back, then records its scan; one that was recorded before is left as it is.
  ///
  /// - Returns: What came of it with the number of its scan; nil where it only takes back a scan that is not on record.
  package mutating func record(_ entry: OfflineScan) throws -> Result? {
    let undone = try entry.undone.flatMap { try undo($0, at: entry.undoneAt) }
    if let answered = entry.answered { return try record(answered) }
    return undone
  }

  /// Takes a scan back; nil where it is not on record. One of another event stays, and keeps nothing back that waits behind it.
  private mutating func undo(_ id: UUIDBytes, at moment: Instant) throws -> Result? {
    let request = UndoRequest(
      scan: id,
      event: event,
      reporter: reporter,
      isSupervisor: isSupervisor,
      note: "",
      isFact: true
    )
    do {
      if let undone = try UndoStep(session, trail, plans: plans, at: moments).run(request, &passages, at: moment) {
        return Result(outcome: .recorded(undone.scan), sequence: undone.sequence)
      }
      withdrawals = try Withdrawals(session, now: moments.decided)
      return nil
    } catch StoreError.notFound(let name) {
      return Result(outcome: .failed(.notFound(name)), sequence: nil)
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

  /// Records who was let in where more people are inside than may be.
  private func findOverfull() throws {
    for area in fold.limitedAreas {
      let inside = try tables.inside(area.checkpoints, period: area.period)
      for scan in fold.overfull(area, inside: inside) {
        try passages.record(.refused(.full), scan: scan, earlier: nil, event: area.event)
      }
    }
  }

  private mutating func record(_ entry: OfflineScan.Answered) throws -> Result {
    let scan = entry.scan
    if let before = try tables.entry(scan) {
      let recorded = try ScanReader(session, plans).scan(before.sequence)
      guard recorded.answers(scan, fingerprint: before.fingerprint, isUpload: true) else {
        return Result(outcome: .failed(.idReused), sequence: nil)
      }
      return Result(outcome: .recorded(recorded), sequence: before.sequence)
    }
    if try withdrawals.contains(scan) { return Result(outcome: .failed(.takenBack), sequence: nil) }
    guard let (plan, key) = try plans.find(scan.checkpoint), let door = plan.door(key, now: entry.happenedAt) else {
      return Result(outcome: .failed(.unknownCheckpoint(scan.checkpoint)), sequence: nil)
    }
    let holder = try tables.holder(of: scan)
    let own = try entry.isPassage ? holder.flatMap { try ownLast($0.badge, before: scan) } : nil
    return try record(entry.inOrder(after: own), holder, door, plan)
  }

  private mutating func record(
    _ entry: OfflineScan.Answered,
    _ holder: RecordedHolder?,
    _ door: Door,
    _ plan: VenuePlan
  ) throws -> Result {
    let scan = entry.scan
    let code =
      holder == nil
      ? scan.badge.map { CodeReading(unrecorded: $0, of: scan.checkpoint.event) } ?? reader(scan.code)
      : nil
    let reading = holder.map { BadgeReading.recorded($0.facts) } ?? code?.reading ?? .unreadable
    let facts = try facts(entry, reading, door, plan)
    let number = try trail.feed.next(of: door.event.rawValue)
    let effects = fold.take(entry, as: number.key, facts)
    let attendee = holder?.attendee(at: door.event)
    let recording = ActMoments(moments.recorded)
    var recorded = RecordedScan(
      scan,
      verdict: effects.verdict,
      door: door,
      plan: plan,
      attendee: attendee,
      at: recording
    )
    recorded.trace = holder.map { $0.trace(at: door.event) } ?? scan.trace ?? code?.trace
    recorded.offline = RecordedScan.Offline(happenedAt: entry.happenedAt, notInRoster: entry.notInRoster)
    recorded.sequence = number.value
    let row = LedgerRow(
      recorded,
      decision: effects.verdict.decision,
      scan: scan,
      door: door,
      holder: holder,
      number: number
    )
    try LedgerRow.add([row], tables, trail, session)
    if let tally = effects.tally { try tables.change(tallies: [tally: 1]) }
    if let reason = effects.conflict {
      try passages.record(.refused(reason), scan: number.key, earlier: nil, event: door.event)
    }
    if effects.isWithoutRight { try passages.record(.withoutRight, scan: number.key, earlier: nil, event: door.event) }
    if let passage = effects.passage, let passenger = effects.passenger {
      try passages.add(passage, of: passenger, plan: plan)
    }
    return Result(outcome: .recorded(recorded), sequence: number.key)
  }

  private func ownLast(_ badge: Int64, before scan: SubmittedScan) throws -> Instant? {
    let values: [any SQLValue] = [badge, reporter.id, scan.scannedAt]
    return try session.first(Self.ownLast, values) { row in try row[0] as Instant? } ?? nil
  }

  /// Loads what the decision on an entry needs to know.
  private mutating func facts(
    _ entry: OfflineScan.Answered,
    _ reading: BadgeReading,
    _ door: Door,
    _ plan: VenuePlan
  ) throws -> UploadFold.Facts {
    let scan = entry.scan
    var standing: Standing?
    if let registration = entry.asksStanding(reading, at: door) {
      let moment = entry.happenedAt
      standing = try passages.standing(of: registration, plan: plan, at: moment, isTurnstile: door.isTurnstile)
    }
    var inside: [AdmissionFold.OccupancyKey: Int] = [:]
    for checkpoint in door.area where scan.override != nil {
      let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)
      inside[key] = try tables.inside(key)
    }
    return UploadFold.Facts(
      reading: reading,
      door: door,
      isBooked: try tables.isBooked(reading, at: door),
      standing: standing,
      inside: inside
    )
  }

  private func conflicts(of scan: Int64) throws -> [Int64] {
    try session.all(Self.conflictSelection, [scan]) { FeedNumber(key: try $0[0]).value }
  }
}
