package import LanyardDomain

/// The statements of what is kept no longer than an event says.
private enum RetentionSQL {
  static let known = SQL(
    "SELECT public_id FROM registration WHERE event_id = ? AND erased_at IS NULL ORDER BY id LIMIT ?"
  )
  static let forgetting = SQL(
    """
    DELETE FROM answer WHERE answer.question = ?
      AND answer.registration_id IN (SELECT id FROM registration WHERE event_id = ?)
    """
  )
}

extension SQLEngine {
  package func knownRegistrations(of event: String, limit: Int) async throws(StoreError) -> [String] {
    try await survey { session in
      try session.all(RetentionSQL.known, [EventKey.find(event, session), limit]) { try $0.text(0) }
    }
  }

  package func forgetAnswers(_ act: Act, to question: String, of event: String) async throws(StoreError) -> Int {
    let count = try await write(act, of: .event(event)) { session, trail in
      let row = try EventRow.find(event, session)
      guard let asked = row.event.questions.question(question) else {
        throw StoreError.notFound(.question(question, of: event))
      }
      let table = QuestionTable(session)
      guard let count = try table.answered(of: row.key)[question] else { return 0 }
      try session.run(RetentionSQL.forgetting, [question, row.key])
      try table.forget(asked, of: row.key)
      try trail.record(.forgotten(asked, answers: count, of: event))
      try Traces.note(session)
      return count
    }
    if count > 0 { try await clearTraces() }
    return count
  }
}
