import LanyardDomain

/// A badge as a lane that is offline reads it.
struct ReadBadge {
  let reading: BadgeReading
  /// Of a badge in the roster.
  let attendee: Attendee?
  let bookings: [Booking]
  /// Whether it is genuine and the roster does not have it.
  let isUnknown: Bool
  /// Whether the roster has something of the person that cannot be read: nobody knows then what is to be seen to.
  let isUnread: Bool

  init(
    _ reading: BadgeReading,
    attendee: Attendee? = nil,
    bookings: [Booking] = [],
    isUnknown: Bool = false,
    isUnread: Bool = false
  ) {
    self.reading = reading
    self.attendee = attendee
    self.bookings = bookings
    self.isUnknown = isUnknown
    self.isUnread = isUnread
  }

  /// Whether the person is booked for the door; nobody can tell of a badge that the roster does not have.
  func isBooked(at door: Door) -> Bool {
    attendee == nil ? isUnknown : bookings.contains(where: door.isBooked)
  }
}
