import Foundation
import GRPCCore
import LanyardAPI
package import LanyardCertificates
import LanyardDomain
import LanyardTexts
import NIOCore
import NIOSSL
import Synchronization

/// Checks the certificate that a server presents, remembers why it was refused, and says so with the calls that fail for it.
package final class ServerVerification: Sendable {
  private let trust: ServerTrust
  private let now: @Sendable () -> Int64
  /// That by which this side makes itself known, where it is a device; nil also where it cannot be read, which its caller tells.
  private let own: CertificateSummary?
  private let latest = Mutex<(presented: [[UInt8]], fault: ServerTrust.Fault?)>(([], nil))

  /// - Throws: `RPCError` where the authority's file cannot be read.
  package init(
    _ access: ServerAccess,
    now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
  ) throws {
    self.now = now
    let authority = try access.authorityPath.map { path in
      do {
        return try String(contentsOfFile: path, encoding: .utf8)
      } catch {
        throw RPCError(AuthorityUnreadable(path: path))
      }
    }
    trust = ServerTrust(authorityPEM: authority, host: access.endpoint.host)
    // Whoever calls with one that cannot be read is told so elsewhere.
    own = if case .certificate(let pem, _) = access.credential { try? CertificateSummary(pem: pem) } else { nil }
  }

  /// What the server presented last, in DER, its own certificate first.
  package var presented: [[UInt8]] { latest.withLock { $0.presented } }

  /// Why the server's certificate was refused last; nil where it was taken.
  package var fault: ServerTrust.Fault? { latest.withLock { $0.fault } }

  /// Why a server that presents these certificates, in DER, is not taken; nil where it is.
  package func refusal(of presented: [[UInt8]]) -> ServerTrust.Fault? {
    do throws(ServerTrust.Fault) {
      try trust.check(presented, at: now())
      return nil
    } catch {
      return error
    }
  }

  func check(_ certificates: [NIOSSLCertificate], _ promise: EventLoopPromise<NIOSSLVerificationResultWithMetadata>) {
    do {
      let presented = try certificates.map { try $0.toDERBytes() }
      let fault = refusal(of: presented)
      latest.withLock { $0 = (presented, fault) }
      if let fault { throw fault }
      promise.succeed(.certificateVerified(VerificationMetadata(nil)))
    } catch {
      promise.fail(error)
    }
  }

  /// The error of a call that failed since the server's certificate was refused, or since the server ended connections when it
  /// saw the device's, which says so; any other as it is.
  func explained(_ error: RPCError) -> RPCError {
    guard error.code == .unavailable else { return error }
    if let fault {
      return RPCError(code: .unavailable, message: Phrasebook.of(.english).text(fault.sentence), cause: fault)
    }
    // The server itself answered, and a proxy that speaks no gRPC has no certificate of its authority.
    guard let own, !presented.isEmpty, CallFailure(error).endsWhenOpened else { return error }
    let refused = DeviceNotTaken(certificate: own, now: now())
    return RPCError(code: .unavailable, message: Phrasebook.of(.english).text(refused.sentence), cause: refused)
  }
}

/// The server ends the connections of a device: its clock is outside of the time of the device's certificate, or it knows
/// another authority.
private struct DeviceNotTaken: SpokenError {
  let certificate: CertificateSummary
  /// By the device's clock, in seconds since 1970.
  let now: Int64

  var sentence: Sentence {
    Sentence(
      .callDeviceNotTaken,
      [
        "begin": .utc(seconds: certificate.notBefore), "end": .utc(seconds: certificate.notAfter),
        "now": .utc(seconds: now),
      ]
    )
  }
}

/// The file of the authority that a server's certificate must come from cannot be read.
private struct AuthorityUnreadable: SpokenError {
  let path: String
  var sentence: Sentence { Sentence(.serverNoAuthority, ["file": .text(path)]) }
}

extension RPCError {
  /// An error of this side of the connection.
  fileprivate init(_ cause: AuthorityUnreadable) {
    self.init(code: .failedPrecondition, message: Phrasebook.of(.english).text(cause.sentence), cause: cause)
  }
}

/// Asks a server for its health, and returns what it presented, trusted or not, in DER, its own certificate first.
///
/// - Throws: `RPCError` where the server is not reached.
package func presentedCertificates(
  _ access: ServerAccess
) async throws -> (chain: [[UInt8]], fault: ServerTrust.Fault?) {
  let verification = try ServerVerification(access)
  do {
    _ = try await withServerConnection(access, verification: verification) { client in
      try await Grpc_Health_V1_Health.Client(wrapping: client).check(.init())
    }
  } catch let error as RPCError where verification.presented.isEmpty {
    throw error
  } catch is RPCError {
    // What it presented is all that is asked for.
  }
  return (verification.presented, verification.fault)
}
