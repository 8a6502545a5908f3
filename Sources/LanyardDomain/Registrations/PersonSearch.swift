/// How somebody says whom they mean.
package enum PersonSearch: Hashable, Sendable {
  /// The id of a registration.
  case registration(String)
  case badge(BadgeSerial)
  /// An e-mail address.
  case address(String)
  /// Words of the name.
  case words([String])

  /// The most characters: a badge code has about 200.
  package static let limit = 400
  /// The most people who are listed where several fit.
  package static let listLimit = 20
  private static let idLength = 26

  /// Reads what somebody wrote, but for badge codes, which are looked at before; nil where it says nothing.
  ///
  /// - Parameter event: Slug of the event; a resource name of another is of nobody here.
  package init?(_ text: String, of event: String) {
    if let name = ResourceName(text) {
      switch name {
      case .registration(let id, event): self = .registration(id)
      case .badge(let serial, event): self = .badge(serial)
      default: return nil
      }
    } else if text.utf8.count == Self.idLength, ResourceName.registration(text, of: event).isWellFormed {
      self = .registration(text)
    } else if let serial = BadgeSerial(text.lowercased()) {
      self = .badge(serial)
    } else if text.contains("@"), EmailAddress.fault(of: text) == nil {
      self = .address(text)
    } else {
      let words = SearchText.namingWords(of: text)
      guard !words.isEmpty else { return nil }
      self = .words(words)
    }
  }

  /// Of registrations that fit, who may be meant: one of each e-mail address, the live one or else the last. Where the words are
  /// all that some are called, those alone.
  ///
  /// - Parameter found: In any order.
  package func people(of found: [Registration]) -> [Registration] {
    var people: [String: Registration] = [:]
    for registration in found where registration.erasedAt == nil {
      let key = EmailAddress.key(registration.details.email)
      guard let other = people[key], !registration.comesBefore(other) else {
        people[key] = registration
        continue
      }
    }
    let all = people.values.sorted { ($0.nameOrder, $0.id) < ($1.nameOrder, $1.id) }
    guard case .words(let words) = self else { return all }
    let called = all.filter { person in
      let details = person.details
      return ["\(details.givenName) \(details.familyName)", details.person.badgeName].contains { name in
        Set(SearchText.words(of: name)) == Set(words)
      }
    }
    return called.isEmpty ? all : called
  }
}

extension ResourceName {
  /// Whether it is read as it is written.
  fileprivate var isWellFormed: Bool { ResourceName(description) == self }
}

extension Registration {
  /// By what people are in the order of their names.
  fileprivate var nameOrder: String { SearchText.order(of: details.attendeeKey) }

  /// Whether this one of two of a person is meant.
  fileprivate func comesBefore(_ other: Registration) -> Bool {
    if state.isLive != other.state.isLive { return state.isLive }
    return createdAt > other.createdAt
  }
}
