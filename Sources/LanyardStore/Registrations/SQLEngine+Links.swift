package import LanyardDomain

extension SQLEngine {
  package func addPersonalLink(
    _ act: Act,
    _ link: StoredPersonalLink,
    endingOthers: Bool
  ) async throws(StoreError) {
    try await write(act, of: .event(link.event)) { session, trail in
      try PersonalLinkTable(session: session, trail: trail, event: link.event).make(link, endingOthers: endingOthers)
    }
  }

  package func personalLink(_ id: String) async throws(StoreError) -> StoredPersonalLink? {
    try await read { session in try session.first(PersonalLinkTable.byID, [id], StoredPersonalLink.init) }
  }

  package func endPersonalLinks(
    _ act: Act,
    of registration: String,
    event: String
  ) async throws(StoreError) -> Int {
    try await write(act, of: .event(event)) { session, trail in
      let key = try RegistrationRow.key(of: registration, of: (event, trail.feed.key(of: event)), session)
      return try PersonalLinkTable(session: session, trail: trail, event: event).endAll(of: registration, key)
    }
  }
}

/// The personal links of registrations of one event, within the caller's transaction.
struct PersonalLinkTable {
  static let byID = SQL(
    """
    SELECT personal_link.id, personal_link.hash, registration.public_id, event.slug, personal_link.created_at,
      personal_link.expires_at
    FROM personal_link JOIN registration ON registration.id = personal_link.registration_id
      JOIN event ON event.id = registration.event_id
    WHERE personal_link.id = ?
    """
  )
  private static let newest = SQL(
    """
    SELECT personal_link.id, personal_link.hash, registration.public_id, event.slug, personal_link.created_at,
      personal_link.expires_at
    FROM personal_link JOIN registration ON registration.id = personal_link.registration_id
      JOIN event ON event.id = registration.event_id
    WHERE personal_link.registration_id = ? AND personal_link.expires_at > ?
    ORDER BY personal_link.created_at DESC, personal_link.id LIMIT 1
    """
  )
  private static let ofRegistration = SQL(
    "SELECT id, created_at, expires_at FROM personal_link WHERE registration_id = ? ORDER BY created_at, id"
  )
  private static let addition = SQL(
    "INSERT INTO personal_link (id, hash, registration_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)"
  )
  private static let removal = SQL("DELETE FROM personal_link WHERE id = ?")

  let session: any SQLSession
  let trail: Trail
  /// Slug of the event.
  let event: String

  /// The newest of a registration, by the store's key, that is valid at a moment.
  static func newest(of registration: Int64, validAt now: Instant, _ session: any SQLSession) throws
    -> StoredPersonalLink?
  {
    try session.first(newest, [registration, now], StoredPersonalLink.init)
  }

  /// Adds a link, and makes room for it.
  ///
  /// - Throws: `StoreError.erased` where the person was.
  func make(_ link: StoredPersonalLink, endingOthers: Bool) throws {
    let row = try RegistrationRow.find(link.registration, of: (event, trail.feed.key(of: event)), session)
    guard row.registration.erasedAt == nil else {
      throw StoreError.erased(.registration(link.registration, of: event))
    }
    if endingOthers { try endAll(of: link.registration, row.key) }
    let going = try links(of: row.key).makingRoom(at: trail.now())
    try remove(going.forgotten)
    try end(going.ended, of: link.registration)
    try add(link, to: row.key)
  }

  /// - Parameter registration: The store's key.
  func links(of registration: Int64) throws -> PersonalLinks {
    PersonalLinks(
      try session.all(Self.ofRegistration, [registration]) { row in
        PersonalLinks.Link(id: try row[0], createdAt: try row[1], expiresAt: try row[2])
      }
    )
  }

  /// - Parameter registration: The store's key.
  func add(_ link: StoredPersonalLink, to registration: Int64) throws {
    try session.run(Self.addition, [link.id, link.hash, registration, link.createdAt, link.expiresAt])
    try trail.record(.linked(link.id, to: link.registration, of: event, until: link.expiresAt))
  }

  /// Ends all links of a registration, by its id and the store's key; returns how many there were.
  @discardableResult
  func endAll(of registration: String, _ key: Int64) throws -> Int {
    let links = try links(of: key).ids
    try end(links, of: registration)
    return links.count
  }

  /// Ends some links of a registration.
  func end(_ links: [String], of registration: String) throws {
    guard !links.isEmpty else { return }
    try remove(links)
    try trail.record(.unlinked(links, from: registration, of: event))
  }

  /// Removes links of which nothing is to be said.
  func remove(_ links: [String]) throws {
    for link in links { try session.run(Self.removal, [link]) }
  }
}

extension StoredPersonalLink {
  /// From a row of `PersonalLinkTable.byID`.
  fileprivate init(_ row: any SQLRow) throws {
    let life = try known(from: row[4], until: row[5], "personal_link", "expires_at")
    self.init(
      id: try row[0],
      hash: try known(digest: row[1], "personal_link", "hash"),
      registration: try row[2],
      event: try row[3],
      createdAt: life.lowerBound,
      expiresAt: life.upperBound
    )
  }
}
