package import LanyardDomain

/// One row of `session`.
package struct SessionRow: Sendable {
  private static let columns = TableColumns(
    "session",
    [
      "public_id", "code", "title", "track", "starts_at", "ends_at", "time_zone", "venue", "room", "city", "country",
      "capacity", "allows_remote", "admitted_groups", "requires_booking", "is_sample", "titles",
      "stream_address",
    ]
  )
  private static let selection = """
    SELECT session.id, session.checkpoint_id, checkpoint.public_id, session.is_withdrawn, \(columns.selection)
    FROM session JOIN checkpoint ON checkpoint.id = session.checkpoint_id
    """
  private static let byID = SQL(
    "\(selection) WHERE session.event_id = ? AND session.public_id = ? AND session.is_withdrawn = 0"
  )
  private static let ofEvent = SQL("\(selection) WHERE session.event_id = ? ORDER BY session.id")
  private static let page = SQL(
    """
    \(selection)
    WHERE session.event_id = ? AND session.is_withdrawn = 0 AND (session.starts_at, session.public_id) > (?, ?)
    ORDER BY session.starts_at, session.public_id LIMIT ?
    """
  )
  private static let addition = SQL(
    """
    INSERT INTO session (event_id, checkpoint_id, is_withdrawn, \(columns.list)) VALUES (?, ?, 0, \(columns.parameters))
    RETURNING id
    """
  )
  private static let change = SQL(
    "UPDATE session SET checkpoint_id = ?, is_withdrawn = 0, \(columns.assignments) WHERE id = ?"
  )
  private static let withdrawal = SQL("UPDATE session SET is_withdrawn = 1 WHERE id = ?")

  /// The store's key.
  package let key: Int64
  /// The store's key of its door.
  package let door: Int64
  package let entry: ProgrammeRecord.Entry

  package var session: Session { entry.session }

  /// From a row of the selection.
  ///
  /// - Throws: `StoreError.unknownValue`.
  private init(_ row: any SQLRow) throws {
    key = try row[0]
    door = try row[1]
    var session = Session(
      code: try row[5],
      title: LocalizedText(try row[6], translations: try JSONColumn.value(row[20], "session", "titles")),
      span: try known(from: row[8], until: row[9], "session", "ends_at"),
      timeZone: try known(row[10], "session", "time_zone"),
      room: try row[12],
      checkpoint: try row[2]
    )
    session.track = try row[7]
    session.venue = try row[11]
    session.city = try row[13]
    session.country = try row[14]
    session.capacity = try (row[15] as Int?).map { limit in
      try known(limit, in: Capacity.range, "session", "capacity")
    }
    session.allowsRemote = try row[16]
    session.admittedGroups = try JSONColumn.value(row[17], "session", "admitted_groups")
    session.requiresBooking = try row[18]
    session.isSample = try row[19]
    session.stream = try row[21]
    entry = ProgrammeRecord.Entry(session, isWithdrawn: try row[3])
  }

  /// What `columns` hold of a session, in their order.
  private static func values(_ session: Session) throws -> [any SQLValue] {
    [
      session.id, session.code, session.title.plain, session.track, session.span.lowerBound, session.span.upperBound,
      session.timeZone.rawValue, session.venue, session.room, session.city, session.country, session.capacity,
      session.allowsRemote, try JSONColumn.text(session.admittedGroups), session.requiresBooking, session.isSample,
      try JSONColumn.text(session.title.translations), session.stream,
    ]
  }

  /// The row of a session that was not withdrawn.
  ///
  /// - Throws: `StoreError.notFound` of the event or the session.
  static func find(_ id: String, of event: String, _ session: any SQLSession) throws -> SessionRow {
    guard let row = try session.first(byID, [EventKey.find(event, session), id], SessionRow.init) else {
      throw StoreError.notFound(.session(id, of: event))
    }
    return row
  }

  /// All of an event by the store's key, those too that were withdrawn.
  static func all(of event: Int64, _ session: any SQLSession) throws -> [SessionRow] {
    try session.all(ofEvent, [event], SessionRow.init)
  }

  /// Sessions of an event by start time.
  static func page(of event: String, _ page: PageRequest, _ session: any SQLSession) throws -> Page<SessionRow> {
    let rows = try session.all(
      Self.page,
      [EventKey.find(event, session)] + page.values(from: .number(.min), .text("")) + [page.size + 1],
      SessionRow.init
    )
    return page.cut(rows) { row in
      PageCursor(.number(row.session.span.lowerBound.microseconds), .text(row.session.id))
    }
  }

  /// - Parameters:
  ///   - event: The store's key.
  ///   - door: The store's key of its door.
  static func add(_ new: Session, to event: Int64, at door: Int64, _ session: any SQLSession) throws {
    session.hasChangedPlan = true
    _ = try session.key(of: addition, [event, door] + values(new))
  }

  /// Brings a row to what the programme says; it is withdrawn no more.
  static func change(_ key: Int64, to new: Session, at door: Int64, _ session: any SQLSession) throws {
    session.hasChangedPlan = true
    try session.run(change, [door] + values(new) + [key])
  }

  static func withdraw(_ key: Int64, _ session: any SQLSession) throws {
    session.hasChangedPlan = true
    try session.run(withdrawal, [key])
  }
}
