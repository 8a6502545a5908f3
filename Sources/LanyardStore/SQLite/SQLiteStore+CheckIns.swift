import GRDB
package import LanyardDomain

extension SQLiteStore {
  package func admit(
    _ act: Act,
    _ scans: [SubmittedScan],
    reader: @escaping @Sendable (String) -> BadgeReading?
  ) async throws(StoreError) -> [ScanOutcome] {
    do throws(StoreError) {
      return try await recording(act, of: .events(Self.events(scans)), .scans) { [plans] db, trail in
        var batch = try AdmissionBatch(
          db: db,
          plans: plans.plans(db),
          now: ScanLedger.time(at: act.now, of: trail.feed.events, db),
          trail: trail,
          reader: reader
        )
        var outcomes: [ScanOutcome] = []
        outcomes.reserveCapacity(scans.count)
        for scan in scans { outcomes.append(try batch.admit(scan)) }
        try batch.finish()
        return outcomes
      }
    } catch {
      guard error.isOfOneRow else { throw error }
      return try await admitApart(act, scans, reader: reader)
    }
  }

  /// Admits scans of which the database refuses one: that one fails alone.
  private func admitApart(
    _ act: Act,
    _ scans: [SubmittedScan],
    reader: @escaping @Sendable (String) -> BadgeReading?
  ) async throws(StoreError) -> [ScanOutcome] {
    try await recording(act, of: .events(Self.events(scans)), .scans) { [plans] db, trail in
      let plans = try plans.plans(db)
      let moment = try ScanLedger.time(at: act.now, of: trail.feed.events, db)
      return try scans.map { scan in
        try Self.apart(db, trail) {
          var batch = try AdmissionBatch(
            db: db,
            plans: plans,
            now: moment,
            trail: trail,
            reader: reader
          )
          let outcome = try batch.admit(scan)
          try batch.finish()
          return outcome
        } refused: {
          .failed($0)
        }
      }
    }
  }

  /// Slugs of the events that scans are of.
  private static func events(_ scans: [SubmittedScan]) -> [String] {
    var events: [String] = []
    for scan in scans where scan.checkpoint.event != events.last && !events.contains(scan.checkpoint.event) {
      events.append(scan.checkpoint.event)
    }
    return events
  }

  /// Runs what one scan changes within a transaction; where the database refuses it, that much is taken back.
  private static func apart<Outcome>(
    _ db: Database,
    _ trail: Trail,
    _ body: () throws -> Outcome,
    refused: (ScanFailure) -> Outcome
  ) throws -> Outcome {
    let before = trail.state
    do {
      var outcome: Outcome?
      try db.inSavepoint {
        outcome = try body()
        return .commit
      }
      if let outcome { return outcome }
      throw StoreError.failed(code: -1)
    } catch {
      trail.state = before
      let cause = StoreError.translated(error)
      guard cause.isOfOneRow else { throw error }
      switch cause {
      case .failed(let code, let about): return refused(.notRecorded(code: code, about: about))
      case .unknownValue(let table, let column):
        return refused(.notRecorded(code: -1, about: "a value of \(table).\(column) is not known to this version"))
      default: throw error
      }
    }
  }

  package func lastScanTime() async throws(StoreError) -> Instant? {
    try await read { db in
      try ScanLedger.lastTime(of: Int64.fetchAll(db, sql: "SELECT id FROM event"), db)
    }
  }

  package func unknownCodes(among codes: [String]) async throws(StoreError) -> Set<String> {
    try await read { db in
      let statement = try HotStatement("SELECT 1 FROM badge WHERE code = ?", db)
      return Set(
        try codes.filter { code in
          try statement.bind { $0.add(code) }
          defer { statement.reset() }
          return try !statement.step()
        }
      )
    }
  }

  package func simulate(
    _ scan: SubmittedScan,
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> ScanOutcome {
    try await read { [plans] db in
      var batch = try AdmissionBatch(db: db, plans: plans.plans(db), now: now, trail: nil, reader: reader)
      return try batch.simulate(scan)
    }
  }

  package func record(
    _ act: Act,
    _ scans: [OfflineScan],
    of event: String,
    reporter: String,
    isSupervisor: Bool,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> [UploadOutcome?] {
    do throws(StoreError) {
      return try await recording(act, of: .event(event), .scans) { [plans] db, trail in
        var batch = try UploadBatch(
          db: db,
          plans: plans.plans(db),
          event: event,
          reporter: reporter,
          isSupervisor: isSupervisor,
          now: ScanLedger.time(at: act.now, of: trail.feed.events, db),
          trail: trail,
          reader: reader
        )
        var results: [UploadBatch.Result?] = []
        for scan in scans { results.append(try batch.record(scan)) }
        return try batch.finish(results)
      }
    } catch {
      guard error.isOfOneRow else { throw error }
    }
    return try await recording(act, of: .event(event), .scans) { [plans] db, trail in
      let plans = try plans.plans(db)
      let moment = try ScanLedger.time(at: act.now, of: trail.feed.events, db)
      return try scans.map { scan in
        try Self.apart(db, trail) {
          var batch = try UploadBatch(
            db: db,
            plans: plans,
            event: event,
            reporter: reporter,
            isSupervisor: isSupervisor,
            now: moment,
            trail: trail,
            reader: reader
          )
          // In two steps: a batch that is asked to finish is the one from before its argument.
          let result = try batch.record(scan)
          return try batch.finish([result])[0]
        } refused: {
          UploadOutcome(outcome: .failed($0), conflicts: [])
        }
      }
    }
  }

  package func undo(_ act: Act, _ request: UndoRequest) async throws(StoreError) -> RecordedScan? {
    try await recording(act, of: .event(request.event)) { [plans] db, trail in
      let moment = try ScanLedger.time(at: act.now, of: trail.feed.events, db)
      var passages = try PassageLedger(db, trail.feed, now: moment)
      let scan = try UndoStep(db: db, plans: plans.plans(db), now: moment, trail: trail)
        .run(request, &passages, at: moment)
      try passages.finish()
      return scan
    }
  }

  package func scans(
    of event: String,
    checkpoint: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<RecordedScan> {
    try await survey { [plans] db in
      let eventRow = try EventRow.find(event, db)
      let door = try checkpoint.map { try CheckpointRow.find($0, event: eventRow.row, db).id }
      let found = try ScanReader(db: db, plans: plans.plans(db)).scans(
        of: eventRow.id,
        checkpoint: door ?? nil,
        after: page.number(),
        limit: page.size + 1
      )
      return page.cut(found) { PageCursor(.number($0.number.value)) }.map(\.scan)
    }
  }

  package func conflicts(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<StoredConflict> {
    try await survey { [plans] db in
      let eventID = try EventRow.find(event, db).id
      let reader = ScanReader(db: db, plans: try plans.plans(db))
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM conflict WHERE event_id = ?1 AND sequence < ?2
            AND NOT EXISTS (SELECT 1 FROM scan_undo
              WHERE scan_undo.scan_sequence IN (conflict.scan_sequence, conflict.earlier_sequence))
          ORDER BY sequence DESC LIMIT ?3
          """,
        arguments: [eventID, FeedNumber(eventID, page.number(from: .max)).key, page.size + 1]
      )
      let conflicts = try rows.map { row in
        try StoredConflict(
          id: FeedNumber(key: row["sequence"]).value,
          reason: known(row["reason"], "conflict", "reason"),
          scan: try reader.scan(row["scan_sequence"]),
          earlier: try (row["earlier_sequence"] as Int64?).map { try reader.scan($0) },
          recordedAt: Instant(microseconds: row["recorded_at"])
        )
      }
      return page.cut(conflicts) { PageCursor(.number($0.id)) }
    }
  }

  package func attendance(
    of event: String,
    checkpoint: String?,
    at now: Instant
  ) async throws(StoreError) -> AttendanceCounts {
    try await survey { [plans] db in
      guard let plan = try plans.plans(db).byEvent.values.first(where: { $0.event.slug == event }) else {
        throw StoreError.notFound(.event(event))
      }
      var headcount = try Headcount(db: db, plan: plan, now: now)
      // The plan has their rules already, which take longer to read than the counts.
      let all = try Int64.fetchAll(
        db.cachedStatement(sql: "SELECT id FROM checkpoint WHERE event_id = ? ORDER BY position, id"),
        arguments: [plan.eventKey.rawValue]
      )
      let chosen = all.filter { checkpoint == nil || plan.checkpoints[Key($0)]?.id == checkpoint }
      if let checkpoint, chosen.isEmpty {
        throw StoreError.notFound(.checkpoint(checkpoint, of: event))
      }
      return AttendanceCounts(
        timeZone: plan.event.timeZone,
        checkpoints: try chosen.compactMap { try headcount.counts(of: Key($0)) },
        peopleInside: try headcount.peopleInside()
      )
    }
  }
}
