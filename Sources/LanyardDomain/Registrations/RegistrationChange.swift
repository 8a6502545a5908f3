/// New values of some fields of a registration, each with every rule of its event kept.
package struct RegistrationChange: Hashable, Sendable {
  package let fields: [RegistrationField]
  /// Of other fields than those it says nothing.
  private let values: RegistrationDetails
  /// What the event asks.
  private let questions: [EventQuestion]
  /// The event's.
  private let language: Language

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
    (questions, language) = (event.questions, event.language)
  }

  /// - Parameters:
  ///   - values: With every rule of the event kept; of other fields than those they say nothing.
  ///   - questions: What the event asks.
  init(
    of fields: [RegistrationField],
    _ values: RegistrationDetails,
    _ questions: [EventQuestion] = [],
    called language: Language = .english
  ) {
    (self.fields, self.values) = (fields, values)
    (self.questions, self.language) = (questions, language)
  }

  /// The new e-mail address; nil where it stays.
  package var email: String? { fields.contains(.person(.email)) ? values.email : nil }

  /// The details with what is new.
  ///
  /// - Parameter isOwn: Whether the person changes it themselves.
  /// - Throws: `InvalidInput` where no name is left, or an answer that is required.
  package func applied(
    to details: RegistrationDetails,
    isOwn: Bool = false
  ) throws(InvalidInput) -> RegistrationDetails {
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
      case .ownAnswer(let id):
        // What is asked no more of anybody keeps its answer.
        if questions.question(id)?.isWithdrawn == false { changed.answers.own[id] = values.answers.own[id] }
      }
    }
    changed.answers.own = try settled(changed, after: details, isOwn: isOwn)
    guard !changed.givenName.isEmpty || !changed.familyName.isEmpty else {
      throw InvalidInput(field: PersonField.givenName.rawValue, .noName)
    }
    return changed
  }

  /// Keeps the answers to what is asked of the person as they are now, where the change says anything of that.
  private func settled(
    _ changed: RegistrationDetails,
    after before: RegistrationDetails,
    isOwn: Bool
  ) throws(InvalidInput) -> [String: String] {
    var (named, goesOn): (Set<String>, Bool) = ([], false)
    for field in fields {
      switch field {
      case .ownAnswer(let id): named.insert(id)
      case .stakeholderGroup, .guestRole, .participation: goesOn = true
      case .person, .days, .answer: break
      }
    }
    guard !questions.isEmpty, goesOn || !named.isEmpty else { return changed.answers.own }
    var check = FieldCheck()
    let answers = questions.settled(changed, after: before, naming: named, isOwn: isOwn, called: language, &check)
    try check.finish()
    return answers
  }
}
