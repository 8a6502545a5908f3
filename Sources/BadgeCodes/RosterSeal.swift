import COpenSSL

/// Seals what a roster says of a person so that only who has scanned the badge can read it: AES-256-GCM (NIST SP
/// 800-38D) with a key by HKDF-SHA256 (RFC 5869) from the signature of the badge's code, which a roster does not carry.
package struct RosterSeal {
  private static let info = Array("lanyard roster v1".utf8)

  private let key: [UInt8]

  /// The seal of one badge.
  package init(_ code: UnverifiedBadgeCode) {
    let salt = (0..<8).map { UInt8(truncatingIfNeeded: code.claimedSerial >> (56 - 8 * $0)) }
    let extracted = Self.hmac(code.signature, key: salt)
    // One block of HKDF-Expand gives the 32 bytes that AES-256 takes.
    key = Self.hmac(Self.info + [1], key: extracted)
  }

  /// The nonce, the ciphertext and its tag.
  package func seal(_ content: [UInt8]) throws(BadgeKeyError) -> [UInt8] { try AESGCM.seal(content, with: key) }

  /// What was sealed; nil where it was sealed for another badge or was changed since.
  package func open(_ bytes: [UInt8]) -> [UInt8]? { AESGCM.open(bytes, with: key) }

  private static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let made = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &digest, nil)
    precondition(made != nil, "HMAC-SHA256 of a short key and message needs nothing that could fail")
    return digest
  }
}
