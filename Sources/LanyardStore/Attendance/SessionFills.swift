import LanyardDomain

/// Says how full sessions of an event were, from the passages of its ledger as one transaction sees them: of those who were admitted
/// to a session, and of the time from its first admission to its end.
struct SessionFills {
  /// That a scan let somebody into a session; the text is that of the index `scan_session`.
  private static let letIntoSession = "scan.session_id IS NOT NULL AND \(PassageSQL.letIn)"

  /// Who was admitted to a session; the parameter is its key.
  private static func visitors(_ session: String) -> String {
    """
    SELECT DISTINCT badge.registration_id FROM scan JOIN badge ON badge.id = scan.badge_id
    WHERE scan.session_id = \(session) AND \(letIntoSession) AND \(PassageSQL.stands)
    """
  }

  private static let first = SQL(
    """
    SELECT min(\(PassageSQL.moment)) FROM scan \(PassageSQL.withTimes)
    WHERE scan.session_id = ? AND \(letIntoSession) AND \(PassageSQL.stands)
    """
  )
  private static let count = SQL("SELECT count(*) FROM (\(visitors("?"))) AS visitor")

  private static let columns = """
    scan.sequence, scan.answer, scan.checkpoint_id, scan.session_id, \(PassageSQL.moment), scan_override.scan_sequence,
    scan_offline.scan_sequence, scan_double_reading.scan_sequence, badge.registration_id
    """
  private static let extras = """
    LEFT JOIN scan_override ON scan_override.scan_sequence = scan.sequence
    LEFT JOIN scan_double_reading ON scan_double_reading.scan_sequence = scan.sequence
    """
  /// Their passages among the scans of two numbers; the last parameter is the session.
  private static let recorded = SQL(
    """
    SELECT \(columns)
    FROM (\(visitors("?3"))) AS visitor JOIN badge ON badge.registration_id = visitor.registration_id
    JOIN scan ON scan.badge_id = badge.id AND \(PassageSQL.letPass) AND scan.sequence > ?1 AND scan.sequence <= ?2
    \(PassageSQL.withTimes) \(extras)
    WHERE \(PassageSQL.stands)
    """
  )
  /// Their passages among those that lanes told of later than a number; the last parameters are the session and its end.
  private static let toldLater = SQL(
    """
    SELECT \(columns)
    FROM scan_offline JOIN scan ON scan.sequence = scan_offline.scan_sequence JOIN badge ON badge.id = scan.badge_id
    \(extras)
    WHERE scan_offline.scan_sequence > ?1 AND scan_offline.scan_sequence <= ?2 AND scan_offline.happened_at < ?4
      AND \(PassageSQL.letPass) AND \(PassageSQL.stands) AND badge.registration_id IN (\(visitors("?3")))
    """
  )

  private let session: any SQLSession
  private let plan: VenuePlan

  init(_ session: any SQLSession, _ plan: VenuePlan) {
    (self.session, self.plan) = (session, plan)
  }

  /// By the ids of sessions; of one to which nobody was admitted nothing.
  ///
  /// - Parameter ids: Of the sessions that are asked about.
  func fills(of ids: Set<String>) throws -> [String: AttendanceSummary.Row.Fill] {
    var fills: [String: AttendanceSummary.Row.Fill] = [:]
    for record in plan.allSessions where ids.contains(record.session.id) {
      let people: Int? = try session.first(Self.count, [record.key.rawValue]) { try $0[0] }
      guard let people, people > 0 else { continue }
      fills[record.session.id] = AttendanceSummary.Row.Fill(
        inAll: people,
        most: SessionVisit.most(try visits(to: record)),
        capacity: record.session.capacity
      )
    }
    return fills
  }

  /// From the first admission to a session on: nothing that a person did before their own says whether they are in it.
  private func visits(to record: SessionRecord) throws -> [SessionVisit] {
    let (key, end) = (record.key.rawValue, record.session.span.upperBound)
    let first: Instant?? = try session.first(Self.first, [key]) { try $0[0] }
    guard let first = first ?? nil, first < end else { return [] }
    let bounds = try LedgerSpan(first..<end, of: plan.eventKey.rawValue, session).bounds
    var people: [Key<Registration>: [Passage]] = [:]
    func take(_ statement: SQL, _ values: [any SQLValue]) throws {
      try session.rows(statement, values) { row in
        people[Key(try row[8]), default: []].append(try Passage(row))
        return true
      }
    }
    try take(Self.recorded, [bounds[0], bounds[1], key])
    try take(Self.toldLater, [bounds[1], bounds[2], key, end])
    return people.flatMap { registration, passages -> [SessionVisit] in
      let admissions = passages.filter { $0.way == .into && $0.session == record.key }
      guard let start = admissions.map(\.moment).min() else { return [] }
      let since = passages.filter { $0.moment >= start }
      return SessionVisit.visits(since, of: registration, plan: plan).filter { $0.session == record.key }
    }
  }
}
