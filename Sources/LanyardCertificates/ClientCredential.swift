/// A client's private key and its certificate, which lie together in one PEM text.
package enum ClientCredential {
  /// Proves that a text holds both, and that they belong together.
  package static func check(pem: String) throws(CertificateError) {
    let key = try PrivateKey.read(pem: pem)
    let certificate = try X509Certificate.read(pem: pem)
    guard certificate.belongs(to: key) else { throw .keyMismatch }
  }
}
