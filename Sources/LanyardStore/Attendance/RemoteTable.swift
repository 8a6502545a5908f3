import LanyardDomain

/// Who follows sessions over the network, within the caller's transaction. Registrations are named by the store's keys.
struct RemoteTable {
  /// A presence that has not ended.
  struct Row {
    let key: Int64
    let registration: Int64
    /// Id of the session.
    let session: String
    /// Id of the registration.
    let person: String
    let joinedAt: Instant
    let heardAt: Instant

    fileprivate init(_ row: any SQLRow) throws {
      (key, registration, session, person) = (try row[0], try row[1], try row[2], try row[3])
      let life = (try row[4] as Instant, try row[5] as Instant)
      guard life.0 <= life.1 else { throw StoreError.unknownValue(table: "remote_presence", column: "heard_at") }
      (joinedAt, heardAt) = life
    }
  }

  private static let selection = """
    SELECT remote_presence.id, remote_presence.registration_id, session.public_id, registration.public_id,
      remote_presence.joined_at, remote_presence.heard_at
    FROM remote_presence JOIN session ON session.id = remote_presence.session_id
      JOIN registration ON registration.id = remote_presence.registration_id
    WHERE remote_presence.left_at IS NULL
    """
  private static let ofRegistration = SQL("\(selection) AND remote_presence.registration_id = ?")
  private static let silent = SQL(
    """
    \(selection) AND registration.event_id = ? AND remote_presence.heard_at <= ?
    ORDER BY remote_presence.id LIMIT ?
    """
  )
  private static let addition = SQL(
    "INSERT INTO remote_presence (registration_id, session_id, joined_at, heard_at) VALUES (?1, ?2, ?3, ?3)"
  )
  private static let hearing = SQL("UPDATE remote_presence SET heard_at = ? WHERE id = ?")
  private static let ending = SQL("UPDATE remote_presence SET left_at = ? WHERE id = ?")
  private static let counts = SQL(
    """
    SELECT session.public_id, count(DISTINCT remote_presence.registration_id),
      count(DISTINCT CASE WHEN remote_presence.left_at IS NULL AND remote_presence.heard_at > CAST(?2 AS BIGINT)
        THEN remote_presence.registration_id END)
    FROM remote_presence JOIN session ON session.id = remote_presence.session_id
    WHERE session.event_id = ?1 GROUP BY session.public_id ORDER BY session.public_id
    """
  )

  let session: any SQLSession

  init(_ session: any SQLSession) { self.session = session }

  func now(of registration: Int64) throws -> Row? { try session.first(Self.ofRegistration, [registration], Row.init) }

  /// Those who were last heard of at a moment or before.
  func silent(since moment: Instant, of event: Int64, limit: Int) throws -> [Row] {
    try session.all(Self.silent, [event, moment, limit], Row.init)
  }

  /// - Parameter held: The store's key of the session.
  func add(_ registration: Int64, to held: Int64, at now: Instant) throws {
    try session.run(Self.addition, [registration, held, now])
  }

  /// Notes that somebody still follows.
  func hear(_ row: Row, at now: Instant) throws { try session.run(Self.hearing, [max(now, row.heardAt), row.key]) }

  func end(_ row: Row, at moment: Instant) throws {
    try session.run(Self.ending, [max(moment, row.joinedAt), row.key])
  }

  /// - Parameters:
  ///   - event: The store's key.
  ///   - moment: Who was last heard of then or before follows no more.
  func counts(of event: Int64, silentSince moment: Instant) throws -> [String: RemoteCount] {
    let rows = try session.all(Self.counts, [event, moment]) { row in
      (try row.text(0), RemoteCount(inside: Int(try row.integer(2)), people: Int(try row.integer(1))))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}
