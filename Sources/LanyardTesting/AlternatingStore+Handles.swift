package import LanyardDomain
package import LanyardStore

/// What a store does by itself, not with the statements that all engines share.
extension AlternatingStore: Store {
  package var feedSignal: FeedSignal { handles[0].feedSignal }

  package func importProgramme(_ act: Act, _ programme: Programme) async throws(StoreError) -> [ImportedEvent] {
    try await handle.importProgramme(act, programme)
  }

  package func event(_ slug: String) async throws(StoreError) -> StoredEvent {
    try await handle.event(slug)
  }

  package func events(_ page: PageRequest) async throws(StoreError) -> Page<StoredEvent> {
    try await handle.events(page)
  }

  package func session(_ id: String, of event: String) async throws(StoreError) -> Session {
    try await handle.session(id, of: event)
  }

  package func sessions(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Session> {
    try await handle.sessions(of: event, page)
  }

  package func checkpoint(_ address: CheckpointAddress) async throws(StoreError) -> Checkpoint {
    try await handle.checkpoint(address)
  }

  package func checkpoints(of event: String?, _ page: PageRequest) async throws(StoreError) -> Page<StoredCheckpoint> {
    try await handle.checkpoints(of: event, page)
  }

  package func change(_ act: Act, _ address: CheckpointAddress, _ change: CheckpointChange) async throws(StoreError)
    -> Checkpoint
  {
    try await handle.change(act, address, change)
  }

  package func book(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await handle.book(act, registrations, for: place)
  }

  package func unbook(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int {
    try await handle.unbook(act, registrations, for: place)
  }

  package func bookings(for place: BookingPlace, _ page: PageRequest) async throws(StoreError) -> Page<String> {
    try await handle.bookings(for: place, page)
  }

  package func issue(_ act: Act, _ drafts: [BadgeDraft], of event: String, renewingRevoked: Bool)
    async throws(StoreError) -> [IssuedBadge]
  {
    try await handle.issue(act, drafts, of: event, renewingRevoked: renewingRevoked)
  }

  package func badge(_ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await handle.badge(serial, of: event)
  }

  package func badges(of event: String, registration: String?, _ page: PageRequest) async throws(StoreError) -> Page<
    Badge
  > {
    try await handle.badges(of: event, registration: registration, page)
  }

  package func mark(_ act: Act, _ serial: BadgeSerial, of event: String, _ change: AttentionChange, etag: String?)
    async throws(StoreError) -> Badge
  {
    try await handle.mark(act, serial, of: event, change, etag: etag)
  }

  package func replace(_ act: Act, _ serial: BadgeSerial, of event: String, with draft: BadgeDraft)
    async throws(StoreError) -> Badge
  {
    try await handle.replace(act, serial, of: event, with: draft)
  }

  package func revoke(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await handle.revoke(act, serial, of: event)
  }

  package func signingKeys() async throws(StoreError) -> [StoredSigningKey] {
    try await handle.signingKeys()
  }

  package func addSigningKey(_ act: Act, _ key: StoredSigningKey) async throws(StoreError) -> [StoredSigningKey] {
    try await handle.addSigningKey(act, key)
  }

  package func admit(_ act: Act, _ scans: [SubmittedScan], reader: @escaping @Sendable (String) -> BadgeReading?)
    async throws(StoreError) -> [ScanOutcome]
  {
    try await handle.admit(act, scans, reader: reader)
  }

  package func simulate(_ scan: SubmittedScan, at now: Instant, reader: @escaping @Sendable (String) -> BadgeReading)
    async throws(StoreError) -> ScanOutcome
  {
    try await handle.simulate(scan, at: now, reader: reader)
  }

  package func attendance(of event: String, checkpoint: String?, at now: Instant) async throws(StoreError)
    -> AttendanceCounts
  {
    try await handle.attendance(of: event, checkpoint: checkpoint, at: now)
  }

  package func rosterHead(of event: String) async throws(StoreError) -> RosterHead {
    try await handle.rosterHead(of: event)
  }

  package func rosterBadges(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterBadge> {
    try await handle.rosterBadges(of: event, page)
  }

  package func changedRosterBadges(of event: String, since sequence: Int64) async throws(StoreError) -> [Int64] {
    try await handle.changedRosterBadges(of: event, since: sequence)
  }

  package func rosterPresences(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterPresence> {
    try await handle.rosterPresences(of: event, page)
  }

  package func rosterChanges(of event: String, since cursor: RosterCursor, upTo limit: Int64?) async throws(StoreError)
    -> RosterChanges?
  {
    try await handle.rosterChanges(of: event, since: cursor, upTo: limit)
  }

  package func addEnrolmentCode(_ act: Act, _ code: StoredEnrolmentCode) async throws(StoreError) {
    try await handle.addEnrolmentCode(act, code)
  }

  package func enrol(_ act: Act, codeHash: [UInt8], request: Int64) async throws(StoreError) -> Device {
    try await handle.enrol(act, codeHash: codeHash, request: request)
  }

  package func confirmDevice(_ act: Act, _ id: String) async throws(StoreError) -> Device? {
    try await handle.confirmDevice(act, id)
  }

  package func device(_ id: String) async throws(StoreError) -> Device? {
    try await handle.device(id)
  }

  package func devices(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Device> {
    try await handle.devices(of: event, page)
  }

  package func noteCertificate(_ act: Act, of device: String, endsAt: Instant) async throws(StoreError) {
    try await handle.noteCertificate(act, of: device, endsAt: endsAt)
  }

  package func note(_ act: Act, _ report: DeviceReport, of device: String) async throws(StoreError) {
    try await handle.note(act, report, of: device)
  }

  package func noteCall(_ act: Act, of device: String) async throws(StoreError) {
    try await handle.noteCall(act, of: device)
  }

  package func revokeDevice(_ act: Act, _ id: String, of event: String) async throws(StoreError) -> Device {
    try await handle.revokeDevice(act, id, of: event)
  }

  package func standing() async throws(StoreError) -> StoreStanding {
    try await handle.standing()
  }

  package func checkRecording() async throws(StoreError) {
    try await handle.checkRecording()
  }
}
