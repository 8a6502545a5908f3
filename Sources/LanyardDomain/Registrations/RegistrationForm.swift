/// What a person says of themselves when registering: text as it came, nothing checked yet.
@dynamicMemberLookup
package struct RegistrationForm: Sendable {
  package var person = Person()
  package var stakeholderGroup = ""
  package var guestRole = ""
  /// Nil where it was not said.
  package var participation: Participation?
  /// Days that it is to be for; none means every day.
  package var days: [String] = []
  package var answers = Answers()

  package init() {}

  /// What the person says they are called and where they come from.
  package subscript<Value>(dynamicMember path: WritableKeyPath<Person, Value>) -> Value {
    get { person[keyPath: path] }
    set { person[keyPath: path] = newValue }
  }

  /// What the person answers.
  package subscript<Value>(dynamicMember path: WritableKeyPath<Answers, Value>) -> Value {
    get { answers[keyPath: path] }
    set { answers[keyPath: path] = newValue }
  }

  /// A field as tables of registrations have it.
  package func text(of field: RegistrationField) -> String {
    switch field {
    case .person(let field): person[field]
    case .stakeholderGroup: stakeholderGroup
    case .guestRole: guestRole
    case .participation: participation?.rawValue ?? ""
    case .days: days.joined(separator: " ")
    case .answer(let question): answers[question]
    case .ownAnswer(let question): answers.own[question] ?? ""
    }
  }

  /// The details with every rule of the event kept.
  ///
  /// - Parameter isRow: Whether it is of a list that others keep: then it may lack answers that are required, and has those that are
  ///   not asked of its person, as what is on record of them may say otherwise.
  /// - Throws: `InvalidInput` with one violation for each field at fault, named as in `lanyard.v1.Registration`.
  package func validated(for event: Event, isRow: Bool = false) throws(InvalidInput) -> RegistrationDetails {
    var check = FieldCheck()
    var details = RegistrationDetails(
      person: checkedPerson(&check),
      stakeholderGroup: check.choice(
        stakeholderGroup,
        of: event.stakeholderGroups,
        called: event.language,
        field: RegistrationField.stakeholderGroup.name,
        required: true
      ),
      guestRole: check.choice(
        guestRole,
        of: event.guestRoles,
        called: event.language,
        field: RegistrationField.guestRole.name,
        required: false
      ),
      participation: checkedParticipation(for: event, &check),
      days: checkedDays(for: event, &check),
      answers: checkedAnswers(&check)
    )
    details.answers.own = event.questions.read(answers.own, called: event.language, &check)
    if !isRow {
      details.answers.own = event.questions.settled(details, called: event.language, requiring: true, &check)
    }
    try check.finish()
    return details
  }

  /// Takes one field over, with every rule of the event for it kept.
  func take(
    _ field: RegistrationField,
    to details: inout RegistrationDetails,
    for event: Event,
    _ check: inout FieldCheck
  ) {
    func choice(_ text: String, of terms: [Term], required: Bool) -> String {
      check.choice(text, of: terms, called: event.language, field: field.name, required: required)
    }
    switch field {
    case .person(let field): details.person[field] = check.text(person[field], of: field)
    case .stakeholderGroup:
      details.stakeholderGroup = choice(stakeholderGroup, of: event.stakeholderGroups, required: true)
    case .guestRole: details.guestRole = choice(guestRole, of: event.guestRoles, required: false)
    case .participation: details.participation = checkedParticipation(for: event, &check)
    case .days: details.days = checkedDays(for: event, &check)
    case .answer(let question):
      let text = check.text(answers[question], limit: Question.textLimit, field: question.rawValue)
      if let fault = details.answers.take(text, to: question) { check.add(question.rawValue, fault) }
    case .ownAnswer(let id):
      details.answers.own[id] = event.questions.read([id: answers.own[id] ?? ""], called: event.language, &check)[id]
    }
  }

  private func checkedPerson(_ check: inout FieldCheck) -> Person {
    var checked = Person()
    for field in PersonField.allCases { checked[field] = check.text(person[field], of: field) }
    let names = [PersonField.givenName.rawValue, PersonField.familyName.rawValue]
    if checked.givenName.isEmpty && checked.familyName.isEmpty && !check.hasViolations(of: names) {
      check.add(names[0], .noName)
    }
    return checked
  }

  private func checkedAnswers(_ check: inout FieldCheck) -> Answers {
    var checked = Answers()
    for question in Question.allCases {
      let text = check.text(answers[question], limit: Question.textLimit, field: question.rawValue)
      if let fault = checked.take(text, to: question) { check.add(question.rawValue, fault) }
    }
    return checked
  }

  private func checkedDays(for event: Event, _ check: inout FieldCheck) -> [LocalDate] {
    let field = RegistrationField.days.name
    var checked: Set<LocalDate> = []
    for text in days {
      guard let day = LocalDate(text) else {
        check.add(field, .noDate)
        continue
      }
      if event.isHeld(on: day) { checked.insert(day) } else { check.add(field, event.otherDay) }
    }
    return checked.sorted()
  }

  private func checkedParticipation(for event: Event, _ check: inout FieldCheck) -> Participation {
    let field = RegistrationField.participation.name
    guard let participation else {
      check.add(field, .noParticipation)
      return .onsite
    }
    if participation == .remote && !event.allowsRemote {
      check.add(field, .onSiteOnly)
    }
    return participation
  }
}
