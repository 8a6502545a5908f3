/// The places of the choices of one event's questions: hard limits of live registrations. Who ends gives theirs back.
package struct ChoicePlaces: Hashable, Sendable {
  /// A choice of which there are only so many.
  package struct Choice: Hashable, Sendable {
    /// The question's id.
    package let question: String
    /// The choice's id.
    package let id: String

    package init(question: String, id: String) { (self.question, self.id) = (question, id) }
  }

  private let limits: [Choice: Int]
  package private(set) var taken: [Choice: Int]

  package init(limits: [Choice: Int] = [:], taken: [Choice: Int] = [:]) {
    (self.limits, self.taken) = (limits, taken)
  }

  /// The limited choices of answers.
  private func choices(of answers: [String: String]) -> Set<Choice> {
    if limits.isEmpty || answers.isEmpty { return [] }
    return Set(
      answers.flatMap { question, answer in
        answer.split(separator: " ").map { Choice(question: question, id: String($0)) }
      }.filter { limits[$0] != nil }
    )
  }

  private func isFull(_ choice: Choice) -> Bool { taken[choice, default: 0] >= limits[choice] ?? .max }

  /// That there are places for what is new in answers.
  ///
  /// - Throws: `InvalidInput` that names each answer for whose choice none is left.
  func requireRoom(for after: [String: String], from before: [String: String]) throws(InvalidInput) {
    let full = choices(of: after).subtracting(choices(of: before)).filter(isFull)
    guard !full.isEmpty else { return }
    throw InvalidInput(
      full.sorted { ($0.question, $0.id) < ($1.question, $1.id) }.map { choice in
        let field = RegistrationField.ownAnswer(choice.question).name
        return FieldViolation(field: field, .question(.choiceFull(choice: choice.id)))
      }
    )
  }

  /// Takes the places of new answers, and gives those of the answers before back.
  mutating func change(from before: [String: String], to after: [String: String]) {
    let (old, new) = (choices(of: before), choices(of: after))
    for choice in old.subtracting(new) { taken[choice, default: 0] -= 1 }
    for choice in new.subtracting(old) { taken[choice, default: 0] += 1 }
  }

  /// Answers without the choices for which no place is left.
  func withRoom(_ answers: [String: String]) -> [String: String] {
    var answers = answers
    for choice in choices(of: answers) where isFull(choice) {
      let rest = answers[choice.question]?.split(separator: " ").filter { $0 != choice.id } ?? []
      answers[choice.question] = rest.isEmpty ? nil : rest.joined(separator: " ")
    }
    return answers
  }
}
