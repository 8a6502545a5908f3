import COpenSSL
import Glibc

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
    do {
      let chain = try CertificateChain.read(der: presented)
      names = chain.names
      refusal = try chain.verify(authorities: authorities, host: host, at: now)
    } catch {
      throw .untrusted("\(error)")
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

extension ServerTrust.Fault: CustomStringConvertible {
  /// What is wrong and what to do.
  package var description: String {
    switch self {
    case .time(let notBefore, let notAfter, let now):
      "This machine's clock is wrong, or the server's certificate is out of its time: the certificate is valid from "
        + "\(Self.text(notBefore)) to \(Self.text(notAfter)), and the clock says \(Self.text(now)). Set the clock; "
        + "where it is right, the server needs a new certificate."
    case .name(let called, let names):
      "The server's certificate is not for \(called), but for \(names.prefix(10).joined(separator: ", ")): call it by "
        + "one of these, or make a certificate that has \(called) too."
    case .untrusted(let reason):
      "The server's certificate does not come from an authority that is trusted here (\(reason)): name the right "
        + "authority with --ca, and see that nothing stands between that ends TLS."
    }
  }

  /// A moment as `2026-11-27T20:00:00Z`.
  private static func text(_ seconds: Int64) -> String {
    var (moment, parts) = (time_t(seconds), tm())
    gmtime_r(&moment, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
