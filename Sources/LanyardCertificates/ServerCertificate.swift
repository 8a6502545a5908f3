/// A server's certificate with those that it was issued by and its key, read from PEM texts and found fit to be served.
package struct ServerCertificate: Sendable, SecretBearing {
  /// The certificates in DER, the server's own first.
  package let chain: [[UInt8]]
  /// The private key as PKCS#8 PEM, without a passphrase.
  package let privateKeyPEM: String
  /// DNS names in lower case, and IP addresses, by which clients may call.
  package let names: [String]
  /// Its time and what it is known by.
  package let summary: CertificateSummary

  /// Reads what an authority or `openssl` made.
  ///
  /// - Throws: What is wrong, named for what it is.
  package init(chainPEM: String, privateKeyPEM: String) throws(CertificateError) {
    let chain = try CertificateChain.read(pem: chainPEM)
    let key = try ServerKey.read(pem: privateKeyPEM)
    switch chain.place(of: key) {
    case 0: break
    case nil: throw .keyMismatch
    default: throw .notServerFirst
    }
    guard chain.isForServers else { throw .notForServers }
    self.chain = chain.der
    self.privateKeyPEM = try key.pem()
    names = chain.names
    guard !names.isEmpty else { throw .noSubjectNames }
    summary = try CertificateSummary(pem: chainPEM)
  }

  /// Whether clients that call by this name or address take it; a name with `*` has to be among its own.
  package func covers(_ name: String) -> Bool {
    let name = name.lowercased()
    if names.contains(name) { return true }
    // What was read once can be read again.
    guard let chain = try? CertificateChain.read(der: chain) else { return false }
    return chain.covers(name)
  }

  /// Whether it is good at this moment, in seconds since 1970.
  package func isValid(at now: Int64) -> Bool { (summary.notBefore...summary.notAfter).contains(now) }

  /// DNS names and IP addresses of a certificate that a server presented, in DER; none where it cannot be read.
  package static func names(of presented: [UInt8]) -> [String] {
    // What cannot be read has no names.
    guard let chain = try? CertificateChain.read(der: [presented]) else { return [] }
    return chain.names
  }
}
