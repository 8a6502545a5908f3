import COpenSSL
import Glibc

/// Certificates as a server presents them, its own first; each is freed with the chain.
struct CertificateChain: ~Copyable {
  /// The most bytes of a PEM text.
  private static let textLimit = 262_144
  /// The most certificates of a chain.
  private static let limit = 20

  private let certificates: [OpaquePointer]

  private init(owning certificates: [OpaquePointer]) {
    self.certificates = certificates
  }

  deinit { for certificate in certificates { X509_free(certificate) } }

  /// Reads every certificate of a PEM text; at least one.
  static func read(pem: String) throws(CertificateError) -> CertificateChain {
    defer { ERR_clear_error() }
    let bytes = Array(pem.utf8)
    guard bytes.count <= textLimit else { throw .unreadable(.certificate) }
    let certificates = withPEM(bytes) { text in
      var certificates: [OpaquePointer] = []
      while certificates.count < limit, let certificate = PEM_read_bio_X509(text, nil, nil, nil) {
        certificates.append(certificate)
      }
      return certificates
    }
    let chain = CertificateChain(owning: certificates)
    guard !certificates.isEmpty else { throw .unreadable(.certificate) }
    return chain
  }

  /// Reads certificates in DER; at least one.
  static func read(der: [[UInt8]]) throws(CertificateError) -> CertificateChain {
    defer { ERR_clear_error() }
    var certificates: [OpaquePointer] = []
    for bytes in der.prefix(limit) {
      let certificate = bytes.withUnsafeBufferPointer { buffer in
        var start = buffer.baseAddress
        return d2i_X509(nil, &start, buffer.count)
      }
      if let certificate { certificates.append(certificate) }
    }
    let chain = CertificateChain(owning: certificates)
    guard !certificates.isEmpty, certificates.count == der.count else { throw .unreadable(.certificate) }
    return chain
  }

  /// Each certificate in DER.
  var der: [[UInt8]] {
    certificates.map { certificate in
      var encoded: UnsafeMutablePointer<UInt8>?
      let count = i2d_X509(certificate, &encoded)
      defer { lanyard_openssl_free(encoded) }
      guard count > 0, let encoded else { return [] }
      return Array(UnsafeBufferPointer(start: encoded, count: Int(count)))
    }
  }

  /// The place of the certificate that a key belongs to; nil where it is none's.
  func place(of key: borrowing ServerKey) -> Int? {
    defer { ERR_clear_error() }
    let pointer = key.pointer
    return certificates.firstIndex { X509_check_private_key($0, pointer) == 1 }
  }

  /// Whether the first one may be a server's.
  var isForServers: Bool {
    defer { ERR_clear_error() }
    return X509_check_purpose(certificates[0], X509_PURPOSE_SSL_SERVER, 0) == 1
  }

  /// DNS names and IP addresses of the first one.
  var names: [String] {
    defer { ERR_clear_error() }
    guard let found = X509_get_ext_d2i(certificates[0], NID_subject_alt_name, nil, nil) else { return [] }
    let names = OpaquePointer(found)
    defer { GENERAL_NAMES_free(names) }
    return (0..<OPENSSL_sk_num(names)).compactMap { index in
      guard let name = OPENSSL_sk_value(names, index) else { return nil }
      var kind: Int32 = 0
      guard let value = GENERAL_NAME_get0_value(name.assumingMemoryBound(to: GENERAL_NAME.self), &kind) else {
        return nil
      }
      let string = value.assumingMemoryBound(to: ASN1_STRING.self)
      let bytes = UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
      switch kind {
      case GEN_DNS: return String(decoding: bytes, as: UTF8.self).lowercased()
      case GEN_IPADD: return Self.address(Array(bytes))
      default: return nil
      }
    }
  }

  /// Whether a client that calls by this DNS name or IP address takes the first one: only DNS names count for a name, only
  /// addresses for an address (RFC 9525).
  func covers(_ host: String) -> Bool {
    defer { ERR_clear_error() }
    if X509_check_ip_asc(certificates[0], host, 0) == 1 { return true }
    guard ServerName.isValid(host) else { return false }
    return X509_check_host(certificates[0], host, host.utf8.count, Self.nameFlags, nil) == 1
  }

  static let nameFlags = UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS)

  private static func address(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: 64)
    guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
      return nil
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  // MARK: - Trust

  /// Why the chain is not taken, by OpenSSL's number, with the time of the certificate that is at fault.
  struct Refusal {
    let code: Int32
    let reason: String
    let notBefore: Int64
    let notAfter: Int64
  }

  /// Verifies that the first certificate is a server's, in time, of this host, and issued by an authority that is trusted.
  ///
  /// - Parameters:
  ///   - authorities: PEM of the authorities; nil trusts the system's.
  ///   - host: DNS name, or IP address.
  /// - Returns: Nil where all of it holds.
  func verify(authorities: String?, host: String, at now: Int64) throws(CertificateError) -> Refusal? {
    defer { ERR_clear_error() }
    guard let store = X509_STORE_new() else { throw .backendFailure }
    defer { X509_STORE_free(store) }
    if let authorities {
      let trusted = try CertificateChain.read(pem: authorities)
      for certificate in trusted.certificates { X509_STORE_add_cert(store, certificate) }
      X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
    } else {
      X509_STORE_set_default_paths(store)
      // Where OpenSSL was built for another place than the system's bundle.
      X509_STORE_load_file(store, "/etc/ssl/certs/ca-certificates.crt")
    }
    guard let context = X509_STORE_CTX_new(), let others = OPENSSL_sk_new_null() else { throw .backendFailure }
    defer {
      X509_STORE_CTX_free(context)
      OPENSSL_sk_free(others)
    }
    for certificate in certificates.dropFirst() { OPENSSL_sk_push(others, UnsafeRawPointer(certificate)) }
    guard X509_STORE_CTX_init(context, store, certificates[0], others) == 1,
      let parameters = X509_STORE_CTX_get0_param(context),
      X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER) == 1
    else { throw .backendFailure }
    X509_VERIFY_PARAM_set_time(parameters, time_t(now))
    X509_VERIFY_PARAM_set_hostflags(parameters, Self.nameFlags)
    if X509_VERIFY_PARAM_set1_ip_asc(parameters, host) != 1 {
      guard X509_VERIFY_PARAM_set1_host(parameters, host, host.utf8.count) == 1 else { throw .subjectName(host) }
    }
    guard X509_verify_cert(context) != 1 else { return nil }
    let code = X509_STORE_CTX_get_error(context)
    let fault = X509_STORE_CTX_get_current_cert(context) ?? certificates[0]
    return Refusal(
      code: code,
      reason: X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "",
      notBefore: try Self.seconds(X509_get0_notBefore(fault)),
      notAfter: try Self.seconds(X509_get0_notAfter(fault))
    )
  }

  private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CertificateError) -> Int64 {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { throw .unreadable(.certificate) }
    return Int64(timegm(&parts))
  }
}

/// A server's private key, of a kind that all clients know.
struct ServerKey: ~Copyable {

  fileprivate let pointer: OpaquePointer

  private init(owning pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }

  /// Reads a PEM text, whatever else stands before the key, as `openssl ecparam -genkey` writes it.
  static func read(pem: String) throws(CertificateError) -> ServerKey {
    defer { ERR_clear_error() }
    guard !pem.contains("ENCRYPTED") else { throw .encryptedKey }
    let bytes = Array(pem.utf8)
    let read = withPEM(bytes) { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }
    guard let pointer = read else { throw .unreadable(.privateKey) }
    let key = ServerKey(owning: pointer)
    guard key.isKnownToClients else { throw .unsupportedServerKey }
    return key
  }

  /// PKCS#8 PEM without a passphrase.
  func pem() throws(CertificateError) -> String {
    defer { ERR_clear_error() }
    guard let text = BIO_new(BIO_s_mem()) else { throw .backendFailure }
    defer { BIO_free(text) }
    guard PEM_write_bio_PKCS8PrivateKey(text, pointer, nil, nil, 0, nil, nil) == 1 else { throw .backendFailure }
    var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(text))
    guard BIO_read(text, &bytes, Int32(bytes.count)) == Int32(bytes.count) else { throw .backendFailure }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Clients built on BoringSSL, Lanyard's own among them, offer neither Ed25519 nor P-521.
  private var isKnownToClients: Bool {
    switch EVP_PKEY_get_base_id(pointer) {
    case EVP_PKEY_RSA: return EVP_PKEY_get_bits(pointer) >= CertificateError.rsaBits
    case EVP_PKEY_EC:
      var name = [CChar](repeating: 0, count: 64)
      var count = 0
      guard EVP_PKEY_get_group_name(pointer, &name, name.count, &count) == 1 else { return false }
      let group = String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return ["prime256v1", "P-256", "secp384r1", "P-384"].contains(group)
    default: return false
    }
  }
}

/// Hands over a PEM text as OpenSSL reads it, which keeps the address of the bytes and no copy: they stay until the body has
/// ended.
private func withPEM<Value>(_ bytes: [UInt8], _ body: (OpaquePointer?) -> Value) -> Value {
  bytes.withUnsafeBytes { buffer in
    // Without a text, as where there is no memory, nothing is read of it.
    let text = BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count))
    defer { BIO_free(text) }
    return body(text)
  }
}
