/// What becomes of the questions of an event.
package enum QuestionStep: Hashable, Sendable {
  case create(EventQuestion)
  case update(EventQuestion, from: EventQuestion)
  /// It is asked no more. Where somebody has answered it stays on record, for those who did.
  case withdraw(EventQuestion)

  package var question: EventQuestion {
    switch self {
    case .create(let question), .update(let question, _), .withdraw(let question): question
    }
  }

  /// What makes the questions on record those that are to be asked, in their order.
  ///
  /// - Parameters:
  ///   - answered: How many answered each, by its id.
  ///   - path: Where faults of the question of a number stand, from 0.
  /// - Throws: `InvalidInput` where that would change what answers are that are there.
  package static func steps(
    to questions: [EventQuestion],
    from record: [EventQuestion],
    answered: [String: Int],
    path: (Int) -> String
  ) throws(InvalidInput) -> [QuestionStep] {
    var steps: [QuestionStep] = []
    for (index, planned) in questions.enumerated() {
      guard let before = record.question(planned.id) else {
        steps.append(.create(planned))
        continue
      }
      let question = planned.succeeding(before)
      if let count = answered[question.id], count > 0, question.kind != before.kind {
        throw InvalidInput(field: "\(path(index)).kind", .question(.answered))
      }
      if question != before { steps.append(.update(question, from: before)) }
    }
    for gone in record.asked where questions.question(gone.id) == nil { steps.append(.withdraw(gone)) }
    let kept = record.filter { record in record.isWithdrawn && questions.question(record.id) == nil }
    guard questions.count + kept.count <= EventQuestion.everLimit else {
      throw InvalidInput(field: path(0), .tooManyTerms(limit: EventQuestion.everLimit))
    }
    return steps
  }

  /// What is put on record of it.
  package func change(of event: String) -> Change {
    switch self {
    case .create(let question): .created(question, of: event)
    case .update(let question, let before): .updated(question, from: before, of: event)
    case .withdraw(let question): .withdrawn(question, of: event)
    }
  }
}

extension EventQuestion {
  /// The question in the place of another of its id: choices that it no longer has are withdrawn.
  fileprivate func succeeding(_ before: EventQuestion) -> EventQuestion {
    guard kind.hasChoices, before.kind.hasChoices else { return self }
    var question = self
    let ids = Set(choices.map(\.id))
    question.choices += before.choices.filter { !ids.contains($0.id) }.map {
      QuestionChoice(id: $0.id, labels: $0.labels, isWithdrawn: true)
    }
    return question
  }
}
