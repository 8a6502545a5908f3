package import LanyardDomain

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

  /// Gives the bookings of a registration back, where it has ended.
  ///
  /// - Parameter event: Slug of its event.
  static func end(of row: RegistrationRow, event: String, _ trail: Trail, _ session: any SQLSession) throws {
    guard !row.registration.state.isLive else { return }
    let places = try session.all(ofRegistration, [row.key]) { found -> BookingPlace in
      if let held: String = try found[1] { return .session(held, event: event) }
      return .checkpoint(CheckpointAddress(event: event, checkpoint: try found[0]))
    }
    guard !places.isEmpty else { return }
    try session.run(removal, [row.key])
    for place in places { try trail.record(.unbooked(row.registration.id, for: place)) }
  }
}
