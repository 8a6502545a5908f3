package import LanyardDomain

/// How a session that takes bookings stands.
package struct SessionOpening: Hashable, Sendable {
  /// How many more can be booked; nil where there is no limit.
  package let placesLeft: Int?
  /// Whether whoever asks has booked it.
  package let isBooked: Bool

  package init(placesLeft: Int?, isBooked: Bool) { (self.placesLeft, self.isBooked) = (placesLeft, isBooked) }
}

/// Bookings of places for registrations.
package enum PlaceBookings {
  /// What came of booking, and how many are booked for the place then.
  package struct Made: Hashable, Sendable {
    package let answer: Bookings.Answer
    package let count: Int
    package let capacity: Int?

    package init(answer: Bookings.Answer, count: Int, capacity: Int?) {
      (self.answer, self.count, self.capacity) = (answer, count, capacity)
    }
  }

  private static let ofRegistration = SQL(
    """
    SELECT checkpoint.public_id, session.public_id FROM booking
    JOIN checkpoint ON checkpoint.id = booking.checkpoint_id
    LEFT JOIN session ON session.id = booking.session_id
    WHERE booking.registration_id = ? ORDER BY booking.checkpoint_id, booking.session_id
    """
  )
  private static let removal = SQL("DELETE FROM booking WHERE registration_id = ?")

  /// What a registration is booked for, by door and session.
  ///
  /// - Parameters:
  ///   - registration: The store's key.
  ///   - event: Slug of its event.
  static func all(of registration: Int64, event: String, _ session: any SQLSession) throws -> [BookingPlace] {
    try session.all(ofRegistration, [registration]) { row in
      if let held: String = try row[1] { return .session(held, event: event) }
      return .checkpoint(CheckpointAddress(event: event, checkpoint: try row[0]))
    }
  }

  /// Gives the bookings of a registration back, where it has ended.
  ///
  /// - Parameter event: Slug of its event.
  static func end(of row: RegistrationRow, event: String, _ trail: Trail, _ session: any SQLSession) throws {
    guard !row.registration.state.isLive else { return }
    let places = try all(of: row.key, event: event, session)
    guard !places.isEmpty else { return }
    try session.run(removal, [row.key])
    for place in places { try trail.record(.unbooked(row.registration.id, for: place)) }
  }
}
