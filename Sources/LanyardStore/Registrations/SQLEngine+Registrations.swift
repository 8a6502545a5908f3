package import LanyardDomain

/// The statements of lists of registrations.
private enum RegistrationSQL {
  static let requested = SQL(
    """
    SELECT public_id, request_fingerprint, event_id, erased_at FROM registration
    WHERE request_high = ? AND request_low = ?
    """
  )

  static let countries = SQL(
    "SELECT DISTINCT country FROM person WHERE event_id = ? AND country <> '' ORDER BY country"
  )

  static let organisations = SQL(
    """
    SELECT organisation FROM person WHERE event_id = ? AND organisation <> ''
    GROUP BY organisation ORDER BY count(*) DESC, organisation LIMIT ?
    """
  )

  /// How many registrations of an event a filter leaves.
  static func count(_ filter: RegistrationFilter) -> SQL {
    // People are looked at only where words are asked for.
    let people = filter.asksOfPeople ? " JOIN person ON person.registration_id = registration.id" : ""
    return SQL("SELECT count(*) FROM registration\(people) WHERE registration.event_id = ?\(conditions(filter))")
  }

  /// A page of them.
  static func page(_ filter: RegistrationFilter) -> SQL {
    switch filter.order {
    case .made:
      SQL(
        """
        \(RegistrationRow.selection) WHERE registration.event_id = ?\(conditions(filter)) AND registration.id > ?
        ORDER BY registration.id LIMIT ?
        """
      )
    case .name:
      SQL(
        """
        \(RegistrationRow.selection) WHERE registration.event_id = ?\(conditions(filter))
          AND (\(nameKey), registration.id) > (?, ?)
        ORDER BY \(nameKey), registration.id LIMIT ?
        """
      )
    }
  }

  /// By which a list by name is ordered; empty of whom was erased.
  private static let nameKey = """
    substr(replace(coalesce(person.attendee_key, ''), '\(SearchText.otherStart)', '\(SearchText.otherOrder)'), 1,
      \(PersonRow.nameKeyLength))
    """

  /// That none of somebody's badges has been let in. It names what is let pass as the index does that finds it.
  private static let hasNotCome = """
    NOT EXISTS (SELECT 1 FROM badge JOIN scan ON scan.badge_id = badge.id
      WHERE badge.registration_id = registration.id AND \(PassageSQL.letPass)
        AND \(PassageSQL.letIn) AND \(PassageSQL.stands))
    """

  /// What narrows a list: as many different statements as there are filters, whatever they ask for.
  private static func conditions(_ filter: RegistrationFilter) -> String {
    var conditions = [""]
    if filter.state != nil { conditions.append("registration.state = ?") }
    if filter.group != nil { conditions.append("registration.stakeholder_group = ?") }
    if filter.participation != nil { conditions.append("registration.participation = ?") }
    if filter.role != nil { conditions.append("registration.guest_role = ?") }
    if filter.country != nil { conditions.append("person.country = ?") }
    if filter.email != nil { conditions.append("person.email_key = ?") }
    if filter.hasNotCome { conditions.append(hasNotCome) }
    conditions += filter.words.map { _ in "person.search_key LIKE ? ESCAPE '!'" }
    // A word of a name ends before another, or before one of the organisation.
    conditions += filter.nameWords.map { _ in
      "(person.attendee_key LIKE ? ESCAPE '!' OR person.attendee_key LIKE ? ESCAPE '!')"
    }
    conditions += filter.organisation.map { _ in "person.organisation_key LIKE ? ESCAPE '!'" }
    return conditions.joined(separator: " AND ")
  }

  /// The values of `conditions`.
  static func values(_ filter: RegistrationFilter) -> [any SQLValue] {
    var values: [any SQLValue] = []
    if let state = filter.state { values.append(state.rawValue) }
    if let group = filter.group { values.append(group) }
    if let participation = filter.participation { values.append(participation.rawValue) }
    if let role = filter.role { values.append(role) }
    if let country = filter.country { values.append(country) }
    if let email = filter.email { values.append(EmailAddress.key(email)) }
    values += filter.words.map { pattern(of: SearchText.folded($0)) }
    values += filter.nameWords.flatMap { word in
      [" ", SearchText.otherStart].map { pattern(of: " \(word)\($0)") }
    }
    return values + filter.organisation.map { pattern(of: SearchText.folded($0)) }
  }

  /// What LIKE takes for a text that stands anywhere in another; by scalars, as a mark may follow a sign of the pattern.
  private static func pattern(of text: String) -> String {
    var pattern = "%".unicodeScalars
    for scalar in text.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "!" { pattern.append("!") }
      pattern.append(scalar)
    }
    return String(pattern) + "%"
  }
}

extension SQLEngine {
  package func register(
    _ act: Act,
    _ details: RegistrationDetails,
    for event: String,
    request: RequestIdentity?,
    overCapacity: Bool
  ) async throws(StoreError) -> Registration {
    try await write(act, of: .event(event)) { session, trail in
      try RegistrationRun.run(event, trail, session) { run in
        let event = run.event
        let earlier = try EarlierRequest.find(request, for: event.key, session)
        let answer = try run.fold.register(
          details,
          request: request,
          earlier: earlier,
          last: try RegistrationRow.last(details, of: event, session)?.registration.state,
          overCapacity: overCapacity
        )
        switch answer {
        case .made(let state): return try run.add(details, state, request: request)
        case .repeated(let id): return try RegistrationRow.find(id, of: event, session).registration
        }
      }
    }
  }

  package func registration(_ id: String, of event: String) async throws(StoreError) -> Registration {
    try await read { session in
      try RegistrationRow.find(id, of: (event, EventKey.find(event, session)), session).registration
    }
  }

  package func placedRegistration(
    _ id: String,
    of event: String
  ) async throws(StoreError) -> (registration: Registration, place: Int?) {
    try await read { session in
      let row = try RegistrationRow.find(id, of: (event, EventKey.find(event, session)), session)
      let waits = row.registration.state == .waitlisted
      return (row.registration, waits ? try MailTable.place(of: row.key, session) : nil)
    }
  }

  package func placeNote(of id: String, _ event: String) async throws(StoreError) -> String {
    try await read { session in
      let key = try RegistrationRow.key(of: id, of: (event, EventKey.find(event, session)), session)
      return try NoteTable(session).text(as: .movedUp, of: key)
    }
  }

  package func registrations(_ ids: [String], of event: String) async throws(StoreError) -> [Registration] {
    try await survey { session in
      let key = try EventKey.find(event, session)
      return try ids.map { try RegistrationRow.find($0, of: (event, key), session).registration }
    }
  }

  package func registrations(
    of event: String,
    matching filter: RegistrationFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> (page: Page<Registration>, total: Int) {
    try await survey { session in
      let narrowed: [any SQLValue] = [try EventKey.find(event, session)] + RegistrationSQL.values(filter)
      let total: Int? = try session.first(RegistrationSQL.count(filter), narrowed) { try $0[0] }
      let start = try filter.order == .made ? [page.number()] : page.values(from: .text(""), .number(0))
      let rows = try session.all(RegistrationSQL.page(filter), narrowed + start + [page.size + 1]) { row in
        try RegistrationRow(row, of: event, session)
      }
      return (page.cut(rows) { $0.cursor(filter.order) }.map(\.registration), total ?? 0)
    }
  }

  package func countries(of event: String) async throws(StoreError) -> [String] {
    try await survey { session in
      try session.all(RegistrationSQL.countries, [EventKey.find(event, session)]) { try $0.text(0) }
    }
  }

  package func organisations(of event: String, limit: Int) async throws(StoreError) -> [String] {
    try await survey { session in
      try session.all(RegistrationSQL.organisations, [EventKey.find(event, session), limit]) { try $0.text(0) }
    }
  }

  package func take(
    _ act: Act,
    _ step: RegistrationStep,
    on id: String,
    of event: String,
    etag: String?,
    as discretion: Discretion
  ) async throws(StoreError) -> Registration {
    try await decide(act, on: id, of: event) { run, row, session in
      let before = row.registration
      let other = try step == .restore ? RegistrationRow.last(before.details, of: run.event, session) : nil
      let state = try run.fold.take(step, on: before, other: other?.registration, etag: etag, as: discretion)
      guard state != before.state else { return false }
      try run.take(step, &row, to: state, note: discretion.note)
      return true
    }
  }

  package func change(
    _ act: Act,
    _ id: String,
    of event: String,
    by change: RegistrationChange,
    etag: String?,
    as discretion: Discretion
  ) async throws(StoreError) -> Registration {
    try await decide(act, on: id, of: event) { run, row, session in
      let before = row.registration
      let last = try change.email.flatMap { try RegistrationRow.last(of: $0, event: run.event, session) }
      let (details, state) = try run.fold.change(
        before,
        by: change,
        last: last?.registration,
        etag: etag,
        as: discretion
      )
      guard details != before.details else { return false }
      try run.change(&row, to: details, state)
      return true
    }
  }

  /// Decides on a registration that is there, and returns it as it is then.
  ///
  /// - Parameter body: Writes and records what it decides; says whether that is anything, after which who waits moves up.
  private func decide(
    _ act: Act,
    on id: String,
    of event: String,
    _ body: @escaping @Sendable (inout RegistrationRun, inout RegistrationRow, any SQLSession) throws -> Bool
  ) async throws(StoreError) -> Registration {
    try await write(act, of: .event(event)) { session, trail in
      try RegistrationRun.run(event, trail, session) { run in
        var row = try RegistrationRow.find(id, of: run.event, session)
        if try body(&run, &row, session) { try run.moveUp() }
        return row.registration
      }
    }
  }

  package func importRegistrations(
    _ act: Act,
    _ rows: [ImportRow],
    for event: String,
    updating: Bool,
    mailing: Bool
  ) async throws(StoreError) -> [ImportOutcome] {
    try await write(act, of: .event(event)) { session, trail in
      try RegistrationRun.run(event, trail, session) { run in
        var outcomes: [ImportOutcome] = []
        for row in rows {
          let last = try RegistrationRow.last(row.details, of: run.event, session)
          var outcome = run.fold.take(row, last: last?.registration, updating: updating)
          if case .imported(let state) = outcome {
            _ = try run.add(row.newDetails(), state, request: nil, isMailed: mailing)
          }
          if case .updated(var update) = outcome, var found = last {
            try run.change(&found, to: update.details, update.state)
            // Who waits gets a place that becomes free, before a row further on.
            update.movedUp = try run.moveUp()
            update.reachesBadge = try update.isOfBadges && BadgeRow.hasCurrent(of: found.key, session)
            outcome = .updated(update)
          }
          outcomes.append(outcome)
        }
        return outcomes
      }
    }
  }

  package func previewImport(
    of rows: [ImportRow],
    for event: String,
    after before: ImportPreview?,
    updating: Bool,
    at now: Instant
  ) async throws(StoreError) -> (outcomes: [ImportOutcome], left: ImportPreview) {
    try await survey { session in
      let event = (slug: event, key: try EventKey.find(event, session))
      var preview = try before ?? ImportPreview(fold: RegistrationRun.facts(of: event, session).fold)
      let outcomes = try rows.map { row in
        let last = try RegistrationRow.last(row.details, of: event, session)
        let outcome = try preview.take(row, last: last?.registration, updating: updating, at: now) { count in
          guard let count else { return try GroupCounts(session).waiting(of: event.key) }
          return try RegistrationRow.waiting(of: event, limit: count, session).map(\.registration).map {
            WaitingPerson(id: $0.id, group: $0.details.stakeholderGroup)
          }
        }
        guard case .updated(var update) = outcome, let last else { return outcome }
        update.reachesBadge = try update.isOfBadges && BadgeRow.hasCurrent(of: last.key, session)
        return .updated(update)
      }
      return (outcomes, preview)
    }
  }
}

extension EarlierRequest {
  /// What is known of an earlier request of the same id; nil where there was none.
  ///
  /// - Parameter event: The store's key of the event that the request is for.
  static func find(
    _ request: RequestIdentity?,
    for event: Int64,
    _ session: any SQLSession
  ) throws -> EarlierRequest? {
    guard let (high, low) = request?.id.halves else { return nil }
    return try session.first(RegistrationSQL.requested, [high, low]) { try EarlierRequest($0, of: event) }
  }

  /// From a row of `RegistrationSQL.requested`, as a request for an event, by the store's key, sees it.
  fileprivate init(_ row: any SQLRow, of event: Int64) throws {
    let madeFor: Int64 = try row[2]
    self.init(
      registration: try row[0],
      fingerprint: try row[1],
      isOfSameEvent: madeFor == event,
      isErased: !row.isNull(3)
    )
  }
}
