import LanyardTesting

@testable import LanyardDomain

/// What the tests of decisions on registrations have in common.
enum RegistrationFixture {
  /// A forum that reviews one group and one role.
  static let forum: Event = {
    var event = Event(
      slug: "forum",
      title: "Forum",
      startDate: day("2024-05-27"),
      endDate: day("2024-05-31"),
      timeZone: "Europe/Zurich"
    )
    event.allowsRemote = true
    event.stakeholderGroups = ["Government", "UN Agency"]
    event.guestRoles = ["Minister"]
    event.reviewedStakeholderGroups = ["UN Agency"]
    event.reviewedGuestRoles = ["Minister"]
    return event
  }()

  /// What somebody says of themselves; each number is another person.
  static func details(
    _ number: Int = 1,
    group: String = "Government",
    role: String = "",
    _ participation: Participation = .onsite
  ) -> RegistrationDetails {
    var person = Person()
    person.email = "person\(number)@example.org"
    return RegistrationDetails(
      person: person,
      stakeholderGroup: group,
      guestRole: role,
      participation: participation,
      answers: Answers()
    )
  }

  static func registration(
    _ details: RegistrationDetails,
    _ state: RegistrationState,
    erasedAt: Instant? = nil
  ) -> Registration {
    return Registration(
      id: "r",
      event: forum.slug,
      state: state,
      details: details,
      createdAt: now,
      updatedAt: now,
      revision: 1,
      erasedAt: erasedAt
    )
  }

  static let now = Instant(seconds: 0)

  static func fold(capacity: Int? = nil, taken: Int = 0) -> RegistrationFold {
    RegistrationFold(review: forum.review, places: Places(capacity: capacity, taken: taken))
  }
}
