extension Change {
  /// A question was asked of those who register.
  package static func created(_ question: EventQuestion, of event: String) -> Change {
    Change(.questionCreated, of: event, to: name(question, event), after: QuestionFact.all(of: question))
  }

  package static func updated(_ question: EventQuestion, from before: EventQuestion, of event: String) -> Change {
    Change(
      .questionUpdated,
      of: event,
      to: name(question, event),
      from: QuestionFact.all(of: before),
      to: QuestionFact.all(of: question)
    )
  }

  /// A question is asked no more.
  package static func withdrawn(_ question: EventQuestion, of event: String) -> Change {
    Change(.questionWithdrawn, of: event, to: name(question, event), before: QuestionFact.all(of: question))
  }

  /// So many answers to a question were erased.
  package static func forgotten(_ question: EventQuestion, answers: Int, of event: String) -> Change {
    Change(.questionForgotten, of: event, to: name(question, event), before: ["answers": .number(Int64(answers))])
  }

  private static func name(_ question: EventQuestion, _ event: String) -> ResourceName {
    .question(question.id, of: event)
  }
}

/// What changes say of a question: what is asked, and never what anybody answered.
enum QuestionFact: String, ResourceFact {
  case kind, labels, help, choices, position
  case isRequired = "is_required"
  case choiceLabels = "choice_labels"
  case choicePlaces = "choice_places"
  case askedGroups = "asked_groups"
  case askedRoles = "asked_roles"
  case askedParticipations = "asked_participations"
  case askedAfter = "asked_after"
  case retentionDays = "retention_days"

  func fact(of question: EventQuestion) -> Fact? {
    let (condition, choices) = (question.condition, question.choices.filter { !$0.isWithdrawn })
    return switch self {
    case .kind: .word(question.kind.rawValue)
    case .labels: .given(question.labels.facts)
    case .help: .given(question.help.facts)
    case .choices: .given(choices.map(\.id))
    case .position: .number(Int64(question.position))
    case .isRequired: .flag(question.isRequired)
    case .choiceLabels: .given(choices.flatMap { choice in choice.labels.facts.map { "\(choice.id) \($0)" } })
    case .choicePlaces: .given(choices.compactMap { choice in choice.places.map { "\(choice.id) \($0)" } })
    case .askedGroups: .given(condition.groups)
    case .askedRoles: .given(condition.roles)
    case .askedParticipations: .given(condition.participations.map(\.rawValue))
    case .askedAfter: .given(condition.answers.map { "\($0.question) \($0.values.joined(separator: " "))" })
    case .retentionDays: .limit(question.retentionDays)
    }
  }
}

extension [Language: String] {
  /// Each text with its language before it, in the order of the languages.
  fileprivate var facts: [String] { Language.allCases.compactMap { tag in self[tag].map { "\(tag.tag) \($0)" } } }
}
