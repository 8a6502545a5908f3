import GRDB
import LanyardDomain
import LanyardStore

/// Finds badges as rosters have them, with what their registrations are booked for.
struct RosterBadgeLookup {
  private let plan: VenuePlan
  private let badges: HotStatement
  private let bookings: HotStatement

  init(_ db: Database, plan: VenuePlan) throws {
    self.plan = plan
    badges = try HotStatement(
      """
      SELECT badge.serial, badge.code, badge.state, badge.valid_from, badge.valid_until, registration.id,
        registration.public_id, registration.state, registration.participation, registration.stakeholder_group,
        registration.guest_role, person.display_name, person.organisation, badge.attention,
        \(NoteTable.ofBadge), registration.erased_at IS NOT NULL
      FROM badge JOIN registration ON registration.id = badge.registration_id
      LEFT JOIN person ON person.registration_id = badge.registration_id WHERE badge.id = ?
      """,
      db
    )
    bookings = try HotStatement(
      """
      SELECT checkpoint.public_id, session.public_id FROM booking
      JOIN checkpoint ON checkpoint.id = booking.checkpoint_id LEFT JOIN session ON session.id = booking.session_id
      WHERE booking.registration_id = ?
      """,
      db
    )
  }

  /// The badge of a key; nil where there is none.
  func badge(_ key: Int64) throws -> RosterBadge? {
    try badges.bind { $0.add(key) }
    defer { badges.reset() }
    guard try badges.step() else { return nil }
    let registration = badges.int64(5)
    return RosterBadge(
      key: key,
      serial: BadgeSerial(UInt64(bitPattern: badges.int64(0))),
      code: badges.string(1),
      registration: badges.string(6),
      holder: BadgeHolder(
        registration: Key(registration),
        event: plan.eventKey,
        badgeState: try known(badges.string(2), "badge", "state"),
        validity: Instant(microseconds: badges.int64(3))..<Instant(microseconds: badges.int64(4)),
        registrationState: try known(badges.string(7), "registration", "state"),
        participation: try known(badges.string(8), "registration", "participation"),
        group: badges.string(9),
        role: badges.string(10)
      ),
      displayName: badges.string(11),
      organisation: badges.string(12),
      mark: AttentionMark(attention: try known(badges.string(13), "badge", "attention"), note: badges.string(14)),
      bookings: try places(of: registration),
      isErased: badges.int64(15) != 0
    )
  }

  private func places(of registration: Int64) throws -> [BookingPlace] {
    try bookings.bind { $0.add(registration) }
    defer { bookings.reset() }
    let slug = plan.event.slug
    var places: [BookingPlace] = []
    while try bookings.step() {
      let session = bookings.string(1)
      places.append(
        session.isEmpty
          ? .checkpoint(CheckpointAddress(event: slug, checkpoint: bookings.string(0)))
          : .session(session, event: slug)
      )
    }
    return places
  }
}
