import COpenSSL
import Glibc

/// A P-256 private key.
struct PrivateKey: ~Copyable {
  fileprivate let pointer: OpaquePointer

  private init(owning pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }

  /// Reads a PKCS#8 PEM without a passphrase.
  static func read(pem: String) throws(CertificateError) -> PrivateKey {
    defer { ERR_clear_error() }
    let text = try MemoryBIO.holding(pem, as: .privateKey)
    guard let pointer = PEM_read_bio_PrivateKey(text.pointer, nil, noPassphrase, nil) else {
      throw .unreadable(.privateKey)
    }
    let key = PrivateKey(owning: pointer)
    guard isP256(pointer) else { throw .unsupportedKey }
    return key
  }

  /// A new key from the system's random numbers.
  static func generate() throws(CertificateError) -> PrivateKey {
    defer { ERR_clear_error() }
    guard let pointer = lanyard_generate_p256() else { throw .backendFailure }
    return PrivateKey(owning: pointer)
  }

  /// The public half.
  var publicKey: PublicKey {
    EVP_PKEY_up_ref(pointer)
    return PublicKey(owning: pointer)
  }

  /// PKCS#8 PEM without a passphrase.
  func pem() throws(CertificateError) -> String {
    try MemoryBIO.text { PEM_write_bio_PKCS8PrivateKey($0, pointer, nil, nil, 0, nil, nil) }
  }
}

/// A P-256 public key.
struct PublicKey: ~Copyable {
  fileprivate let pointer: OpaquePointer?

  fileprivate init(owning pointer: OpaquePointer?) {
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }
}

/// A PKCS#10 request for a certificate.
struct X509Request: ~Copyable {
  private let pointer: OpaquePointer

  private init(owning pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { X509_REQ_free(pointer) }

  /// Reads a PEM text, proves the request's own signature and that its key is of P-256.
  static func read(pem: String) throws(CertificateError) -> X509Request {
    defer { ERR_clear_error() }
    let text = try MemoryBIO.holding(pem, as: .request)
    guard let pointer = PEM_read_bio_X509_REQ(text.pointer, nil, noPassphrase, nil) else {
      throw .unreadable(.request)
    }
    let request = X509Request(owning: pointer)
    guard let key = X509_REQ_get0_pubkey(pointer), isP256(key) else { throw .unsupportedKey }
    guard X509_REQ_verify(pointer, key) == 1 else { throw .forgedRequest }
    return request
  }

  /// Makes a request and signs it.
  static func make(commonName: String, key: borrowing PrivateKey) throws(CertificateError) -> X509Request {
    defer { ERR_clear_error() }
    guard let pointer = X509_REQ_new() else { throw .backendFailure }
    let request = X509Request(owning: pointer)
    guard add(commonName: commonName, to: X509_REQ_get_subject_name(pointer)),
      X509_REQ_set_pubkey(pointer, key.pointer) == 1,
      X509_REQ_sign(pointer, key.pointer, EVP_sha256()) > 0
    else { throw .backendFailure }
    return request
  }

  /// The key that the request is for, and that signed it.
  var publicKey: PublicKey { PublicKey(owning: X509_REQ_get_pubkey(pointer)) }

  /// The PEM text.
  func pem() throws(CertificateError) -> String {
    try MemoryBIO.text { PEM_write_bio_X509_REQ($0, pointer) }
  }
}

/// An X.509 certificate.
struct X509Certificate: ~Copyable {
  private let pointer: OpaquePointer

  private init(owning pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { X509_free(pointer) }

  /// Reads the first certificate in a PEM text.
  static func read(pem: String) throws(CertificateError) -> X509Certificate {
    defer { ERR_clear_error() }
    let text = try MemoryBIO.holding(pem, as: .certificate)
    guard let pointer = PEM_read_bio_X509(text.pointer, nil, noPassphrase, nil) else {
      throw .unreadable(.certificate)
    }
    return X509Certificate(owning: pointer)
  }

  /// Makes an authority's own certificate.
  static func selfSigned(
    _ content: CertificateContent,
    by key: borrowing PrivateKey
  ) throws(CertificateError) -> X509Certificate {
    try make(content, subject: key.pointer, issuer: nil, signer: key.pointer)
  }

  /// Makes a certificate for a subject's key, issued by this authority with its own key.
  func issue(
    _ content: CertificateContent,
    to subject: borrowing PublicKey,
    signedBy key: borrowing PrivateKey
  ) throws(CertificateError) -> X509Certificate {
    try Self.make(content, subject: subject.pointer, issuer: pointer, signer: key.pointer)
  }

  private static func make(
    _ content: CertificateContent,
    subject: OpaquePointer?,
    issuer: OpaquePointer?,
    signer: OpaquePointer
  ) throws(CertificateError) -> X509Certificate {
    defer { ERR_clear_error() }
    guard let pointer = X509_new() else { throw .backendFailure }
    let certificate = X509Certificate(owning: pointer)
    let issuer = issuer ?? pointer
    guard X509_set_version(pointer, Int(X509_VERSION_3)) == 1,
      setRandomSerial(pointer),
      add(commonName: content.commonName, to: X509_get_subject_name(pointer)),
      X509_set_issuer_name(pointer, X509_get_subject_name(issuer)) == 1,
      ASN1_TIME_set(X509_getm_notBefore(pointer), Int(content.notBefore)) != nil,
      ASN1_TIME_set(X509_getm_notAfter(pointer), Int(content.notAfter)) != nil,
      X509_set_pubkey(pointer, subject) == 1,
      content.extensions.allSatisfy({ addExtension($0.name, $0.value, to: pointer, issuer: issuer) }),
      X509_sign(pointer, signer, EVP_sha256()) > 0
    else { throw .backendFailure }
    return certificate
  }

  /// The PEM text.
  func pem() throws(CertificateError) -> String {
    try MemoryBIO.text { PEM_write_bio_X509($0, pointer) }
  }

  /// Whether the key is the certificate's.
  func belongs(to key: borrowing PrivateKey) -> Bool {
    defer { ERR_clear_error() }
    return X509_check_private_key(pointer, key.pointer) == 1
  }

  /// Whether the certificate says that it may issue others.
  var isAuthority: Bool { X509_check_ca(pointer) == 1 }

  /// The subject's common name, empty when it has none.
  var commonName: String {
    defer { ERR_clear_error() }
    let subject = X509_get_subject_name(pointer)
    let index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
    guard let entry = X509_NAME_get_entry(subject, index) else { return "" }
    var text: UnsafeMutablePointer<UInt8>?
    let count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry))
    defer { lanyard_openssl_free(text) }
    guard count > 0, let text else { return "" }
    return String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
  }

  /// The first second of validity, since 1970.
  var notBefore: Int64 {
    get throws(CertificateError) { try seconds(X509_get0_notBefore(pointer)) }
  }

  /// The last second of validity, since 1970.
  var notAfter: Int64 {
    get throws(CertificateError) { try seconds(X509_get0_notAfter(pointer)) }
  }

  /// The serial number, highest byte first.
  var serial: [UInt8] {
    let serial = X509_get0_serialNumber(pointer)
    return Array(UnsafeBufferPointer(start: ASN1_STRING_get0_data(serial), count: Int(ASN1_STRING_length(serial))))
  }

  /// The SHA-256 of the whole certificate.
  var fingerprint: [UInt8] {
    get throws(CertificateError) {
      var digest = [UInt8](repeating: 0, count: 32)
      guard X509_digest(pointer, EVP_sha256(), &digest, nil) == 1 else { throw .backendFailure }
      return digest
    }
  }
}

/// A text in memory that OpenSSL reads from or writes to; cleared when it is freed.
private struct MemoryBIO: ~Copyable {
  /// The most bytes of PEM that are read; a certificate with its chain has about 5,000.
  static let limit = 65_536

  let pointer: OpaquePointer

  private init(owning pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { BIO_free(pointer) }

  private static func empty() throws(CertificateError) -> MemoryBIO {
    guard let pointer = BIO_new(BIO_s_mem()) else { throw .backendFailure }
    return MemoryBIO(owning: pointer)
  }

  /// A text for OpenSSL to read.
  static func holding(_ text: String, as item: CertificateError.Item) throws(CertificateError) -> MemoryBIO {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= limit else { throw .unreadable(item) }
    let bio = try empty()
    guard BIO_write(bio.pointer, bytes, Int32(bytes.count)) == Int32(bytes.count) else { throw .backendFailure }
    return bio
  }

  /// What the body writes; the body returns 1 when it succeeded, as OpenSSL does.
  static func text(_ write: (OpaquePointer) -> Int32) throws(CertificateError) -> String {
    defer { ERR_clear_error() }
    let bio = try empty()
    guard write(bio.pointer) == 1 else { throw .backendFailure }
    var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio.pointer))
    guard BIO_read(bio.pointer, &bytes, Int32(bytes.count)) == Int32(bytes.count) else { throw .backendFailure }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Refuses encrypted PEM; without it OpenSSL would ask for a passphrase on the terminal.
private func noPassphrase(
  _: UnsafeMutablePointer<CChar>?,
  _: Int32,
  _: Int32,
  _: UnsafeMutableRawPointer?
) -> Int32 { -1 }

/// The DER of a P-256 public key up to its coordinates: named curve, uncompressed point (RFC 5480).
private let p256Header: [UInt8] = [
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE,
  0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
]

/// Compares encodings, so that neither explicit curve parameters nor compressed points get through.
private func isP256(_ key: OpaquePointer) -> Bool {
  var encoded: UnsafeMutablePointer<UInt8>?
  let count = i2d_PUBKEY(key, &encoded)
  defer { lanyard_openssl_free(encoded) }
  return count > 0 && UnsafeBufferPointer(start: encoded, count: Int(count)).starts(with: p256Header)
}

private func add(commonName: String, to subject: OpaquePointer?) -> Bool {
  let bytes = Array(commonName.utf8)
  return X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0) == 1
}

private func setRandomSerial(_ certificate: OpaquePointer) -> Bool {
  var bytes = [UInt8](repeating: 0, count: 16)
  guard RAND_bytes(&bytes, Int32(bytes.count)) == 1, let number = BN_bin2bn(bytes, Int32(bytes.count), nil) else {
    return false
  }
  defer { BN_free(number) }
  return BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
}

private func addExtension(
  _ name: String,
  _ value: String,
  to certificate: OpaquePointer,
  issuer: OpaquePointer
) -> Bool {
  var context = X509V3_CTX()
  X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
  guard let made = X509V3_EXT_nconf(nil, &context, name, value) else { return false }
  defer { X509_EXTENSION_free(made) }
  return X509_add_ext(certificate, made, -1) == 1
}

private func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CertificateError) -> Int64 {
  var parts = tm()
  guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { throw .unreadable(.certificate) }
  return Int64(timegm(&parts))
}
