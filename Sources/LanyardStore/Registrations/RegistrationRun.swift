import LanyardDomain

/// Decides on registrations of one event and writes what was decided, within the caller's transaction.
struct RegistrationRun {
  /// The most who wait that are read at once.
  private static let part = 100
  private static let facts = SQL(
    """
    SELECT onsite_capacity, onsite_confirmed, reviewed_stakeholder_groups, reviewed_guest_roles, moves_up,
      moving_up_ends_at, listed_needs, (SELECT count(*) FROM registration WHERE registration.event_id = event.id
        AND registration.state = \(RegistrationState.waitlisted.word)), stakeholder_groups
    FROM event WHERE id = ?
    """
  )
  private static let places = SQL("UPDATE event SET onsite_confirmed = ? WHERE id = ?")

  /// Decides.
  var fold: RegistrationFold
  /// Slug and key of the event.
  let event: (slug: String, key: Int64)
  private let listedNeeds: [String]
  private let trail: Trail
  private let session: any SQLSession

  /// Takes the event as this transaction finds or leaves it; once the body has returned, the places that it gave and took are
  /// on record.
  ///
  /// - Parameter slug: The event's.
  /// - Throws: `StoreError.notFound`.
  static func run<Value>(
    _ slug: String,
    _ trail: Trail,
    _ session: any SQLSession,
    _ body: (inout RegistrationRun) throws -> Value
  ) throws -> Value {
    var run = try RegistrationRun(slug, trail, session)
    let (before, choices) = (run.fold.places, run.fold.choices)
    let value = try body(&run)
    if run.fold.places.taken != before.taken { try session.run(Self.places, [run.fold.places.taken, run.event.key]) }
    if run.fold.choices != choices {
      try ChoiceTable(session).write(run.fold.choices, from: choices, of: run.event.key)
    }
    return value
  }

  private init(_ slug: String, _ trail: Trail, _ session: any SQLSession) throws {
    (self.trail, self.session) = (trail, session)
    event = (slug, try trail.feed.key(of: slug))
    (fold, listedNeeds) = try Self.facts(of: event, session)
  }

  /// What an event's registrations are decided by, and its listed needs.
  ///
  /// - Parameter event: Slug and key.
  /// - Throws: `StoreError.notFound`.
  static func facts(
    of event: (slug: String, key: Int64),
    _ session: any SQLSession
  ) throws -> (fold: RegistrationFold, needs: [String]) {
    let found = try session.first(Self.facts, [event.key]) { row in
      try (
        fold: RegistrationFold(row, of: event.key, session),
        needs: JSONColumn.value(row[6], "event", "listed_needs") as [String]
      )
    }
    guard let found else { throw StoreError.notFound(.event(event.slug)) }
    return found
  }

  /// Adds a registration with its person.
  ///
  /// - Parameter isMailed: Whether the person is to be written to, whatever the event says.
  func add(
    _ details: RegistrationDetails,
    _ state: RegistrationState,
    request: RequestIdentity?,
    isMailed: Bool = false
  ) throws -> Registration {
    let needs = Event.needs(listedNeeds, in: details.accessibilityNeeds)
    let made = try RegistrationRow.add(details, state, of: event, request: request, needs: needs, trail, session)
    let wentOver = fold.wentOver(details, state, from: nil)
    try trail.record(.created(made, overCapacity: wentOver, isMailed: isMailed))
    return made
  }

  /// Writes the state that confirming its address led to.
  func verify(
    _ row: inout RegistrationRow,
    as verified: (details: RegistrationDetails, state: RegistrationState)
  ) throws {
    let needs = Event.needs(listedNeeds, in: verified.details.accessibilityNeeds)
    try row.change(to: verified.details, verified.state, of: event.key, needs: needs, trail, session)
    try trail.record(.verified(row.registration))
  }

  /// Ends a registration whose address nobody confirmed, and erases who it is of.
  func end(pending row: inout RegistrationRow) throws {
    try row.move(to: .cancelled, of: event.key, trail, session)
    try row.erase(at: trail.recordedAt(), session)
    try MailTable.forget(row.key, session)
    try VerificationTable(session).remove(of: row.key)
    try trail.record(.expired(row.registration.id, of: event.slug))
    try Traces.note(session)
  }

  /// Writes other details of a registration, with the state that follows from them.
  func change(_ row: inout RegistrationRow, to details: RegistrationDetails, _ state: RegistrationState) throws {
    let before = row.registration
    let needs = Event.needs(listedNeeds, in: details.accessibilityNeeds)
    try row.change(to: details, state, of: event.key, needs: needs, trail, session)
    let wentOver = fold.wentOver(details, state, from: before)
    try trail.record(.updated(row.registration, from: before, overCapacity: wentOver))
  }

  /// Writes the state that a step led to.
  func take(
    _ step: RegistrationStep,
    _ row: inout RegistrationRow,
    to state: RegistrationState,
    note: String
  ) throws {
    let before = row.registration
    try row.move(to: state, of: event.key, trail, session)
    try PlaceBookings.end(of: row, event: event.slug, trail, session)
    let wentOver = fold.wentOver(before.details, state, from: before)
    let change = Change.step(step, row.registration, from: before.state, overCapacity: wentOver)
    if let change { try trail.record(change) }
    if step == .reject { try NoteTable(session).keep(note, as: .rejected, of: row.key, about: row.key) }
    if step == .moveUp { try NoteTable(session).keep(note, as: .movedUp, of: row.key, about: row.key) }
  }

  /// Confirms those who wait, the longest waiting first, while there are places and they are given by themselves; returns how many.
  @discardableResult
  mutating func moveUp() throws -> Int {
    var moved = 0
    if !fold.places.groups.isEmpty { return try moveUpByGroups() }
    while true {
      let count = fold.freeForWaiting(upTo: Self.part, at: try trail.now())
      guard count > 0 else { return moved }
      let waiting = try RegistrationRow.waiting(of: event, limit: count, session)
      for var row in fold.moveUp(waiting, at: try trail.now()) {
        try row.move(to: .confirmed, of: event.key, trail, session)
        try trail.record(.movedUp(row.registration.id, of: event.slug))
        moved += 1
      }
      guard waiting.count == count else { return moved }
    }
  }

  /// The same where groups have quotas: who waits for their group's is passed over.
  private mutating func moveUpByGroups() throws -> Int {
    let now = try trail.now()
    guard fold.freeForWaiting(upTo: 1, at: now) > 0 else { return 0 }
    let moving = fold.moveUp(try GroupCounts(session).waiting(of: event.key), at: now, group: \.group)
    for person in moving {
      var row = try RegistrationRow.find(person.id, of: event, session)
      try row.move(to: .confirmed, of: event.key, trail, session)
      try trail.record(.movedUp(person.id, of: event.slug))
    }
    return moving.count
  }
}

extension RegistrationFold {
  /// From a row of the statement above.
  ///
  /// - Parameter event: The store's key.
  fileprivate init(_ row: any SQLRow, of event: Int64, _ session: any SQLSession) throws {
    let groups: [Term] = try JSONColumn.value(row[8], "event", "stakeholder_groups")
    self.init(
      review: ReviewRule(
        stakeholderGroups: try JSONColumn.value(row[2], "event", "reviewed_stakeholder_groups"),
        guestRoles: try JSONColumn.value(row[3], "event", "reviewed_guest_roles")
      ),
      places: Places(
        capacity: try row[0],
        taken: try row[1],
        waiting: try row[7],
        groups: try GroupCounts(session).places(of: event, quotas: groups.quotas)
      ),
      movingUp: MovingUp(isOn: try row[4], ends: try row[5]),
      choices: try ChoiceTable(session).places(of: event)
    )
  }
}
