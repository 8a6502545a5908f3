import COpenSSL

/// Ed25519 (RFC 8032) over raw keys and signatures, by OpenSSL.
enum Ed25519 {
  /// The bytes of a private and of a public key.
  static let keyLength = 32
  /// The bytes of a signature.
  static let signatureLength = 64

  /// A private key from the system's random numbers: any 32 bytes are one.
  static func randomPrivateKey() throws(BadgeKeyError) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: keyLength)
    guard RAND_priv_bytes(&key, Int32(keyLength)) == 1 else { throw .backendFailure }
    return key
  }

  /// The public key that belongs to a private one.
  static func publicKey(of privateKey: [UInt8]) throws(BadgeKeyError) -> [UInt8] {
    try Key(privateKey: privateKey).publicKey()
  }

  /// Throws when the bytes cannot be a public key or OpenSSL cannot load one.
  static func check(publicKey: [UInt8]) throws(BadgeKeyError) {
    _ = try Key(publicKey: publicKey)
  }

  /// The signature of each message, always the same for the same message and key. The key is loaded once, which takes
  /// as long as a signature.
  static func sign(_ messages: [[UInt8]], with privateKey: [UInt8]) throws(BadgeKeyError) -> [[UInt8]] {
    let key = try Key(privateKey: privateKey)
    var signatures: [[UInt8]] = []
    signatures.reserveCapacity(messages.count)
    for message in messages { signatures.append(try key.sign(message)) }
    return signatures
  }

  /// Whether the signature is the key's over the message; false also when it cannot be found out.
  static func isValid(signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
    // What is no key has signed nothing.
    guard let key = try? Key(publicKey: publicKey) else { return false }
    return key.isValid(signature: signature, of: message)
  }
}

private struct Key: ~Copyable {
  private let pointer: OpaquePointer

  init(privateKey bytes: [UInt8]) throws(BadgeKeyError) {
    try self.init(bytes, load: EVP_PKEY_new_raw_private_key)
  }

  init(publicKey bytes: [UInt8]) throws(BadgeKeyError) {
    try self.init(bytes, load: EVP_PKEY_new_raw_public_key)
  }

  private init(
    _ bytes: [UInt8],
    load: (Int32, OpaquePointer?, UnsafePointer<UInt8>?, Int) -> OpaquePointer?
  ) throws(BadgeKeyError) {
    defer { ERR_clear_error() }
    guard bytes.count == Ed25519.keyLength else { throw .wrongLength(bytes.count) }
    guard let pointer = load(EVP_PKEY_ED25519, nil, bytes, bytes.count) else { throw .backendFailure }
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }

  func publicKey() throws(BadgeKeyError) -> [UInt8] {
    defer { ERR_clear_error() }
    var bytes = [UInt8](repeating: 0, count: Ed25519.keyLength)
    var count = bytes.count
    guard EVP_PKEY_get_raw_public_key(pointer, &bytes, &count) == 1, count == bytes.count else {
      throw .backendFailure
    }
    return bytes
  }

  func sign(_ message: [UInt8]) throws(BadgeKeyError) -> [UInt8] {
    defer { ERR_clear_error() }
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: Ed25519.signatureLength)
    var count = signature.count
    guard EVP_DigestSignInit(context, nil, nil, nil, pointer) == 1,
      EVP_DigestSign(context, &signature, &count, message, message.count) == 1, count == signature.count
    else { throw .backendFailure }
    return signature
  }

  func isValid(signature: [UInt8], of message: [UInt8]) -> Bool {
    defer { ERR_clear_error() }
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    return EVP_DigestVerifyInit(context, nil, nil, nil, pointer) == 1
      && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}
