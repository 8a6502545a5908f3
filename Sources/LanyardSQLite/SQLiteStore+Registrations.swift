import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func register(
    _ act: Act,
    _ details: RegistrationDetails,
    for event: String,
    request: RequestIdentity?
  ) async throws(StoreError) -> Registration {
    try await recording(act, of: .event(event)) { db, trail in
      let (eventRow, eventID) = try EventRow.find(event, db)
      var run = RegistrationRun(eventRow, event: eventID, trail, db)
      let earlier = try request.flatMap { try Self.row(madeBy: $0, db) }
      let last = try Self.lastRow(details, eventID, db)
      let answer = try run.fold.register(
        details,
        request: request,
        earlier: earlier?.request(of: eventID),
        last: try last?.knownState()
      )
      switch answer {
      case .made(let state): return try run.add(details, state, request: request)
      case .repeated(let id): return try RegistrationRow.find(id, event: eventRow, db).registration(of: event)
      }
    }
  }

  package func registration(_ id: String, of event: String) async throws(StoreError) -> Registration {
    try await reading { db in
      let eventRow = try EventRow.find(event, db).row
      return try RegistrationRow.find(id, event: eventRow, db).registration(of: event)
    }
  }

  package func registrations(_ ids: [String], of event: String) async throws(StoreError) -> [Registration] {
    try await surveying { db in
      let eventRow = try EventRow.find(event, db).row
      return try ids.map { try RegistrationRow.find($0, event: eventRow, db).registration(of: event) }
    }
  }

  package func registrations(
    of event: String,
    matching filter: RegistrationFilter,
    _ page: PageRequest
  ) async throws(StoreError) -> (page: Page<Registration>, total: Int) {
    try await surveying { db in
      let eventID = try EventRow.find(event, db).id
      let condition = Self.condition(filter)
      // People are looked at only where words are asked for.
      let people: GRDB.SQL = filter.words.isEmpty ? "" : " JOIN person ON person.registration_id = registration.id"
      let total = try SQLRequest<Int>(
        "SELECT count(*) FROM registration\(people) WHERE registration.event_id = \(eventID)\(condition)"
      ).fetchOne(db)
      // Without a state, the + keeps SQLite from sorting the whole event for each page.
      let rows = try SQLRequest<RegistrationRow>(
        """
        \(sql: RegistrationRow.selection)
        WHERE \(sql: filter.state == nil ? "+" : "")registration.event_id = \(eventID)\(condition)
          AND registration.id > \(page.number())
        ORDER BY registration.id LIMIT \(page.size + 1)
        """
      ).fetchAll(db)
      let cut = page.cut(rows) { PageCursor(.number($0.id)) }
      return (try cut.map { try $0.registration(of: event) }, total ?? 0)
    }
  }

  package func take(
    _ act: Act,
    _ step: RegistrationStep,
    on id: String,
    of event: String,
    etag: String?
  ) async throws(StoreError) -> Registration {
    try await recording(act, of: .event(event)) { db, trail in
      let (eventRow, eventID) = try EventRow.find(event, db)
      var row = try RegistrationRow.find(id, event: eventRow, db)
      let before = try row.registration(of: event)
      var run = RegistrationRun(eventRow, event: eventID, trail, db)
      let state = try run.fold.take(step, on: before, etag: etag)
      guard state != before.state else { return before }
      try row.move(to: state, trail, db)
      let registration = try row.registration(of: event)
      if let change = Change.step(registration, from: before.state) { try trail.record(change) }
      try run.moveUp()
      return registration
    }
  }

  package func importRegistrations(
    _ act: Act,
    _ rows: [RegistrationDetails],
    for event: String
  ) async throws(StoreError) -> [ImportOutcome] {
    try await recording(act, of: .event(event)) { db, trail in
      let (eventRow, eventID) = try EventRow.find(event, db)
      var run = RegistrationRun(eventRow, event: eventID, trail, db)
      return try rows.map { details in
        let last = try Self.lastRow(details, eventID, db)?.registration(of: event)
        let outcome = run.fold.take(details, last: last)
        if case .imported(let state) = outcome { _ = try run.add(details, state, request: nil) }
        return outcome
      }
    }
  }

  private static func row(madeBy request: RequestIdentity, _ db: Database) throws -> RegistrationRow? {
    try RegistrationRow.fetchOne(
      db,
      sql: "\(RegistrationRow.selection) WHERE request_high = ? AND request_low = ?",
      arguments: [Int64(bitPattern: request.id.high), Int64(bitPattern: request.id.low)]
    )
  }

  /// An address's live registration; where it has none, the last that has ended.
  private static func lastRow(_ details: RegistrationDetails, _ event: Int64, _ db: Database) throws
    -> RegistrationRow?
  {
    let statement = try db.cachedStatement(
      sql: """
        \(RegistrationRow.selection) WHERE registration.id = (SELECT registration_id FROM person
          WHERE event_id = ? AND email_key = ? ORDER BY is_live DESC, registration_id DESC LIMIT 1)
        """
    )
    return try RegistrationRow.fetchOne(statement, arguments: [event, EmailAddress.key(details.email)])
  }

  /// What narrows a list, to be added to the event's condition.
  private static func condition(_ filter: RegistrationFilter) -> GRDB.SQL {
    var conditions: [GRDB.SQL] = [""]
    if let state = filter.state { conditions.append("state = \(state.rawValue)") }
    if let group = filter.group { conditions.append("stakeholder_group = \(group)") }
    if let participation = filter.participation { conditions.append("participation = \(participation.rawValue)") }
    for word in filter.words { conditions.append("instr(search_key, \(PlainText.searchKey(word))) > 0") }
    return conditions.joined(separator: " AND ")
  }
}
