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
      return try await recordScans(act, of: .events(Self.events(scans))) { [plans] session, trail in
        let db = try SQLiteSession.database(of: session)
        var batch = try AdmissionBatch(
          db: db,
          plans: plans.plans(SQLiteSession(db)),
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
    try await recordScans(act, of: .events(Self.events(scans))) { [plans] session, trail in
        let db = try SQLiteSession.database(of: session)
      let plans = try plans.plans(SQLiteSession(db))
      let moment = try LedgerClock.time(at: act.now, of: trail.feed.events, SQLiteSession(db))
      return try scans.map { scan in
        try trail.apart {
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

  package func simulate(
    _ scan: SubmittedScan,
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> ScanOutcome {
    try await reading { [plans] db in
      var batch = try AdmissionBatch(
        db: db,
        plans: plans.plans(SQLiteSession(db)),
        now: now,
        trail: nil,
        reader: reader
      )
      return try batch.simulate(scan)
    }
  }

  package func attendance(
    of event: String,
    checkpoint: String?,
    at now: Instant
  ) async throws(StoreError) -> AttendanceCounts {
    try await surveying { [plans] db in
      guard let plan = try plans.plans(SQLiteSession(db)).byEvent.values.first(where: { $0.event.slug == event }) else {
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
