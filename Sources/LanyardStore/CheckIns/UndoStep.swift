package import LanyardDomain

/// Takes one scan back within the caller's transaction.
package struct UndoStep {
  private static let selection = SQL(
    """
    SELECT scan.sequence, scan.reporter, scan.event_id, scan.checkpoint_id, scan.answer, scan.reason,
      coalesce(scan_offline.happened_at, scan.received_at), badge.registration_id, scan_undo.sequence
    FROM scan LEFT JOIN badge ON badge.id = scan.badge_id
    LEFT JOIN scan_offline ON scan_offline.scan_sequence = scan.sequence
    LEFT JOIN scan_undo ON scan_undo.scan_sequence = scan.sequence
    WHERE scan.id_high = ? AND scan.id_low = ?
    """
  )
  private static let addition = SQL(
    """
    INSERT INTO scan_undo (sequence, scan_sequence, id_high, id_low, undone_at, reporter) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
    """
  )

  private let session: any SQLSession
  private let plans: VenuePlans
  private let now: Instant
  private let trail: Trail

  package init(_ session: any SQLSession, _ trail: Trail, plans: VenuePlans, now: Instant) {
    (self.session, self.trail, self.plans, self.now) = (session, trail, plans, now)
  }

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
  package func run(_ request: UndoRequest, _ passages: inout PassageLedger, at moment: Instant) throws -> RecordedScan?
  {
    guard let found = try find(request) else {
      try Withdrawals.add(request, at: now, session)
      try trail.record(.withdrawn(request.scan, at: moment, of: request.event))
      return nil
    }
    if !found.isUndone {
      if let refusal = request.refusal(scannedBy: found.reporter, at: found.moment, now: moment) { throw refusal }
      if let registration = found.registration {
        // Before it is recorded, so that the passages are loaded with it.
        try passages.remove(scan: found.sequence, of: registration, plan: found.plan)
      }
      try insert(request, scan: found.sequence, of: found.plan.eventKey)
      try NoteTable(session).keep(request.note, as: .undo, of: found.sequence, about: found.bearer)
      try trail.record(.undone(request.scan, at: moment, of: request.event))
      if let tally = found.refused { try session.admissionTables().change(tallies: [tally: -1]) }
    }
    return try ScanReader(session, plans).scan(found.sequence)
  }

  private func find(_ request: UndoRequest) throws -> Found? {
    try session.first(Self.selection, [request.scan.halves.high, request.scan.halves.low]) { row in
      guard let plan = plans.byEvent[Key(try row[2])], plan.event.slug == request.event else {
        throw StoreError.notFound(.checkIn(request.scan, of: request.event))
      }
      let moment: Instant = try row[6]
      let door = plan.door(Key(try row[3]), now: moment)
      let answer: AnswerKind = try known(row.text(4), "scan", "answer")
      let reason: RefusalReason? = try (row[5] as String?).map { try known($0, "scan", "reason") }
      let bearer: Int64? = try row[7]
      return Found(
        sequence: try row[0],
        reporter: try row[1],
        moment: moment,
        isUndone: !row.isNull(8),
        registration: answer == .refused ? nil : bearer.map { Key($0) },
        bearer: bearer,
        refused: reason.flatMap { reason in
          door.map { AdmissionFold.TallyKey(checkpoint: $0.key, day: $0.day.number, counted: .refused(reason)) }
        },
        plan: plan
      )
    }
  }

  private func insert(_ request: UndoRequest, scan: Int64, of event: Key<Event>) throws {
    let (high, low) = request.scan.halves
    let number = try trail.feed.next(of: event.rawValue).key
    try session.run(Self.addition, [number, scan, high, low, now, request.reporter])
  }
}

extension UndoRequest {
  /// Why a scan may not be taken back; nil where it may: a supervisor takes back any, a lane its own while it is fresh.
  package func refusal(scannedBy reporter: String, at scanned: Instant, now: Instant) -> StoreError? {
    let isOwn = reporter == self.reporter
    guard !isSupervisor, !isOwn || now - scanned > Self.ownTime else { return nil }
    return .undoRefused(isOwn: isOwn)
  }
}
