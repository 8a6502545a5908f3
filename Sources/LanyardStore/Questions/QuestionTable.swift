import LanyardDomain

/// The questions of events. What was answered lies in `answer`, with the person.
struct QuestionTable {
  private static let columns = TableColumns(
    "question",
    [
      "public_id", "position", "kind", "labels", "help", "is_required", "asked_of", "choices", "retention_days",
      "is_withdrawn",
    ]
  )
  private static let ofEvent = SQL(
    """
    SELECT \(columns.selection) FROM question WHERE question.event_id = ?
    ORDER BY question.is_withdrawn, question.position, question.public_id
    """
  )
  private static let addition = SQL(
    "INSERT INTO question (event_id, \(columns.list)) VALUES (?, \(columns.parameters)) RETURNING id"
  )
  private static let change = SQL("UPDATE question SET \(columns.assignments) WHERE event_id = ? AND public_id = ?")
  private static let removal = SQL("DELETE FROM question WHERE event_id = ? AND public_id = ?")
  /// Another state of the event's questions is another state of the event.
  private static let eventChange = SQL("UPDATE event SET revision = revision + 1 WHERE id = ?")
  /// What no event asks by itself.
  static let own = "answer.question NOT IN (\(Question.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))"
  private static let answered = SQL(
    """
    SELECT answer.question, count(*) FROM answer JOIN registration ON registration.id = answer.registration_id
    WHERE registration.event_id = ? AND \(own) GROUP BY answer.question
    """
  )

  let session: any SQLSession

  init(_ session: any SQLSession) { self.session = session }

  /// Those of an event by the store's key: what it asks, in that order, and then what it asked before.
  func all(of event: Int64) throws -> [EventQuestion] {
    try session.all(Self.ofEvent, [event]) { row in
      var question = EventQuestion(
        id: try row[0],
        kind: try known(row[2], "question", "kind"),
        labels: try JSONColumn.value(row[3], "question", "labels")
      )
      question.position = try row[1]
      question.help = try JSONColumn.value(row[4], "question", "help")
      question.isRequired = try row[5]
      question.condition = try JSONColumn.value(row[6], "question", "asked_of")
      question.choices = try JSONColumn.value(row[7], "question", "choices")
      question.retentionDays = try row[8]
      question.isWithdrawn = try row[9]
      return question
    }
  }

  /// How many answered each question of an event, by its id.
  func answered(of event: Int64) throws -> [String: Int] {
    Dictionary(try session.all(Self.answered, [event]) { try ($0.text(0), Int($0.integer(1))) }) { $1 }
  }

  /// Writes what becomes of an event's questions, and puts it on record.
  ///
  /// - Parameter event: Slug and key.
  func put(_ steps: [QuestionStep], of event: (slug: String, key: Int64), _ trail: Trail) throws {
    guard !steps.isEmpty else { return }
    let answered = try answered(of: event.key)
    for step in steps {
      switch step {
      case .create(let new): _ = try session.key(of: Self.addition, [event.key] + Self.values(new))
      case .update(let new, _): try session.run(Self.change, Self.values(new) + [event.key, new.id])
      case .withdraw(var gone):
        if answered[gone.id] == nil {
          try session.run(Self.removal, [event.key, gone.id])
        } else {
          gone.isWithdrawn = true
          try session.run(Self.change, Self.values(gone) + [event.key, gone.id])
        }
      }
      try trail.record(step.change(of: event.slug))
    }
    try session.run(Self.eventChange, [event.key])
    try ChoiceTable(session).count(all(of: event.key), of: event.key)
  }

  /// Takes a question away that is asked no more, as nobody's answer to it is left, and counts places anew.
  ///
  /// - Parameter event: The store's key.
  func forget(_ question: EventQuestion, of event: Int64) throws {
    if question.isWithdrawn { try session.run(Self.removal, [event, question.id]) }
    try session.run(Self.eventChange, [event])
    try ChoiceTable(session).count(all(of: event), of: event)
  }

  /// What `columns` hold of a question, in their order.
  private static func values(_ question: EventQuestion) throws -> [any SQLValue] {
    [
      question.id, question.position, question.kind.rawValue, try JSONColumn.text(question.labels),
      try JSONColumn.text(question.help), question.isRequired, try JSONColumn.text(question.condition),
      try JSONColumn.text(question.choices), question.retentionDays, question.isWithdrawn,
    ]
  }
}
