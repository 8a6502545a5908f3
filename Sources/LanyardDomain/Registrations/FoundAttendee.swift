/// A person who was found by name, with what tells them from others of that name.
package struct FoundAttendee: Hashable, Sendable {
  /// The most people that are counted of those who are found.
  package static let countLimit = 1000

  package let attendee: Attendee
  /// ISO 3166-1 alpha-2 code; may be empty.
  package let country: String
  package let participation: Participation
  package let state: RegistrationState
  /// Whether they are inside anywhere now.
  package let isInside: Bool

  package init(
    attendee: Attendee,
    country: String,
    participation: Participation,
    state: RegistrationState,
    isInside: Bool
  ) {
    self.attendee = attendee
    self.country = country
    self.participation = participation
    self.state = state
    self.isInside = isInside
  }
}
