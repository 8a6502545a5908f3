/// New values of some fields of a registration, each with every rule of its event kept.
package struct RegistrationChange: Hashable, Sendable {
  package let fields: [RegistrationField]
  /// Of other fields than those it says nothing.
  private let values: RegistrationDetails

  /// - Parameter form: Looked at for those fields alone.
  /// - Throws: `InvalidInput` with one violation for each field at fault, named as in `lanyard.v1.Registration`.
  package init(of fields: [RegistrationField], _ form: RegistrationForm, for event: Event) throws(InvalidInput) {
    var check = FieldCheck()
    var values = RegistrationDetails(
      person: Person(),
      stakeholderGroup: "",
      guestRole: "",
      participation: .onsite,
      answers: Answers()
    )
    for field in fields { form.take(field, to: &values, for: event, &check) }
    try check.finish()
    (self.fields, self.values) = (fields, values)
  }

  /// - Parameter values: With every rule of the event kept; of other fields than those they say nothing.
  init(of fields: [RegistrationField], _ values: RegistrationDetails) { (self.fields, self.values) = (fields, values) }

  /// The new e-mail address; nil where it stays.
  package var email: String? { fields.contains(.person(.email)) ? values.email : nil }

  /// The details with what is new.
  ///
  /// - Throws: `InvalidInput` where no name is left.
  package func applied(to details: RegistrationDetails) throws(InvalidInput) -> RegistrationDetails {
    var changed = details
    for field in fields {
      switch field {
      case .person(let field): changed.person[field] = values.person[field]
      case .stakeholderGroup: changed.stakeholderGroup = values.stakeholderGroup
      case .guestRole: changed.guestRole = values.guestRole
      case .participation: changed.participation = values.participation
      case .days: changed.days = values.days
      case .answer(.accessibilityNeeds): changed.answers.accessibilityNeeds = values.answers.accessibilityNeeds
      case .answer(.photoConsent): changed.answers.photoConsent = values.answers.photoConsent
      }
    }
    guard !changed.givenName.isEmpty || !changed.familyName.isEmpty else {
      throw InvalidInput(field: PersonField.givenName.rawValue, .noName)
    }
    return changed
  }
}
