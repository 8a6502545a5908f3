import LanyardDomain

/// How the registrations of an event are spread over its groups: looked at only where groups have quotas.
struct GroupCounts {
  private static let confirmed = SQL(
    """
    SELECT stakeholder_group, count(*) FROM registration WHERE event_id = ?
      AND state = \(RegistrationState.confirmed.word) AND participation = \(Participation.onsite.word)
    GROUP BY stakeholder_group
    """
  )
  private static let waiting = SQL(
    """
    SELECT stakeholder_group, count(*) FROM registration WHERE event_id = ?
      AND state = \(RegistrationState.waitlisted.word) GROUP BY stakeholder_group
    """
  )
  private static let queue = SQL(
    """
    SELECT waitlisted_sequence, public_id, stakeholder_group FROM registration WHERE event_id = ?
      AND state = \(RegistrationState.waitlisted.word) AND waitlisted_sequence > ? ORDER BY waitlisted_sequence LIMIT ?
    """
  )
  /// The most who wait that are read at once.
  private static let part = 500

  private let session: any SQLSession

  init(_ session: any SQLSession) { self.session = session }

  /// Those of an event by the store's key.
  func places(of event: Int64, quotas: [String: Int]) throws -> GroupPlaces {
    if quotas.isEmpty { return GroupPlaces() }
    return GroupPlaces(quotas: quotas, taken: try confirmed(of: event), waiting: try counts(Self.waiting, event))
  }

  /// How many of each group are confirmed on site.
  func confirmed(of event: Int64) throws -> [String: Int] { try counts(Self.confirmed, event) }

  private func counts(_ statement: SQL, _ event: Int64) throws -> [String: Int] {
    Dictionary(try session.all(statement, [event]) { try ($0.text(0), Int($0.integer(1))) }) { $1 }
  }

  /// All who wait for a place of an event, the longest waiting first.
  func waiting(of event: Int64) throws -> [WaitingPerson] {
    var (people, last): ([WaitingPerson], Int64) = ([], .min)
    while true {
      let part = try session.all(Self.queue, [event, last, Self.part]) { row in
        (sequence: try row.integer(0), person: WaitingPerson(id: try row.text(1), group: try row.text(2)))
      }
      people += part.map(\.person)
      guard part.count == Self.part, let end = part.last else { return people }
      last = end.sequence
    }
  }
}

/// Somebody who waits for a place.
struct WaitingPerson: Hashable, Sendable {
  /// Of the registration.
  let id: String
  let group: String
}
