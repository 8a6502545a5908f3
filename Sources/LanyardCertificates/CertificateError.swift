/// Why a certificate or request was not made or not taken.
package enum CertificateError: Error, Hashable, Sendable {
  /// The common name is empty, longer than 64 characters or has control characters.
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
  package enum Item: String, Hashable, Sendable {
    /// An X.509 certificate.
    case certificate
    /// A PKCS#8 private key without a passphrase.
    case privateKey = "private key"
    /// A PKCS#10 certificate request.
    case request = "certificate request"
  }
}

extension CertificateError: CustomStringConvertible {
  /// What happened and what to do next; never a part of a key.
  package var description: String {
    switch self {
    case .commonName: "A common name has 1 to 64 characters and no control characters: choose such a name."
    case .subjectName(let name): "\"\(name)\" is neither a DNS name nor an IP address: correct it or leave it out."
    case .noSubjectNames: "A server certificate needs a DNS name or an IP address: give at least one."
    case .validity: "The lifetime must be positive and end before the year 10000: choose another."
    case .unreadable(let item): "This is not the PEM text of a \(item.rawValue): check that the right file was given."
    case .keyMismatch: "The private key does not belong to the certificate: put the two back that were made together."
    case .notAuthority: "The certificate may not issue others: give the certificate of the authority itself."
    case .authorityExpired: "The authority's certificate has run out: make a new authority and issue anew."
    case .forgedRequest: "The request is not signed with its own key: let the device make a new one."
    case .unsupportedKey: "The key is not of the curve P-256: make a new one with P-256."
    case .encryptedKey:
      "The private key is encrypted: decrypt it with `openssl pkey -in FILE -out NEW` into a file that only the server "
        + "may read."
    case .notServerFirst:
      "The server's own certificate does not come first in the file: put it before those that it was issued by."
    case .unsupportedServerKey:
      "The server's key is of a kind that not all clients know: make one of ECDSA P-256 or P-384, or RSA from 2048 bits."
    case .notForServers: "The certificate is not for servers: have one issued for TLS servers (serverAuth)."
    case .backendFailure: "OpenSSL could not do its work: check its installation and configuration."
    }
  }
}
