/// A local certificate authority: issues P-256 certificates to servers and devices, signed with SHA-256.
package struct CertificateAuthority: Sendable, SecretBearing {
  /// The authority's certificate as PEM, which clients are to trust.
  package let certificatePEM: String
  /// The authority's private key as PKCS#8 PEM, without a passphrase; for a file that only the service may read.
  package let privateKeyPEM: String

  /// Makes a new authority, valid from a day before `notBefore` (seconds since 1970) until `lifetime` after it.
  package init(commonName: String, notBefore: Int64, lifetime: Duration) throws(CertificateError) {
    let content = try CertificateContent.authority(commonName: commonName, notBefore: notBefore, lifetime: lifetime)
    let key = try PrivateKey.generate()
    self.certificatePEM = try X509Certificate.selfSigned(content, by: key).pem()
    self.privateKeyPEM = try key.pem()
  }

  /// Takes an authority that was made before; its key has to be its certificate's.
  package init(certificatePEM: String, privateKeyPEM: String) throws(CertificateError) {
    let certificate = try X509Certificate.read(pem: certificatePEM)
    let key = try PrivateKey.read(pem: privateKeyPEM)
    guard certificate.belongs(to: key) else { throw .keyMismatch }
    guard certificate.isAuthority else { throw .notAuthority }
    self.certificatePEM = certificatePEM
    self.privateKeyPEM = privateKeyPEM
  }

  /// Makes a key and its certificate for a server, valid from a day before `notBefore` (seconds since 1970)
  /// until `lifetime` after it, but no longer than the authority.
  package func issueServerCertificate(
    commonName: String,
    dnsNames: [String],
    ipAddresses: [String],
    notBefore: Int64,
    lifetime: Duration
  ) throws(CertificateError) -> IssuedCertificate {
    let content = try CertificateContent.server(
      commonName: commonName,
      names: SubjectNames(dnsNames: dnsNames, ipAddresses: ipAddresses),
      notBefore: notBefore,
      lifetime: lifetime
    )
    let key = try PrivateKey.generate()
    return IssuedCertificate(certificatePEM: try issue(content, to: key.publicKey), privateKeyPEM: try key.pem())
  }

  /// The certificate, as PEM, for a device's request; of the request only the key counts, which has to have signed it. It is
  /// valid from ten years before `notBefore` (seconds since 1970) until `lifetime` after it, but no longer than the authority.
  package func issueClientCertificate(
    forRequestPEM requestPEM: String,
    commonName: String,
    notBefore: Int64,
    lifetime: Duration
  ) throws(CertificateError) -> String {
    let content = try CertificateContent.client(commonName: commonName, notBefore: notBefore, lifetime: lifetime)
    return try issue(content, to: X509Request.read(pem: requestPEM).publicKey)
  }

  private func issue(
    _ content: CertificateContent,
    to subject: borrowing PublicKey
  ) throws(CertificateError) -> String {
    let authority = try X509Certificate.read(pem: certificatePEM)
    let key = try PrivateKey.read(pem: privateKeyPEM)
    return try authority.issue(content.ending(by: authority.notAfter), to: subject, signedBy: key).pem()
  }
}
