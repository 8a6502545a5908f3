/// Why a signing or verification key cannot be used.
package enum BadgeKeyError: Error, Hashable, Sendable {
  /// A raw key is not 32 bytes long.
  case wrongLength(Int)
  /// The payload names another key than the one asked to sign it.
  case otherKey(payload: UInt32, signer: UInt32)
  /// The cryptography library refused to work.
  case backendFailure
}

extension BadgeKeyError: CustomStringConvertible {
  /// What happened and what to do next; never a part of a key.
  package var description: String {
    switch self {
    case .wrongLength(let count):
      "An Ed25519 key has 32 bytes, this one \(count): restore the key from a backup or rotate it."
    case .otherKey(let payload, let signer):
      "The payload names key \(payload) but key \(signer) was asked to sign: sign it with the key that it names."
    case .backendFailure:
      "OpenSSL does not offer Ed25519 here: check its installation and configuration."
    }
  }
}
