import LanyardAPI

extension Lanyard_V1_Registration {
  private static var texts: [(name: String, path: KeyPath<Self, String>)] {
    [
      ("email", \.comparableEmail), ("given_name", \.givenName), ("family_name", \.familyName),
      ("display_name", \.displayName), ("organisation", \.organisation), ("country", \.country), ("title", \.title),
      ("position", \.position), ("language", \.language), ("accessibility_needs", \.accessibilityNeeds),
      ("stakeholder_group", \.stakeholderGroup), ("guest_role", \.guestRole),
    ]
  }

  /// The address, which is one person's however it is written.
  fileprivate var comparableEmail: String { email.lowercased() }

  /// The first field of who it is of and what it came to in which another differs; nil where none does.
  fileprivate func difference(from other: Self) -> String? {
    if let text = Self.texts.first(where: { self[keyPath: $0.path] != other[keyPath: $0.path] }) { return text.name }
    if photoConsent != other.photoConsent { return "photo_consent" }
    if participation != other.participation { return "participation" }
    return state == other.state ? nil : "state"
  }
}

/// A registration that the driver made, and what it was told.
struct MadeRegistration: Sendable {
  /// As it was sent; no other of the event has its address.
  let sent: Lanyard_V1_Registration
  /// Resource name; nil where no answer came.
  var name: String?
  /// As it was answered.
  var answered: Lanyard_V1_Registration?
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
  var registrations: [String: Lanyard_V1_Registration] = [:]
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
      byAddress[facts.comparableEmail, default: []].append(name)
    }
    var faults: [String] = []
    for registration in made {
      faults += self.faults(
        of: registration,
        byAddress.removeValue(forKey: registration.sent.comparableEmail)?.sorted() ?? []
      )
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
