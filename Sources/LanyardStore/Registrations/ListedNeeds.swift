import LanyardDomain

/// Finds anew which needs people named, where an event lists others than before.
struct ListedNeeds {
  private static let answers = SQL(
    """
    SELECT person.registration_id, registration.public_id, answer.value, person.listed_needs
    FROM person JOIN registration ON registration.id = person.registration_id
    JOIN answer ON answer.registration_id = person.registration_id
      AND answer.question = \(Question.accessibilityNeeds.word)
    WHERE person.event_id = ? ORDER BY person.registration_id
    """
  )
  private static let change = SQL("UPDATE person SET listed_needs = ? WHERE registration_id = ?")

  let session: any SQLSession
  let trail: Trail

  /// - Parameter key: The store's key of the event.
  func find(of event: Event, key: Int64) throws {
    let people = try session.all(Self.answers, [key]) { row in
      try (key: row.integer(0), id: row.text(1), answer: row.text(2), before: row.text(3))
    }
    for person in people {
      let needs = event.listedNeeds(in: person.answer)
      guard needs != person.before else { continue }
      try session.run(Self.change, [needs, person.key])
      try trail.record(.needsListed(person.id, of: event.slug))
    }
  }
}
