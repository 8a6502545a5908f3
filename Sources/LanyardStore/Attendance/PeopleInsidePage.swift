package import LanyardDomain

/// Part of who is inside, and what is said of all of them.
package struct PeopleInsidePage: Sendable {
  package let page: Page<PersonInside>
  /// How many are inside, on all pages.
  package let total: Int
  /// IANA identifier of the event's zone.
  package let timeZone: ZoneID
  /// What the event calls its groups and roles.
  package let terms: EventTerms

  package init(page: Page<PersonInside>, total: Int, timeZone: ZoneID, terms: EventTerms) {
    self.page = page
    self.total = total
    self.timeZone = timeZone
    self.terms = terms
  }
}
