package import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
package import LanyardClient
import SwiftProtobuf

extension DeviceFolder {
  /// Renews the certificate when less than a third of its time is left, counted from when it was made.
  ///
  /// - Returns: Whether it was renewed.
  @discardableResult
  package func renewIfDue(_ client: ServerClient, at now: Date = Date()) async throws -> Bool {
    let credential = papersInUse(by: try identity().device).credential
    guard try Self.isDue(String(contentsOfFile: credential, encoding: .utf8), at: now) else { return false }
    let made = try CertificateRequest.make(commonName: Self.commonName)
    let service = Lanyard_V1_DeviceService.Client(wrapping: client)
    let answer = try await service.renewDeviceCertificate(.with { $0.certificateRequest = made.requestPEM })
    try PrivateFile.write(made.privateKeyPEM + answer.certificate, to: credential)
    return true
  }

  /// Whether less than a third of a certificate's time is left.
  static func isDue(_ pem: String, at now: Date) throws -> Bool {
    let summary = try CertificateSummary(pem: pem)
    let left = summary.notAfter - Int64(now.timeIntervalSince1970)
    return left < summary.deviceLifetime / 3
  }

  /// What a device calls itself when it asks for a certificate; the server names it.
  static let commonName = "lanyard device"
}
