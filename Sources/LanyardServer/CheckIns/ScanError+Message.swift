import GRPCCore
import GRPCProtobuf
import LanyardAPI
import LanyardDomain
import LanyardTexts

extension Lanyard_V1_ScanError {
  /// The error as the status of a call would have it.
  init(_ error: any Error, in language: Language) {
    let told = language.told(error)
    let undecided = Phrasebook.of(language).text(.errorScanUndecided)
    let rpc =
      told as? RPCError ?? (told as? any RPCErrorConvertible).map { RPCError($0) }
      ?? RPCError(code: .unknown, message: undecided)
    // An error with details that cannot be read still has its code and message.
    let details = (try? rpc.unpackGoogleRPCStatus())?.details ?? []
    self.init()
    code = Int32(rpc.code.rawValue)
    message = rpc.message
    reason = details.compactMap(\.errorInfo).first?.reason ?? ""
    field = details.compactMap(\.badRequest).first?.violations.first?.field ?? ""
  }
}
