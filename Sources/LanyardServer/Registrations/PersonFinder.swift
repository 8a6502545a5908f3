import BadgeCodes
import LanyardDomain
import LanyardStore

/// Finds whom somebody means among the people of an event: one way for every caller.
struct PersonFinder {
  /// The most registrations that are looked at where words fit many.
  private static let looked = 200

  let store: any RegistrationStore & BadgeStore
  /// Slug of the event.
  let event: String

  /// Who has the words of a text somewhere, in names, organisation or e-mail address, by name, and how many there are: none where
  /// it is no words.
  func others(_ text: String) async throws(StoreError) -> (people: [Registration], total: Int) {
    guard badgeCode(text) == nil, let search = PersonSearch(text, of: event), case .words(let words) = search else {
      return ([], 0)
    }
    var filter = RegistrationFilter()
    filter.words = words
    return try await people(of: search, filter)
  }

  /// Who may be meant by a text, by name, and how many there are. Words are words of a name.
  func people(_ text: String) async throws(StoreError) -> (people: [Registration], total: Int) {
    if let code = badgeCode(text) { return try await badge(BadgeSerial(code.claimedSerial), code: code.text) }
    if let number = BadgeNumber(text) {
      let bearers = try await bearers(of: number)
      // Letters may be those of a name, too.
      if !bearers.isEmpty { return (bearers, bearers.count) }
    }
    guard let search = PersonSearch(text, of: event) else { return ([], 0) }
    switch search {
    case .badge(let serial): return try await badge(serial)
    case .registration(let id):
      return try await oneOrNone { () throws(StoreError) in try await store.registration(id, of: event) }
    case .address(let address):
      var filter = RegistrationFilter()
      filter.email = address
      return try await people(of: search, filter)
    case .words(let words):
      var filter = RegistrationFilter()
      filter.nameWords = words
      return try await people(of: search, filter)
    }
  }

  private func people(
    of search: PersonSearch,
    _ filter: RegistrationFilter
  ) async throws(StoreError) -> (people: [Registration], total: Int) {
    let found = try await store.registrations(of: event, matching: filter, PageRequest(size: Self.looked))
    let people = search.people(of: found.page.items)
    return (people, found.page.next == nil ? people.count : found.total)
  }

  /// The bearer of a badge, whatever became of it.
  ///
  /// - Parameter code: Where given, the badge must have it: a code says its serial, and anybody can write one that does.
  private func badge(
    _ serial: BadgeSerial,
    code: String? = nil
  ) async throws(StoreError) -> (people: [Registration], total: Int) {
    try await oneOrNone { () throws(StoreError) in
      let badge = try await store.badge(serial, of: event)
      guard code == nil || code == badge.code else { return nil }
      return try await store.registration(badge.registration, of: event)
    }
  }

  /// Who has or had the badges on which a number is printed.
  private func bearers(of number: BadgeNumber) async throws(StoreError) -> [Registration] {
    var issues: [String: Int] = [:]
    var found: [String] = []
    var page = PageRequest(size: RequestLimit.page)
    while true {
      let badges = try await store.badges(of: event, registration: nil, page)
      for badge in badges.items {
        issues[badge.registration, default: 0] += 1
        if BadgeNumber(badge.serial, issue: issues[badge.registration] ?? 0) == number {
          found.append(badge.registration)
        }
      }
      guard let next = badges.next else { break }
      page = PageRequest(size: RequestLimit.page, after: next)
    }
    return try await store.registrations(found, of: event).filter { $0.erasedAt == nil }
  }

  private func oneOrNone(
    _ find: () async throws(StoreError) -> Registration?
  ) async throws(StoreError) -> (people: [Registration], total: Int) {
    do throws(StoreError) {
      guard let found = try await find() else { return ([], 0) }
      return ([found], 1)
    } catch .notFound {
      return ([], 0)
    }
  }

  /// Nil where the text is no badge code.
  private func badgeCode(_ text: String) -> UnverifiedBadgeCode? {
    do throws(BadgeCodeError) {
      return try UnverifiedBadgeCode(reading: text)
    } catch {
      return nil
    }
  }
}
