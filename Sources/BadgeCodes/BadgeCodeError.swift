/// Why a text is not taken as a badge code.
package enum BadgeCodeError: Error, Hashable, Sendable {
  /// The text is not a badge code of this version.
  case unreadable(Reason)
  /// The code names a signing key that the ring does not hold.
  case unknownKey(UInt32)
  /// The signature is not the named key's over this payload.
  case forged

  /// What is wrong with an unreadable text.
  package enum Reason: String, Hashable, Sendable {
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

extension BadgeCodeError: CustomStringConvertible {
  /// What happened and what to do next, for the person at the scanner.
  package var description: String {
    switch self {
    case .unreadable(let reason):
      "This is not a badge code (\(reason.rawValue)): scan it again, or look the attendee up by name."
    case .unknownKey(let id):
      "The badge is signed with key \(id), which is not known here: fetch the verification keys again."
    case .forged:
      "The badge's signature is wrong: keep the badge and send the bearer to the registration desk."
    }
  }
}
