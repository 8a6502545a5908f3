package import LanyardDomain

/// Takes one scan back within the caller's transaction.
package struct UndoStep {
  private static let selection = SQL(
    """
    SELECT scan.sequence, scan.reporter, scan.event_id, scan.checkpoint_id, scan.answer, scan.reason,
      \(PassageSQL.moment), badge.registration_id, badge.event_id,
      scan_undo.sequence, scan.reporter_kind
    FROM scan LEFT JOIN badge ON badge.id = scan.badge_id \(PassageSQL.withTimes)
    LEFT JOIN scan_undo ON scan_undo.scan_sequence = scan.sequence
    WHERE scan.id_high = ? AND scan.id_low = ?
    """
  )
  private static let addition = SQL(
    """
    INSERT INTO scan_undo (sequence, scan_sequence, id_high, id_low, undone_at, reporter, reporter_kind)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
    """
  )

  private let session: any SQLSession
  private let plans: VenuePlans
  private let moments: ActMoments
  private let trail: Trail

  package init(_ session: any SQLSession, _ trail: Trail, plans: VenuePlans, at moments: ActMoments) {
    (self.session, self.trail, self.plans, self.moments) = (session, trail, plans, moments)
  }

  private struct Found {
    let sequence: Int64
    let scan: ScanToUndo
    /// Whose badge it was.
    let bearer: Int64?
    let plan: VenuePlan
  }

  /// A scan that is taken back, with its number.
  struct Undone {
    let scan: RecordedScan
    let sequence: Int64
  }

  /// Records the undo; what follows from it for where people stand is left to `passages`.
  ///
  /// - Parameter moment: When it was taken back; a lane that was offline says so later.
  /// - Returns: The scan, or nil where it is not on record; then it is not recorded if it still comes in.
  /// - Throws: `StoreError.undoRefused`, `notFound`.
  func run(_ request: UndoRequest, _ passages: inout PassageLedger, at moment: Instant) throws -> Undone? {
    let found = try find(request)
    let answer: UndoRequest.Answer
    do throws(UndoRefused) {
      answer = try request.answer(found?.scan, at: moment)
    } catch {
      throw StoreError(error, of: request)
    }
    switch answer {
    case .withdrawn:
      try Withdrawals.add(request, at: moments.decided, session)
      try trail.record(.withdrawn(request.scan, at: moment, of: request.event))
    case .alreadyUndone(let hasRight):
      if hasRight, let found, try passages.settle(.undoneWithoutRight, scan: found.sequence) {
        try trail.record(.undoConfirmed(request.scan, at: moment, of: request.event))
      }
    case .undone(let passenger, let tally, let hasRight):
      guard let found else { break }
      if let passenger {
        // Before it is recorded, so that the passages are loaded with it.
        try passages.remove(scan: found.sequence, of: passenger, plan: found.plan)
      }
      try insert(request, scan: found.sequence, of: found.plan.eventKey)
      try NoteTable(session).keep(request.note, as: .undo, of: found.sequence, about: found.bearer)
      try trail.record(.undone(request.scan, at: moment, of: request.event))
      try passages.settleConflicts(ofTakenBack: found.sequence)
      if let tally { try session.admissionTables().change(tallies: [tally: -1]) }
      if !hasRight {
        try passages.record(.undoneWithoutRight, scan: found.sequence, earlier: nil, event: found.plan.eventKey)
      }
    }
    return try found.map { Undone(scan: try ScanReader(session, plans).scan($0.sequence), sequence: $0.sequence) }
  }

  private func find(_ request: UndoRequest) throws -> Found? {
    try session.first(Self.selection, [request.scan.halves.high, request.scan.halves.low]) { row in
      let event: Int64 = try row[2]
      guard let plan = try plans.plan(of: Key<Event>(event)) else { throw StoreError(.notFound, of: request) }
      let moment: Instant = try row[6]
      let reason: RefusalReason? = try (row[5] as String?).map { try known($0, "scan", "reason") }
      let (bearer, badgeEvent): (Int64?, Int64?) = (try row[7], try row[8])
      return Found(
        sequence: try row[0],
        scan: ScanToUndo(
          event: plan.event.slug,
          reporter: Reporter(try (row[10] as String?).map { try known($0, "scan", "reporter_kind") }, id: try row[1]),
          moment: moment,
          isUndone: !row.isNull(9),
          answer: try known(row.text(4), "scan", "answer"),
          registration: badgeEvent == event ? bearer.map { Key($0) } : nil,
          tally: try reason.flatMap { reason in
            try plan.door(Key(row[3]), now: moment).map {
              AdmissionFold.TallyKey(checkpoint: $0.key, day: $0.day.number, counted: .refused(reason))
            }
          }
        ),
        bearer: bearer,
        plan: plan
      )
    }
  }

  private func insert(_ request: UndoRequest, scan: Int64, of event: Key<Event>) throws {
    let (high, low) = request.scan.halves
    let number = try trail.feed.next(of: event.rawValue).key
    let (id, kind) = (request.reporter.id, request.reporter.kind?.rawValue)
    try session.run(Self.addition, [number, scan, high, low, moments.recorded, id, kind])
  }
}
