/// A conference.
package struct Event: Hashable, Sendable {
  /// Resource id: see `ResourceID`.
  package var slug: String
  package var title: String
  package var startDate: LocalDate
  package var endDate: LocalDate
  /// IANA identifier of the zone in which the event's days begin and end.
  package var timeZone: String
  package var city: String
  package var country: String
  package var organisers: String
  /// Hard limit of confirmed on-site registrations; nil where there is none.
  package var onsiteCapacity: Int?
  package var allowsRemote: Bool
  package var tracks: [String]
  /// The groups a registration chooses from. Badge codes carry the position, so the list only grows at its end.
  package var stakeholderGroups: [String]
  package var guestRoles: [String]
  /// Groups and roles whose registrations wait for the organiser's decision.
  package var reviewedStakeholderGroups: [String]
  package var reviewedGuestRoles: [String]
  package var deadlines: [String: LocalDate]
  /// Of what people are told who ask for none.
  package var language = Language.english

  package init(slug: String, title: String, startDate: LocalDate, endDate: LocalDate, timeZone: String) {
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

  /// Position of a stakeholder group in badge codes, from 1; 0 where the event has no such group.
  package func groupNumber(_ group: String) -> Int {
    stakeholderGroups.firstIndex(of: group).map { $0 + 1 } ?? 0
  }

  /// The time from the start of the first day to the end of the last: when badges and entrances work.
  package func span(in calendar: VenueCalendar) -> Range<Instant>? {
    guard let start = calendar.start(of: startDate), let end = calendar.end(of: endDate), start < end else {
      return nil
    }
    return start..<end
  }
}
