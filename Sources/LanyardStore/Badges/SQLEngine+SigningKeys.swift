package import LanyardDomain

/// The statements of signing keys.
private enum SigningKeySQL {
  private static let selection =
    "SELECT id, private_key, sealed_key, public_key, created_at, retired_at FROM signing_key"
  static let all = SQL("\(selection) ORDER BY created_at, id")
  static let one = SQL("\(selection) WHERE id = ?")
  static let addition = SQL(
    "INSERT INTO signing_key (id, private_key, sealed_key, public_key, created_at) VALUES (?, ?, ?, ?, ?)"
  )
  static let sealing = SQL(
    "UPDATE signing_key SET private_key = NULL, sealed_key = ?, public_key = ? WHERE id = ? AND private_key IS NOT NULL"
  )
  static let retirement = SQL(
    """
    UPDATE signing_key SET private_key = NULL, sealed_key = NULL, public_key = coalesce(public_key, ?), retired_at = ?
    WHERE id = ?
    """
  )
  /// `Badge.needsKey(of:at:isArchived:)`.
  private static let isWorking = "\(BadgeRow.counts) AND \(BadgeRow.lasts)"
  private static let badges = """
    badge JOIN event ON event.id = badge.event_id JOIN registration ON registration.id = badge.registration_id
    """
  static let use = SQL(
    """
    SELECT badge.key_id, count(*), sum(CASE WHEN \(isWorking) THEN 1 ELSE 0 END)
    FROM \(badges) GROUP BY badge.key_id ORDER BY badge.key_id
    """
  )
  static let working = SQL(
    "SELECT count(*) FROM \(badges) WHERE \(isWorking) AND badge.key_id = ?"
  )
  static let liveEvents = SQL("SELECT id FROM event WHERE is_archived = 0 AND is_deleted = 0 ORDER BY id")
}

extension SQLEngine {
  package func signingKeys() async throws(StoreError) -> [StoredSigningKey] {
    try await read { session in try session.all(SigningKeySQL.all, [], StoredSigningKey.init) }
  }

  package func signingKeyUse(at now: Instant) async throws(StoreError) -> [UInt32: SigningKeyUse] {
    try await survey { session in
      let rows = try session.all(SigningKeySQL.use, [now]) { row in
        (
          try known(number: row.integer(0), "badge", "key_id") as UInt32,
          SigningKeyUse(all: try row[1], working: try row[2])
        )
      }
      return Dictionary(rows) { first, _ in first }
    }
  }

  package func addSigningKey(_ act: Act, _ key: StoredSigningKey) async throws(StoreError) -> [StoredSigningKey] {
    try await write(act, of: .everything) { session, trail in
      let halves = key.columns
      let keys = SigningKeys(try session.all(SigningKeySQL.all, [], StoredSigningKey.init))
      let createdAt = keys.moment(ofNextAt: key.createdAt)
      try session.run(
        SigningKeySQL.addition,
        [Int64(key.id), halves.plain, halves.sealed, key.publicKey, createdAt]
      )
      try trail.record(.signingKeyAdded(key.id))
      try Self.tellLanes(trail, session)
      return try session.all(SigningKeySQL.all, [], StoredSigningKey.init)
    }
  }

  package func sealSigningKeys(_ act: Act, _ keys: [StoredSigningKey]) async throws(StoreError) -> [StoredSigningKey] {
    try await write(act, of: .installation) { session, trail in
      for key in keys {
        let before = session.changedRows
        try session.run(SigningKeySQL.sealing, [key.columns.sealed, key.publicKey, Int64(key.id)])
        // Another server that runs on the same data was quicker.
        guard session.changedRows != before else { continue }
        try trail.record(.signingKeySealed(key.id))
      }
      return try session.all(SigningKeySQL.all, [], StoredSigningKey.init)
    }
  }

  package func retireSigningKey(
    _ act: Act,
    _ id: UInt32,
    publicKey: [UInt8]
  ) async throws(StoreError) -> [StoredSigningKey] {
    try await write(act, of: .everything) { session, trail in
      let keys = try session.all(SigningKeySQL.all, [], StoredSigningKey.init)
      let working = try session.first(SigningKeySQL.working, [trail.now(), Int64(id)]) { try $0.integer(0) } ?? 0
      do throws(SigningKeys.Refusal) {
        guard try SigningKeys(keys).retires(id, working: Int(working)) else { return keys }
      } catch {
        throw StoreError(error, of: .verificationKey(id))
      }
      // Whoever comes back after they had cancelled is given another.
      for var row in try BadgeRow.current(signedBy: id, at: trail.now(), session) {
        try trail.record(.revoked(row.badge))
        let event = try trail.feed.key(of: row.badge.event)
        try row.change(to: .revoked, row.badge.mark, revision: trail.feed.next(of: event).value, session)
      }
      try session.run(SigningKeySQL.retirement, [publicKey, trail.recordedAt(), Int64(id)])
      try trail.record(.signingKeyRetired(id))
      try Self.tellLanes(trail, session)
      return try session.all(SigningKeySQL.all, [], StoredSigningKey.init)
    }
  }

  /// Rosters carry the keys with the plan of each event.
  private static func tellLanes(_ trail: Trail, _ session: any SQLSession) throws {
    for event in try session.all(SigningKeySQL.liveEvents, [], { try $0.integer(0) }) {
      try trail.feed.planChanged(of: event)
    }
  }

  /// - Throws: `StoreError.keyChanged` where one of the drafts was signed with a key that was retired meanwhile.
  static func check(_ drafts: [BadgeDraft], _ session: any SQLSession) throws {
    for id in Set(drafts.map(\.keyID)) {
      let key = try session.first(SigningKeySQL.one, [Int64(id)], StoredSigningKey.init)
      guard key?.retiredAt == nil else { throw StoreError.keyChanged }
    }
  }
}

extension StoreError {
  fileprivate init(_ refusal: SigningKeys.Refusal, of key: ResourceName) {
    switch refusal {
    case .unknown: self = .notFound(key)
    case .signs: self = .keySigns(key)
    case .inUse(let badges): self = .keyInUse(key, badges: badges)
    }
  }
}

extension StoredSigningKey {
  /// The private half as the columns have it.
  fileprivate var columns: (plain: [UInt8]?, sealed: [UInt8]?) {
    switch privateHalf {
    case .plain(let bytes): (bytes, nil)
    case .sealed(let bytes): (nil, bytes)
    case .destroyed: (nil, nil)
    }
  }

  /// From a row of the selection.
  ///
  /// - Throws: `StoreError.unknownValue`.
  fileprivate init(_ row: any SQLRow) throws {
    let retiredAt: Instant? = try row[5]
    let half: PrivateHalf
    switch (row.isNull(1), row.isNull(2)) {
    case (false, true): half = .plain(try known(digest: row[1], "signing_key", "private_key"))
    case (true, false): half = .sealed(try row[2])
    case (true, true) where retiredAt != nil: half = .destroyed
    case (_, _): throw StoreError.unknownValue(table: "signing_key", column: "private_key")
    }
    self.init(
      id: try known(number: row.integer(0), "signing_key", "id"),
      half,
      publicKey: row.isNull(3) ? nil : try known(digest: row[3], "signing_key", "public_key"),
      createdAt: try row[4],
      retiredAt: retiredAt
    )
  }
}
