/// The validated details of a registration: only `RegistrationForm.validated(for:)` and a store make them. What is of the
/// person and their answers can be erased; the rest is what rules and counts go by.
@dynamicMemberLookup
package struct RegistrationDetails: Hashable, Sendable {
  package var person: Person
  /// Id of the group.
  package var stakeholderGroup: String
  /// Id of the role; may be empty.
  package var guestRole: String
  package var participation: Participation
  /// Days of the event that it is for, in order; empty means every day.
  package var days: [LocalDate]
  package var answers: Answers

  package init(
    person: Person,
    stakeholderGroup: String,
    guestRole: String,
    participation: Participation,
    days: [LocalDate] = [],
    answers: Answers
  ) {
    self.person = person
    self.stakeholderGroup = stakeholderGroup
    self.guestRole = guestRole
    self.participation = participation
    self.days = days
    self.answers = answers
  }

  /// What the person is called and where they come from.
  package subscript<Value>(dynamicMember path: KeyPath<Person, Value>) -> Value { person[keyPath: path] }

  package subscript<Value>(dynamicMember path: WritableKeyPath<Person, Value>) -> Value {
    get { person[keyPath: path] }
    set { person[keyPath: path] = newValue }
  }

  /// What the person answered.
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
    case .participation: participation.rawValue
    case .days: days.map(\.description).joined(separator: " ")
    case .answer(let question): answers[question]
    case .ownAnswer(let question): answers.own[question] ?? ""
    }
  }

  /// Name of the first field that differs, as in `lanyard.v1.Registration`; nil where none does.
  package func firstDifference(from other: RegistrationDetails) -> String? {
    fields(with: other).first { !$0.isSame(text(of: $0), other.text(of: $0)) }?.name
  }

  /// All fields in which these details or others may say something.
  package func fields(with other: RegistrationDetails) -> [RegistrationField] {
    RegistrationField.all(answering: Set(answers.own.keys).union(other.answers.own.keys).sorted())
  }
}
