/// A conference.
package struct Event: Hashable, Sendable {
  /// Resource id: see `ResourceID`.
  package var slug: String
  package var title: LocalizedText
  package var startDate: LocalDate
  package var endDate: LocalDate
  /// In which the event's days begin and end.
  package var timeZone: ZoneID
  package var city: String
  package var country: String
  package var organisers: String
  /// Hard limit of confirmed on-site registrations; nil where there is none.
  package var onsiteCapacity: Int?
  /// Whom it writes to.
  package var mail = EventMail()
  /// Whether those who wait get places that become free by themselves.
  package var movingUp = MovingUp.always
  /// When people register in public.
  package var inPublic = PublicRegistration()
  package var allowsRemote: Bool
  package var tracks: [Term]
  /// The groups a registration chooses from, and those that were withdrawn. Badge codes carry the number.
  package var stakeholderGroups: [Term]
  package var guestRoles: [Term]
  /// Ids of the groups and roles whose registrations wait for the organiser's decision.
  package var reviewedStakeholderGroups: [String]
  package var reviewedGuestRoles: [String]
  /// Whether every badge opens nothing until the desk has seen its bearer and activated it.
  package var activatesBadges = false
  /// Ids of the groups of which that goes, where it does not go for all.
  package var activatedStakeholderGroups: [String] = []
  package var deadlines: [String: LocalDate]
  /// What it asks those who register beside what every event does, in its order, and what it asked before and somebody answered.
  package var questions: [EventQuestion] = []
  /// After so many days past its last one everybody who registered is erased; nil where nobody is by themselves.
  package var retentionDays: Int?
  /// What operators are shown where somebody names it among their accessibility needs.
  package var listedNeeds: [String] = []
  /// Whether an operator may let in somebody who is inside by the record and did not scan out.
  package var allowsMissedExits = false
  /// Of what people are told who ask for none.
  package var language = Language.english

  package init(slug: String, title: LocalizedText, startDate: LocalDate, endDate: LocalDate, timeZone: ZoneID) {
    self.slug = slug
    self.title = title
    self.startDate = startDate
    self.endDate = endDate
    self.timeZone = timeZone
    city = ""
    country = ""
    organisers = ""
    allowsRemote = false
    tracks = []
    stakeholderGroups = []
    guestRoles = []
    reviewedStakeholderGroups = []
    reviewedGuestRoles = []
    deadlines = [:]
  }

  /// Whether a registration of this group and role waits for the organiser's decision.
  package func reviews(group: String, role: String) -> Bool {
    review.applies(group: group, role: role)
  }

  /// How a badge of this group begins.
  package func firstBadgeState(group: String) -> BadgeState {
    activatesBadges || activatedStakeholderGroups.contains(group) ? .notActivated : .active
  }

  /// Number of a stakeholder group in badge codes; 0 where the event never had such a group.
  package func groupNumber(_ group: String) -> Int { stakeholderGroups.term(group)?.number ?? 0 }

  /// What its groups and roles are called.
  package var terms: EventTerms { EventTerms(groups: stakeholderGroups, roles: guestRoles, language: language) }

  /// The time from the start of the first day to the end of the last: when badges and entrances work.
  /// Nil where the calendar has no such days.
  package var span: Range<Instant>? {
    let calendar = timeZone.calendar
    guard let start = calendar.start(of: startDate), let end = calendar.end(of: endDate), start < end else {
      return nil
    }
    return start..<end
  }
}
