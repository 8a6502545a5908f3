/// What a scanned text turned out to be.
package enum BadgeReading: Hashable, Sendable {
  /// Not a badge code.
  case unreadable
  /// A badge code whose signature does not hold.
  case forged
  /// A badge code signed with a key that is not known.
  case unknownKey
  /// A genuine code of a badge that is not on record; the slug is the event that it was issued for.
  case unrecorded(event: String)
  /// A badge on record.
  case recorded(BadgeHolder)
}

/// What a decision needs to know of a badge on record and of its registration.
package struct BadgeHolder: Hashable, Sendable {
  package var registration: Key<Registration>
  package var event: Key<Event>
  package var badgeState: BadgeState
  package var validity: Range<Instant>
  package var registrationState: RegistrationState
  package var participation: Participation
  package var group: String
  package var role: String
  /// Days that the registration is for; empty means every day.
  package var days: [LocalDate]

  package init(
    registration: Key<Registration>,
    event: Key<Event>,
    badgeState: BadgeState,
    validity: Range<Instant>,
    registrationState: RegistrationState,
    participation: Participation,
    group: String,
    role: String,
    days: [LocalDate] = []
  ) {
    self.registration = registration
    self.event = event
    self.badgeState = badgeState
    self.validity = validity
    self.registrationState = registrationState
    self.participation = participation
    self.group = group
    self.role = role
    self.days = days
  }
}
