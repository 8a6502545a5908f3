import GRDB
import LanyardDomain
import LanyardStore

/// Decides on registrations of one event and writes what was decided, within the caller's transaction.
struct RegistrationRun {
  /// The most who wait that are read at once.
  private static let part = 100

  /// Decides.
  var fold: RegistrationFold
  /// The store's key of the event.
  let event: Int64
  let trail: Trail
  let db: Database

  /// - Parameter row: The event's as this transaction finds or leaves it.
  init(_ row: EventRow, event: Int64, _ trail: Trail, _ db: Database) {
    fold = RegistrationFold(event: row.event, places: Places(capacity: row.onsiteCapacity, taken: row.onsiteConfirmed))
    (self.event, self.trail, self.db) = (event, trail, db)
  }

  /// Adds a registration with its person.
  func add(_ details: RegistrationDetails, _ state: RegistrationState, request: RequestIdentity?) throws -> Registration
  {
    let made = try RegistrationRow.add(details, state, of: (fold.event.slug, event), request: request, trail, db)
    try trail.record(.created(made))
    return made
  }

  /// Confirms those who wait, the longest waiting first, while there are places.
  mutating func moveUp() throws {
    while true {
      let count = fold.places.free(upTo: Self.part)
      guard count > 0 else { return }
      let waiting = try RegistrationRow.waiting(of: event, count: count, db)
      for registration in fold.moveUp(waiting) {
        try RegistrationRow.confirm(registration.id, of: event, trail, db)
        try trail.record(.movedUp(registration.publicID, of: fold.event.slug))
      }
      guard waiting.count == count else { return }
    }
  }
}
