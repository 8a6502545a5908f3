import COpenSSL

/// AES-256-GCM (NIST SP 800-38D), with a nonce by chance for each message.
enum AESGCM {
  private static let nonceLength = 12
  private static let tagLength = 16

  /// The nonce, the ciphertext and its tag.
  ///
  /// - Parameters:
  ///   - key: 32 bytes.
  ///   - about: What is not hidden and has to be the same when it is opened.
  static func seal(_ content: [UInt8], with key: [UInt8], about: [UInt8] = []) throws(BadgeKeyError) -> [UInt8] {
    var nonce = [UInt8](repeating: 0, count: nonceLength)
    var sealed = [UInt8](repeating: 0, count: content.count)
    var tag = [UInt8](repeating: 0, count: tagLength)
    var count: Int32 = 0
    guard let context = EVP_CIPHER_CTX_new() else { throw .backendFailure }
    defer { EVP_CIPHER_CTX_free(context) }
    guard RAND_bytes(&nonce, Int32(nonce.count)) == 1,
      EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      EVP_EncryptUpdate(context, nil, &count, about, Int32(about.count)) == 1,
      EVP_EncryptUpdate(context, &sealed, &count, content, Int32(content.count)) == 1,
      EVP_EncryptFinal_ex(context, &tag, &count) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, Int32(tag.count), &tag) == 1
    else { throw .backendFailure }
    return nonce + sealed + tag
  }

  /// What was sealed; nil where it was sealed with another key or about something else, or was changed since.
  static func open(_ bytes: [UInt8], with key: [UInt8], about: [UInt8] = []) -> [UInt8]? {
    guard bytes.count >= nonceLength + tagLength, let context = EVP_CIPHER_CTX_new() else { return nil }
    defer {
      EVP_CIPHER_CTX_free(context)
      ERR_clear_error()
    }
    let nonce = Array(bytes.prefix(nonceLength))
    let sealed = Array(bytes.dropFirst(nonceLength).dropLast(tagLength))
    var tag = Array(bytes.suffix(tagLength))
    var content = [UInt8](repeating: 0, count: sealed.count)
    var count: Int32 = 0
    guard EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      EVP_DecryptUpdate(context, nil, &count, about, Int32(about.count)) == 1,
      EVP_DecryptUpdate(context, &content, &count, sealed, Int32(sealed.count)) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, Int32(tag.count), &tag) == 1
    else { return nil }
    var rest = [UInt8](repeating: 0, count: tagLength)
    return EVP_DecryptFinal_ex(context, &rest, &count) == 1 ? content : nil
  }
}
