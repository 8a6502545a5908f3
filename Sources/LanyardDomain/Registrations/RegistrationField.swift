/// A field of a registration as the contract, tables of registrations, differences and faults name it.
package enum RegistrationField: Hashable, Sendable, CaseIterable, RawRepresentable {
  case person(PersonField)
  case stakeholderGroup
  case guestRole
  case participation
  case days
  case answer(Question)
  /// The answer to a question of the event, by its id.
  case ownAnswer(String)

  /// What stands before the id of a question in a name of the contract, and of a column.
  private static let (answersPrefix, columnPrefix) = ("answers.", "answer:")

  /// All that every event has, in the order in which tables of registrations are written.
  package static let allCases =
    PersonField.allCases.map(Self.person) + [.stakeholderGroup, .guestRole, .participation, .days]
    + Question.allCases.map(Self.answer)

  /// All, with the answers to questions of these ids.
  package static func all(answering questions: some Sequence<String>) -> [RegistrationField] {
    allCases + questions.map(Self.ownAnswer)
  }

  /// What a column of a table is called that has it.
  package var column: String {
    if case .ownAnswer(let question) = self { Self.columnPrefix + question } else { name }
  }

  package var name: String {
    switch self {
    case .person(let field): field.rawValue
    case .stakeholderGroup: "stakeholder_group"
    case .guestRole: "guest_role"
    case .participation: "participation"
    case .days: "days"
    case .answer(let question): question.rawValue
    case .ownAnswer(let question): Self.answersPrefix + question
    }
  }

  /// Whether a table of registrations must have it.
  var isRequired: Bool {
    switch self {
    case .person(let field): field.declaration.isRequired
    case .stakeholderGroup, .participation: true
    case .guestRole, .days, .answer, .ownAnswer: false
    }
  }

  /// Whether badges show it or are drawn by it, or whether they open doors goes by it.
  package var isOfBadges: Bool {
    switch self {
    case .person(.givenName), .person(.familyName), .person(.badgeName), .person(.organisation), .person(.country),
      .person(.language), .stakeholderGroup, .guestRole, .participation:
      true
    case .person(.email), .person(.title), .person(.position), .days, .answer, .ownAnswer: false
    }
  }

  /// Whether two texts of it say the same: an address is one person's however it is written.
  package func isSame(_ text: String, _ other: String) -> Bool {
    text == other || self == .person(.email) && EmailAddress.key(text) == EmailAddress.key(other)
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  package init?(rawValue: String) {
    if let field = Self.byName[rawValue] {
      self = field
    } else {
      guard let field = Self.answer(named: rawValue, after: Self.answersPrefix) else { return nil }
      self = field
    }
  }

  /// The answer to the question whose id stands after a prefix; nil where none does.
  private static func answer(named name: String, after prefix: String) -> RegistrationField? {
    guard name.hasPrefix(prefix) else { return nil }
    let id = String(name.dropFirst(prefix.count))
    return ResourceID.isValid(id) ? .ownAnswer(id) : nil
  }

  package var rawValue: String { name }

  /// The field of a name, without regard to case and to blanks around it; words may be parted by blanks. Nil where the name
  /// is none.
  init?(name: String) {
    guard let field = Self.byName[Self.key(name)] ?? Self.answer(named: Self.key(name), after: Self.columnPrefix) else {
      return nil
    }
    self = field
  }

  /// A column's name as names are compared.
  static func key(_ name: String) -> String {
    name.lowercased().split { $0.isWhitespace || $0 == "_" }.joined(separator: "_")
  }
}
