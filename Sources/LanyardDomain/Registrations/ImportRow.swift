/// A row of an import, with every rule of its event kept.
package struct ImportRow: Hashable, Sendable {
  package let details: RegistrationDetails
  /// What the row says something of: of other fields `details` have nothing, and nothing is meant by it.
  package let fields: [RegistrationField]

  package init(_ details: RegistrationDetails, saying fields: [RegistrationField] = RegistrationField.allCases) {
    (self.details, self.fields) = (details, fields)
  }

  /// What of it differs from a registration of the same e-mail address.
  func differences(from other: RegistrationDetails) -> [FieldDifference] {
    fields.compactMap { field in
      let (before, after) = (other.text(of: field), details.text(of: field))
      return field == .person(.email) || before == after ? nil : FieldDifference(field, before, after)
    }
  }
}

/// A field of a registration that a row of a file has otherwise, as tables of registrations write both.
package struct FieldDifference: Hashable, Sendable {
  package let field: RegistrationField
  package let before: String
  package let after: String

  package init(_ field: RegistrationField, _ before: String, _ after: String) {
    (self.field, self.before, self.after) = (field, before, after)
  }
}

/// What an imported row makes of a registration that differs from it.
package struct ImportUpdate: Hashable, Sendable {
  /// The registration as it was.
  package let registration: Registration
  package let details: RegistrationDetails
  package let state: RegistrationState
  package let differences: [FieldDifference]
  /// How many of those who wait get the places that it gives back.
  package var movedUp = 0
  /// Whether the person has a badge, which doors show otherwise then.
  package var reachesBadge = false

  /// Whether it changes what doors show of a badge, or whether they open to it.
  package var isOfBadges: Bool { differences.contains { $0.field.isOfBadges } }
}
