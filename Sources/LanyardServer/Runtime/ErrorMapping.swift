import GRPCCore
package import LanyardDomain
package import LanyardStore
import LanyardTexts

extension InvalidInput: CallFaultConvertible {
  package var callFault: CallFault {
    CallFault(code: .invalidArgument, reason: "INVALID_FIELD", sentence: sentence, fields: violations)
  }
}

extension StoreError: CallFaultConvertible {
  package var rpcErrorCause: (any Error)? { self }

  package var callFault: CallFault {
    switch self {
    case .invalid(let input):
      input.callFault
    case .notFound(let name):
      Self.fault(
        .notFound,
        "NOT_FOUND",
        Sentence(.errorNotFound, ["resource": .text(name.description)]),
        ["resource": name.description]
      )
    case .alreadyRegistered:
      Self.fault(.alreadyExists, "ALREADY_REGISTERED", Sentence(.errorAlreadyRegistered))
    case .rejectedBefore:
      Self.fault(.failedPrecondition, "REGISTRATION_REJECTED", Sentence(.errorRejectedBefore))
    case .bookedOut(let refused):
      Self.fault(
        .failedPrecondition,
        "BOOKED_OUT",
        Sentence(
          .errorBookedOut,
          ["asked": .count(refused.asked), "booked": .count(refused.booked), "capacity": .count(refused.capacity)]
        ),
        ["booked": "\(refused.booked)", "capacity": "\(refused.capacity)"]
      )
    case .stepRefused(let refused):
      Self.fault(
        .failedPrecondition,
        "WRONG_STATE",
        Sentence(.errorWrongState, ["state": .state(refused.state), "step": .step(refused.step)]),
        ["state": refused.state.rawValue]
      )
    case .etagMismatch:
      Self.fault(.aborted, "ETAG_MISMATCH", Sentence(.errorEtagMismatch))
    case .requestIDReused:
      CallFault(
        code: .invalidArgument,
        reason: "REQUEST_ID_REUSED",
        sentence: Sentence(.errorRequestIDReused),
        fields: [FieldViolation(field: "request_id", .request(.usedBefore))]
      )
    case .badgeNotActive(let name):
      Self.fault(
        .failedPrecondition,
        "BADGE_NOT_ACTIVE",
        Sentence(.errorBadgeNotActive, ["resource": .text(name.description)]),
        ["resource": name.description]
      )
    case .undoRefused(let isOwn):
      Self.fault(.permissionDenied, "UNDO_REFUSED", Sentence(isOwn ? .errorUndoTooLate : .errorUndoOthers))
    case .enrolmentCodeRefused:
      Self.fault(.unauthenticated, "ENROLMENT_CODE_REFUSED", Sentence(.errorEnrolmentCodeRefused))
    case .deviceRevoked:
      Self.fault(.unauthenticated, "DEVICE_REVOKED", Sentence(.errorDeviceRevoked))
    case .enrolmentCodeUsed(let device):
      Self.fault(
        .failedPrecondition,
        "ENROLMENT_CODE_USED",
        Sentence(.errorEnrolmentCodeUsed, ["device": .text(device.description)]),
        ["resource": device.description]
      )
    case .deviceEnded(let device):
      Self.fault(
        .failedPrecondition,
        "DEVICE_ENDED",
        Sentence(.errorDeviceEnded, ["device": .text(device.description)]),
        ["resource": device.description]
      )
    case .notConfirmed(let name, let state):
      Self.fault(
        .failedPrecondition,
        "NOT_CONFIRMED",
        Sentence(.errorNotConfirmed, ["resource": .text(name.description), "state": .state(state)]),
        ["resource": name.description, "state": state.rawValue]
      )
    case .erased(let name):
      Self.fault(
        .failedPrecondition,
        "PERSON_ERASED",
        Sentence(.errorPersonErased, ["resource": .text(name.description)]),
        ["resource": name.description]
      )
    case .erasureUnfinished:
      Self.fault(.unavailable, "ERASURE_UNFINISHED", Sentence(.errorErasureUnfinished))
    case .otherMode(let isRehearsal):
      Self.fault(.failedPrecondition, "OTHER_MODE", Self.otherMode(isRehearsal))
    case .unknownValue(let table, let column):
      Self.fault(
        .internalError,
        "UNKNOWN_VALUE",
        Sentence(.errorUnknownValue, ["field": .text("\(table).\(column)")]),
        ["field": "\(table).\(column)"]
      )
    case .outOfSpace: Self.fault(.resourceExhausted, "DISK_FULL", Sentence(.errorDiskFull))
    case .vanished: Self.fault(.unavailable, "STORE_GONE", Sentence(.errorStoreGone))
    case .busy: Self.fault(.unavailable, "STORE_BUSY", Sentence(.errorStoreBusy))
    case .cancelled: Self.fault(.unavailable, "SERVER_STOPPING", Sentence(.errorServerStopping))
    case .unsigned: Self.fault(.internalError, "STORE_FAILED", Sentence(.errorStoreUnsigned))
    case .failed where holdsForAll:
      Self.fault(.unavailable, "STORE_UNUSABLE", Sentence(.errorStoreUnusable))
    case .failed: Self.fault(.internalError, "STORE_FAILED", Sentence(.errorStoreFailed))
    }
  }

  private static func fault(
    _ code: RPCError.Code,
    _ reason: String,
    _ sentence: Sentence,
    _ metadata: [String: String] = [:]
  ) -> CallFault {
    CallFault(code: code, reason: reason, sentence: sentence, metadata: metadata)
  }

  private static func otherMode(_ dataIsRehearsal: Bool) -> Sentence {
    Sentence(dataIsRehearsal ? .errorDataIsRehearsal : .errorDataIsReal)
  }

  /// What to do with data of the other mode, in English.
  package static func otherModeWords(_ dataIsRehearsal: Bool) -> String {
    Phrasebook.of(.english).text(otherMode(dataIsRehearsal))
  }
}

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
    case .notFound(let name): StoreError.notFound(name).callFault
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
