import GRDB
import LanyardDomain
import LanyardStore

/// One row of `person`, which goes when somebody is erased.
enum PersonRow {
  /// The texts of a person in the order of `PersonField.allCases`, to be selected in a query that joins the table.
  static let columns = PersonField.allCases.map { "person.\($0.rawValue)" }.joined(separator: ", ")

  /// The answers in the order of `Question.allCases`, in a query that has the registration.
  static let answers = Question.allCases.map { question in
    "(SELECT value FROM answer WHERE registration_id = registration.id AND question = '\(question.rawValue)')"
  }.joined(separator: ", ")

  private static let insertion: String = {
    let names = PersonField.allCases.map(\.rawValue)
    return """
      INSERT INTO person (registration_id, event_id, is_live, display_name, email_key, search_key, attendee_key,
        \(names.joined(separator: ", "))) VALUES (\(databaseQuestionMarks(count: 7 + names.count)))
      """
  }()

  /// A person in a row, from a column on; one who was erased has none of it.
  static func person(_ row: Row, from first: Int) -> Person {
    var person = Person()
    for (index, field) in PersonField.allCases.enumerated() { person[field] = row[first + index] ?? "" }
    return person
  }

  /// The answers in a row, from a column on.
  ///
  /// - Throws: `StoreError.unknownValue`.
  static func answers(_ row: Row, from first: Int) throws(StoreError) -> Answers {
    var answers = Answers()
    for (index, question) in Question.allCases.enumerated() {
      if answers.take(row[first + index] ?? "", to: question) != nil {
        throw .unknownValue(table: "answer", column: "value")
      }
    }
    return answers
  }

  /// Adds the person of a registration, and what they answered.
  static func add(
    _ details: RegistrationDetails,
    to registration: Int64,
    of event: Int64,
    isLive: Bool,
    _ db: Database
  ) throws {
    let person = details.person
    let key = person.attendeeKey
    let statement = try HotStatement(insertion, db)
    try statement.bind {
      $0.add(registration)
      $0.add(event)
      $0.add(isLive ? 1 : 0)
      $0.add(person.displayName)
      $0.add(EmailAddress.key(person.email))
      $0.add(key + PlainText.searchKey(person.email))
      $0.add(key)
      for field in PersonField.allCases { $0.add(person[field]) }
    }
    try statement.run()
    let answer = try HotStatement("INSERT INTO answer VALUES (?, ?, ?)", db)
    for question in Question.allCases where !details.answers[question].isEmpty {
      try answer.bind {
        $0.add(registration)
        $0.add(question.rawValue)
        $0.add(details.answers[question])
      }
      try answer.run()
    }
  }

  /// Takes out who somebody is, what they answered and what was noted about them.
  static func erase(_ registration: Int64, _ db: Database) throws {
    for table in ["person", "answer", "note"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE registration_id = ?", arguments: [registration])
    }
  }
}
