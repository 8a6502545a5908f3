package import LanyardDomain

/// A token that confirms an address, as it is stored: nobody can make the token from it.
package struct StoredVerification: Hashable, Sendable {
  package let id: String
  /// SHA-256 of the secret.
  package let hash: [UInt8]
  /// Id of the registration that it confirms, or leads to.
  package let registration: String
  /// Slug of the event.
  package let event: String
  package let expiresAt: Instant
  /// When it was used; nil where it was not.
  package let usedAt: Instant?

  package init(
    id: String,
    hash: [UInt8],
    registration: String,
    event: String,
    expiresAt: Instant,
    usedAt: Instant?
  ) {
    (self.id, self.hash, self.registration, self.event) = (id, hash, registration, event)
    (self.expiresAt, self.usedAt) = (expiresAt, usedAt)
  }
}

/// A token that is to confirm the address of a registration that is only made.
package struct VerificationDraft: Hashable, Sendable {
  package let id: String
  /// SHA-256 of the secret.
  package let hash: [UInt8]

  package init(id: String, hash: [UInt8]) { (self.id, self.hash) = (id, hash) }
}

/// What confirming an address came to.
package struct VerifiedEmail: Hashable, Sendable {
  /// The registration that it leads to, as it stands then.
  package let registration: Registration
  /// Whether it was confirmed before, or the address was registered otherwise.
  package let wasVerified: Bool
}

/// What strangers do: they register, confirm their address, and ask for the way to what they registered.
package protocol PublicStore: Sendable {
  /// Makes a registration whose address is to be confirmed; it holds no place, and whether the address has another one changes
  /// nothing of what is done. With the id of a request that was carried out, nothing is made.
  ///
  /// - Throws: `registrationNotOpen`, `requestIDReused`.
  func registerInPublic(
    _ act: Act,
    _ details: RegistrationDetails,
    for event: String,
    request: RequestIdentity?,
    verification: VerificationDraft
  ) async throws(StoreError)
  /// Nil where there is none of this id, or who it is of was erased.
  func verification(_ id: String) async throws(StoreError) -> StoredVerification?
  /// The token of a registration; nil where it has none.
  func verification(of registration: String, _ event: String) async throws(StoreError) -> StoredVerification?
  /// Confirms an address: its registration goes on as if it were made now. Where the address was registered otherwise meanwhile,
  /// that one counts, and the other is cancelled and erased.
  ///
  /// - Returns: Nil where nothing is left to be confirmed.
  func verifyEmail(_ act: Act, _ id: String, of event: String) async throws(StoreError) -> VerifiedEmail?
  /// Records that somebody asked for the way to a registration by an address, whether it has one or not.
  func requestLink(_ act: Act, of email: String, _ event: String) async throws(StoreError)
  /// The newest personal link of a registration that is valid, or the one that is given, which is added then.
  ///
  /// - Throws: `erased`.
  func lastingLink(_ act: Act, else link: StoredPersonalLink) async throws(StoreError) -> StoredPersonalLink
  /// Cancels and erases registrations whose address nobody confirmed in time, some of them.
  ///
  /// - Returns: How many.
  func endPending(_ act: Act, of event: String) async throws(StoreError) -> Int
}
