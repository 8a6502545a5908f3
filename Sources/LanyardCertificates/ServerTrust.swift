import COpenSSL

/// Whom a client takes for its server: one with a certificate of the authority, for the name or address that it calls.
package struct ServerTrust: Sendable {
  /// Why a server is not taken for the one that was called.
  package enum Fault: Error, Hashable, Sendable {
    /// The moment is outside the certificate's time: the client's clock is wrong, or the certificate has run out.
    case time(notBefore: Int64, notAfter: Int64, now: Int64)
    /// The certificate is another host's.
    case name(called: String, names: [String])
    /// It comes from no authority that is trusted, or is none for servers.
    case untrusted(String)
    /// What was presented cannot be read or checked.
    case unusable(CertificateError)
  }

  private let authorities: String?
  private let host: String

  /// - Parameters:
  ///   - authorityPEM: The authorities to trust; nil trusts the system's.
  ///   - host: DNS name or IP address by which the server is called.
  package init(authorityPEM: String?, host: String) {
    authorities = authorityPEM
    self.host = host.hasSuffix(".") ? String(host.dropLast()) : host
  }

  /// Checks what a server presented, in DER, its own certificate first.
  ///
  /// - Parameter now: Seconds since 1970, by the client's clock.
  package func check(_ presented: [[UInt8]], at now: Int64) throws(Fault) {
    let refusal: CertificateChain.Refusal?
    let names: [String]
    do throws(CertificateError) {
      let chain = try CertificateChain.read(der: presented)
      names = chain.names
      refusal = try chain.verify(authorities: authorities, host: host, at: now)
    } catch {
      throw .unusable(error)
    }
    guard let refusal else { return }
    switch refusal.code {
    case X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED:
      throw .time(notBefore: refusal.notBefore, notAfter: refusal.notAfter, now: now)
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
      throw .name(called: host, names: names)
    default:
      throw .untrusted(refusal.reason)
    }
  }
}
