package import LanyardDomain

extension CheckInStore {
  /// Decides and records scans where nobody asks when others may follow them.
  package func admit(
    _ act: Act,
    _ scans: [SubmittedScan],
    reader: @escaping @Sendable (String) -> CodeReading?
  ) async throws(StoreError) -> [ScanOutcome] {
    try await admit(act, scans, begun: {}, reader: reader)
  }

  /// Scans on record in the order of the ledger, of one checkpoint where given.
  package func scans(
    of event: String,
    checkpoint: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<RecordedScan> {
    try await scans(of: event, matching: ScanFilter(checkpoint: checkpoint), page)
  }

  /// All conflicts, the latest first.
  package func conflicts(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<StoredConflict> {
    try await conflicts(of: event, matching: ConflictFilter(), page)
  }
}

/// Scans and what follows from them.
package protocol CheckInStore: Sendable {
  /// Decides and records scans in order, in one transaction; one outcome for each, in order. One that the database
  /// refuses fails alone. Scans are recorded as of when the act was asked for, or of the last one on record where that is later.
  ///
  /// - Parameters:
  ///   - begun: Called once the scans have their place: what is handed in from then on is decided after them. It must not wait,
  ///     and is not called where it does not come to that.
  ///   - reader: Says what a text is that is no recorded badge's code: unreadable, forged, signed with an unknown key, or
  ///     genuine and unrecorded; nil where that is still to be found out. Then the outcome is `unread`.
  func admit(
    _ act: Act,
    _ scans: [SubmittedScan],
    begun: @escaping @Sendable () -> Void,
    reader: @escaping @Sendable (String) -> CodeReading?
  ) async throws(StoreError) -> [ScanOutcome]
  /// Decides a scan as `admit` would, and records nothing.
  func simulate(
    _ scan: SubmittedScan,
    at now: Instant,
    reader: @escaping @Sendable (String) -> CodeReading
  ) async throws(StoreError) -> ScanOutcome
  /// Records what a lane answered while it was offline, in one transaction; one outcome for each, in order, nil
  /// where one only takes back a scan that is not on record. Where people stand follows from all their passages in the order in which they happened.
  func record(
    _ act: Act,
    _ scans: [OfflineScan],
    of event: String,
    reporter: Reporter,
    isSupervisor: Bool,
    reader: @escaping @Sendable (String) -> CodeReading
  ) async throws(StoreError) -> [UploadOutcome?]
  /// Those of the codes that are no recorded badge's.
  func unknownCodes(among codes: [String]) async throws(StoreError) -> Set<String>
  /// When the last scan was recorded; nil where there is none.
  func lastScanTime() async throws(StoreError) -> Instant?
  /// Takes a scan back; where it is not on record, nil, and it is not recorded if it comes in within 15 minutes.
  func undo(_ act: Act, _ request: UndoRequest) async throws(StoreError) -> RecordedScan?
  /// Puts people outside who are inside, each on record as a scan that is taken back like another, in one transaction; of
  /// everybody, as many as are a step.
  func sendOut(_ act: Act, _ request: SendOutRequest) async throws(StoreError) -> SentOut
  /// Scans on record that a filter leaves.
  func scans(
    of event: String,
    matching filter: ScanFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<RecordedScan>
  /// Conflicts that a filter leaves, between scans none of which was taken back, and where one was without the right to, the
  /// latest first.
  func conflicts(
    of event: String,
    matching filter: ConflictFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<StoredConflict>
  /// Headcounts of an event, of one checkpoint where given.
  func attendance(
    of event: String,
    checkpoint: String?,
    at now: Instant
  ) async throws(StoreError) -> AttendanceCounts
  /// Who is inside an event, or the area of one checkpoint where given, in the order in which they registered.
  func peopleInside(
    of event: String,
    checkpoint: String?,
    at now: Instant,
    _ page: PageRequest
  ) async throws(StoreError) -> PeopleInsidePage
  /// How many came to an event on a day, each once, beside who is confirmed and expected.
  ///
  /// - Parameters:
  ///   - date: One of the event's; nil for the day at `now` in its time zone.
  ///   - grouping: By what they are counted apart; nil for all together.
  func summary(
    of event: String,
    on date: LocalDate?,
    by grouping: AttendanceGrouping?,
    at now: Instant
  ) async throws(StoreError) -> SummarizedAttendance
}
