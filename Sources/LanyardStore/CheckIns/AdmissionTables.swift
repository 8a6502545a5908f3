package import LanyardDomain

/// What admission loads and writes, and what comes later and corrects it: the hot path, for which each engine has a way of
/// its own. What every scan needs is asked of a whole batch at once.
package protocol AdmissionTables {
  /// Scans that were recorded before, by their ids; each in its scan's place.
  func entries(of scans: [SubmittedScan]) throws -> [LedgerEntry?]
  /// The badges that scans name, by code or by the serial that was found by name; each in its scan's place, nil where there
  /// is none.
  func holders(of scans: [SubmittedScan]) throws -> [RecordedHolder?]
  /// Where people stand, each in their place.
  func presences(of registrations: [Key<Registration>]) throws -> [[Presence]]
  /// Whether a person is booked for the door or for the session that it leads to; false where that is not asked.
  func isBooked(_ reading: BadgeReading, at door: Door) throws -> Bool
  /// The last passage with a badge, by the store's key, where it is so recent that a turnstile may be reading the badge again
  /// for it.
  func lastPassage(of badge: Int64, at now: Instant) throws -> LastPassage?
  /// People inside who came through a checkpoint in a period.
  func inside(_ key: AdmissionFold.OccupancyKey) throws -> Int
  /// People inside who came through any of these, each counted once.
  func peopleInside(_ doors: [AdmissionFold.OccupancyKey]) throws -> Int
  /// Adds rows of `scan`; `LedgerRow.add` adds the rest of it.
  func add(_ rows: [LedgerRow]) throws
  func set(_ presences: [AdmissionFold.PresenceKey: Presence]) throws
  func remove(_ key: AdmissionFold.PresenceKey) throws
  /// - Throws: Where a count would be less than nobody.
  func change(occupancy changes: [AdmissionFold.OccupancyKey: Int]) throws
  /// - Throws: Where a count would be less than none.
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
  /// A scan that was recorded before, by its id.
  package func entry(_ scan: SubmittedScan) throws -> LedgerEntry? { try entries(of: [scan])[0] }

  /// The badge that a scan names; nil where there is none.
  package func holder(of scan: SubmittedScan) throws -> RecordedHolder? { try holders(of: [scan])[0] }

  package func presences(of registration: Key<Registration>) throws -> [Presence] {
    try presences(of: [registration])[0]
  }

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
    at moments: ActMoments
  ) {
    self.init(
      verdict,
      id: scan.id,
      door: door,
      plan: plan,
      attendee: attendee,
      scannedAt: scan.scannedAt,
      receivedAt: moments.recorded,
      reporter: scan.reporter,
      override: scan.override,
      missedExit: scan.missedExit
    )
    if moments.decided != moments.recorded { decidedAt = moments.decided }
  }
}
