import LanyardDomain

/// Says how full the sessions of an event were, from the passages of its ledger as one transaction sees them.
struct SessionFills {
  private static let passages = SQL(
    """
    SELECT scan.sequence, scan.answer, scan.checkpoint_id, scan.session_id, \(PassageSQL.moment), scan_override.scan_sequence,
      scan_offline.scan_sequence, scan_double_reading.scan_sequence, badge.registration_id
    FROM scan \(PassageSQL.withTimes) JOIN badge ON badge.id = scan.badge_id
    LEFT JOIN scan_override ON scan_override.scan_sequence = scan.sequence
    LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
    WHERE scan.sequence > ? AND scan.sequence <= ? AND \(PassageSQL.letPass) AND \(PassageSQL.stands)
    ORDER BY scan.sequence LIMIT ?
    """
  )
  /// How many are read at once.
  private static let part = 10_000

  private let session: any SQLSession
  private let plan: VenuePlan

  init(_ session: any SQLSession, _ plan: VenuePlan) {
    (self.session, self.plan) = (session, plan)
  }

  /// By the ids of sessions to which anybody was admitted.
  func fills() throws -> [String: AttendanceSummary.Row.Fill] {
    var (visits, people): ([Key<Session>: [SessionVisit]], [Key<Session>: Int]) = ([:], [:])
    for (registration, passages) in try byPerson() {
      for visit in SessionVisit.visits(passages, of: registration, plan: plan) {
        visits[visit.session, default: []].append(visit)
      }
      let admitted = passages.filter { $0.way == .into }.compactMap(\.session)
      for session in Set(admitted) { people[session, default: 0] += 1 }
    }
    let found = plan.allSessions.compactMap { record in
      people[record.key].map { count in
        (
          record.session.id,
          AttendanceSummary.Row.Fill(
            inAll: count,
            most: SessionVisit.most(visits[record.key] ?? []),
            capacity: record.session.capacity
          )
        )
      }
    }
    return Dictionary(found) { first, _ in first }
  }

  /// All passages that stand, by who passed.
  private func byPerson() throws -> [Key<Registration>: [Passage]] {
    var people: [Key<Registration>: [Passage]] = [:]
    let event = plan.eventKey.rawValue
    var last = FeedNumber(event, 0).key
    while true {
      var count = 0
      let range: [any SQLValue] = [last, FeedNumber.last(of: event).key, Self.part]
      try session.rows(Self.passages, range) { row in
        count += 1
        last = try row[0]
        people[Key(try row[8]), default: []].append(try Passage(row))
        return true
      }
      if count < Self.part { return people }
    }
  }
}
