import GRDB
package import LanyardDomain
package import LanyardStore

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
          now: LedgerClock.time(at: act.now, of: trail.feed.events, SQLiteSession(db)),
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
      let moment = try LedgerClock.time(at: act.now, of: trail.feed.events, SQLiteSession(db))
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

  package func simulate(
    _ scan: SubmittedScan,
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> ScanOutcome {
    try await reading { [plans] db in
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
        let session = SQLiteSession(db)
        var batch = try UploadBatch(
          session,
          trail,
          plans: plans.plans(db),
          event: event,
          reporter: reporter,
          isSupervisor: isSupervisor,
          now: LedgerClock.time(at: act.now, of: trail.feed.events, session),
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
      let moment = try LedgerClock.time(at: act.now, of: trail.feed.events, SQLiteSession(db))
      return try scans.map { scan in
        try Self.apart(db, trail) {
          var batch = try UploadBatch(
            SQLiteSession(db),
            trail,
            plans: plans,
            event: event,
            reporter: reporter,
            isSupervisor: isSupervisor,
            now: moment,
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

  package func attendance(
    of event: String,
    checkpoint: String?,
    at now: Instant
  ) async throws(StoreError) -> AttendanceCounts {
    try await surveying { [plans] db in
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
