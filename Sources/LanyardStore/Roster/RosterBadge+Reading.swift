import LanyardDomain

extension RosterBadge {
  private static let selection = SQL(
    """
    SELECT badge.serial, badge.code, badge.state, badge.valid_from, badge.valid_until, registration.id,
      registration.public_id, registration.state, registration.participation, registration.stakeholder_group,
      registration.guest_role, person.display_name, person.organisation, badge.attention,
      \(NoteTable.ofBadge), registration.erased_at, person.language, registration.days,
        person.listed_needs
    FROM badge JOIN registration ON registration.id = badge.registration_id
    LEFT JOIN person ON person.registration_id = badge.registration_id WHERE badge.id = ?
    """
  )

  /// The badge of a key as rosters have it, with what its registration is booked for; nil where there is none. One with a value
  /// that is not known is in the roster too, for nobody to let in: the other badges' roster goes on.
  static func find(_ key: Int64, _ plan: VenuePlan, _ session: any SQLSession) throws -> RosterBadge? {
    try session.first(selection, [key]) { row in
      do {
        return try RosterBadge(key, row, plan, PlaceBookings.all(of: row.integer(5), event: plan.event.slug, session))
      } catch StoreError.unknownValue(let table, let column) {
        return RosterBadge(key: key, serial: try row[0], registration: try row[6], unknown: "\(table).\(column)")
      }
    }
  }

  private init(_ key: Int64, _ row: any SQLRow, _ plan: VenuePlan, _ bookings: [BookingPlace]) throws {
    self.init(
      key: key,
      serial: try row[0],
      code: try row[1],
      registration: try row[6],
      holder: BadgeHolder(
        registration: Key(try row[5]),
        event: plan.eventKey,
        badgeState: try known(row.text(2), "badge", "state"),
        validity: try known(from: row[3], until: row[4], "badge", "valid_until"),
        registrationState: try known(row.text(7), "registration", "state"),
        participation: try known(row.text(8), "registration", "participation"),
        group: try row[9],
        role: try row[10],
        days: try LocalDate.list(row[17], "registration", "days")
      ),
      displayName: try PersonRow.text(row, 11, "display_name", erased: 15),
      organisation: try PersonRow.text(row, 12, "organisation", erased: 15),
      mark: try AttentionMark(attention: known(row.text(13), "badge", "attention"), note: row[14])
        .showing(PersonRow.text(row, 18, "listed_needs", erased: 15)),
      language: try known(language: PersonRow.text(row, 16, "language", erased: 15), "person", "language"),
      bookings: bookings,
      isErased: !row.isNull(15)
    )
  }
}
