package import LanyardDomain

extension SQLEngine {
  package func peopleInside(
    of event: String,
    checkpoint: String?,
    at now: Instant,
    _ page: PageRequest
  ) async throws(StoreError) -> PeopleInsidePage {
    try await survey { session in
      let plan = try plans(session).plan(of: event)
      let inside = try PeopleInside(session, plan, checkpoint, at: now)
      let found = try inside.people(after: page.number(), limit: page.size + 1)
      let shown = page.cut(found) { PageCursor(.number($0.key)) }
      let people = try shown.items.compactMap { key, places in
        try FoundAttendee.found(key, of: plan.eventKey.rawValue, isInside: true, session).map {
          PersonInside(attendee: $0.attendee, country: $0.country, places: places)
        }
      }
      return PeopleInsidePage(
        page: Page(items: people, next: shown.next),
        total: try inside.count(),
        timeZone: plan.event.timeZone,
        terms: plan.event.terms
      )
    }
  }
}

/// Reads who is inside an event, or one area of it, as one transaction sees them.
private struct PeopleInside {
  /// In the order of the table's key: a page reads no further than its last person.
  private static let order = SQL(
    """
    SELECT \(PresenceRow.selection) FROM presence
    WHERE registration_id > ? AND is_inside <> 0 ORDER BY registration_id, checkpoint_id
    """
  )

  private let session: any SQLSession
  private let tables: any AdmissionTables
  /// Those through which who is asked about came.
  private let doors: [Key<Checkpoint>: Door]

  /// - Parameter checkpoint: Id of the checkpoint whose area is asked about; nil for all.
  /// - Throws: `StoreError.notFound` where the event has no such checkpoint.
  init(_ session: any SQLSession, _ plan: VenuePlan, _ checkpoint: String?, at now: Instant) throws {
    self.session = session
    tables = try session.admissionTables()
    let doors = plan.doors(now: now)
    guard let checkpoint else {
      self.doors = doors
      return
    }
    guard let door = doors.values.first(where: { $0.checkpoint.id == checkpoint }) else {
      throw StoreError.notFound(.checkpoint(checkpoint, of: plan.event.slug))
    }
    self.doors = doors.filter { door.area.contains($0.key) }
  }

  /// How many there are, each counted once.
  func count() throws -> Int {
    guard !doors.isEmpty else { return 0 }
    return try tables.peopleInside(doors.values.map { .init(checkpoint: $0.key, period: $0.period) })
  }

  /// People after a store's key of a registration, in the order of these, with where each is.
  func people(after first: Int64, limit: Int) throws -> [(key: Int64, places: [PersonInside.Place])] {
    var found: [(key: Int64, places: [PersonInside.Place])] = []
    var (person, presences): (Int64, [Presence]) = (first, [])
    func finish() {
      let places = PersonInside.places(presences, doors)
      if !places.isEmpty { found.append((person, places)) }
    }
    try session.rows(Self.order, [first]) { row in
      let next = try PresenceRow(row)
      if next.registration.rawValue != person {
        finish()
        (person, presences) = (next.registration.rawValue, [])
        guard found.count < limit else { return false }
      }
      presences.append(next.presence)
      return true
    }
    finish()
    return found
  }
}
