package import LanyardDomain

/// The statements of bearer tokens.
private enum TokenSQL {
  static let columns = """
    SELECT token.id, token.hash, token.role, token.label, token.created_at, token.revoked_at, event.slug
    FROM token LEFT JOIN event ON event.id = token.event_id
    """
  static let addition = SQL("INSERT INTO token (id, hash, role, label, created_at, event_id) VALUES (?, ?, ?, ?, ?, ?)")
  static let byID = SQL("\(columns) WHERE token.id = ?")
  static let all = SQL("\(columns) ORDER BY token.created_at, token.id")
  static let revocation = SQL("UPDATE token SET revoked_at = ? WHERE id = ?")
}

extension SQLEngine {
  package func addToken(_ act: Act, _ token: StoredToken) async throws(StoreError) {
    try await write(act, of: .installation) { session, trail in
      let event = try token.event.map { try EventKey.find($0, session) }
      let role = token.role.rawValue
      try session.run(TokenSQL.addition, [token.id, token.hash, role, token.label, token.createdAt, event])
      try trail.record(.tokenCreated(token.id, role: role, event: token.event))
    }
  }

  package func token(_ id: String) async throws(StoreError) -> StoredToken? {
    try await read { session in try session.first(TokenSQL.byID, [id], StoredToken.init) }
  }

  package func tokens() async throws(StoreError) -> [StoredToken] {
    try await read { session in try session.all(TokenSQL.all, [], StoredToken.init) }
  }

  package func revokeToken(_ act: Act, _ id: String) async throws(StoreError) -> Bool {
    try await write(act, of: .installation) { session, trail in
      guard let token = try session.first(TokenSQL.byID, [id], StoredToken.init) else { return false }
      guard let end = try token.end(revokedAt: trail.now()) else { return true }
      try session.run(TokenSQL.revocation, [end, id])
      try SignInTable(session: session, trail: trail).removeAll(of: id)
      try trail.record(.tokenRevoked(id))
      return true
    }
  }
}

extension StoredToken {
  /// The token of this id, within a transaction.
  static func find(_ id: String, _ session: any SQLSession) throws -> StoredToken? {
    try session.first(TokenSQL.byID, [id], StoredToken.init)
  }

  /// From a row of the selection.
  ///
  /// - Throws: `StoreError.unknownValue` where its hash is none, or its role is not known to this version.
  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      id: try row[0],
      hash: try known(digest: row[1], "token", "hash"),
      role: try known(row[2], "token", "role"),
      event: try row[6],
      label: try row[3],
      createdAt: try row[4],
      revokedAt: try row[5]
    )
  }
}
