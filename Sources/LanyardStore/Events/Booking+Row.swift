package import LanyardDomain

extension Booking {
  /// What `booking.session_id` says of a booking of the checkpoint itself.
  static let noSession: Int64 = 0

  /// From a row of `booking`.
  package init(checkpoint: Int64, session: Int64) {
    self = session == Self.noSession ? .checkpoint(Key(checkpoint)) : .session(Key(session))
  }
}
