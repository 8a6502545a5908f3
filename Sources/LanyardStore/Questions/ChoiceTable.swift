import LanyardDomain

/// How many have the choices of which there are only so many. It follows from the answers of those who are live, and is counted
/// anew whenever a question is changed.
struct ChoiceTable {
  private static let ofEvent = SQL("SELECT question, choice, places, taken FROM choice_place WHERE event_id = ?")
  private static let removal = SQL("DELETE FROM choice_place WHERE event_id = ?")
  private static let addition = SQL(
    "INSERT INTO choice_place (event_id, question, choice, places, taken) VALUES (?, ?, ?, ?, ?)"
  )
  private static let change = SQL(
    "UPDATE choice_place SET taken = ? WHERE event_id = ? AND question = ? AND choice = ?"
  )
  private static let live = RegistrationState.allCases.filter(\.isLive).map(\.word).joined(separator: ", ")
  private static let answers = SQL(
    """
    SELECT answer.value, count(*) FROM answer JOIN registration ON registration.id = answer.registration_id
    WHERE registration.event_id = ? AND registration.state IN (\(live)) AND answer.question = ? GROUP BY answer.value
    """
  )

  private let session: any SQLSession

  init(_ session: any SQLSession) { self.session = session }

  /// Those of an event by the store's key.
  func places(of event: Int64) throws -> ChoicePlaces {
    var (limits, taken): ([ChoicePlaces.Choice: Int], [ChoicePlaces.Choice: Int]) = ([:], [:])
    try session.rows(Self.ofEvent, [event]) { row in
      let choice = ChoicePlaces.Choice(question: try row[0], id: try row[1])
      (limits[choice], taken[choice]) = (try row[2], try row[3])
      return true
    }
    return ChoicePlaces(limits: limits, taken: taken)
  }

  /// Writes what a transaction changed of them.
  func write(_ places: ChoicePlaces, from before: ChoicePlaces, of event: Int64) throws {
    for (choice, count) in places.taken where before.taken[choice] != count {
      try session.run(Self.change, [count, event, choice.question, choice.id])
    }
  }

  /// Counts all of an event by what its questions say now.
  func count(_ questions: [EventQuestion], of event: Int64) throws {
    try session.run(Self.removal, [event])
    for question in questions {
      let limited = question.choices.filter { $0.places != nil && !$0.isWithdrawn }
      guard !limited.isEmpty else { continue }
      var taken: [Substring: Int] = [:]
      try session.rows(Self.answers, [event, question.id]) { row in
        let count: Int = try row[1]
        for id in try row.text(0).split(separator: " ") { taken[id, default: 0] += count }
        return true
      }
      for choice in limited {
        try session.run(Self.addition, [event, question.id, choice.id, choice.places, taken[choice.id[...]] ?? 0])
      }
    }
  }
}
