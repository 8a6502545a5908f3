import Foundation

extension AuditEntry {
  /// What the entry says was changed of a registration, by the names of its fields; none where it says of none that the registration
  /// counts it as changed.
  package var changedOfRegistration: [String] {
    guard let name = ChangeName(rawValue: name) else { return [] }
    switch name {
    case .registrationUpdated: return ChangedFacts.of(after)
    case .registrationConfirmed, .registrationWaitlisted, .registrationRejected, .registrationCancelled,
      .registrationRestored, .registrationMovedUp:
      return [RegistrationAddition.state.rawValue]
    default: return []
    }
  }
}

/// What entries say of what was changed.
private struct ChangedFacts: Decodable {
  let changed: [String]?
  let state: String?

  /// The names of the fields.
  static func of(_ facts: String?) -> [String] {
    guard let facts else { return [] }
    do {
      let read = try JSONDecoder().decode(ChangedFacts.self, from: Data(facts.utf8))
      return (read.changed ?? []) + (read.state == nil ? [] : [RegistrationAddition.state.rawValue])
    } catch {
      // What a later version wrote tells this one nothing.
      return []
    }
  }
}
