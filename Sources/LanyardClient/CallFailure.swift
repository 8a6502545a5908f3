package import GRPCCore
import GRPCProtobuf
package import LanyardCertificates

/// What went wrong with a call, in words for the person who made it.
package struct CallFailure: Sendable {
  /// Who a failure comes from.
  package enum Source: Hashable, Sendable {
    /// The service itself: the status carries an `ErrorInfo` of its domain.
    case service
    /// Something else answered in the server's place, such as a captive portal, a proxy or a firewall.
    case stranger
    /// Nobody answered, or not in time, or the connection failed.
    case connection
  }

  /// One field that was refused.
  package struct Field: Sendable {
    package let name: String
    package let reason: String
  }

  /// The `domain` of every `google.rpc.ErrorInfo` of the service.
  package static let domain = "lanyard.v1"
  /// What the transport puts before the cause of each call that is made while there is no connection.
  private static let noConnection = "Channel is in a transient failure state and 'wait for ready' isn't enabled. "

  /// How the transport begins to say that what answers speaks no HTTP/2.
  private static let noPreface = "The server accepted the TCP connection but closed the connection"
  private static let maybeStranger =
    "If the server runs, something in between may answer that speaks no gRPC, such as a proxy."

  package let source: Source
  package let code: RPCError.Code
  package let message: String
  /// The `ErrorInfo` reason; empty where the error came from elsewhere than the service.
  package let reason: String
  package let fields: [Field]
  /// Why the server's certificate was not taken, where that is what failed.
  package let certificateFault: ServerTrust.Fault?

  package init(_ error: RPCError) {
    // Details that cannot be unpacked are not the service's.
    let details = (try? error.unpackGoogleRPCStatus())?.details ?? []
    let info = details.lazy.compactMap(\.errorInfo).first { $0.domain == Self.domain }
    code = error.code
    reason = info?.reason ?? ""
    fields =
      info == nil
      ? []
      : details.compactMap(\.badRequest).flatMap(\.violations).map {
        Field(name: $0.field, reason: $0.violationDescription)
      }
    if info != nil {
      (source, message) = (.service, error.message)
    } else if let answer = Self.strangeAnswer(error) {
      source = .stranger
      message =
        "Something in between answered in the server's place: \(answer). A captive portal, a proxy or a firewall may stand "
        + "on the way; let this device reach the server itself."
    } else {
      source = .connection
      let cause =
        error.message.hasPrefix(Self.noConnection)
        ? error.message.dropFirst(Self.noConnection.count) : error.message[...]
      message = cause.hasPrefix(Self.noPreface) ? "\(cause) \(Self.maybeStranger)" : String(cause)
    }
    certificateFault = error.cause as? ServerTrust.Fault
  }

  /// Whether the service does not let the caller in; nothing else's answer says that.
  package var isRefusal: Bool { source == .service && (code == .unauthenticated || code == .permissionDenied) }

  /// Whether the server could not be reached, did not let the caller in, or failed by itself.
  package var isServerOrNetwork: Bool {
    guard source == .service else { return true }
    switch code {
    case .unavailable, .deadlineExceeded, .unauthenticated, .permissionDenied, .internalError, .unknown,
      .resourceExhausted, .dataLoss, .unimplemented, .cancelled:
      return true
    default: return false
    }
  }

  /// What an answer was that no Lanyard server gives; nil where there was none, or the transport of one may have given it.
  private static func strangeAnswer(_ error: RPCError) -> String? {
    let status = error.metadata[stringValues: ":status"].first { _ in true }
    let type = error.metadata[stringValues: "content-type"].first { _ in true }
    if let status {
      let kind = type.map { String($0.prefix(60)) } ?? "no content type"
      if status != "200" { return "HTTP status \(status.prefix(3)), \(kind)" }
      guard let type, type.hasPrefix("application/grpc") else { return "no gRPC but \(kind)" }
    }
    // The service says why it refuses; a proxy's own rule does not.
    guard error.code == .unauthenticated || error.code == .permissionDenied else { return nil }
    return "\(error.code), \(error.message.prefix(100))"
  }
}
