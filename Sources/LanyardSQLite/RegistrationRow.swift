import GRDB
import LanyardDomain
import LanyardStore

/// One row of `registration`, with the person and the answers that lie apart.
struct RegistrationRow: FetchableRecord {
  let id: Int64
  let publicId: String
  let eventId: Int64
  private(set) var state: String
  let participation: String
  let stakeholderGroup: String
  let guestRole: String
  let createdAt: Int64
  private(set) var updatedAt: Int64
  private(set) var revision: Int64
  let requestFingerprint: Int64?
  let erasedAt: Int64?
  private let person: Person
  private let answers: Result<Answers, StoreError>

  /// What every query of whole rows selects, in the order of `init(row:)`, to which conditions are added: by position,
  /// reading a row takes a tenth of the time.
  static let selection = """
    SELECT registration.id, registration.public_id, registration.event_id, registration.state,
      registration.participation, registration.stakeholder_group, registration.guest_role, registration.created_at,
      registration.updated_at, registration.revision, registration.request_fingerprint, registration.erased_at,
      \(PersonRow.columns), \(PersonRow.answers)
    FROM registration LEFT JOIN person ON person.registration_id = registration.id
    """

  init(row: Row) {
    id = row[0]
    publicId = row[1]
    eventId = row[2]
    state = row[3]
    participation = row[4]
    stakeholderGroup = row[5]
    guestRole = row[6]
    createdAt = row[7]
    updatedAt = row[8]
    revision = row[9]
    requestFingerprint = row[10]
    erasedAt = row[11]
    person = PersonRow.person(row, from: 12)
    answers = Result { () throws(StoreError) in
      try PersonRow.answers(row, from: 12 + PersonField.allCases.count)
    }
  }

  /// - Throws: `StoreError.unknownValue`.
  func knownState() throws(StoreError) -> RegistrationState { try known(state, "registration", "state") }

  /// - Throws: `StoreError.unknownValue`.
  func details() throws(StoreError) -> RegistrationDetails {
    RegistrationDetails(
      person: person,
      stakeholderGroup: stakeholderGroup,
      guestRole: guestRole,
      participation: try known(participation, "registration", "participation"),
      answers: try answers.get()
    )
  }

  /// - Throws: `StoreError.unknownValue`.
  func registration(of event: String) throws(StoreError) -> Registration {
    Registration(
      id: publicId,
      event: event,
      state: try knownState(),
      details: try details(),
      createdAt: Instant(microseconds: createdAt),
      updatedAt: Instant(microseconds: updatedAt),
      revision: revision,
      erasedAt: erasedAt.map(Instant.init(microseconds:))
    )
  }

  /// The request that made it, as another of the same id sees it.
  ///
  /// - Parameter event: The store's key of the event that the other is for.
  func request(of event: Int64) -> EarlierRequest {
    EarlierRequest(
      registration: publicId,
      fingerprint: requestFingerprint,
      isOfSameEvent: eventId == event,
      isErased: erasedAt != nil
    )
  }

  /// The row of an id.
  ///
  /// - Throws: `StoreError.notFound`.
  static func find(_ id: String, event: EventRow, _ db: Database) throws -> RegistrationRow {
    let row = try fetchOne(
      db.cachedStatement(sql: "\(selection) WHERE registration.public_id = ? AND registration.event_id = ?"),
      arguments: [id, event.id]
    )
    guard let row else { throw StoreError.notFound(.registration(id, of: event.slug)) }
    return row
  }

  /// Takes another state, with a new number of the feed.
  mutating func move(to state: RegistrationState, _ trail: Trail, _ db: Database) throws {
    self.state = state.rawValue
    updatedAt = trail.act.now.microseconds
    revision += 1
    let sequence = try trail.feed.next(of: eventId).value
    try db.execute(
      sql: """
        UPDATE registration SET state = ?, waitlisted_sequence = ?, updated_at = ?, revision = ?, sequence = ? WHERE id = ?
        """,
      arguments: [self.state, state == .waitlisted ? sequence : nil, updatedAt, revision, sequence, id]
    )
  }

  /// Those who wait for a place, the longest waiting first.
  static func waiting(of event: Int64, count: Int, _ db: Database) throws -> [(id: Int64, publicID: String)] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, public_id FROM registration WHERE event_id = ? AND state = 'WAITLISTED'
        ORDER BY waitlisted_sequence LIMIT ?
        """
    )
    return try Row.fetchAll(statement, arguments: [event, count]).map { ($0[0], $0[1]) }
  }

  /// Gives a place to one who waits, with a new number of the feed.
  static func confirm(_ id: Int64, of event: Int64, _ trail: Trail, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE registration SET state = 'CONFIRMED', waitlisted_sequence = NULL, revision = revision + 1,
          updated_at = ?, sequence = ?
        WHERE id = ?
        """
    )
    try statement.execute(arguments: [trail.act.now.microseconds, trail.feed.next(of: event).value, id])
  }

  /// Adds a registration with its person.
  static func add(
    _ details: RegistrationDetails,
    _ state: RegistrationState,
    of event: (slug: String, id: Int64),
    request: RequestIdentity?,
    _ trail: Trail,
    _ db: Database
  ) throws -> Registration {
    let (id, now) = (RegistrationID.random(), trail.act.now)
    let sequence = try trail.feed.next(of: event.id).value
    let statement = try HotStatement(
      """
        INSERT INTO registration (public_id, event_id, state, waitlisted_sequence, participation, stakeholder_group,
          guest_role, created_at, updated_at, revision, sequence, request_high, request_low, request_fingerprint)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
      """,
      db
    )
    try statement.bind {
      $0.add(id)
      $0.add(event.id)
      $0.add(state.rawValue)
      $0.add(state == .waitlisted ? sequence : nil)
      $0.add(details.participation.rawValue)
      $0.add(details.stakeholderGroup)
      $0.add(details.guestRole)
      $0.add(now.microseconds)
      $0.add(now.microseconds)
      $0.add(sequence)
      $0.add(request.map { Int64(bitPattern: $0.id.high) })
      $0.add(request.map { Int64(bitPattern: $0.id.low) })
      $0.add(request?.fingerprint)
    }
    try statement.run()
    try PersonRow.add(details, to: db.lastInsertedRowID, of: event.id, isLive: state.isLive, db)
    return Registration(
      id: id,
      event: event.slug,
      state: state,
      details: details,
      createdAt: now,
      updatedAt: now,
      revision: 1
    )
  }
}
