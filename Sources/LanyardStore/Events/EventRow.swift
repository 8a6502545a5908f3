package import LanyardDomain

/// One row of `event`.
package struct EventRow: Sendable {
  private static let columns = TableColumns(
    "event",
    [
      "slug", "title", "start_date", "end_date", "time_zone", "city", "country", "organisers", "onsite_capacity",
      "allows_remote", "tracks", "stakeholder_groups", "guest_roles", "reviewed_stakeholder_groups",
      "reviewed_guest_roles", "deadlines", "language", "titles", "listed_needs", "allows_missed_exits",
    ]
  )
  private static let selection = """
    SELECT event.id, event.onsite_confirmed, event.revision, \(columns.selection) FROM event
    """
  private static let bySlug = SQL("\(selection) WHERE event.slug = ?")
  private static let all = SQL(selection)
  private static let page = SQL(
    "\(selection) WHERE (event.start_date, event.id) > (?, ?) ORDER BY event.start_date, event.id LIMIT ?"
  )
  private static let addition = SQL(
    """
    INSERT INTO event (\(columns.list), onsite_confirmed, revision) VALUES (\(columns.parameters), 0, 1) RETURNING id
    """
  )
  private static let change = SQL("UPDATE event SET \(columns.assignments), revision = revision + 1 WHERE id = ?")

  /// The store's key.
  package let key: Int64
  package let event: Event
  /// Confirmed registrations that take part on site.
  package let onsiteConfirmed: Int
  package let revision: Int64

  package var stored: StoredEvent { StoredEvent(event: event, onsiteConfirmed: onsiteConfirmed, revision: revision) }

  /// From a row of the selection.
  ///
  /// - Throws: `StoreError.unknownValue`.
  private init(_ row: any SQLRow) throws {
    key = try row[0]
    onsiteConfirmed = try known(row[1], in: 0..., "event", "onsite_confirmed")
    revision = try row[2]
    var event = Event(
      slug: try row[3],
      title: LocalizedText(try row[4], translations: try JSONColumn.value(row[20], "event", "titles")),
      startDate: try Self.day(row[5], "start_date"),
      endDate: try Self.day(row[6], "end_date"),
      timeZone: try known(row[7], "event", "time_zone")
    )
    event.city = try row[8]
    event.country = try row[9]
    event.organisers = try row[10]
    event.onsiteCapacity = try (row[11] as Int?).map { limit in
      try known(limit, in: Capacity.range, "event", "onsite_capacity")
    }
    guard event.startDate <= event.endDate else { throw StoreError.unknownValue(table: "event", column: "end_date") }
    event.allowsRemote = try row[12]
    event.tracks = try JSONColumn.value(row[13], "event", "tracks")
    event.stakeholderGroups = try JSONColumn.value(row[14], "event", "stakeholder_groups")
    event.guestRoles = try JSONColumn.value(row[15], "event", "guest_roles")
    event.reviewedStakeholderGroups = try JSONColumn.value(row[16], "event", "reviewed_stakeholder_groups")
    event.reviewedGuestRoles = try JSONColumn.value(row[17], "event", "reviewed_guest_roles")
    event.deadlines = try JSONColumn.value(row[18], "event", "deadlines")
    event.language = try known(row[19], "event", "language")
    event.listedNeeds = try JSONColumn.value(row[21], "event", "listed_needs")
    event.allowsMissedExits = try row[22]
    self.event = event
  }

  private static func day(_ text: String, _ column: StaticString) throws(StoreError) -> LocalDate {
    guard let day = LocalDate(text) else { throw .unknownValue(table: "event", column: "\(column)") }
    return day
  }

  /// What `columns` hold of an event, in their order.
  private static func values(_ event: Event) throws -> [any SQLValue] {
    [
      event.slug, event.title.plain, "\(event.startDate)", "\(event.endDate)", event.timeZone.rawValue, event.city,
      event.country, event.organisers, event.onsiteCapacity, event.allowsRemote, try JSONColumn.text(event.tracks),
      try JSONColumn.text(event.stakeholderGroups), try JSONColumn.text(event.guestRoles),
      try JSONColumn.text(event.reviewedStakeholderGroups), try JSONColumn.text(event.reviewedGuestRoles),
      try JSONColumn.text(event.deadlines), event.language.rawValue, try JSONColumn.text(event.title.translations),
      try JSONColumn.text(event.listedNeeds), event.allowsMissedExits,
    ]
  }

  /// The row of a slug; nil where there is none.
  static func existing(_ slug: String, _ session: any SQLSession) throws -> EventRow? {
    try session.first(bySlug, [slug], EventRow.init)
  }

  /// The row of a slug.
  ///
  /// - Throws: `StoreError.notFound`.
  package static func find(_ slug: String, _ session: any SQLSession) throws -> EventRow {
    guard let row = try existing(slug, session) else { throw StoreError.notFound(.event(slug)) }
    return row
  }

  static func all(_ session: any SQLSession) throws -> [EventRow] {
    try session.all(all, [], EventRow.init)
  }

  /// Events by start date.
  static func page(_ page: PageRequest, _ session: any SQLSession) throws -> Page<EventRow> {
    let rows = try session.all(
      Self.page,
      page.values(from: .text(""), .number(0)) + [page.size + 1],
      EventRow.init
    )
    return page.cut(rows) { PageCursor(.text("\($0.event.startDate)"), .number($0.key)) }
  }

  /// - Returns: The store's key.
  static func add(_ event: Event, _ session: any SQLSession) throws -> Int64 {
    session.hasChangedPlan = true
    return try session.key(of: addition, values(event))
  }

  func change(to event: Event, _ session: any SQLSession) throws {
    session.hasChangedPlan = true
    try session.run(Self.change, Self.values(event) + [key])
  }
}
