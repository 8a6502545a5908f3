package import GRPCCore
import GRPCProtobuf

/// What went wrong with a call, in words for the person who made it.
package struct CallFailure: Sendable {
  /// One field that was refused.
  package struct Field: Sendable {
    package let name: String
    package let reason: String
  }

  package let code: RPCError.Code
  package let message: String
  /// The `ErrorInfo` reason; empty where the error came from elsewhere than the service.
  package let reason: String
  package let fields: [Field]

  package init(_ error: RPCError) {
    let details = (try? error.unpackGoogleRPCStatus())?.details ?? []
    code = error.code
    reason = details.compactMap(\.errorInfo).first?.reason ?? ""
    fields = details.compactMap(\.badRequest).flatMap(\.violations).map {
      Field(name: $0.field, reason: $0.violationDescription)
    }
    message = error.message
  }

  /// Whether the server could not be reached, did not let the caller in, or failed by itself.
  package var isServerOrNetwork: Bool {
    switch code {
    case .unavailable, .deadlineExceeded, .unauthenticated, .permissionDenied, .internalError, .unknown,
      .resourceExhausted, .dataLoss, .unimplemented, .cancelled:
      true
    default: false
    }
  }
}
