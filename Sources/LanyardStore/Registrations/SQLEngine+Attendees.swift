package import LanyardDomain

/// A place in the list of those who were found by words: first come those of whom each word begins a name, then those of whom
/// each stands in a name, then those of whom each begins a name or a word of the organisation, then those who have each word
/// somewhere, and within each part by the store's key.
package struct AttendeePosition: Hashable, Sendable {
  /// Counts from 0.
  package let part: Int
  /// The store's key of the registration.
  package let key: Int64

  package init(part: Int, key: Int64) {
    self.part = part
    self.key = key
  }

  /// Where a page begins.
  fileprivate init(_ page: PageRequest) throws(InvalidInput) {
    let keys = try page.keys(from: [.number(0), .number(0)])
    guard case (.number(let part)?, .number(let key)?) = (keys.first, keys.last), let part = Int(exactly: part),
      part >= 0
    else { throw PageCursor.refusal }
    self.init(part: part, key: key)
  }

  fileprivate var cursor: PageCursor { PageCursor(.number(Int64(part)), .number(key)) }
}

extension SQLEngine {
  package func attendees(
    of event: String,
    matching words: [String],
    at now: Instant,
    _ page: PageRequest
  ) async throws(StoreError) -> AttendeePage {
    try await survey { session in
      let event = try EventKey.find(event, session)
      let doors = try plans(session).plan(of: Key<Event>(event))?.doors(now: now) ?? [:]
      let start = try AttendeePosition(page)
      let found =
        words.isEmpty ? nil : try session.attendees(matching: words, of: event, after: start, count: page.size + 1)
      let shown = page.cut(found?.positions ?? [], by: \.cursor)
      let presences = try session.admissionTables().presences(of: shown.items.map { Key($0.key) })
      let people = try zip(shown.items, presences).compactMap { position, presences in
        let isInside = presences.contains { $0.isInside && doors[$0.checkpoint]?.counts($0) == true }
        return try FoundAttendee.found(position.key, of: event, isInside: isInside, session)
      }
      return AttendeePage(page: Page(items: people, next: shown.next), total: found?.total ?? 0)
    }
  }
}

/// The statement of a person who was found.
private enum AttendeeSQL {
  static let byKey = SQL(
    """
    SELECT registration.public_id, person.display_name, person.organisation, registration.stakeholder_group,
      registration.guest_role, badge.serial, badge.attention, \(NoteTable.ofBadge),
      person.language, person.listed_needs, person.country, registration.participation, registration.state
    FROM registration JOIN person ON person.registration_id = registration.id
      LEFT JOIN badge ON badge.registration_id = registration.id AND \(BadgeRow.isCurrent)
    WHERE registration.id = ? AND registration.event_id = ?
    """
  )
}

extension FoundAttendee {
  /// The person of a registration, by the store's key, with the badge that counts; nil where they were erased meanwhile.
  static func found(
    _ key: Int64,
    of event: Int64,
    isInside: Bool,
    _ session: any SQLSession
  ) throws -> FoundAttendee? {
    try session.first(AttendeeSQL.byKey, [key, event]) { row in
      let attention: String? = try row[6]
      let attendee = Attendee(
        registration: try row[0],
        displayName: try row[1],
        organisation: try row[2],
        group: try row[3],
        role: try row[4],
        badge: try row[5],
        mark: AttentionMark(
          attention: try attention.map { try known($0, "badge", "attention") } ?? .none,
          note: try row[7]
        ).showing(try row[9]),
        language: try known(language: row.text(8), "person", "language")
      )
      return FoundAttendee(
        attendee: attendee,
        country: try row[10],
        participation: try known(row[11], "registration", "participation"),
        state: try known(row[12], "registration", "state"),
        isInside: isInside
      )
    }
  }
}
