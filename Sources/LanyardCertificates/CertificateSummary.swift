/// What one needs to know of a certificate, to show it and to renew it in time.
package struct CertificateSummary: Hashable, Sendable {
  /// The subject's common name; empty when it has none.
  package let commonName: String
  /// The first second at which it is valid, since 1970.
  package let notBefore: Int64
  /// The last second at which it is valid, since 1970.
  package let notAfter: Int64
  /// The serial number in lower-case hexadecimal.
  package let serial: String
  /// The SHA-256 of the whole certificate in lower-case hexadecimal, 64 figures.
  package let fingerprint: String

  /// Reads the first certificate in a PEM text; proves nothing about who issued it.
  package init(pem: String) throws(CertificateError) {
    let certificate = try X509Certificate.read(pem: pem)
    self.commonName = certificate.commonName
    self.notBefore = try certificate.notBefore
    self.notAfter = try certificate.notAfter
    self.serial = Self.hexadecimal(certificate.serial)
    self.fingerprint = Self.hexadecimal(try certificate.fingerprint)
  }

  /// For how many seconds a device's certificate is good from when it was made; those of earlier versions begin a day before
  /// that.
  package var deviceLifetime: Int64 {
    let span = notAfter - notBefore
    let backdating = CertificateContent.deviceBackdating
    return span > backdating ? span - backdating : span - CertificateContent.clockTolerance
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
