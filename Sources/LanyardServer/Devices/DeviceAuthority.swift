import Foundation
import GRPCCore
package import LanyardCertificates
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Issues the certificates of devices, by the true clock.
package struct DeviceAuthority: Sendable {
  private let authority: CertificateAuthority
  package let lifetime: Duration

  package init(_ authority: CertificateAuthority, lifetime: Duration) {
    self.authority = authority
    self.lifetime = lifetime
  }

  /// The certificate that clients' certificates must come from.
  var certificatePEM: String { authority.certificatePEM }

  /// A certificate for a device's request.
  ///
  /// - Throws: `InvalidInput` where the request is not one, `RPCError` where no certificate can be made.
  func issue(to device: String, for requestPEM: String) throws -> (pem: String, endsAt: Instant) {
    do throws(CertificateError) {
      let pem = try authority.issueClientCertificate(
        forRequestPEM: requestPEM,
        commonName: device,
        notBefore: Int64(Date().timeIntervalSince1970),
        lifetime: lifetime
      )
      return (pem, Instant(seconds: try CertificateSummary(pem: pem).notAfter))
    } catch {
      throw Self.refusal(error)
    }
  }

  /// What is wrong with the request is its sender's to mend, anything else the server's.
  private static func refusal(_ error: CertificateError) -> any Error {
    let fault: Fault
    switch error {
    case .unreadable: fault = .noCertificateRequest
    case .forgedRequest: fault = .forgedCertificateRequest
    case .unsupportedKey: fault = .otherCertificateKey
    default: return RPCError.make(.certificateNotIssued, error.sentence)
    }
    return InvalidInput(field: "certificate_request", fault)
  }
}
