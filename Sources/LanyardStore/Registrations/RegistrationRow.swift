import LanyardDomain

/// One row of `registration`, with the person and the answers that lie apart.
struct RegistrationRow: Sendable {
  /// The store's key.
  let key: Int64
  private(set) var registration: Registration

  /// What every query of whole rows selects, in the order of `init(_:of:)`, to which conditions are added.
  static let selection = """
    SELECT registration.id, registration.public_id, registration.state, registration.participation,
      registration.stakeholder_group, registration.guest_role, registration.created_at, registration.updated_at,
      registration.revision, registration.erased_at, registration.days, \(PersonRow.columns), \(PersonRow.answers),
      \(PersonRow.hasOwnAnswers)
    FROM registration LEFT JOIN person ON person.registration_id = registration.id
    """
  /// `RegistrationDetails.countedGroup`.
  static let countedGroup = """
    CASE WHEN registration.stakeholder_group = '' THEN registration.guest_role
      ELSE registration.stakeholder_group END
    """
  /// `RegistrationDetails.isFor(_:)`.
  ///
  /// - Parameter pattern: The parameter that has the day between two `%`.
  static func isFor(dayLike pattern: String) -> String {
    "(registration.days = '' OR registration.days LIKE \(pattern))"
  }
  private static let byID = SQL("\(selection) WHERE registration.public_id = ? AND registration.event_id = ?")
  /// An address's live registration comes first; where it has none, the last that has ended. One whose address nobody has confirmed
  /// is nobody's yet.
  private static let ofAddress = SQL(
    """
    \(selection) WHERE registration.id = (SELECT person.registration_id
      FROM person JOIN registration AS own ON own.id = person.registration_id
      WHERE person.event_id = ? AND person.email_key = ? AND own.state <> \(RegistrationState.emailPending.word)
      ORDER BY person.is_live DESC, person.registration_id DESC LIMIT 1)
    """
  )
  private static let pendingOfAddress = SQL(
    """
    \(selection) WHERE registration.id = (SELECT person.registration_id
      FROM person JOIN registration AS own ON own.id = person.registration_id
      WHERE person.event_id = ? AND person.email_key = ? AND own.state = \(RegistrationState.emailPending.word)
      ORDER BY person.registration_id DESC LIMIT 1)
    """
  )
  private static let pending = SQL(
    """
    \(selection) WHERE registration.event_id = ? AND registration.state = \(RegistrationState.emailPending.word)
      AND registration.created_at <= ? ORDER BY registration.created_at LIMIT ?
    """
  )
  private static let longestWaiting = SQL(
    """
    \(selection) WHERE registration.event_id = ? AND registration.state = \(RegistrationState.waitlisted.word)
    ORDER BY registration.waitlisted_sequence LIMIT ?
    """
  )
  private static let keyByID = SQL("SELECT id FROM registration WHERE public_id = ? AND event_id = ?")
  /// A request of this event has been looked up; one of another event may be recorded at the same time.
  private static let addition = SQL(
    """
    INSERT INTO registration (public_id, event_id, state, waitlisted_sequence, participation, stakeholder_group,
      guest_role, days, created_at, updated_at, revision, request_high, request_low, request_fingerprint)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT (request_high, request_low) DO NOTHING RETURNING id
    """
  )
  private static let move = SQL(
    "UPDATE registration SET state = ?, waitlisted_sequence = ?, updated_at = ?, revision = ? WHERE id = ?"
  )
  private static let change = SQL(
    """
    UPDATE registration SET participation = ?, stakeholder_group = ?, guest_role = ?, days = ?, updated_at = ?,
      revision = ? WHERE id = ?
    """
  )
  /// A fingerprint of what was asked could be guessed at.
  private static let erasure = SQL("UPDATE registration SET erased_at = ?, request_fingerprint = NULL WHERE id = ?")

  /// - Parameter event: Slug of the event.
  /// - Throws: `StoreError.unknownValue`.
  init(_ row: any SQLRow, of event: String, _ session: any SQLSession) throws {
    key = try row[0]
    let erasedAt: Instant? = try row[9]
    registration = Registration(
      id: try row[1],
      event: event,
      state: try known(row[2], "registration", "state"),
      details: RegistrationDetails(
        person: try erasedAt == nil ? PersonRow.person(row, from: 11) : Person(),
        stakeholderGroup: try row[4],
        guestRole: try row[5],
        participation: try known(row[3], "registration", "participation"),
        days: try LocalDate.list(row[10], "registration", "days"),
        answers: try PersonRow.answers(row, from: 11 + PersonField.allCases.count, of: key, session)
      ),
      createdAt: try row[6],
      updatedAt: try row[7],
      revision: try row[8],
      erasedAt: erasedAt
    )
  }

  /// The row of an id.
  ///
  /// - Parameter event: Slug and key of the event.
  /// - Throws: `StoreError.notFound`.
  static func find(
    _ id: String,
    of event: (slug: String, key: Int64),
    _ session: any SQLSession
  ) throws -> RegistrationRow {
    let row = try session.first(byID, [id, event.key]) { try RegistrationRow($0, of: event.slug, session) }
    guard let row else { throw StoreError.notFound(.registration(id, of: event.slug)) }
    return row
  }

  /// The store's key of an id.
  ///
  /// - Throws: `StoreError.notFound`.
  static func key(
    of id: String,
    of event: (slug: String, key: Int64),
    _ session: any SQLSession
  ) throws -> Int64 {
    guard let key: Int64 = try session.first(keyByID, [id, event.key], { try $0[0] }) else {
      throw StoreError.notFound(.registration(id, of: event.slug))
    }
    return key
  }

  /// An address's live registration; where it has none, the last that has ended.
  static func last(
    _ details: RegistrationDetails,
    of event: (slug: String, key: Int64),
    _ session: any SQLSession
  ) throws -> RegistrationRow? {
    try last(of: details.email, event: event, session)
  }

  /// An address's live registration; where it has none, the last that has ended.
  static func last(
    of email: String,
    event: (slug: String, key: Int64),
    _ session: any SQLSession
  ) throws -> RegistrationRow? {
    try session.first(ofAddress, [event.key, EmailAddress.key(email)]) {
      try RegistrationRow($0, of: event.slug, session)
    }
  }

  /// The last registration of an address whose owner has not confirmed it.
  static func pending(
    of email: String,
    event: (slug: String, key: Int64),
    _ session: any SQLSession
  ) throws -> RegistrationRow? {
    try session.first(pendingOfAddress, [event.key, EmailAddress.key(email)]) {
      try RegistrationRow($0, of: event.slug, session)
    }
  }

  /// Those whose address nobody had confirmed that were made until a moment, the oldest first.
  static func pending(
    of event: (slug: String, key: Int64),
    madeUntil moment: Instant,
    limit: Int,
    _ session: any SQLSession
  ) throws -> [RegistrationRow] {
    try session.all(pending, [event.key, moment, limit]) { try RegistrationRow($0, of: event.slug, session) }
  }

  /// Its keys in a list of this order.
  func cursor(_ order: RegistrationFilter.Order) -> PageCursor {
    switch order {
    case .made: return PageCursor(.number(key))
    case .name:
      let name = registration.erasedAt == nil ? SearchText.order(of: registration.details.person.attendeeKey) : ""
      let start = String(String.UnicodeScalarView(name.unicodeScalars.prefix(PersonRow.nameKeyLength)))
      return PageCursor(.text(start), .number(key))
    }
  }

  /// Those who wait for a place, the longest waiting first.
  static func waiting(
    of event: (slug: String, key: Int64),
    limit: Int,
    _ session: any SQLSession
  ) throws -> [RegistrationRow] {
    try session.all(longestWaiting, [event.key, limit]) { try RegistrationRow($0, of: event.slug, session) }
  }

  /// Adds a registration with its person.
  ///
  /// - Parameter needs: Which of the event's listed needs they named.
  /// - Throws: `RegistrationRefused.requestIDReused` where the request has made one for another event meanwhile.
  static func add(
    _ details: RegistrationDetails,
    _ state: RegistrationState,
    of event: (slug: String, key: Int64),
    request: RequestIdentity?,
    needs: String,
    _ trail: Trail,
    _ session: any SQLSession
  ) throws -> Registration {
    let (id, now) = (RegistrationID.random(), try trail.recordedAt())
    let waiting = try waiting(in: state, of: event.key, trail)
    let key = try session.keyIfNew(
      of: addition,
      [
        id, event.key, state.rawValue, waiting, details.participation.rawValue, details.stakeholderGroup,
        details.guestRole, details.text(of: .days), now, now, request?.id.halves.high, request?.id.halves.low,
        request?.fingerprint,
      ]
    )
    guard let key else { throw RegistrationRefused.requestIDReused }
    try PersonRow.add(details, to: key, of: event.key, isLive: state.isLive, needs: needs, session)
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

  /// The place of who waits among all who do; nil in another state.
  private static func waiting(in state: RegistrationState, of event: Int64, _ trail: Trail) throws -> Int64? {
    state == .waitlisted ? try trail.feed.next(of: event).value : nil
  }

  /// Takes another state; the person lives as long as it does.
  mutating func move(to state: RegistrationState, of event: Int64, _ trail: Trail, _ session: any SQLSession) throws {
    let wasLive = registration.state.isLive
    registration.state = state
    registration.updatedAt = try trail.recordedAt()
    registration.revision += 1
    let waiting = try Self.waiting(in: state, of: event, trail)
    try session.run(Self.move, [state.rawValue, waiting, registration.updatedAt, registration.revision, key])
    if state.isLive != wasLive { try PersonRow.set(isLive: state.isLive, of: key, session) }
  }

  /// Takes other details, and another state where that follows from them.
  ///
  /// - Parameter needs: Which of the event's listed needs they name now.
  mutating func change(
    to details: RegistrationDetails,
    _ state: RegistrationState,
    of event: Int64,
    needs: String,
    _ trail: Trail,
    _ session: any SQLSession
  ) throws {
    if state != registration.state {
      try move(to: state, of: event, trail, session)
    } else {
      registration.updatedAt = try trail.recordedAt()
      registration.revision += 1
    }
    registration.details = details
    try session.run(
      Self.change,
      [
        details.participation.rawValue, details.stakeholderGroup, details.guestRole, details.text(of: .days),
        registration.updatedAt, registration.revision, key,
      ]
    )
    try PersonRow.change(details, of: key, needs: needs, session)
  }

  /// Takes out who it is of, what they answered and what was noted about them.
  mutating func erase(at now: Instant, _ session: any SQLSession) throws {
    try PersonRow.erase(key, session)
    try session.run(Self.erasure, [now, key])
    registration.erasedAt = now
    registration.details.person = Person()
    registration.details.answers = Answers()
  }
}
