import LanyardAPI

/// What counts of a registration: who it is of and what it came to.
struct RegistrationFacts: Sendable, Hashable {
  var email: String
  var givenName: String
  var familyName: String
  var displayName: String
  var organisation: String
  var country: String
  var title: String
  var position: String
  var language: String
  var accessibilityNeeds: String
  var role: String
  var photoConsent: Bool
  var group: String
  var participation: Lanyard_V1_Participation
  var state: Lanyard_V1_Registration.State

  init(_ registration: Lanyard_V1_Registration) {
    (email, country) = (registration.email.lowercased(), registration.country)
    (givenName, familyName) = (registration.givenName, registration.familyName)
    (displayName, organisation) = (registration.displayName, registration.organisation)
    (title, position, language) = (registration.title, registration.position, registration.language)
    (accessibilityNeeds, photoConsent) = (registration.accessibilityNeeds, registration.photoConsent)
    (group, role) = (registration.stakeholderGroup, registration.guestRole)
    participation = registration.participation
    state = registration.state
  }

  /// The first field in which another differs; nil where none does.
  func difference(from other: RegistrationFacts) -> String? {
    let texts: [(String, KeyPath<RegistrationFacts, String>)] = [
      ("email", \.email), ("given_name", \.givenName), ("family_name", \.familyName), ("display_name", \.displayName),
      ("organisation", \.organisation), ("country", \.country), ("title", \.title), ("position", \.position),
      ("language", \.language), ("accessibility_needs", \.accessibilityNeeds), ("stakeholder_group", \.group),
      ("guest_role", \.role),
    ]
    if let text = texts.first(where: { self[keyPath: $0.1] != other[keyPath: $0.1] }) { return text.0 }
    if photoConsent != other.photoConsent { return "photo_consent" }
    if participation != other.participation { return "participation" }
    return state == other.state ? nil : "state"
  }
}

/// A registration that the driver made, and what it was told.
struct MadeRegistration: Sendable {
  /// As it was sent; no other of the event has its address.
  let sent: RegistrationFacts
  /// Resource name; nil where no answer came.
  var name: String?
  /// As it was answered.
  var answered: RegistrationFacts?
  /// Resource name and code of the badge that it was given.
  var badge: (name: String, code: String)?
  /// Whether a badge was asked for.
  var asksBadge = false
}

/// All registrations of an event with their badges, as they are on record.
struct RegisteredPeople: Sendable {
  struct Badge: Sendable, Hashable {
    let name: String
    let code: String
    let isActive: Bool
  }

  /// By resource name.
  var registrations: [String: RegistrationFacts] = [:]
  /// By the registration's resource name.
  var badges: [String: [Badge]] = [:]
}

/// Compares the registrations that a run made with what is on record after it, one by one.
struct RegistrationAudit {
  let before: RegisteredPeople
  let made: [MadeRegistration]
  let after: RegisteredPeople

  /// What is wrong, in words without a person in them.
  var faults: [String] {
    var byAddress: [String: [String]] = [:]
    for (name, facts) in after.registrations where before.registrations[name] == nil {
      byAddress[facts.email, default: []].append(name)
    }
    var faults: [String] = []
    for registration in made {
      faults += self.faults(of: registration, byAddress.removeValue(forKey: registration.sent.email)?.sorted() ?? [])
    }
    faults += byAddress.values.flatMap(\.self).sorted().map { "Nobody made \($0)" }
    for (name, facts) in before.registrations {
      guard let now = after.registrations[name] else {
        faults.append("\(name) of before the run is gone")
        continue
      }
      if let field = facts.difference(from: now) { faults.append("\(name) of before the run has another \(field)") }
      if before.badges[name] != after.badges[name] { faults.append("\(name) of before the run has other badges") }
    }
    return faults
  }

  private func faults(of made: MadeRegistration, _ names: [String]) -> [String] {
    if names.count > 1 { return ["One registration is on record as \(names.joined(separator: " and "))"] }
    guard let name = names.first, let recorded = after.registrations[name] else {
      return made.name.map { ["\($0) was answered and is not on record"] } ?? []
    }
    if let answered = made.name, answered != name { return ["\(answered) was answered, and \(name) is on record"] }
    var faults: [String] = []
    // What was sent is kept as it was; the server gave the state, and the name to show where none was sent.
    var expected = made.sent
    expected.state = made.answered?.state ?? recorded.state
    if expected.displayName.isEmpty { expected.displayName = recorded.displayName }
    for told in [made.answered, expected].compactMap(\.self) where faults.isEmpty {
      if let field = told.difference(from: recorded) { faults.append("\(name) is on record with another \(field)") }
    }
    let active = (after.badges[name] ?? []).filter(\.isActive)
    if active.count > 1 { faults.append("\(name) has \(active.count) active badges") }
    if let badge = made.badge {
      if active.first.map({ ($0.name, $0.code) == badge }) != true { faults.append("\(name) has not the badge it got") }
    } else if !made.asksBadge, !active.isEmpty {
      faults.append("\(name) has a badge that nobody asked for")
    }
    return faults
  }
}
