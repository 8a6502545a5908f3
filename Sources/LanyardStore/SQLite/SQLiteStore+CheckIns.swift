import GRDB
package import LanyardDomain

extension SQLiteStore {
  package func admit(
    _ scans: [SubmittedScan],
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> [ScanOutcome] {
    try await write { [plans] db in
      var batch = try AdmissionBatch(db: db, plans: plans.plans(db), size: scans.count, now: now, reader: reader)
      var outcomes: [ScanOutcome] = []
      outcomes.reserveCapacity(scans.count)
      for scan in scans { outcomes.append(try batch.admit(scan)) }
      try batch.finish()
      return outcomes
    }
  }

  package func attendance(
    of event: String,
    checkpoint: String?,
    at now: Instant
  ) async throws(StoreError) -> AttendanceCounts {
    try await read { [plans] db in
      let eventID = try EventRow.find(event, db).id
      guard let plan = try plans.plans(db).byEvent[Key(eventID)] else {
        throw StoreError.notFound(name: "events/\(event)")
      }
      let rows = try CheckpointRow.fetchAll(
        db,
        sql: "SELECT * FROM checkpoint WHERE event_id = ? ORDER BY position, id",
        arguments: [eventID]
      )
      let chosen = rows.filter { checkpoint == nil || $0.publicId == checkpoint }
      if let checkpoint, chosen.isEmpty {
        throw StoreError.notFound(name: "events/\(event)/checkpoints/\(checkpoint)")
      }
      let headcount = Headcount(db: db, plan: plan, now: now)
      return AttendanceCounts(
        timeZone: plan.event.timeZone,
        checkpoints: try chosen.compactMap { try headcount.counts(of: $0) },
        peopleInside: try headcount.peopleInside(of: eventID)
      )
    }
  }
}
