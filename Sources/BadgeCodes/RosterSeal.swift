import COpenSSL

/// Seals what a roster says of a person so that only who has scanned the badge can read it: AES-256-GCM (NIST SP
/// 800-38D) with a key by HKDF-SHA256 (RFC 5869) from the signature of the badge's code, which a roster does not carry.
package struct RosterSeal {
  private static let nonceLength = 12
  private static let tagLength = 16
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
  package func seal(_ content: [UInt8]) throws(BadgeKeyError) -> [UInt8] {
    var nonce = [UInt8](repeating: 0, count: Self.nonceLength)
    var sealed = [UInt8](repeating: 0, count: content.count)
    var tag = [UInt8](repeating: 0, count: Self.tagLength)
    var count: Int32 = 0
    guard let context = EVP_CIPHER_CTX_new() else { throw .backendFailure }
    defer { EVP_CIPHER_CTX_free(context) }
    guard RAND_bytes(&nonce, Int32(nonce.count)) == 1,
      EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      EVP_EncryptUpdate(context, &sealed, &count, content, Int32(content.count)) == 1,
      EVP_EncryptFinal_ex(context, &tag, &count) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, Int32(tag.count), &tag) == 1
    else { throw .backendFailure }
    return nonce + sealed + tag
  }

  /// What was sealed; nil where it was sealed for another badge or was changed since.
  package func open(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= Self.nonceLength + Self.tagLength, let context = EVP_CIPHER_CTX_new() else { return nil }
    defer {
      EVP_CIPHER_CTX_free(context)
      ERR_clear_error()
    }
    let nonce = Array(bytes.prefix(Self.nonceLength))
    let sealed = Array(bytes.dropFirst(Self.nonceLength).dropLast(Self.tagLength))
    var tag = Array(bytes.suffix(Self.tagLength))
    var content = [UInt8](repeating: 0, count: sealed.count)
    var count: Int32 = 0
    guard EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      EVP_DecryptUpdate(context, &content, &count, sealed, Int32(sealed.count)) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, Int32(tag.count), &tag) == 1
    else { return nil }
    var rest = [UInt8](repeating: 0, count: Self.tagLength)
    return EVP_DecryptFinal_ex(context, &rest, &count) == 1 ? content : nil
  }

  private static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let made = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &digest, nil)
    precondition(made != nil, "HMAC-SHA256 of a short key and message needs nothing that could fail")
    return digest
  }
}
