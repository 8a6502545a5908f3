package import LanyardDomain

/// A badge on record as a decision and a screen need it.
package struct RecordedHolder: Sendable {
  /// The store's key of the badge.
  package let badge: Int64
  package let facts: BadgeHolder
  private let attendee: Attendee
  /// Slug of the badge's event.
  private let slug: String

  /// What every query of it selects, in the order of `init`, to which conditions are added.
  package static let selection = """
    SELECT badge.id, badge.serial, badge.state, badge.valid_from, badge.valid_until, registration.id,
      registration.event_id, registration.state, registration.participation, registration.stakeholder_group,
      registration.guest_role, registration.public_id, person.display_name, person.organisation, badge.attention,
      \(NoteTable.ofBadge), registration.erased_at, person.language, registration.days,
        person.listed_needs, (SELECT event.slug FROM event WHERE event.id = registration.event_id)
    FROM badge JOIN registration ON registration.id = badge.registration_id
    LEFT JOIN person ON person.registration_id = badge.registration_id
    """

  /// - Throws: `StoreError.unknownValue`.
  package init(_ row: some SQLRow) throws {
    badge = try row.integer(0)
    slug = try row.text(20)
    let (group, role) = (try row.text(9), try row.text(10))
    facts = BadgeHolder(
      registration: Key(try row.integer(5)),
      event: Key(try row.integer(6)),
      badgeState: try known(row.text(2), "badge", "state"),
      validity: try known(
        from: Instant(microseconds: row.integer(3)),
        until: Instant(microseconds: row.integer(4)),
        "badge",
        "valid_until"
      ),
      registrationState: try known(row.text(7), "registration", "state"),
      participation: try known(row.text(8), "registration", "participation"),
      group: group,
      role: role,
      days: try LocalDate.list(row.text(18), "registration", "days")
    )
    attendee = Attendee(
      registration: try row.text(11),
      displayName: try PersonRow.text(row, 12, "display_name", erased: 16),
      organisation: try PersonRow.text(row, 13, "organisation", erased: 16),
      group: group,
      role: role,
      badge: BadgeSerial(UInt64(bitPattern: try row.integer(1))),
      mark: try AttentionMark(attention: known(row.text(14), "badge", "attention"), note: row.text(15))
        .showing(PersonRow.text(row, 19, "listed_needs", erased: 16)),
      language: try known(language: PersonRow.text(row, 17, "language", erased: 16), "person", "language")
    )
  }

  /// The person, for the screens of their own event only.
  package func attendee(at event: Key<Event>) -> Attendee? { facts.event == event ? attendee : nil }

  /// What an event keeps of a badge of another: which it was, and nothing of its bearer.
  package func trace(at event: Key<Event>) -> CodeTrace? {
    facts.event == event ? nil : attendee.badge.map { CodeTrace(serial: $0, event: slug) }
  }
}
