/// The public keys that are trusted, old ones too while their badges are in use; the only way to a `VerifiedBadge`.
package struct VerificationKeyRing: Sendable {
  private let keysByID: [UInt32: VerificationKey]

  /// The keys, in the order of their numbers.
  package var keys: [VerificationKey] { keysByID.values.sorted { $0.id < $1.id } }

  /// Trusts these keys; of two with the same number the later one.
  package init(_ keys: some Sequence<VerificationKey>) {
    keysByID = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { _, later in later })
  }

  /// Proves that a code was signed by the key that it names; says nothing about time, revocation or event.
  package func verify(_ code: UnverifiedBadgeCode) throws(BadgeCodeError) -> VerifiedBadge {
    guard let key = keysByID[code.keyID] else { throw .unknownKey(code.keyID) }
    return try VerifiedBadge(code, signedBy: key)
  }
}
