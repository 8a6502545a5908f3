import GRDB
import LanyardDomain
import LanyardStore

/// Tells who is booked for a door.
struct BookingLookup {
  private let statement: HotStatement

  init(_ db: Database) throws {
    statement = try HotStatement(AdmissionSQL.bookings, db)
  }

  /// Whether a person is booked for the door or for the session that it leads to; false where that is not asked.
  func isBooked(_ reading: BadgeReading, at door: Door) throws -> Bool {
    guard door.requiresBooking, case .recorded(let holder) = reading else { return false }
    try statement.bind {
      $0.add(holder.registration.rawValue)
      $0.add(door.key.rawValue)
    }
    defer { statement.reset() }
    while try statement.step() {
      if door.isBooked(by: Booking(checkpoint: door.key.rawValue, session: statement.int64(0))) { return true }
    }
    return false
  }
}
