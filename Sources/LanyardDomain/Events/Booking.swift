/// What somebody is booked for, as a decision at a door needs it.
package enum Booking: Hashable, Sendable {
  /// A checkpoint, whatever it leads to.
  case checkpoint(Key<Checkpoint>)
  case session(Key<Session>)
}

extension Door {
  /// Whether who has this booking is booked for the door: for the checkpoint itself, or for the session that it leads to now.
  package func isBooked(by booking: Booking) -> Bool {
    switch booking {
    case .checkpoint(let booked): booked == key
    case .session(let booked): booked == session?.key
    }
  }
}
