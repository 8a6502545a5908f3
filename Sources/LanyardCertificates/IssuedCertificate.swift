/// A new certificate with the private key that was made for it.
package struct IssuedCertificate: Sendable, SecretBearing {
  /// The certificate as PEM.
  package let certificatePEM: String
  /// The private key as PKCS#8 PEM, without a passphrase.
  package let privateKeyPEM: String
}
