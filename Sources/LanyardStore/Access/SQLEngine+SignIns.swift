package import LanyardDomain

extension SQLEngine {
  package func addSignIn(_ act: Act, _ signIn: StoredSignIn) async throws(StoreError) {
    try await write(act, of: .installation) { session, trail in
      guard let token = try StoredToken.find(signIn.token, session), token.revokedAt == nil else {
        throw StoreError.notFound(.token(signIn.token))
      }
      let table = SignInTable(session: session, trail: trail)
      let going = try table.signIns(of: token.id).makingRoom(at: trail.now())
      for id in going.forgotten { try table.remove(id) }
      for id in going.ended { try table.end(id, of: token.id) }
      try table.add(signIn)
    }
  }

  package func signIn(_ id: String) async throws(StoreError) -> (signIn: StoredSignIn, token: StoredToken)? {
    try await read { session in
      guard let signIn = try session.first(SignInTable.byID, [id], StoredSignIn.init),
        let token = try StoredToken.find(signIn.token, session)
      else { return nil }
      return (signIn, token)
    }
  }

  package func signIns() async throws(StoreError) -> [StoredSignIn] {
    try await read { session in try session.all(SignInTable.all, [], StoredSignIn.init) }
  }

  package func endSignIn(_ act: Act, _ id: String) async throws(StoreError) -> Bool {
    try await write(act, of: .installation) { session, trail in
      guard let signIn = try session.first(SignInTable.byID, [id], StoredSignIn.init) else { return false }
      try SignInTable(session: session, trail: trail).end(id, of: signIn.token)
      return true
    }
  }
}

/// Who signed in with which token, within the caller's transaction.
struct SignInTable {
  private static let columns = "SELECT id, hash, token_id, created_at, expires_at FROM sign_in"
  static let byID = SQL("\(columns) WHERE id = ?")
  static let all = SQL("\(columns) ORDER BY created_at, id")
  private static let ofToken = SQL(
    "SELECT id, created_at, expires_at FROM sign_in WHERE token_id = ? ORDER BY created_at, id"
  )
  private static let addition = SQL(
    "INSERT INTO sign_in (id, hash, token_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)"
  )
  private static let removal = SQL("DELETE FROM sign_in WHERE id = ?")
  private static let removalOfToken = SQL("DELETE FROM sign_in WHERE token_id = ?")

  let session: any SQLSession
  let trail: Trail

  func signIns(of token: String) throws -> SignIns {
    SignIns(
      try session.all(Self.ofToken, [token]) { row in
        SignIns.SignIn(id: try row[0], createdAt: try row[1], expiresAt: try row[2])
      }
    )
  }

  func add(_ signIn: StoredSignIn) throws {
    try session.run(
      Self.addition,
      [signIn.id, signIn.hash, signIn.token, signIn.createdAt, signIn.expiresAt]
    )
    try trail.record(.signedIn(signIn.id, with: signIn.token, until: signIn.expiresAt))
  }

  func end(_ id: String, of token: String) throws {
    try remove(id)
    try trail.record(.signedOut(id, of: token))
  }

  /// Removes one that has run out, of which nothing is to be said.
  func remove(_ id: String) throws { try session.run(Self.removal, [id]) }

  /// Removes all of a token that was revoked, which says it of them.
  func removeAll(of token: String) throws { try session.run(Self.removalOfToken, [token]) }
}

extension StoredSignIn {
  /// From a row of the selection.
  fileprivate init(_ row: any SQLRow) throws {
    let life = try known(from: row[3], until: row[4], "sign_in", "expires_at")
    self.init(
      id: try row[0],
      hash: try known(digest: row[1], "sign_in", "hash"),
      token: try row[2],
      createdAt: life.lowerBound,
      expiresAt: life.upperBound
    )
  }
}
