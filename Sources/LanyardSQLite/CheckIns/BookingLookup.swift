import GRDB
import LanyardDomain
import LanyardStore

/// Tells who is booked for a door.
struct BookingLookup {
  private let statement: HotStatement

  init(_ db: Database) throws {
    statement = try HotStatement(
      """
      SELECT 1 FROM booking WHERE checkpoint_id = ? AND session_id IN (0, ?) AND registration_id = ?
      """,
      db
    )
  }

  /// Whether a person is booked for the door or for the session that it leads to; false where that is not asked.
  func isBooked(_ reading: BadgeReading, at door: Door) throws -> Bool {
    guard door.requiresBooking, case .recorded(let holder) = reading else { return false }
    try statement.bind {
      $0.add(door.key.rawValue)
      $0.add(door.session?.key.rawValue ?? 0)
      $0.add(holder.registration.rawValue)
    }
    defer { statement.reset() }
    return try statement.step()
  }
}
