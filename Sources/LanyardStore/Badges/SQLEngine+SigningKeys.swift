package import LanyardDomain

/// The statements of signing keys.
private enum SigningKeySQL {
  static let all = SQL("SELECT id, private_key, created_at FROM signing_key ORDER BY created_at, id")
  static let addition = SQL("INSERT INTO signing_key (id, private_key, created_at) VALUES (?, ?, ?)")
}

extension SQLEngine {
  package func signingKeys() async throws(StoreError) -> [StoredSigningKey] {
    try await read { session in try session.all(SigningKeySQL.all, [], StoredSigningKey.init) }
  }

  package func addSigningKey(_ act: Act, _ key: StoredSigningKey) async throws(StoreError) -> [StoredSigningKey] {
    try await write(act, of: .installation) { session, trail in
      try session.run(SigningKeySQL.addition, [Int64(key.id), key.privateKey, key.createdAt])
      try trail.record(.signingKeyAdded(key.id))
      return try session.all(SigningKeySQL.all, [], StoredSigningKey.init)
    }
  }
}

extension StoredSigningKey {
  /// From a row of the selection.
  ///
  /// - Throws: `StoreError.unknownValue`.
  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      id: try known(number: row.integer(0), "signing_key", "id"),
      privateKey: try known(digest: row[1], "signing_key", "private_key"),
      createdAt: try row[2]
    )
  }
}
