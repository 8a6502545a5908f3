import GRDB
import LanyardDomain

/// Takes one scan back within the caller's transaction.
struct UndoStep {
  let db: Database
  let plans: PlanCache.Plans
  let now: Instant
  let trail: Trail

  private struct Found {
    let sequence: Int64
    let reporter: String
    /// When it happened.
    let moment: Instant
    let isUndone: Bool
    /// Whose passage it is, where it is one.
    let registration: Key<Registration>?
    /// Whose badge it was.
    let bearer: Int64?
    /// What it counted as, where it was refused.
    let refused: AdmissionFold.TallyKey?
    let plan: VenuePlan
  }

  /// Records the undo; what follows from it for where people stand is left to `passages`.
  ///
  /// - Parameter moment: When it was taken back; a lane that was offline says so later.
  /// - Returns: The scan, or nil where it is not on record; then it is not recorded if it still comes in.
  /// - Throws: `StoreError.undoRefused`.
  func run(_ request: UndoRequest, _ passages: inout PassageLedger, at moment: Instant) throws -> RecordedScan? {
    guard let found = try find(request) else {
      try Withdrawals.add(request, at: now, db)
      try trail.record(.withdrawn(request.scan, at: moment, of: request.event))
      return nil
    }
    if !found.isUndone {
      try check(request, found, at: moment)
      if let registration = found.registration {
        // Before it is recorded, so that the passages are loaded with it.
        try passages.remove(scan: found.sequence, of: registration, plan: found.plan)
      }
      try insert(request, scan: found.sequence, of: found.plan.eventKey)
      try NoteTable(db: db).keep(request.note, as: .undo, of: found.sequence, about: found.bearer)
      try trail.record(.undone(request.scan, at: moment, of: request.event))
      if let tally = found.refused { try PresenceTable(db).change(tallies: [tally: -1]) }
    }
    return try ScanReader(db: db, plans: plans).scan(found.sequence)
  }

  private func check(_ request: UndoRequest, _ found: Found, at moment: Instant) throws {
    guard !request.isSupervisor else { return }
    let isOwn = found.reporter == request.reporter
    guard isOwn, moment - found.moment <= UndoRequest.ownTime else {
      throw StoreError.undoRefused(isOwn: isOwn)
    }
  }

  private func find(_ request: UndoRequest) throws -> Found? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT scan.sequence, scan.reporter, scan.event_id, scan.checkpoint_id, scan.answer, scan.reason,
          coalesce(scan_offline.happened_at, scan.received_at) AS moment, badge.registration_id,
          EXISTS (SELECT 1 FROM scan_undo WHERE scan_undo.scan_sequence = scan.sequence) AS is_undone
        FROM scan LEFT JOIN badge ON badge.id = scan.badge_id
        LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
        WHERE scan.id_high = ? AND scan.id_low = ?
        """,
      arguments: [Int64(bitPattern: request.scan.high), Int64(bitPattern: request.scan.low)]
    )
    guard let row else { return nil }
    guard let plan = plans.byEvent[Key(row["event_id"])], plan.event.slug == request.event else {
      throw StoreError.notFound(.checkIn(request.scan, of: request.event))
    }
    let door = plan.door(Key(row["checkpoint_id"]), now: Instant(microseconds: row["moment"]))
    let reason = (row["reason"] as String?).flatMap(RefusalReason.init)
    let isPassage = (row["answer"] as String) != "REFUSED"
    return Found(
      sequence: row["sequence"],
      reporter: row["reporter"],
      moment: Instant(microseconds: row["moment"]),
      isUndone: row["is_undone"],
      registration: isPassage ? (row["registration_id"] as Int64?).map { Key($0) } : nil,
      bearer: row["registration_id"],
      refused: reason.flatMap { reason in
        door.map { AdmissionFold.TallyKey(checkpoint: $0.key, day: $0.day.number, counted: .refused(reason)) }
      },
      plan: plan
    )
  }

  private func insert(_ request: UndoRequest, scan: Int64, of event: Key<Event>) throws {
    try db.execute(
      sql: "INSERT OR IGNORE INTO scan_undo VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        trail.feed.next(of: event.rawValue).key, scan, Int64(bitPattern: request.scan.high),
        Int64(bitPattern: request.scan.low), now.microseconds, request.reporter,
      ]
    )
  }
}
