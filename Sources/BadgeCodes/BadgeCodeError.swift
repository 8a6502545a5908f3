/// Why a text is not taken as a badge code.
package enum BadgeCodeError: Error, Hashable, Sendable {
  /// The text is not a badge code of this version.
  case unreadable(Reason)
  /// The code names a signing key that the ring does not hold.
  case unknownKey(UInt32)
  /// The signature is not the named key's over this payload.
  case forged

  /// What is wrong with an unreadable text.
  package enum Reason: Hashable, Sendable {
    /// Longer than any badge code.
    case length
    /// Does not begin as badge codes of this version do.
    case prefix
    /// Has a character that Base32 does not.
    case alphabet
    /// Says what it says in another way than the signer would.
    case notCanonical
    /// Is too short or is not the encoding of a payload.
    case payload
    /// Has a field whose value is outside its range.
    case field
  }
}
