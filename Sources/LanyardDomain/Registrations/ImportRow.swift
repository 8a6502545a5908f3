/// A row of an import, with every rule of its event kept.
package struct ImportRow: Hashable, Sendable {
  package let details: RegistrationDetails
  /// What the row says something of: of other fields `details` have nothing, and nothing is meant by it.
  package let fields: [RegistrationField]
  /// What the event asks.
  private let questions: [EventQuestion]
  /// The event's.
  private let language: Language

  package init(
    _ details: RegistrationDetails,
    saying fields: [RegistrationField] = RegistrationField.allCases,
    _ questions: [EventQuestion] = [],
    called language: Language = .english
  ) {
    (self.details, self.fields) = (details, fields)
    (self.questions, self.language) = (questions, language)
  }

  /// Those of a new registration: with the answers to what is asked of its person.
  ///
  /// - Throws: `InvalidInput` where it has a choice that nobody can choose any more.
  package func newDetails() throws(InvalidInput) -> RegistrationDetails {
    guard !questions.isEmpty else { return details }
    var (check, new) = (FieldCheck(), details)
    new.answers.own = questions.settled(details, called: language, requiring: false, &check)
    try check.finish()
    return new
  }

  /// What it makes of some fields of a registration.
  func change(of fields: [RegistrationField]) -> RegistrationChange {
    RegistrationChange(of: fields, details, questions, called: language)
  }

  /// What of it differs from a registration of the same e-mail address.
  func differences(from other: RegistrationDetails) -> [FieldDifference] {
    // An answer to what is not asked of the person makes no difference.
    var asked = other
    for case .ownAnswer(let id) in fields { asked.answers.own[id] = details.answers.own[id] }
    asked.answers.own = asked.answers.own.filter { id, _ in
      other.answers.own[id] != nil || questions.asked(of: asked).question(id) != nil
    }
    return fields.compactMap { field in
      let isOwn = if case .ownAnswer = field { true } else { false }
      let (before, after) = (other.text(of: field), isOwn ? asked.text(of: field) : details.text(of: field))
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
