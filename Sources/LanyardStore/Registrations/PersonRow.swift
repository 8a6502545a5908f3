import LanyardDomain

/// One row of `person`, with the rows of `answer`: all of which goes when somebody is erased.
enum PersonRow {
  /// The texts of a person in the order of `PersonField.allCases`, to be selected in a query that joins the table.
  static let columns = TableColumns("person", PersonField.allCases.map(\.rawValue)).selection

  /// The answers in the order of `Question.allCases`, in a query that has the registration.
  static let answers = Question.allCases.map { question in
    """
    (SELECT answer.value FROM answer WHERE answer.registration_id = registration.id
      AND answer.question = '\(question.rawValue)')
    """
  }.joined(separator: ", ")

  /// Whether there are answers to the event's own questions, in the same query.
  static let hasOwnAnswers = """
    CASE WHEN EXISTS (SELECT 1 FROM answer WHERE answer.registration_id = registration.id AND \(QuestionTable.own))
      THEN 1 ELSE 0 END
    """
  private static let ownAnswers = SQL(
    "SELECT answer.question, answer.value FROM answer WHERE answer.registration_id = ? AND \(QuestionTable.own)"
  )

  private static let all = TableColumns(
    "person",
    [
      "registration_id", "event_id", "is_live",
    ] + written.names
  )
  /// What follows from what somebody says of themselves.
  private static let written = TableColumns(
    "person",
    ["display_name", "email_key", "search_key", "attendee_key", "organisation_key", "listed_needs"]
      + PersonField.allCases.map(\.rawValue)
  )
  /// So many characters of `attendee_key` order people by name: as many as a page's cursor has room for.
  static let nameKeyLength = 60
  private static let addition = SQL("INSERT INTO person (\(all.list)) VALUES (\(all.parameters))")
  private static let change = SQL("UPDATE person SET \(written.assignments) WHERE registration_id = ?")
  private static let answersGone = SQL("DELETE FROM answer WHERE registration_id = ?")
  private static let life = SQL("UPDATE person SET is_live = ? WHERE registration_id = ?")
  private static let answer = SQL("INSERT INTO answer (registration_id, question, value) VALUES (?, ?, ?)")
  private static let removals = [
    SQL("DELETE FROM person WHERE registration_id = ?"),
    SQL("DELETE FROM answer WHERE registration_id = ?"),
    SQL("DELETE FROM note WHERE registration_id = ?"),
  ]

  /// A person in a row, from a column on.
  ///
  /// - Throws: `StoreError.unknownValue` where there is none: only who was erased has no row.
  static func person(_ row: any SQLRow, from first: Int) throws -> Person {
    var person = Person()
    for (index, field) in PersonField.allCases.enumerated() {
      guard let text: String = try row[first + index] else {
        throw StoreError.unknownValue(table: "person", column: field.rawValue)
      }
      person[field] = text
    }
    return person
  }

  /// One text of a person; empty where they were erased.
  ///
  /// - Parameter erased: The column that says when they were; null where they were not.
  /// - Throws: `StoreError.unknownValue` where there is none of somebody who was not erased.
  @inline(__always)
  static func text(
    _ row: some SQLRow,
    _ column: Int,
    _ name: StaticString,
    erased: Int
  ) throws -> String {
    if !row.isNull(column) { return try row.text(column) }
    guard !row.isNull(erased) else { throw StoreError.unknownValue(table: "person", column: "\(name)") }
    return ""
  }

  /// The answers in a row, from a column on.
  ///
  /// - Parameter registration: The store's key of whose they are.
  /// - Throws: `StoreError.unknownValue`.
  static func answers(
    _ row: any SQLRow,
    from first: Int,
    of registration: Int64,
    _ session: any SQLSession
  ) throws -> Answers {
    var answers = Answers()
    for (index, question) in Question.allCases.enumerated() {
      if answers.take(try row[first + index] ?? "", to: question) != nil {
        throw StoreError.unknownValue(table: "answer", column: "value")
      }
    }
    guard try row[first + Question.allCases.count] as Bool else { return answers }
    try session.rows(ownAnswers, [registration]) { row in
      answers.own[try row.text(0)] = try row.text(1)
      return true
    }
    return answers
  }

  /// Adds the person of a registration, and what they answered.
  ///
  /// - Parameter needs: Which of the event's listed needs they named.
  static func add(
    _ details: RegistrationDetails,
    to registration: Int64,
    of event: Int64,
    isLive: Bool,
    needs: String,
    _ session: any SQLSession
  ) throws {
    try session.run(addition, [registration, event, isLive] + values(details.person, needs))
    try add(details.answers, to: registration, session)
  }

  /// Changes who the person of a registration is, and what they answered.
  ///
  /// - Parameter needs: Which of the event's listed needs they name now.
  static func change(
    _ details: RegistrationDetails,
    of registration: Int64,
    needs: String,
    _ session: any SQLSession
  ) throws {
    try session.run(change, values(details.person, needs) + [registration])
    try session.run(answersGone, [registration])
    try add(details.answers, to: registration, session)
  }

  private static func add(_ answers: Answers, to registration: Int64, _ session: any SQLSession) throws {
    for question in Question.allCases where !answers[question].isEmpty {
      try session.run(answer, [registration, question.rawValue, answers[question]])
    }
    for (question, value) in answers.own.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
      try session.run(answer, [registration, question, value])
    }
  }

  /// What `written` holds of a person, in its order.
  private static func values(_ person: Person, _ needs: String) -> [any SQLValue] {
    let key = person.attendeeKey
    let derived: [any SQLValue] = [
      person.displayName, EmailAddress.key(person.email), Person.searchKey(key, email: person.email), key,
      person.organisationKey, needs,
    ]
    return derived + PersonField.allCases.map { person[$0] }
  }

  /// Says whether the registration still stands: of one address and event, no more than one does.
  static func set(isLive: Bool, of registration: Int64, _ session: any SQLSession) throws {
    try session.run(life, [isLive, registration])
  }

  /// Takes out who somebody is, what they answered and what was noted about them.
  static func erase(_ registration: Int64, _ session: any SQLSession) throws {
    for removal in removals { try session.run(removal, [registration]) }
  }
}
