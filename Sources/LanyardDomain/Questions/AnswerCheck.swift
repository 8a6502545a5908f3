extension [EventQuestion] {
  /// The most answers of one registration, of questions that are not there any more among them.
  package static var answerLimit: Int { EventQuestion.everLimit }

  /// Answers as they are kept, by the questions that they are to. Answers to what is asked no more are passed over, as who reads a
  /// registration and writes it back sends them.
  func read(_ given: [String: String], called language: Language, _ check: inout FieldCheck) -> [String: String] {
    guard given.count <= Self.answerLimit else {
      check.add("answers", .tooManyEntries(limit: Self.answerLimit))
      return [:]
    }
    noteUnknown(given.keys, &check)
    var answers: [String: String] = [:]
    for question in asked {
      guard let text = given[question.id] else { continue }
      let answer = question.answer(text, called: language, &check)
      if !answer.isEmpty { answers[question.id] = answer }
    }
    return answers
  }

  private func noteUnknown(_ ids: some Sequence<String>, _ check: inout FieldCheck) {
    for id in ids.sorted() where question(id) == nil {
      check.add(RegistrationField.ownAnswer(String(id.prefix(ResourceID.limit))).name, unknown)
    }
  }

  /// What to say of an answer to a question that is not there.
  var unknown: Fault { .question(.unknown(known: asked.map(\.id))) }

  /// The questions that are asked of a person who answers so, in their order.
  package func asked(of details: RegistrationDetails) -> [EventQuestion] {
    var (asked, answers): ([EventQuestion], [String: String]) = ([], [:])
    // An answer to what is not asked says nothing about what else is.
    for question in self.asked where question.condition.holds(for: details, answers: answers) {
      asked.append(question)
      answers[question.id] = details.answers.own[question.id]
    }
    return asked
  }

  /// The answers of a new registration: those to what is asked of its person. Others are dropped, since a form without a program
  /// behind it shows all questions, and what nobody asked is not kept.
  ///
  /// - Parameter requiring: Whether each that is required has to be there.
  func settled(
    _ details: RegistrationDetails,
    called language: Language,
    requiring: Bool,
    _ check: inout FieldCheck
  ) -> [String: String] {
    var answers: [String: String] = [:]
    for question in asked(of: details) {
      let answer = details.answers.own[question.id] ?? ""
      question.noteWithdrawn(in: answer, before: "", called: language, &check)
      if !answer.isEmpty { answers[question.id] = answer } else if requiring { question.noteMissing(&check) }
    }
    return answers
  }

  /// The answers of a registration that was changed. Where something else is asked of its person now, answers to what is not go;
  /// what is asked no more of anybody stays.
  ///
  /// - Parameters:
  ///   - named: The ids of the questions to which the change says something: where one is required, it is answered.
  ///   - isOwn: Whether who changes it is the person: then what is asked of them newly is answered too.
  func settled(
    _ details: RegistrationDetails,
    after before: RegistrationDetails,
    naming named: Set<String>,
    isOwn: Bool,
    called language: Language,
    _ check: inout FieldCheck
  ) -> [String: String] {
    let (now, earlier) = (asked(of: details), Set(asked(of: before).map(\.id)))
    let kept = Set(now.map(\.id)).union(filter(\.isWithdrawn).map(\.id))
    let answers = details.answers.own.filter { kept.contains($0.key) || question($0.key) == nil }
    for question in now {
      let answer = answers[question.id] ?? ""
      question.noteWithdrawn(in: answer, before: before.answers.own[question.id] ?? "", called: language, &check)
      let isDue = named.contains(question.id) || isOwn && !earlier.contains(question.id)
      if answer.isEmpty, isDue { question.noteMissing(&check) }
    }
    return answers
  }
}

extension EventQuestion {
  fileprivate func noteMissing(_ check: inout FieldCheck) {
    // Where an answer is at fault, that is told, and not that it is missing.
    guard isRequired, !check.hasViolations(of: [field]) else { return }
    check.add(field, .question(kind == .consent ? .consentNeeded : .unanswered))
  }

  /// Notes choices that were withdrawn, where who answers did not have them before.
  fileprivate func noteWithdrawn(
    in answer: String,
    before: String,
    called language: Language,
    _ check: inout FieldCheck
  ) {
    guard kind.hasChoices, !answer.isEmpty else { return }
    let (new, old) = (answer.split(separator: " "), before.split(separator: " "))
    let withdrawn = choices.filter(\.isWithdrawn).map(\.id)
    guard new.contains(where: { withdrawn.contains(String($0)) && !old.contains($0) }) else { return }
    let known = choices.filter { !$0.isWithdrawn }.map { $0.label(in: language, of: language) }
    check.add(field, known.isEmpty ? .nothingToChoose : .unknownChoice(choices: known))
  }
}
