/// How somebody follows a session over the network.
package enum RemotePresence {
  /// How long before a session begins it is joined.
  package static let early = Duration.seconds(1800)
  /// How often whoever follows it says so.
  package static let heartbeat = Duration.seconds(30)
  /// After so much silence they have left.
  package static let silence = Duration.seconds(120)
  /// The most that end in one transaction.
  package static let part = 500

  /// That somebody may join a session at a moment.
  ///
  /// - Parameter isBooked: Whether they have booked it.
  /// - Throws: `NotJoinable`.
  package static func require(
    _ session: Session,
    for registration: Registration,
    isBooked: Bool,
    at now: Instant
  ) throws(NotJoinable) {
    guard session.allowsRemote else { throw NotJoinable(.notRemote) }
    guard registration.state == .confirmed else { throw NotJoinable(.notConfirmed) }
    let details = registration.details
    guard details.participation == .remote, details.isFor(session.day(at: now)),
      session.admittedGroups.isEmpty || session.admittedGroups.contains(details.stakeholderGroup),
      isBooked || !session.requiresBooking
    else { throw NotJoinable(.notForThem) }
    let opens = session.span.lowerBound - early
    guard now >= opens else { throw NotJoinable(.tooEarly, moment: opens, in: session.timeZone) }
    guard now < session.span.upperBound else { throw NotJoinable(.over) }
  }

  /// Whether somebody who was last heard of at a moment still follows.
  package static func isOn(heardAt heard: Instant, at now: Instant) -> Bool { now - heard < silence }
}

/// Thrown where somebody does not join a session over the network.
package struct NotJoinable: Error, Hashable, Sendable {
  package enum Cause: String, Spelled {
    /// Nobody follows it over the network.
    case notRemote = "NOT_REMOTE"
    case notConfirmed = "NOT_CONFIRMED"
    /// They take part on site, on other days or in another group, or have not booked it.
    case notForThem = "NOT_FOR_THEM"
    case tooEarly = "TOO_EARLY"
    case over = "OVER"
  }

  package let cause: Cause
  /// When it can be joined, by the clock of its place; nil where it is not too early.
  package let moment: Instant?
  package let timeZone: ZoneID?

  package init(_ cause: Cause, moment: Instant? = nil, in timeZone: ZoneID? = nil) {
    (self.cause, self.moment, self.timeZone) = (cause, moment, timeZone)
  }
}

extension Session {
  /// The day, at its place, on which somebody who joins at a moment takes part: that of its start, where it has not begun.
  fileprivate func day(at now: Instant) -> LocalDate {
    timeZone.calendar.day(containing: max(now, span.lowerBound)).date
  }
}
