/// New values of some fields of a question.
package struct QuestionChange: Hashable, Sendable {
  /// What can be changed, by its name of the contract.
  package enum Field: String, Sendable, CaseIterable {
    case kind, labels, help, required, condition, choices
    case retentionDays = "retention_days"
  }

  package let fields: [Field]
  /// Of other fields than those it says nothing.
  private let values: EventQuestion

  package init(of fields: [Field], _ values: EventQuestion) { (self.fields, self.values) = (fields, values) }

  /// The question with what is new.
  package func applied(to question: EventQuestion) -> EventQuestion {
    var changed = question
    for field in fields {
      switch field {
      case .kind: changed.kind = values.kind
      case .labels: changed.labels = values.labels
      case .help: changed.help = values.help
      case .required: changed.isRequired = values.isRequired
      case .condition: changed.condition = values.condition
      case .choices: changed.choices = values.choices
      case .retentionDays: changed.retentionDays = values.retentionDays
      }
    }
    // What was taken out before is no part of what is sent.
    if !fields.contains(.choices) { changed.choices = changed.choices.filter { !$0.isWithdrawn } }
    return changed
  }
}

extension Event {
  /// Its questions with one more after all others.
  ///
  /// - Throws: `InvalidInput` that names each field at fault as `lanyard.v1.CreateQuestionRequest` does.
  package func asking(_ question: EventQuestion) throws(InvalidInput) -> [EventQuestion] {
    let asked = questions.asked
    guard ResourceID.isValid(question.id) else {
      throw InvalidInput(field: "question_id", .programme(.noID(limit: ResourceID.limit)))
    }
    guard asked.question(question.id) == nil else { throw InvalidInput(field: "question_id", .question(.taken)) }
    guard asked.count < EventQuestion.limit else {
      throw InvalidInput(
        field: "parent",
        .document(.tooManyEntries(count: asked.count + 1, limit: EventQuestion.limit))
      )
    }
    var question = try question.validated(in: self, after: asked, under: "question")
    question.position = (asked.map(\.position).max() ?? -1) + 1
    return asked + [question]
  }

  /// Its questions with one changed.
  ///
  /// - Throws: `InvalidInput` where a field is at fault, or another question can go by its answers no more.
  package func changing(_ id: String, by change: QuestionChange) throws(InvalidInput) -> [EventQuestion]? {
    var asked = questions.asked
    guard let index = asked.firstIndex(where: { $0.id == id }) else { return nil }
    asked[index] = try change.applied(to: asked[index]).validated(
      in: self,
      after: Array(asked[..<index]),
      under: "question"
    )
    for follower in asked[(index + 1)...] where follower.goes(by: id) {
      var check = FieldCheck()
      follower.check(in: self, after: asked.filter { $0.position < follower.position }, &check) { _ in "question" }
      if check.count > 0 { throw InvalidInput(field: "question", .question(.goneBy(question: follower.id))) }
    }
    return asked
  }

  /// Its questions without one; nil where it asks no such.
  ///
  /// - Throws: `InvalidInput` where another goes by its answers.
  package func withoutQuestion(_ id: String) throws(InvalidInput) -> [EventQuestion]? {
    let asked = questions.asked
    guard asked.question(id) != nil else { return nil }
    if let follower = asked.first(where: { $0.goes(by: id) }) {
      throw InvalidInput(field: "name", .question(.goneBy(question: follower.id)))
    }
    return asked.filter { $0.id != id }
  }
}

extension EventQuestion {
  /// Whether it is asked by what was answered to another.
  fileprivate func goes(by id: String) -> Bool { condition.answers.contains { $0.question == id } }
}
