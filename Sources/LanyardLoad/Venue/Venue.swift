import LanyardAPI

/// The event that a load test plays on, as it was before the first scan.
package struct Venue: Sendable {
  /// A place where badges are scanned.
  package struct Door: Sendable, Hashable {
    /// Resource name of the checkpoint.
    package let name: String
    package let displayName: String
    /// The space it leads to; doors of one area share who is inside.
    package let area: String
    /// The area of a zone or a room in which it stands; empty where it stands in none.
    package let within: String
    /// Whether it leads to a session's room: who enters another leaves the first.
    package let isRoom: Bool
    /// Whether it leads into the venue: who goes out there is out of everything behind it.
    package let isEntrance: Bool
    /// Stakeholder groups that may go in; nil admits all.
    package let admits: Set<String>?
    /// How many may be inside the area.
    package let capacity: Int?
    /// Whether lanes of the run stand there; at others only what is on record before it counts.
    package let isPlayed: Bool

    package init(
      name: String,
      displayName: String,
      area: String,
      within: String = "",
      isRoom: Bool = false,
      isEntrance: Bool? = nil,
      admits: Set<String>? = nil,
      capacity: Int? = nil,
      isPlayed: Bool = true
    ) {
      self.name = name
      self.displayName = displayName
      self.area = area
      self.within = within
      self.isRoom = isRoom
      self.isEntrance = isEntrance ?? !isRoom
      self.admits = admits
      self.capacity = capacity
      self.isPlayed = isPlayed
    }
  }

  /// What a badge is worth.
  package enum BadgeState: String, Sendable, Hashable, Codable {
    case active, replaced, revoked
  }

  /// A badge that can be scanned.
  package struct Badge: Sendable, Hashable {
    /// Resource name.
    package let name: String
    package let code: String
    package let state: BadgeState
    /// Index of the person it is of.
    package let person: Int
    /// What operators see to, and what to do; nothing where nobody said.
    var attention = Lanyard_V1_Attention.unspecified
    var attentionNote = ""

    package init(name: String, code: String, state: BadgeState, person: Int) {
      self.name = name
      self.code = code
      self.state = state
      self.person = person
    }
  }

  /// Somebody who is registered, on site and confirmed.
  package struct Person: Sendable, Hashable {
    /// Resource name of the registration.
    package let registration: String
    package let displayName: String
    package let group: String
    var organisation = ""
    var guestRole = ""
    /// Tag of the language to address them in; empty where they gave none that Lanyard speaks.
    var language = ""

    package init(registration: String, displayName: String, group: String) {
      self.registration = registration
      self.displayName = displayName
      self.group = group
    }
  }

  /// Resource name of the event.
  package let event: String
  package var doors: [Door]
  package var people: [Person]
  package var badges: [Badge]
  /// Indices of the people who are inside anywhere before the first scan.
  package var inside: Set<Int> = []

  /// How many have a badge that opens a door.
  var peopleWithBadge: Int { Set(badges.lazy.filter { $0.state == .active }.map(\.person)).count }

  package init(event: String, doors: [Door], people: [Person], badges: [Badge]) {
    self.event = event
    self.doors = doors
    self.people = people
    self.badges = badges
  }
}
