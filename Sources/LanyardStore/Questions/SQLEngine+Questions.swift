package import LanyardDomain

extension SQLEngine {
  package func questions(of event: String) async throws(StoreError) -> [StoredQuestion] {
    try await read { session in
      let key = try EventKey.find(event, session)
      let taken = try ChoiceTable(session).places(of: key).taken
      return try QuestionTable(session).all(of: key).map { StoredQuestion(question: $0, taken: taken) }
    }
  }

  package func ask(
    _ act: Act,
    _ question: EventQuestion,
    of event: String
  ) async throws(StoreError) -> StoredQuestion {
    try await changeQuestions(act, question.id, of: event) { try $0.asking(question) }
  }

  package func change(
    _ act: Act,
    _ question: String,
    of event: String,
    by change: QuestionChange
  ) async throws(StoreError) -> StoredQuestion {
    try await changeQuestions(act, question, of: event) { try $0.changing(question, by: change) }
  }

  package func withdraw(_ act: Act, _ question: String, of event: String) async throws(StoreError) {
    try await write(act, of: .event(event)) { session, trail in
      let row = try EventRow.find(event, session)
      guard let left = try row.event.withoutQuestion(question) else {
        throw StoreError.notFound(.question(question, of: event))
      }
      try QuestionTable(session).bring(row, to: left, trail)
    }
  }

  /// Makes the questions of an event what the body says, and returns one of them as it is then.
  ///
  /// - Parameter body: Returns nil where the event asks no such question.
  private func changeQuestions(
    _ act: Act,
    _ id: String,
    of event: String,
    _ body: @escaping @Sendable (Event) throws -> [EventQuestion]?
  ) async throws(StoreError) -> StoredQuestion {
    try await write(act, of: .event(event)) { session, trail in
      let row = try EventRow.find(event, session)
      guard let planned = try body(row.event) else { throw StoreError.notFound(.question(id, of: event)) }
      try QuestionTable(session).bring(row, to: planned, trail)
      let taken = try ChoiceTable(session).places(of: row.key).taken
      guard let question = try QuestionTable(session).all(of: row.key).question(id) else {
        throw StoreError.failed(.programmer, about: "a question was written and is not there")
      }
      return StoredQuestion(question: question, taken: taken)
    }
  }
}

extension QuestionTable {
  /// Makes the questions of an event what is planned, and puts that on record.
  fileprivate func bring(_ row: EventRow, to planned: [EventQuestion], _ trail: Trail) throws {
    let answered = try answered(of: row.key)
    let steps = try QuestionStep.steps(to: planned, from: row.event.questions, answered: answered) { _ in "question" }
    try put(steps, of: (row.event.slug, row.key), trail)
  }
}

/// A question with what the store counts of it.
package struct StoredQuestion: Hashable, Sendable {
  package let question: EventQuestion
  /// How many have each choice of which there are only so many, of all questions of the event.
  package let taken: [ChoicePlaces.Choice: Int]
}
