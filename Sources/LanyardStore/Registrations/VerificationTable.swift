import LanyardDomain

/// The tokens that confirm addresses, within the caller's transaction.
struct VerificationTable {
  private static let selection = """
    SELECT email_verification.id, email_verification.hash, registration.public_id, event.slug,
      email_verification.expires_at, email_verification.used_at
    FROM email_verification JOIN registration ON registration.id = email_verification.registration_id
      JOIN event ON event.id = registration.event_id
    """
  private static let byID = SQL("\(selection) WHERE email_verification.id = ? AND registration.erased_at IS NULL")
  private static let ofRegistration = SQL(
    """
    \(selection) WHERE registration.public_id = ? AND registration.event_id = ?
    ORDER BY email_verification.created_at DESC, email_verification.id LIMIT 1
    """
  )
  private static let addition = SQL(
    "INSERT INTO email_verification (id, hash, registration_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)"
  )
  private static let use = SQL("UPDATE email_verification SET registration_id = ?, used_at = ? WHERE id = ?")
  private static let removal = SQL("DELETE FROM email_verification WHERE registration_id = ?")

  let session: any SQLSession

  init(_ session: any SQLSession) { self.session = session }

  func find(_ id: String) throws -> StoredVerification? {
    try session.first(Self.byID, [id], StoredVerification.init)
  }

  /// - Parameter event: The store's key.
  func find(of registration: String, _ event: Int64) throws -> StoredVerification? {
    try session.first(Self.ofRegistration, [registration, event], StoredVerification.init)
  }

  /// - Parameter registration: The store's key.
  func add(_ draft: VerificationDraft, to registration: Int64, at now: Instant) throws {
    let end = now + EmailVerification.lifetime
    try session.run(Self.addition, [draft.id, draft.hash, registration, now, end])
  }

  /// Says that a token was used, and what it leads to from then on, by the store's key.
  func use(_ id: String, leadingTo registration: Int64, at now: Instant) throws {
    try session.run(Self.use, [registration, now, id])
  }

  /// Removes those of a registration, by the store's key.
  func remove(of registration: Int64) throws { try session.run(Self.removal, [registration]) }
}

extension StoredVerification {
  /// From a row of the table's selection.
  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      id: try row[0],
      hash: try known(digest: row[1], "email_verification", "hash"),
      registration: try row[2],
      event: try row[3],
      expiresAt: try row[4],
      usedAt: try row[5]
    )
  }
}
