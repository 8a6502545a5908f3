package import LanyardDomain

/// One row of `event`.
package struct EventRow: Sendable {
  private static let columns = TableColumns(
    "event",
    [
      "slug", "title", "start_date", "end_date", "time_zone", "city", "country", "organisers", "onsite_capacity",
      "allows_remote", "tracks", "stakeholder_groups", "guest_roles", "reviewed_stakeholder_groups",
      "reviewed_guest_roles", "deadlines", "language", "titles", "listed_needs", "allows_missed_exits",
      "moves_up", "moving_up_ends_at", "mail", "activates_badges", "activated_stakeholder_groups",
      "registration_opens_at", "registration_closes_at", "retention_days",
    ]
  )
  private static let selection = """
    SELECT event.id, event.onsite_confirmed, event.revision, \(columns.selection), event.is_archived,
      (SELECT count(*) FROM registration WHERE registration.event_id = event.id
        AND registration.state = \(RegistrationState.waitlisted.word))
    FROM event
    """
  private static let bySlug = SQL("\(selection) WHERE event.slug = ?")
  /// What stands in the place of one that was deleted is none.
  private static let keys = SQL("SELECT id, slug FROM event WHERE is_deleted = 0 ORDER BY id")
  /// Of one that is archived nobody means the slug any more.
  private static let listedSlugs = SQL(
    "SELECT slug FROM event WHERE is_deleted = 0 AND is_archived = 0 ORDER BY id"
  )
  private static let page = SQL(
    """
    \(selection)
    WHERE event.is_deleted = 0 AND (event.is_archived = 0 OR CAST(? AS BIGINT) = 1)
      AND (event.start_date, event.id) > (?, ?)
    ORDER BY event.start_date, event.id LIMIT ?
    """
  )
  private static let addition = SQL(
    """
    INSERT INTO event (\(columns.list), onsite_confirmed, revision) VALUES (\(columns.parameters), 0, 1) RETURNING id
    """
  )
  private static let archiving = SQL("UPDATE event SET is_archived = ?, revision = revision + 1 WHERE id = ?")
  private static let use = SQL(
    """
    SELECT (SELECT count(*) FROM registration WHERE event_id = ?1), (SELECT count(*) FROM scan WHERE event_id = ?1),
      (SELECT count(*) FROM device WHERE event_id = ?1 AND revoked_at IS NULL),
      (SELECT count(*) FROM token WHERE event_id = ?1 AND revoked_at IS NULL)
    """
  )
  /// The row stays, under a slug that is none, as its number is never given again and its record goes on.
  private static let deletions = [
    SQL("DELETE FROM enrolment_code WHERE event_id = ?"), SQL("DELETE FROM session WHERE event_id = ?"),
    SQL("DELETE FROM checkpoint WHERE event_id = ?"), SQL("DELETE FROM question WHERE event_id = ?"),
    SQL("DELETE FROM choice_place WHERE event_id = ?"),
  ]
  private static let ending = SQL("UPDATE event SET slug = ?, is_deleted = 1, revision = revision + 1 WHERE id = ?")
  private static let change = SQL("UPDATE event SET \(columns.assignments), revision = revision + 1 WHERE id = ?")

  /// The store's key.
  package let key: Int64
  package private(set) var event: Event
  /// How many have each choice of which there are only so many.
  private var taken: [ChoicePlaces.Choice: Int] = [:]
  /// Confirmed registrations that take part on site.
  package let onsiteConfirmed: Int
  package let revision: Int64
  package let isArchived: Bool
  /// Registrations that wait for a place.
  private let waiting: Int

  package var stored: StoredEvent {
    var stored = StoredEvent(
      event: event,
      onsiteConfirmed: onsiteConfirmed,
      waiting: waiting,
      revision: revision,
      isArchived: isArchived
    )
    stored.taken = taken
    return stored
  }

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
    event.movingUp = MovingUp(isOn: try row[23], ends: try row[24])
    event.mail = try JSONColumn.value(row[25], "event", "mail")
    event.activatesBadges = try row[26]
    event.activatedStakeholderGroups = try JSONColumn.value(row[27], "event", "activated_stakeholder_groups")
    event.inPublic = PublicRegistration(opens: try row[28], closes: try row[29])
    event.retentionDays = try row[30]
    self.event = event
    isArchived = try row[31]
    waiting = try row[32]
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
      try JSONColumn.text(event.listedNeeds), event.allowsMissedExits, event.movingUp.isOn, event.movingUp.ends,
      try JSONColumn.text(event.mail), event.activatesBadges, try JSONColumn.text(event.activatedStakeholderGroups),
      event.inPublic.opens, event.inPublic.closes, event.retentionDays,
    ]
  }

  /// The row with its event's questions.
  private func asking(_ session: any SQLSession) throws -> EventRow {
    var row = self
    row.event.questions = try QuestionTable(session).all(of: key)
    if !row.event.questions.isEmpty { row.taken = try ChoiceTable(session).places(of: key).taken }
    return row
  }

  /// The row of a slug; nil where there is none.
  static func existing(_ slug: String, _ session: any SQLSession) throws -> EventRow? {
    try session.first(bySlug, [slug], EventRow.init)?.asking(session)
  }

  /// The row of a slug.
  ///
  /// - Throws: `StoreError.notFound`.
  package static func find(_ slug: String, _ session: any SQLSession) throws -> EventRow {
    guard let row = try existing(slug, session) else { throw StoreError.notFound(.event(slug)) }
    return row
  }

  /// The store's keys and the slugs of all.
  static func keys(_ session: any SQLSession) throws -> [(key: Int64, slug: String)] {
    try session.all(keys, []) { (try $0.integer(0), try $0.text(1)) }
  }

  /// The slugs of all that are listed.
  static func listedSlugs(_ session: any SQLSession) throws -> [String] {
    try session.all(listedSlugs, []) { try $0.text(0) }
  }

  /// Events by start date.
  static func page(
    _ page: PageRequest,
    includingArchived: Bool,
    _ session: any SQLSession
  ) throws -> Page<EventRow> {
    let rows = try session.all(
      Self.page,
      [includingArchived ? 1 : 0] + page.values(from: .text(""), .number(0)) + [page.size + 1],
      EventRow.init
    )
    let cut = page.cut(rows) { PageCursor(.text("\($0.event.startDate)"), .number($0.key)) }
    return try cut.map { try $0.asking(session) }
  }

  /// - Returns: The store's key.
  static func add(_ event: Event, _ session: any SQLSession) throws -> Int64 {
    session.hasChangedPlan = true
    return try session.key(of: addition, values(event))
  }

  func archive(_ isArchived: Bool, _ session: any SQLSession) throws {
    try session.run(Self.archiving, [isArchived, key])
  }

  /// What keeps it from being deleted.
  func use(_ session: any SQLSession) throws -> EventUse {
    let use = try session.first(Self.use, [key]) { row in
      EventUse(registrations: try row[0], scans: try row[1], devices: try row[2], tokens: try row[3])
    }
    guard let use else { throw StoreError.failed(.programmer, about: "counts came without a row") }
    return use
  }

  /// Takes its sessions and checkpoints away; nothing may be in use of it.
  func delete(_ session: any SQLSession) throws {
    session.hasChangedPlan = true
    for deletion in Self.deletions { try session.run(deletion, [key]) }
    try session.run(Self.ending, ["~\(key)", key])
  }

  func change(to event: Event, _ session: any SQLSession) throws {
    session.hasChangedPlan = true
    try session.run(Self.change, Self.values(event) + [key])
  }
}
