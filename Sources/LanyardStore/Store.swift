package import LanyardDomain

/// Everything that must survive: events, registrations, badges, scans and what follows from them. It speaks of the
/// domain's operations; each is one transaction, on disk before it returns.
package protocol Store: ProgrammeStore, RegistrationStore, BadgeStore, CheckInStore, RosterStore, DeviceStore,
  TokenStore
{}

/// Events with their sessions and checkpoints.
package protocol ProgrammeStore: Sendable {
  /// Creates and updates events, sessions and checkpoints as the programme says, all of them or none. A session that
  /// the programme of its event no longer has is withdrawn; a checkpoint stays.
  func importProgramme(_ programme: Programme) async throws(StoreError) -> [ImportedEvent]
  func event(_ slug: String) async throws(StoreError) -> StoredEvent
  /// Events by start date.
  func events(_ page: PageRequest) async throws(StoreError) -> Page<StoredEvent>
  func session(_ id: String, of event: String) async throws(StoreError) -> Session
  /// Sessions by start time.
  func sessions(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Session>
  func checkpoint(_ address: CheckpointAddress) async throws(StoreError) -> Checkpoint
  /// Checkpoints in the programme's order, entrances first; of all events where `event` is nil.
  func checkpoints(of event: String?, _ page: PageRequest) async throws(StoreError) -> Page<StoredCheckpoint>
  /// Changes the rules of a checkpoint on the day.
  func change(_ address: CheckpointAddress, _ change: CheckpointChange) async throws(StoreError) -> Checkpoint
  /// Books registrations for a place; returns how many were not booked before.
  ///
  /// - Throws: `notFound` where a registration or the place is not of the event; then none is booked.
  func book(_ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int
  /// Takes bookings back; returns how many there were.
  func unbook(_ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int
  /// Ids of the registrations that are booked for a place.
  func bookings(for place: BookingPlace, _ page: PageRequest) async throws(StoreError) -> Page<String>
}

/// Registrations, with the capacity and the one live registration a person kept whatever arrives at once.
package protocol RegistrationStore: Sendable {
  /// Makes a registration, in the state that the event's rules and its capacity give.
  ///
  /// - Parameter request: With the id of a request that was carried out, returns what that one made.
  func register(
    _ details: RegistrationDetails,
    for event: String,
    request: RequestIdentity?,
    at now: Instant
  ) async throws(StoreError) -> Registration
  func registration(_ id: String, of event: String) async throws(StoreError) -> Registration
  /// The registrations of these ids, in their order.
  func registrations(_ ids: [String], of event: String) async throws(StoreError) -> [Registration]
  func registrations(
    of event: String,
    matching filter: RegistrationFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> (page: Page<Registration>, total: Int)
  /// Approves, rejects or cancels; a place that becomes free goes to the first on the waiting list.
  ///
  /// - Parameter etag: Where given, the step is taken only if the registration still has it.
  func take(
    _ step: RegistrationStep,
    on id: String,
    of event: String,
    etag: String?,
    at now: Instant
  ) async throws(StoreError) -> Registration
  /// Makes the registrations that are not there yet, in one transaction; one outcome for each, in order.
  func importRegistrations(
    _ rows: [RegistrationDetails],
    for event: String,
    at now: Instant
  ) async throws(StoreError) -> [ImportOutcome]
}

/// Badges and the keys that sign them.
package protocol BadgeStore: Sendable {
  /// Records a badge for each draft whose registration has none that is active, in one transaction.
  ///
  /// - Throws: `notConfirmed` or `notFound` where a registration may have no badge; then none is recorded.
  func issue(_ drafts: [BadgeDraft], of event: String, at now: Instant) async throws(StoreError) -> [IssuedBadge]
  func badge(_ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge
  /// Badges in the order of issue, of one registration where given.
  func badges(
    of event: String,
    registration: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<Badge>
  /// Changes the mark for the operators' attention.
  func mark(_ serial: BadgeSerial, of event: String, _ mark: AttentionMark) async throws(StoreError) -> Badge
  /// Records a badge in place of the active one, with its mark; the old one is REPLACED.
  func replace(
    _ serial: BadgeSerial,
    of event: String,
    with draft: BadgeDraft,
    at now: Instant
  ) async throws(StoreError) -> Badge
  /// Ends a badge; a replaced one stays replaced.
  func revoke(_ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge
  /// Keys, oldest first.
  func signingKeys() async throws(StoreError) -> [StoredSigningKey]
  /// Records a key; returns all keys, so that of two that were made at once both sides use the older.
  func addSigningKey(_ key: StoredSigningKey) async throws(StoreError) -> [StoredSigningKey]
}

/// Scans and what follows from them.
package protocol CheckInStore: Sendable {
  /// Decides and records scans in order, in one transaction; one outcome for each, in order.
  ///
  /// - Parameter reader: Says what a text is that is no recorded badge's code: unreadable, forged, signed with an
  ///   unknown key, or genuine and unrecorded.
  func admit(
    _ scans: [SubmittedScan],
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> [ScanOutcome]
  /// Decides a scan as `admit` would, and records nothing.
  func simulate(
    _ scan: SubmittedScan,
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> ScanOutcome
  /// Records what a lane answered while it was offline, in one transaction; one outcome for each, in order, nil
  /// where one only takes back a scan that is not on record. Where people stand follows from all their passages in the order in which they happened.
  func record(
    _ scans: [OfflineScan],
    of event: String,
    reporter: String,
    isSupervisor: Bool,
    at now: Instant,
    reader: @escaping @Sendable (String) -> BadgeReading
  ) async throws(StoreError) -> [UploadOutcome?]
  /// Takes a scan back; where it is not on record, nil, and it never will be.
  func undo(_ request: UndoRequest, at now: Instant) async throws(StoreError) -> RecordedScan?
  /// Scans on record in the order of the ledger, of one checkpoint where given.
  func scans(of event: String, checkpoint: String?, _ page: PageRequest) async throws(StoreError) -> Page<RecordedScan>
  /// Conflicts between scans none of which was taken back, the latest first.
  func conflicts(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<StoredConflict>
  /// Headcounts of an event, of one checkpoint where given.
  func attendance(
    of event: String,
    checkpoint: String?,
    at now: Instant
  ) async throws(StoreError) -> AttendanceCounts
}

/// What lanes need to decide while they are offline.
package protocol RosterStore: Sendable {
  /// What has changed in the roster of an event since a cursor, or all of it where there is none or it is too old.
  ///
  /// - Parameter checkpoints: Ids of checkpoints whose areas' presences are wanted; empty means all.
  func roster(
    of event: String,
    checkpoints: [String],
    since cursor: RosterCursor?
  ) async throws(StoreError) -> RosterChanges
}

/// Devices and the codes with which they enrol.
package protocol DeviceStore: Sendable {
  func addEnrolmentCode(_ code: StoredEnrolmentCode) async throws(StoreError)
  /// Uses up a code; the same code again with the same request returns the same device while the code runs.
  ///
  /// - Throws: `enrolmentCodeRefused`.
  func enrol(codeHash: [UInt8], request: Int64, at now: Instant) async throws(StoreError) -> Device
  /// Nil where there is none of this id.
  func device(_ id: String) async throws(StoreError) -> Device?
  /// Devices in the order in which they were enrolled.
  func devices(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Device>
  func noteCertificate(of device: String, endsAt: Instant) async throws(StoreError)
  func note(_ report: DeviceReport, of device: String) async throws(StoreError)
  /// Ends a device; revoking again keeps the first time.
  func revokeDevice(_ id: String, of event: String, at now: Instant) async throws(StoreError) -> Device
}

/// Bearer tokens: only their hashes.
package protocol TokenStore: Sendable {
  func addToken(_ token: StoredToken) async throws(StoreError)
  /// Nil where there is none of this id.
  func token(_ id: String) async throws(StoreError) -> StoredToken?
  /// Tokens, oldest first.
  func tokens() async throws(StoreError) -> [StoredToken]
  /// Ends a token; false where there is none of this id. Revoking again keeps the first time.
  func revokeToken(_ id: String, at now: Instant) async throws(StoreError) -> Bool
}
