package import GRPCCore
package import GRPCProtobuf

extension RPCError {
  /// What the service says of the error; nil where the error came from elsewhere.
  package var details: (info: ErrorDetails.ErrorInfo, fields: [ErrorDetails.BadRequest.FieldViolation])? {
    // Details that cannot be unpacked are not the service's.
    let all = (try? unpackGoogleRPCStatus())?.details ?? []
    guard let info = all.lazy.compactMap(\.errorInfo).first(where: { $0.domain == ErrorReason.domain }) else {
      return nil
    }
    return (info, all.compactMap(\.badRequest).flatMap(\.violations))
  }
}
