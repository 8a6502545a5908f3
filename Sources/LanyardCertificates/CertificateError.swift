/// Why a certificate or request was not made or not taken.
package enum CertificateError: Error, Hashable, Sendable {
  /// The most characters of a common name (RFC 5280 appendix A.1).
  package static let commonNameLimit = 64
  /// The shortest RSA key of a server, in bits.
  package static let rsaBits = 2048

  /// The common name is empty, longer than `commonNameLimit` or has control characters.
  case commonName
  /// A DNS name or IP address cannot stand in a certificate.
  case subjectName(String)
  /// A server certificate without any DNS name or IP address would fit no server.
  case noSubjectNames
  /// The lifetime is not positive, or reaches outside the years 1970 to 9999.
  case validity
  /// The text is not the PEM of such a thing.
  case unreadable(Item)
  /// The private key does not belong to the certificate.
  case keyMismatch
  /// The certificate is not allowed to issue others.
  case notAuthority
  /// The authority's own certificate is not valid any more.
  case authorityExpired
  /// The request's signature is not its own key's.
  case forgedRequest
  /// The key is not one of P-256.
  case unsupportedKey
  /// The private key is encrypted.
  case encryptedKey
  /// The first certificate of the file is not the server's own.
  case notServerFirst
  /// The server's key is of a kind that not all clients know.
  case unsupportedServerKey
  /// The certificate was issued for another use than serving.
  case notForServers
  /// OpenSSL refused to work.
  case backendFailure

  /// What was to be read.
  package enum Item: Hashable, Sendable {
    /// An X.509 certificate.
    case certificate
    /// A PKCS#8 private key without a passphrase.
    case privateKey
    /// A PKCS#10 certificate request.
    case request
  }
}
