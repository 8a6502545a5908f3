import GRDB
package import LanyardDomain

extension SQLiteStore {
  package func admit(
    _ scans: [SubmittedScan],
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> [ScanOutcome] {
    try await write { [plans] db in
      var batch = try AdmissionBatch(
        db: db,
        plans: plans.plans(db),
        sequence: Self.takeSequences(scans.count, db),
        now: now,
        reader: reader
      )
      var outcomes: [ScanOutcome] = []
      outcomes.reserveCapacity(scans.count)
      for scan in scans { outcomes.append(try batch.admit(scan)) }
      try batch.finish()
      return outcomes
    }
  }

  package func simulate(
    _ scan: SubmittedScan,
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> ScanOutcome {
    try await read { [plans] db in
      var batch = try AdmissionBatch(db: db, plans: plans.plans(db), sequence: 0, now: now, reader: reader)
      return try batch.simulate(scan)
    }
  }

  package func record(
    _ scans: [OfflineScan],
    of event: String,
    reporter: String,
    isSupervisor: Bool,
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> [UploadOutcome?] {
    try await write { [plans] db in
      _ = try EventRow.find(event, db)
      var batch = try UploadBatch(
        db: db,
        plans: plans.plans(db),
        event: event,
        reporter: reporter,
        isSupervisor: isSupervisor,
        now: now,
        reader: reader
      )
      var results: [UploadBatch.Result?] = []
      for scan in scans { results.append(try batch.record(scan)) }
      return try batch.finish(results)
    }
  }

  package func undo(_ request: UndoRequest, at now: Instant) async throws(StoreError) -> RecordedScan? {
    try await write { [plans] db in
      _ = try EventRow.find(request.event, db)
      var passages = try PassageLedger(db, now: now)
      let scan = try UndoStep(db: db, plans: plans.plans(db), now: now).run(request, &passages, at: now)
      try passages.finish()
      return scan
    }
  }

  package func scans(
    of event: String,
    checkpoint: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<RecordedScan> {
    try await read { [plans] db in
      let eventRow = try EventRow.find(event, db)
      let door = try checkpoint.map { try CheckpointRow.find($0, event: eventRow.row, db).id }
      let found = try ScanReader(db: db, plans: plans.plans(db)).scans(
        of: eventRow.id,
        checkpoint: door ?? nil,
        after: page.after ?? 0,
        limit: page.size + 1
      )
      let items = found.prefix(page.size)
      return Page(items: items.map(\.scan), next: found.count > page.size ? items.last?.sequence : nil)
    }
  }

  package func conflicts(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<StoredConflict> {
    try await read { [plans] db in
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
        arguments: [eventID, page.after ?? Int64.max, page.size + 1]
      )
      let items = try rows.prefix(page.size).map { row in
        StoredConflict(
          id: row["sequence"],
          reason: RefusalReason(rawValue: row["reason"]) ?? .alreadyInside,
          scan: try reader.scan(row["scan_sequence"]),
          earlier: try (row["earlier_sequence"] as Int64?).map { try reader.scan($0) },
          recordedAt: Instant(microseconds: row["recorded_at"])
        )
      }
      return Page(items: items, next: rows.count > page.size ? items.last?.id : nil)
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
