package import LanyardDomain

/// The statements of scans that are on record.
private enum CheckInSQL {
  static let badge = SQL("SELECT 1 FROM badge WHERE code = ?")
  /// Conflicts of an event before a number of its feed, narrowed by conditions.
  static func conflicts(_ conditions: String) -> SQL {
    SQL(
      """
      SELECT conflict.sequence, conflict.reason, conflict.scan_sequence, conflict.earlier_sequence, conflict.recorded_at
      FROM conflict JOIN scan ON scan.sequence = conflict.scan_sequence \(PassageSQL.withTimes)
      LEFT JOIN scan AS earlier ON earlier.sequence = conflict.earlier_sequence
      WHERE conflict.event_id = ? AND conflict.sequence < ?\(conditions) ORDER BY conflict.sequence DESC LIMIT ?
      """
    )
  }
}

extension SQLEngine {
  package func lastScanTime() async throws(StoreError) -> Instant? {
    try await read { session in
      try LedgerClock.last(of: session.all(EventKey.all) { try $0[0] }, session)
    }
  }

  package func unknownCodes(among codes: [String]) async throws(StoreError) -> Set<String> {
    try await read { session in Set(try codes.filter { try !session.has(CheckInSQL.badge, [$0]) }) }
  }

  package func record(
    _ act: Act,
    _ scans: [OfflineScan],
    of event: String,
    reporter: Reporter,
    isSupervisor: Bool,
    reader: @escaping @Sendable (String) -> CodeReading
  ) async throws(StoreError) -> [UploadOutcome?] {
    @Sendable func batch(_ session: any SQLSession, _ trail: Trail, at moments: ActMoments) throws -> UploadBatch {
      try UploadBatch(
        session,
        trail,
        plans: plans(session),
        event: event,
        reporter: reporter,
        isSupervisor: isSupervisor,
        at: moments,
        reader: reader
      )
    }
    return try await recordScans(act, of: .event(event)) { session, trail in
      var batch = try batch(session, trail, at: trail.moments())
      var results: [UploadBatch.Result?] = []
      for scan in scans { results.append(try batch.record(scan)) }
      return try batch.finish(results)
    } apart: { session, trail in
      let moments = try trail.moments()
      return try scans.map { scan in
        try trail.apart {
          var batch = try batch(session, trail, at: moments)
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
    try await write(act, of: .event(request.event)) { session, trail in
      let moments = try trail.moments()
      var passages = try PassageLedger(session, trail, now: moments.recorded)
      let step = UndoStep(session, trail, plans: try plans(session), at: moments)
      let undone = try step.run(request, &passages, at: moments.decided)
      try passages.finish()
      return undone?.scan
    }
  }

  /// The store's keys of a checkpoint and a registration by which a list of scans is narrowed.
  private static func keys(
    _ checkpoint: String?,
    _ registration: String?,
    of event: (slug: String, key: Int64),
    _ session: any SQLSession
  ) throws -> (checkpoint: Int64?, registration: Int64?) {
    let door = try checkpoint.map { id in
      try CheckpointRow.find(CheckpointAddress(event: event.slug, checkpoint: id), session).key
    }
    return (door, try registration.map { try RegistrationRow.key(of: $0, of: (event.slug, event.key), session) })
  }

  package func scans(
    of event: String,
    matching filter: ScanFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<RecordedScan> {
    try await survey { session in
      let key = try EventKey.find(event, session)
      let keys = try Self.keys(filter.checkpoint, filter.registration, of: (event, key), session)
      let reader = ScanReader(session, try plans(session))
      let found = try reader.scans(of: key, matching: filter, keys, page)
      return page.cut(found) { PageCursor(.number($0.number.value)) }.map(\.scan)
    }
  }

  package func conflicts(
    of event: String,
    matching filter: ConflictFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<StoredConflict> {
    try await survey { session in
      let key = try EventKey.find(event, session)
      let keys = try Self.keys(filter.checkpoint, filter.registration, of: (event, key), session)
      let reader = ScanReader(session, try plans(session))
      let (conditions, narrowing) = filter.narrowing(keys)
      let bounds: [any SQLValue] = [key, FeedNumber(key, try page.number(from: .max)).key]
      let statement = CheckInSQL.conflicts(conditions)
      let conflicts = try session.all(statement, bounds + narrowing + [page.size + 1]) { row in
        try StoredConflict(
          id: FeedNumber(key: row[0]).value,
          cause: known(row.text(1), "conflict", "reason"),
          scan: reader.scan(row[2]),
          earlier: (row[3] as Int64?).map { try reader.scan($0) },
          recordedAt: row[4]
        )
      }
      return page.cut(conflicts) { PageCursor(.number($0.id)) }
    }
  }
}
