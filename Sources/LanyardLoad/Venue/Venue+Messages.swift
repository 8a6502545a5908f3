import LanyardAPI
import LanyardDomain

extension Venue.Person {
  /// Somebody as registered.
  init(_ registration: Lanyard_V1_Registration) {
    self.init(
      registration: registration.name,
      displayName: registration.displayName,
      group: registration.stakeholderGroup
    )
    (organisation, guestRole) = (registration.organisation, registration.guestRole)
    language = Language(tag: registration.language)?.tag ?? ""
  }
}

extension Venue.Badge {
  /// - Parameter person: Index of who bears it.
  init(_ badge: Lanyard_V1_Badge, _ state: Venue.BadgeState, person: Int) {
    self.init(name: badge.name, code: badge.code, state: state, person: person)
    (attention, attentionNote) = (badge.attention, badge.attentionNote)
  }
}
