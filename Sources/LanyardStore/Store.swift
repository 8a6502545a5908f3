package import LanyardDomain

/// Everything that must survive: events, registrations, badges, scans and what follows from them. It speaks of the
/// domain's operations; each is one transaction, on disk before it returns. What changes something takes first whose `Act`
/// it is, and records each `Change` in the same transaction.
package protocol Store: ProgrammeStore, RegistrationStore, BadgeStore, CheckInStore, RosterStore, DeviceStore,
  TokenStore, SignInStore, QuestionStore, RetentionStore, LinkStore, PublicStore, RemoteStore, StandingStore,
  AuditStore,
  FeedStore, MailStore
{}

/// Events with their sessions and checkpoints.
package protocol ProgrammeStore: Sendable {
  /// Creates and updates events, sessions and checkpoints as the programme says, all of them or none. A session that
  /// the programme of its event no longer has is withdrawn; a checkpoint stays.
  ///
  /// - Parameter insisting: Whether it may take back what was changed by hand, and make events whose slugs differ little from
  ///   those that are there.
  /// - Throws: `importQuestioned` where it may not and would.
  func importProgramme(_ act: Act, _ programme: Programme, insisting: Bool) async throws(StoreError) -> [ImportedEvent]
  func event(_ slug: String) async throws(StoreError) -> StoredEvent
  /// Events by start date.
  func events(_ page: PageRequest, includingArchived: Bool) async throws(StoreError) -> Page<StoredEvent>
  /// Takes an event out of all lists, or back into them, and changes when people register in public.
  func change(_ act: Act, _ slug: String, _ change: EventChange) async throws(StoreError) -> StoredEvent
  /// Deletes an event for which nobody registered.
  ///
  /// - Throws: `notFound`, `eventInUse`.
  func deleteEvent(_ act: Act, _ slug: String) async throws(StoreError)
  func session(_ id: String, of event: String) async throws(StoreError) -> Session
  /// Sessions by start time.
  func sessions(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Session>
  func checkpoint(_ address: CheckpointAddress) async throws(StoreError) -> Checkpoint
  /// Checkpoints in the programme's order, entrances first; of all events where `event` is nil.
  func checkpoints(of event: String?, _ page: PageRequest) async throws(StoreError) -> Page<StoredCheckpoint>
  /// Changes the rules of a checkpoint on the day.
  func change(
    _ act: Act,
    _ address: CheckpointAddress,
    _ change: CheckpointChange
  ) async throws(StoreError) -> Checkpoint
  /// Books registrations for a place.
  ///
  /// - Parameter insisting: Whether more may be booked than it takes.
  /// - Throws: `notFound` where a registration or the place is not of the event, `takesNoBookings`, `bookedOut`; then none is
  ///   booked.
  func book(
    _ act: Act,
    _ registrations: [String],
    for place: BookingPlace,
    insisting: Bool
  ) async throws(StoreError) -> PlaceBookings.Made
  /// Takes bookings back; returns how many there were.
  func unbook(_ act: Act, _ registrations: [String], for place: BookingPlace) async throws(StoreError) -> Int
  /// How the sessions that take bookings stand, by their ids, and which of them a registration has booked.
  func openings(
    of event: String,
    for registration: String?,
    at now: Instant
  ) async throws(StoreError) -> [String: SessionOpening]
  /// Ids of the registrations that are booked for a place.
  func bookings(for place: BookingPlace, _ page: PageRequest) async throws(StoreError) -> Page<String>
}

/// What is kept no longer than an event says.
package protocol RetentionStore: Sendable {
  /// Ids of registrations of an event of which it is known who they are of, at most so many.
  func knownRegistrations(of event: String, limit: Int) async throws(StoreError) -> [String]
  /// Erases all answers to a question; returns how many there were.
  ///
  /// - Throws: `notFound`, and `erasureUnfinished` where they are erased and traces are left.
  func forgetAnswers(_ act: Act, to question: String, of event: String) async throws(StoreError) -> Int
}

/// What events ask those who register.
package protocol QuestionStore: Sendable {
  /// What an event asks, in that order, and then what it asked before and somebody answered.
  func questions(of event: String) async throws(StoreError) -> [StoredQuestion]
  /// Asks another question, after all others.
  ///
  /// - Throws: `invalid` where it breaks a rule.
  func ask(_ act: Act, _ question: EventQuestion, of event: String) async throws(StoreError) -> StoredQuestion
  /// Changes a question that is asked.
  ///
  /// - Throws: `notFound`, `invalid` where it breaks a rule, or changes what answers are that are there.
  func change(
    _ act: Act,
    _ question: String,
    of event: String,
    by change: QuestionChange
  ) async throws(StoreError) -> StoredQuestion
  /// Asks a question no more; its answers stay.
  ///
  /// - Throws: `notFound`, `invalid` where another question goes by it.
  func withdraw(_ act: Act, _ question: String, of event: String) async throws(StoreError)
}

extension ProgrammeStore {
  /// Does all that the programme says, as one does who was asked.
  package func importProgramme(_ act: Act, _ programme: Programme) async throws(StoreError) -> [ImportedEvent] {
    try await importProgramme(act, programme, insisting: true)
  }

  /// Events by start date that are not archived.
  package func events(_ page: PageRequest) async throws(StoreError) -> Page<StoredEvent> {
    try await events(page, includingArchived: false)
  }

  /// Books no more registrations than a place takes; returns how many were not booked before.
  package func book(
    _ act: Act,
    _ registrations: [String],
    for place: BookingPlace
  ) async throws(StoreError) -> Int {
    try await book(act, registrations, for: place, insisting: false).answer.added.count
  }
}

/// Registrations, with the capacity and the one live registration a person kept whatever arrives at once.
package protocol RegistrationStore: Sendable {
  /// Makes a registration, in the state that the event's rules and its capacity give.
  ///
  /// - Parameters:
  ///   - request: With the id of a request that was carried out, returns what that one made.
  ///   - overCapacity: Whether the person takes a place though none is left.
  func register(
    _ act: Act,
    _ details: RegistrationDetails,
    for event: String,
    request: RequestIdentity?,
    overCapacity: Bool
  ) async throws(StoreError) -> Registration
  func registration(_ id: String, of event: String) async throws(StoreError) -> Registration
  /// A registration with its place on the waiting list, from 1; nil where it does not wait.
  func placedRegistration(
    _ id: String,
    of event: String
  ) async throws(StoreError) -> (registration: Registration, place: Int?)
  /// Why somebody was given a place out of turn, the last time that they were; empty where nothing is noted.
  func placeNote(of id: String, _ event: String) async throws(StoreError) -> String
  /// The registrations of these ids, in their order.
  func registrations(_ ids: [String], of event: String) async throws(StoreError) -> [Registration]
  func registrations(
    of event: String,
    matching filter: RegistrationFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> (page: Page<Registration>, total: Int)
  /// Finds people by words of their names and organisation, never by their e-mail address: first those of whom each word
  /// begins a name, then those of whom each begins a name or a word of the organisation, then those who have each word
  /// somewhere.
  ///
  /// - Parameters:
  ///   - words: As `SearchText.words` gives them; one of a single letter begins a word, unless it is a syllable.
  ///   - now: When it is asked who of them is inside.
  func attendees(
    of event: String,
    matching words: [String],
    at now: Instant,
    _ page: PageRequest
  ) async throws(StoreError) -> AttendeePage
  /// Approves, rejects, restores, cancels or moves up; a place that becomes free goes to the first on the waiting list, where the
  /// event gives places by itself.
  ///
  /// - Parameters:
  ///   - etag: Where given, the step is taken only if the registration still has it.
  ///   - discretion: Of who takes it.
  func take(
    _ act: Act,
    _ step: RegistrationStep,
    on id: String,
    of event: String,
    etag: String?,
    as discretion: Discretion
  ) async throws(StoreError) -> Registration
  /// Changes some fields of a registration; a place that becomes free goes to the first on the waiting list, where the event
  /// gives places by itself.
  ///
  /// - Parameters:
  ///   - etag: Where given, it is changed only if it still has it.
  ///   - discretion: Of who changes it.
  func change(
    _ act: Act,
    _ id: String,
    of event: String,
    by change: RegistrationChange,
    etag: String?,
    as discretion: Discretion
  ) async throws(StoreError) -> Registration
  /// Erases who a registration is of, with what they answered and what was noted about them; it stays, cancelled where it
  /// was live, with its badges revoked. Erasing what is erased changes nothing.
  ///
  /// - Parameter etag: Where given, it is erased only if the registration still has it.
  /// - Throws: `erasureUnfinished` where it is erased, and traces are left in the store's files for now; the same again goes
  ///   on.
  func erase(_ act: Act, _ id: String, of event: String, etag: String?) async throws(StoreError) -> Registration
  /// Makes the registrations that are not there yet, in one transaction; one outcome for each, in order.
  ///
  /// - Parameters:
  ///   - updating: Whether live registrations that differ from their rows are changed.
  ///   - mailing: Whether those who are new are written to, whatever the event says.
  func importRegistrations(
    _ act: Act,
    _ rows: [ImportRow],
    for event: String,
    updating: Bool,
    mailing: Bool
  ) async throws(StoreError) -> [ImportOutcome]
  /// The codes of the countries of an event's people, in order.
  func countries(of event: String) async throws(StoreError) -> [String]
  /// The organisations of an event's people, those of the most people first, at most `limit`.
  func organisations(of event: String, limit: Int) async throws(StoreError) -> [String]
  /// What importing rows would come to; nothing is changed.
  ///
  /// - Parameters:
  ///   - before: What the rows before these, which are not on record either, have left; nil for the first.
  ///   - updating: Whether live registrations that differ from their rows would be changed.
  /// - Returns: One outcome for each, in order, and what they leave.
  func previewImport(
    of rows: [ImportRow],
    for event: String,
    after before: ImportPreview?,
    updating: Bool,
    at now: Instant
  ) async throws(StoreError) -> (outcomes: [ImportOutcome], left: ImportPreview)
}

extension RegistrationStore {
  /// Makes the registrations that are not there yet, of rows that say something of every field.
  package func importRegistrations(
    _ act: Act,
    _ rows: [RegistrationDetails],
    for event: String
  ) async throws(StoreError) -> [ImportOutcome] {
    try await importRegistrations(act, rows.map { ImportRow($0) }, for: event, updating: false)
  }

  /// Makes the registrations that are not there yet, of whom nobody is written to but as the event says.
  package func importRegistrations(
    _ act: Act,
    _ rows: [ImportRow],
    for event: String,
    updating: Bool
  ) async throws(StoreError) -> [ImportOutcome] {
    try await importRegistrations(act, rows, for: event, updating: updating, mailing: false)
  }

  /// Makes a registration that keeps to the capacity.
  package func register(
    _ act: Act,
    _ details: RegistrationDetails,
    for event: String,
    request: RequestIdentity?
  ) async throws(StoreError) -> Registration {
    try await register(act, details, for: event, request: request, overCapacity: false)
  }

  /// Takes a step as an organiser may.
  package func take(
    _ act: Act,
    _ step: RegistrationStep,
    on id: String,
    of event: String,
    etag: String?
  ) async throws(StoreError) -> Registration {
    try await take(act, step, on: id, of: event, etag: etag, as: .organiser)
  }
}

/// Badges and the keys that sign them.
package protocol BadgeStore: Sendable {
  /// Records a badge for each draft whose registration has none that is active, in one transaction.
  ///
  /// - Parameter renewingRevoked: Whether a registration whose badge was revoked gets a new one; else it is passed over,
  ///   and the revoked badge returned.
  /// - Throws: `notConfirmed` or `notFound` where a registration may have no badge; then none is recorded.
  func issue(
    _ act: Act,
    _ drafts: [BadgeDraft],
    of event: String,
    renewingRevoked: Bool
  ) async throws(StoreError) -> [IssuedBadge]
  func badge(_ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge
  /// Badges in the order of issue, of one registration where given.
  ///
  /// - Parameters:
  ///   - withAttention: Only those that show operators something to see to.
  ///   - state: Only those in it; all where it is nil.
  func badges(
    of event: String,
    registration: String?,
    withAttention: Bool,
    in state: BadgeState?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<Badge>
  /// Changes the mark for the operators' attention.
  ///
  /// - Parameter etag: Where given, the mark is changed only if the badge still has it.
  func mark(
    _ act: Act,
    _ serial: BadgeSerial,
    of event: String,
    _ change: AttentionChange,
    etag: String?
  ) async throws(StoreError) -> Badge
  /// Records a badge in place of the active one, with its mark; the old one is REPLACED.
  func replace(
    _ act: Act,
    _ serial: BadgeSerial,
    of event: String,
    with draft: BadgeDraft
  ) async throws(StoreError) -> Badge
  /// Badges of confirmed registrations, neither replaced nor revoked, that are outdated in a way: the first of them in the order of
  /// issue, and how many there are.
  func outdatedBadges(
    of event: String,
    _ way: OutdatedBadges,
    limit: Int
  ) async throws(StoreError) -> (badges: [Badge], count: Int)
  /// Makes the first of those badges last for all days of the event; their codes stay as they are.
  func renew(_ act: Act, of event: String, limit: Int) async throws(StoreError) -> RenewedBadges
  /// Records badges in place of others, in one transaction; passes over those that ended meanwhile.
  ///
  /// - Parameter way: In which they were outdated, of which it is told how many are left.
  func replace(
    _ act: Act,
    _ drafts: [(old: BadgeSerial, draft: BadgeDraft)],
    of event: String,
    _ way: OutdatedBadges
  ) async throws(StoreError) -> RenewedBadges
  /// Activates a badge, whose bearer was seen at the desk.
  func activate(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge
  /// Holds an active badge, which opens nothing until it is released.
  func hold(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge
  /// Releases a badge that is held.
  func release(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge
  /// Ends a badge; a replaced one stays replaced.
  ///
  /// - Parameter note: Why, in the words of who does it; may be empty.
  func revoke(_ act: Act, _ serial: BadgeSerial, of event: String, note: String) async throws(StoreError) -> Badge
  /// Records what was drawn to be printed, in its order.
  func addPrintRun(
    _ act: Act,
    _ badges: [BadgePrinting],
    look: PrintLook,
    of event: String
  ) async throws(StoreError) -> PrintRun
  /// Says of a run that it was printed.
  func confirmPrintRun(_ act: Act, _ number: Int64, of event: String) async throws(StoreError) -> PrintRun
  /// Says of a run that it was not printed after all.
  ///
  /// - Parameter isOwn: Whether it has to be one of the act's actor.
  /// - Throws: `StoreError.notFound` where there is none.
  func withdrawPrintRun(_ act: Act, _ number: Int64, of event: String, isOwn: Bool) async throws(StoreError) -> PrintRun
  /// The run of a number.
  func printRun(_ number: Int64, of event: String) async throws(StoreError) -> PrintRun
  /// Records that a badge is printed, where it never was.
  ///
  /// - Throws: `StoreError.badgeNotActive` where it is held or has ended.
  func claimPrint(
    _ act: Act,
    _ badge: BadgePrinting,
    look: PrintLook,
    of event: String
  ) async throws(StoreError) -> PrintClaim
  /// Runs, the newest first.
  func printRuns(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<PrintRun>
  /// The badges of a run from a number of it on, in its order.
  func badges(
    ofPrintRun number: Int64,
    of event: String,
    from first: Int
  ) async throws(StoreError) -> [BadgePrinting]
  /// What was said to be printed, by the badge: how it stood there last.
  func printedBadges(of event: String) async throws(StoreError) -> [BadgeSerial: BadgePrinting]
  /// Keys, oldest first.
  func signingKeys() async throws(StoreError) -> [StoredSigningKey]
  /// How many badges each key signed, by its id; those that signed none are left out.
  func signingKeyUse(at now: Instant) async throws(StoreError) -> [UInt32: SigningKeyUse]
  /// Records a key, which signs from then on, and has rosters tell of it; returns all keys, so that of two that were made at once
  /// both sides use the newest.
  func addSigningKey(_ act: Act, _ key: StoredSigningKey) async throws(StoreError) -> [StoredSigningKey]
  /// Puts sealed halves in the place of plain ones; returns all keys.
  func sealSigningKeys(_ act: Act, _ keys: [StoredSigningKey]) async throws(StoreError) -> [StoredSigningKey]
  /// Ends a key that signed no badge that works, and destroys its private half; returns all keys.
  ///
  /// - Throws: `StoreError.keySigns`, `keyInUse`, `notFound`.
  func retireSigningKey(_ act: Act, _ id: UInt32, publicKey: [UInt8]) async throws(StoreError) -> [StoredSigningKey]
}

extension BadgeStore {
  /// Ends a badge without saying why.
  package func revoke(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await revoke(act, serial, of: event, note: "")
  }

  /// Badges in the order of issue, of one registration where given, whatever they show.
  package func badges(
    of event: String,
    registration: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<Badge> {
    try await badges(of: event, registration: registration, withAttention: false, in: nil, page)
  }

  /// Issues badges to all but those whose badges were revoked.
  package func issue(
    _ act: Act,
    _ drafts: [BadgeDraft],
    of event: String
  ) async throws(StoreError) -> [IssuedBadge] {
    try await issue(act, drafts, of: event, renewingRevoked: false)
  }
}

/// What lanes need to decide while they are offline. A roster is read in parts, each a short reading of its own: what
/// changes between them is told among the changes since the head that was read first.
package protocol RosterStore: Sendable {
  /// The plan of an event, and how far the feed has come: where a snapshot begins.
  func rosterHead(of event: String) async throws(StoreError) -> RosterHead
  /// Badges in the order of their keys, which only ever grow.
  func rosterBadges(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterBadge>
  /// Keys, in order, of the badges that have changed since a number of the feed.
  func changedRosterBadges(of event: String, since sequence: Int64) async throws(StoreError) -> [Int64]
  /// Presences in the order of their registrations; a page has all of each one, so a few more than its size.
  func rosterPresences(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterPresence>
  /// What has changed since a cursor, so much of it as is read at once; nil where the cursor is of other data or too
  /// old, so that a snapshot is needed.
  ///
  /// - Parameter limit: The last number of the event's feed that is looked at, which it had come to before; nil for all.
  func rosterChanges(
    of event: String,
    since cursor: RosterCursor,
    upTo limit: Int64?
  ) async throws(StoreError) -> RosterChanges?
}

/// Devices and the codes with which they enrol.
package protocol DeviceStore: Sendable {
  func addEnrolmentCode(_ act: Act, _ code: StoredEnrolmentCode) async throws(StoreError)
  /// Codes with which a device can still enrol, in the order in which they run out.
  func enrolmentCodes(of event: String, at now: Instant, _ page: PageRequest) async throws(StoreError)
    -> Page<Enrolment>
  /// Ends a code by its resource id; withdrawing again keeps the first time.
  ///
  /// - Throws: `enrolmentCodeUsed` where a device has enrolled with it.
  func withdrawEnrolmentCode(_ act: Act, _ id: String, of event: String) async throws(StoreError) -> Enrolment
  /// The device that a code is to make. It is not on record before `confirmDevice`: until then another request takes the
  /// place of this one, and the device runs out with the code. The same request again returns the same device.
  ///
  /// - Throws: `enrolmentCodeRefused`.
  func enrol(_ act: Act, codeHash: [UInt8], request: Int64) async throws(StoreError) -> Device
  /// Puts a device on record that `enrol` returned, and so uses up its code.
  ///
  /// - Returns: The device, as it is on record; nil where there is none of this id, or its code has run out.
  func confirmDevice(_ act: Act, _ id: String) async throws(StoreError) -> Device?
  /// Nil where there is none of this id.
  func device(_ id: String) async throws(StoreError) -> Device?
  /// Devices in the order in which they were enrolled.
  func devices(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Device>
  /// Notes that a device, on record or not yet, gets a new certificate.
  ///
  /// - Throws: `deviceRevoked`, so that no certificate is handed out to one that was revoked meanwhile.
  func noteCertificate(_ act: Act, of device: String, endsAt: Instant) async throws(StoreError)
  /// Notes what a device says of itself; only a new version is a change.
  func note(_ act: Act, _ report: DeviceReport, of device: String) async throws(StoreError)
  /// Notes that a device made a call, without what it says in a report.
  func noteCall(_ act: Act, of device: String) async throws(StoreError)
  /// Changes what a device is called and may do.
  ///
  /// - Throws: `deviceEnded` where it was revoked.
  func change(_ act: Act, device id: String, of event: String, _ change: DeviceChange) async throws(StoreError)
    -> Device
  /// Ends a device; revoking again keeps the first time.
  func revokeDevice(_ act: Act, _ id: String, of event: String) async throws(StoreError) -> Device
}

/// Bearer tokens: only their hashes.
package protocol TokenStore: Sendable {
  /// - Throws: `notFound` where it is for an event that is not there.
  func addToken(_ act: Act, _ token: StoredToken) async throws(StoreError)
  /// Nil where there is none of this id.
  func token(_ id: String) async throws(StoreError) -> StoredToken?
  /// Tokens, oldest first.
  func tokens() async throws(StoreError) -> [StoredToken]
  /// Ends a token, and all who signed in with it; false where there is none of this id. Revoking again keeps the first time.
  func revokeToken(_ act: Act, _ id: String) async throws(StoreError) -> Bool
}
