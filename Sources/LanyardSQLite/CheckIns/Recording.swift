import GRDB
import LanyardDomain
import LanyardStore
import Synchronization

/// What is known of whether scans can be recorded, from the changes that were tried.
enum Recording {
  /// Does once more what could not be done; what it changes is taken back.
  typealias Trial = @Sendable (Database) throws -> Void

  /// What a transaction writes, and so what its end says of scans.
  enum Kind: Sendable {
    case scans
    /// What a trial does, and a small mark beside it that stays.
    case trial
    /// What says nothing of the pages that scans are written to.
    case other
  }

  /// Nothing has been tried yet.
  case untried
  case works
  /// The last fault of the disk or the file, and the scans that met it, where it was scans.
  case fails(StoreError, Trial?)

  /// What keeps scans from being recorded; nil where nothing is known of.
  var fault: StoreError? {
    if case .fails(let error, _) = self { error } else { nil }
  }

  /// The scans that met the fault, to be tried once more.
  var trial: Trial? {
    if case .fails(_, let trial) = self { trial } else { nil }
  }

  /// A change was recorded.
  mutating func succeeded(_ kind: Kind) {
    switch (kind, self) {
    case (.scans, _), (.trial, _): self = .works
    // There is room again, or the file is back; whether scans are recorded too is to be tried.
    case (_, .fails(.outOfSpace, _)), (_, .fails(.vanished, _)): self = .untried
    case (.other, _): break
    }
  }

  /// Something met a fault that the next change would meet as well.
  ///
  /// - Parameter scans: What was to be done, where it was scans.
  mutating func failed(_ error: StoreError, trying scans: Trial? = nil) {
    self = .fails(error, scans ?? trial)
  }
}

extension SQLiteStore {
  private static let mark = LanyardStore.SQL(
    "INSERT INTO upkeep VALUES ('recording', '0') ON CONFLICT (name) DO UPDATE SET value = 1 - CAST(value AS INTEGER)"
  )

  /// Tries out whether scans are recorded: admits those that met the fault, or else one of the last badge, takes that
  /// back, and writes something that stays, since a disk shows only then whether it has room.
  func tryOut(at now: Instant) async throws(StoreError) {
    let trial = recordingState.withLock { $0.trial } ?? oneScan(at: now)
    try await committing(.trial) { db in
      // What is still in memory says nothing of the file.
      try db.execute(sql: "PRAGMA shrink_memory")
      do {
        try db.inSavepoint {
          try trial(db)
          return .rollback
        }
      } catch let error where StoreError.translated(error).isOfOneRow {
        // A scan that is refused says nothing of others.
      }
      // Something must change: SQLite does not write a page that stays what it was.
      try BoundSession(SQLiteSession(db), tables: ["upkeep"]).run(Self.mark)
      return Committed(())
    }
  }

  /// Lets the last badge in at a checkpoint of its event, whatever stands against it; where there is none, no badge.
  private func oneScan(at moment: Instant) -> Recording.Trial {
    { [plans] db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT event.slug, checkpoint.public_id, badge.code FROM checkpoint JOIN event ON event.id = checkpoint.event_id
            LEFT JOIN badge ON badge.id = (SELECT max(id) FROM badge)
          ORDER BY badge.event_id = event.id DESC, checkpoint.id LIMIT 1
          """
      )
      guard let row else { return }
      let session = SQLiteSession(db)
      let trail = Trail(session, .server(at: moment))
      try trail.feed.take(.event(row[0]))
      // On another day than what is on record, so that who is inside is counted anew.
      let now = try trail.now() + .seconds(86_400)
      var batch = try AdmissionBatch(
        session,
        plans: plans.plans(session),
        at: ActMoments(now),
        reader: { _ in .unreadable }
      )
      let scan = SubmittedScan(
        id: .timeOrdered(at: now),
        checkpoint: CheckpointAddress(event: row[0], checkpoint: row[1]),
        code: row[2] ?? "",
        direction: nil,
        scannedAt: now,
        fingerprint: 0,
        reporter: Reporter(.token, id: ""),
        override: OverrideNote(note: "", operatorName: "")
      )
      _ = try batch.admit([scan], trail)
      try trail.finish()
    }
  }
}
