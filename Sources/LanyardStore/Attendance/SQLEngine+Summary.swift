package import LanyardDomain

extension SQLEngine {
  package func summary(
    of event: String,
    on date: LocalDate?,
    by grouping: AttendanceGrouping?,
    at now: Instant
  ) async throws(StoreError) -> SummarizedAttendance {
    try await survey { session in
      let plan = try plans(session).plan(of: event)
      let day = try Self.day(date, of: plan.event, at: now)
      let visitors = try Visitors(session, plan, day)
      let groups = try grouping.map(visitors.counts) ?? [:]
      let summary = AttendanceSummary(
        day: day.date,
        grouping: grouping,
        groups: groups,
        fills: grouping == .session ? try SessionFills(session, plan).fills(of: Set(groups.keys)) : [:],
        all: try visitors.all()
      )
      let titles = grouping == .session ? plan.allSessions.map { ($0.session.id, $0.session.title) } : []
      return SummarizedAttendance(
        summary: summary,
        sessionTitles: Dictionary(titles) { first, _ in first },
        timeZone: plan.event.timeZone,
        terms: plan.event.terms
      )
    }
  }

  /// A day of an event; that of `now` where none is given.
  ///
  /// - Throws: `InvalidInput` where it is none of the event.
  private static func day(_ date: LocalDate?, of event: Event, at now: Instant) throws -> VenueDay {
    let calendar = event.timeZone.calendar
    guard let date else { return calendar.day(containing: now) }
    guard event.isHeld(on: date), let start = calendar.start(of: date) else {
      throw InvalidInput(field: "day", event.otherDay)
    }
    return calendar.day(containing: start)
  }
}

/// Counts who came on one day of an event, from the ledger as one transaction sees it.
private struct Visitors {
  /// Clocks of all places differ by whole ones of these, so that each lies in one hour of any.
  private static let quarter: Int64 = 900_000_000

  /// Admissions of a day that stand: parameters are the bounds of the ledger's span and those of the day. The numbers come first,
  /// however SQLite would join.
  private static let admissions = """
    FROM \(LedgerSpan.near) CROSS JOIN scan \(PassageSQL.withTimes)
    JOIN badge ON badge.id = scan.badge_id
    JOIN registration ON registration.id = badge.registration_id
    LEFT JOIN person ON person.registration_id = registration.id
    LEFT JOIN session ON session.id = scan.session_id
    WHERE scan.sequence = near.sequence
      AND \(PassageSQL.moment) >= ?4 AND \(PassageSQL.moment) < ?5
      AND \(PassageSQL.letIn) AND \(PassageSQL.stands)
    """
  private static let people = SQL("SELECT count(DISTINCT badge.registration_id) \(admissions)")
  private static let hours = SQL(
    """
    SELECT first_come / \(quarter), count(*) FROM (
      SELECT min(\(PassageSQL.moment)) AS first_come \(admissions) GROUP BY badge.registration_id) AS visitor
    GROUP BY first_come / \(quarter)
    """
  )

  /// What people have in common; nil where it is asked of when they came.
  private static func key(_ grouping: AttendanceGrouping) -> String? {
    switch grouping {
    // Empty of who was erased.
    case .country: "coalesce(person.country, '')"
    case .group: RegistrationRow.countedGroup
    case .participation: "registration.participation"
    case .session: "session.public_id"
    case .hour: nil
    }
  }

  private static func came(by key: String) -> SQL {
    SQL("SELECT \(key), count(DISTINCT badge.registration_id) \(admissions) GROUP BY \(key)")
  }

  /// Who has a confirmed registration, and of them who is expected (`RegistrationDetails.isExpected(on:as:)`); parameters are the event and a pattern of the day.
  private static func registered(by key: String) -> SQL {
    SQL(
      """
      SELECT \(key), count(*),
        sum(CASE WHEN registration.participation = '\(Participation.onsite.rawValue)'
          AND \(RegistrationRow.isFor(dayLike: "?2")) THEN 1 ELSE 0 END)
      FROM registration LEFT JOIN person ON person.registration_id = registration.id
      WHERE registration.event_id = ?1 AND registration.state = '\(RegistrationState.confirmed.rawValue)'
      GROUP BY \(key)
      """
    )
  }

  private let session: any SQLSession
  private let plan: VenuePlan
  private let day: VenueDay
  private let ofDay: [any SQLValue]
  private let ofEvent: [any SQLValue]

  init(_ session: any SQLSession, _ plan: VenuePlan, _ day: VenueDay) throws {
    (self.session, self.plan, self.day) = (session, plan, day)
    let event = plan.eventKey.rawValue
    ofDay = try LedgerSpan(day.span, of: event, session).bounds + [day.span.lowerBound, day.span.upperBound]
    ofEvent = [event, "%\(day.date)%"]
  }

  /// All of them together.
  func all() throws -> AttendanceSummary.Counts {
    let came: Int? = try session.first(Self.people, ofDay) { try $0[0] }
    let registered = try self.registered(by: "registration.state").values.first
    return .init(came: came ?? 0, confirmed: registered?.confirmed ?? 0, expected: registered?.expected ?? 0)
  }

  /// Those that have something in common, by that.
  func counts(by grouping: AttendanceGrouping) throws -> [String: AttendanceSummary.Counts] {
    guard let key = Self.key(grouping) else { return try hours() }
    // Nobody is registered for a session.
    let isOfPeople = grouping != .session
    let none = AttendanceSummary.Counts(confirmed: isOfPeople ? 0 : nil, expected: isOfPeople ? 0 : nil)
    var counts = isOfPeople ? try registered(by: key) : [:]
    try session.rows(Self.came(by: key), ofDay) { row in
      // Who came in where there are no sessions is in none.
      if !row.isNull(0) { counts[try row[0], default: none].came = try row[1] }
      return true
    }
    return counts
  }

  private func hours() throws -> [String: AttendanceSummary.Counts] {
    let calendar = plan.event.timeZone.calendar
    return try session.all(Self.hours, ofDay) { row in
      (Instant(microseconds: try row[0] * Self.quarter), try row[1] as Int)
    }.reduce(into: [:]) { counts, found in
      counts[AttendanceSummary.hour(found.0, calendar), default: .init()].came += found.1
    }
  }

  private func registered(by key: String) throws -> [String: AttendanceSummary.Counts] {
    let found = try session.all(Self.registered(by: key), ofEvent) { row in
      (try row[0] as String, AttendanceSummary.Counts(confirmed: try row[1], expected: try row[2]))
    }
    return Dictionary(uniqueKeysWithValues: found)
  }
}
