package import LanyardDomain

/// What admission loads and writes, and what comes later and corrects it: the hot path, for which each engine has a way of
/// its own.
package protocol AdmissionTables {
  /// The badge that a scan names, by its code or by the serial that was found by name; nil where there is none.
  func holder(of scan: SubmittedScan) throws -> RecordedHolder?
  /// Whether a person is booked for the door or for the session that it leads to; false where that is not asked.
  func isBooked(_ reading: BadgeReading, at door: Door) throws -> Bool
  /// A scan that was recorded before, by its id.
  func entry(_ id: UUIDBytes) throws -> LedgerEntry?
  /// Adds rows of `scan`; `LedgerRow.add` adds the rest of it.
  func add(_ rows: [LedgerRow]) throws
  func presences(of registration: Key<Registration>) throws -> [Presence]
  /// People inside who came through a checkpoint in a period.
  func inside(_ key: AdmissionFold.OccupancyKey) throws -> Int
  func set(_ presences: [AdmissionFold.PresenceKey: Presence]) throws
  func remove(_ key: AdmissionFold.PresenceKey) throws
  func change(occupancy changes: [AdmissionFold.OccupancyKey: Int]) throws
  func change(tallies changes: [AdmissionFold.TallyKey: Int]) throws
}

/// A scan in the ledger: its key, and what it was when it was sent.
package struct LedgerEntry: Sendable {
  package let sequence: Int64
  package let fingerprint: Int64

  package init(sequence: Int64, fingerprint: Int64) {
    (self.sequence, self.fingerprint) = (sequence, fingerprint)
  }
}

extension AdmissionTables {
  /// People inside who came through any of these in a period.
  package func inside(_ checkpoints: [Key<Checkpoint>], period: Instant) throws -> Int {
    try checkpoints.reduce(0) { sum, checkpoint in
      try sum + inside(AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: period))
    }
  }
}

extension RecordedScan {
  /// A new scan with its answer, as it will be on record.
  package init(
    _ scan: SubmittedScan,
    verdict: Verdict,
    door: Door,
    plan: VenuePlan,
    attendee: Attendee?,
    now: Instant
  ) {
    self.init(
      verdict,
      id: scan.id,
      door: door,
      plan: plan,
      attendee: attendee,
      scannedAt: scan.scannedAt,
      receivedAt: now,
      reporter: scan.reporter,
      override: scan.override
    )
  }
}
