extension EventQuestion {
  /// Notes what is wrong with a question beside the form of its fields.
  ///
  /// - Parameters:
  ///   - event: Whose groups and roles it is asked by.
  ///   - earlier: The questions that are asked before it.
  ///   - path: Of a field of its own: in a document, or in a message.
  func check(in event: Event, after earlier: [EventQuestion], _ check: inout FieldCheck, path: (Field) -> String) {
    if labels.isEmpty { check.add(path(.labels), .document(.empty)) }
    if kind.hasChoices {
      if choices.allSatisfy(\.isWithdrawn) { check.add(path(.choices), .question(.noChoices)) }
    } else if !choices.isEmpty {
      check.add(path(.choices), .question(.choicesBeside))
    }
    for group in condition.groups {
      if let fault = event.stakeholderGroups.fault(ofRuleWith: group) { check.add(path(.groups), .document(fault)) }
    }
    for role in condition.roles {
      if let fault = event.guestRoles.fault(ofRuleWith: role) { check.add(path(.roles), .document(fault)) }
    }
    for answer in condition.answers {
      let leading = earlier.filter { $0.kind.leadsOn && !$0.isWithdrawn }
      guard let question = leading.question(answer.question) else {
        let advice = NearestName.advice(for: answer.question, known: leading.map(\.id))
        check.add(path(.answers), .question(.notBefore(question: answer.question, advice)))
        continue
      }
      let known = question.kind.hasChoices ? question.choices.map(\.id) : [Self.yes, Self.no]
      for value in answer.values where !known.contains(value) {
        let advice = NearestName.advice(for: value, known: known)
        check.add(path(.answers), .question(.noAnswer(text: value, question: question.id, advice)))
      }
    }
  }

  /// The fields that can be at fault with others.
  enum Field {
    case labels, choices, groups, roles, answers
  }

  /// A question of an event as callers send it, with every rule kept.
  ///
  /// - Parameter field: What the message is called in faults.
  /// - Throws: `InvalidInput` that names each field at fault as `lanyard.v1.Question` does.
  package func validated(
    in event: Event,
    after earlier: [EventQuestion],
    under field: String
  ) throws(InvalidInput) -> EventQuestion {
    var check = FieldCheck()
    var question = self
    question.labels = Self.texts(labels, limit: Self.labelLimit, field: "\(field).labels", &check)
    question.help = Self.texts(help, limit: Self.helpLimit, field: "\(field).help", &check)
    question.choices = validChoices("\(field).choices", &check)
    if let retentionDays, !Self.retentionDays.contains(retentionDays) {
      let range = Self.retentionDays
      check.add("\(field).retention_days", .outOfRange(low: range.lowerBound, high: range.upperBound))
    }
    let (limit, lists) = (
      QuestionCondition.limit, [condition.groups, condition.roles, condition.answers.map(\.question)]
    )
    let counts = lists.map(\.count) + condition.answers.map(\.values.count)
    if counts.contains(where: { $0 > limit }) {
      check.add("\(field).condition", .tooManyEntries(limit: limit))
    } else {
      question.check(in: event, after: earlier, &check) { part in
        switch part {
        case .labels: "\(field).labels"
        case .choices: "\(field).choices"
        case .groups: "\(field).condition.stakeholder_groups"
        case .roles: "\(field).condition.guest_roles"
        case .answers: "\(field).condition.answers"
        }
      }
    }
    try check.finish()
    return question
  }

  private static func texts(
    _ texts: [Language: String],
    limit: Int,
    field: String,
    _ check: inout FieldCheck
  ) -> [Language: String] {
    var checked: [Language: String] = [:]
    for (language, text) in texts.sorted(by: { $0.key.tag < $1.key.tag }) {
      let text = check.text(text, limit: limit, field: "\(field).\(language.tag)")
      if !text.isEmpty { checked[language] = text }
    }
    return checked
  }

  private func validChoices(_ field: String, _ check: inout FieldCheck) -> [QuestionChoice] {
    guard choices.count <= QuestionChoice.limit else {
      check.add(field, .tooManyEntries(limit: QuestionChoice.limit))
      return choices
    }
    var ids: Set<String> = []
    return choices.enumerated().map { index, choice in
      let path = "\(field)[\(index)]"
      if !ResourceID.isValid(choice.id) { check.add("\(path).id", .programme(.noID(limit: ResourceID.limit))) }
      if !ids.insert(choice.id).inserted { check.add("\(path).id", .document(.doubledEntry(text: choice.id))) }
      let range = QuestionChoice.placeRange
      if let places = choice.places, !range.contains(places) {
        check.add("\(path).places", .outOfRange(low: range.lowerBound, high: range.upperBound))
      }
      var checked = choice
      checked.labels = Self.texts(choice.labels, limit: Term.textLimit, field: "\(path).labels", &check)
      return checked
    }
  }
}
