/// A PKCS#10 request for a certificate, with the private key that stays where the request was made.
package struct CertificateRequest: Sendable, SecretBearing {
  /// The request as PEM, to be sent to the authority.
  package let requestPEM: String
  /// The private key as PKCS#8 PEM, without a passphrase.
  package let privateKeyPEM: String

  /// Makes a new P-256 key and a request signed with it.
  package static func make(commonName: String) throws(CertificateError) -> CertificateRequest {
    let commonName = try CertificateContent.checked(commonName: commonName)
    let key = try PrivateKey.generate()
    return CertificateRequest(
      requestPEM: try X509Request.make(commonName: commonName, key: key).pem(),
      privateKeyPEM: try key.pem()
    )
  }
}
