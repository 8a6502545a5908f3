import GRPCCore
import GRPCProtobuf
import LanyardAPI
import LanyardDomain
import LanyardMessages
package import LanyardStore
import LanyardTexts
import SwiftProtobuf

extension ScanFailure: CallFaultConvertible {
  package var callFault: CallFault {
    switch self {
    case .idReused:
      CallFault(
        code: .invalidArgument,
        reason: "SCAN_ID_REUSED",
        sentence: Sentence(.errorScanIDReused),
        fields: [FieldViolation(field: "scan_id", .request(.otherScansID))]
      )
    case .takenBack:
      CallFault(code: .failedPrecondition, reason: "SCAN_TAKEN_BACK", sentence: Sentence(.errorScanTakenBack))
    case .missedExitDenied:
      CallFault(
        code: .failedPrecondition,
        reason: "MISSED_EXIT_NOT_ALLOWED",
        sentence: Sentence(.errorMissedExitDenied)
      )
    case .undoRefused(let isOwn): StoreError.undoRefused(isOwn: isOwn).callFault
    case .unknownCheckpoint(let address): StoreError.notFound(address.name).callFault
    case .unread: StoreError.failed(.programmer).callFault
    case .notRecorded(let about): StoreError.failed(.row, about: about).callFault
    }
  }
}

extension AdmissionWriter.Refused: CallFaultConvertible {
  package var callFault: CallFault {
    switch self {
    case .overloaded:
      CallFault(code: .resourceExhausted, reason: "TOO_MANY_WAITING", sentence: Sentence(.errorTooManyScansWaiting))
    case .stopping:
      CallFault(code: .unavailable, reason: "SERVER_STOPPING", sentence: Sentence(.errorServerStopping))
    }
  }
}

extension Lanyard_V1_StreamCheckInsResponse.Result {
  init(_ answer: LaneMailbox.Answer, in language: Language) {
    switch answer.outcome {
    case .success(.recorded(let recorded)):
      self.init()
      scanID = answer.scanID
      checkIn = Lanyard_V1_CheckIn(recorded, in: language)
    case .success(.failed(let failure)): self.init(scanID: answer.scanID, error: failure, in: language)
    case .failure(let error): self.init(scanID: answer.scanID, error: error, in: language)
    }
  }

  private init(scanID: String, error: any Error, in language: Language) {
    self.init()
    self.scanID = scanID
    self.error = Lanyard_V1_ScanError(error, in: language)
  }
}

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
