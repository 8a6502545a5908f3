package import GRPCCore
import GRPCProtobuf
package import LanyardAPI

extension Lanyard_V1_ScanError {
  /// The status that a call would have, as the error of one scan.
  package init(_ status: RPCError) {
    let details = status.details
    self.init()
    code = Int32(status.code.rawValue)
    message = status.message
    reason = details?.info.reason ?? ""
    field = details?.fields.first?.field ?? ""
  }

  /// The reason where this version knows it.
  package var known: ErrorReason? { ErrorReason(rawValue: reason) }

  /// Whether the same scan may be taken later.
  package var isPassing: Bool {
    known?.isPassing ?? Status.Code(rawValue: Int(code)).flatMap(RPCError.Code.init)?.isPassing ?? false
  }
}
