/// Reads the questions of a programme.
enum QuestionReader {
  private static let keys = [
    "id", "kind", "labels", "help", "required", "shown_for", "choices", "retention_days",
  ]
  private static let conditionKeys = ["stakeholder_groups", "guest_roles", "participation", "answers"]
  private static let answerKeys = ["question", "values"]
  private static let choiceKeys = ["id", "labels", "places"]

  /// The questions of an event; nil where its programme says nothing of questions.
  static func read(_ fields: JSONFields, of event: Event, _ check: inout FieldCheck) -> [EventQuestion]? {
    guard fields.value("questions", &check) != nil else { return nil }
    var questions: [EventQuestion] = []
    for (path, value) in fields.entries("questions", limit: EventQuestion.limit, &check) {
      guard var question = question(value, path: path, of: event, after: questions, &check) else { continue }
      if questions.question(question.id) != nil {
        check.add("\(path).id", .doubledEntry(text: question.id))
        continue
      }
      question.position = questions.count
      questions.append(question)
    }
    return questions
  }

  private static func question(
    _ value: JSONValue,
    path: String,
    of event: Event,
    after earlier: [EventQuestion],
    _ check: inout FieldCheck
  ) -> EventQuestion? {
    let fields = JSONFields(value, path: path, known: keys, &check)
    let (id, faults) = (fields.text("id", limit: 200, required: true, &check), check.count)
    if !id.isEmpty && !ResourceID.isValid(id) { check.add(fields.path("id"), .noID(limit: ResourceID.limit)) }
    let spelling = fields.text("kind", limit: 40, required: true, &check)
    let kind = QuestionKind(spelling: spelling)
    if kind == nil, !spelling.isEmpty {
      check.add(fields.path("kind"), .unknownWay(NearestName.advice(for: spelling, known: QuestionKind.spellings)))
    }
    let labels = texts("labels", fields, limit: EventQuestion.labelLimit, of: event, &check)
    guard let kind, !id.isEmpty, check.count == faults || !labels.isEmpty else {
      if labels.isEmpty, check.count == faults { check.add(fields.path("labels"), .empty) }
      return nil
    }
    var question = EventQuestion(id: id, kind: kind, labels: labels)
    question.help = texts("help", fields, limit: EventQuestion.helpLimit, of: event, &check)
    question.isRequired = fields.flag("required", &check) ?? false
    question.retentionDays = fields.whole("retention_days", in: EventQuestion.retentionDays, &check)
    question.choices = choices(fields, of: event, &check)
    let condition = fields.value("shown_for", &check).map {
      JSONFields($0, path: fields.path("shown_for"), known: conditionKeys, &check)
    }
    if let condition { question.condition = read(condition, &check) }
    question.check(in: event, after: earlier, &check) { field in
      switch field {
      case .labels: fields.path("labels")
      case .choices: fields.path("choices")
      case .groups: fields.path("shown_for.stakeholder_groups")
      case .roles: fields.path("shown_for.guest_roles")
      case .answers: fields.path("shown_for.answers")
      }
    }
    return question
  }

  /// Texts by language; a text alone is in the event's.
  private static func texts(
    _ name: String,
    _ fields: JSONFields,
    limit: Int,
    of event: Event,
    _ check: inout FieldCheck
  ) -> [Language: String] {
    let text = fields.localizedText(name, limit: limit, of: event.language, &check)
    if !text.translations.isEmpty { return text.translations }
    return text.plain.isEmpty ? [:] : [event.language: text.plain]
  }

  private static func read(_ fields: JSONFields, _ check: inout FieldCheck) -> QuestionCondition {
    var condition = QuestionCondition()
    // Whether the event has them is looked at with the rest.
    condition.groups = fields.texts("stakeholder_groups", limit: QuestionCondition.limit, &check)
    condition.roles = fields.texts("guest_roles", limit: QuestionCondition.limit, &check)
    condition.participations = fields.values("participation", of: Participation.self, &check)
    condition.answers = fields.entries("answers", limit: QuestionCondition.limit, &check).map { path, value in
      let fields = JSONFields(value, path: path, known: answerKeys, &check)
      return QuestionCondition.Earlier(
        question: fields.text("question", limit: ResourceID.limit, required: true, &check),
        values: fields.texts("values", limit: QuestionCondition.limit, required: true, &check)
      )
    }
    return condition
  }

  /// Each a text, which is its id, or an object.
  private static func choices(_ fields: JSONFields, of event: Event, _ check: inout FieldCheck) -> [QuestionChoice] {
    var choices: [QuestionChoice] = []
    for (path, value) in fields.entries("choices", limit: QuestionChoice.limit, &check) {
      var (choice, place) = (QuestionChoice(id: ""), path)
      if case .text(let id) = value {
        choice = QuestionChoice(id: check.text(id, limit: 200, field: path))
      } else {
        let fields = JSONFields(value, path: path, known: choiceKeys, &check)
        place = fields.path("id")
        choice = QuestionChoice(
          id: fields.text("id", limit: 200, required: true, &check),
          labels: texts("labels", fields, limit: Term.textLimit, of: event, &check),
          places: fields.whole("places", in: QuestionChoice.placeRange, &check)
        )
        if choice.id.isEmpty { continue }
      }
      if !ResourceID.isValid(choice.id) {
        check.add(place, .noID(limit: ResourceID.limit))
      } else if choices.contains(where: { $0.id == choice.id }) {
        check.add(place, .doubledEntry(text: choice.id))
      } else {
        choices.append(choice)
      }
    }
    return choices
  }
}
