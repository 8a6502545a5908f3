import GRPCCore
package import LanyardDomain
import LanyardMessages
package import LanyardStore
package import LanyardTexts

extension InvalidInput: CallFaultConvertible {
  package var callFault: CallFault {
    CallFault(reason: .invalidField, sentence: sentence, fields: violations)
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
        Sentence(.errorNotFound, ["resource": .text(name.description)]),
        ["resource": name.description]
      )
    case .alreadyRegistered:
      Self.fault(.alreadyRegistered, Sentence(.errorAlreadyRegistered))
    case .rejectedBefore:
      Self.fault(.registrationRejected, Sentence(.errorRejectedBefore))
    case .decisionNeeded:
      Self.fault(.roleNotAllowed, Sentence(.errorDecisionNeeded))
    case .registrationNotOpen(let refused):
      Self.fault(.registrationNotOpen, Sentence(refused), ["phase": refused.phase.rawValue])
    case .notJoinable(let refused):
      Self.fault(.notJoinable, Sentence(refused), ["cause": refused.cause.rawValue])
    case .noPlace:
      Self.fault(.noPlace, Sentence(.errorNoPlace))
    case .bookedOut(let refused):
      Self.fault(
        .bookedOut,
        Sentence(
          .errorBookedOut,
          ["asked": .count(refused.asked), "booked": .count(refused.booked), "capacity": .count(refused.capacity)]
        ),
        ["booked": "\(refused.booked)", "capacity": "\(refused.capacity)"]
      )
    case .takesNoBookings(let name):
      Self.fault(
        .takesNoBookings,
        Sentence(.errorTakesNoBookings, ["resource": .text(name.description)]),
        ["resource": name.description]
      )
    case .eventInUse(let refused):
      Self.fault(
        .eventInUse,
        Sentence(
          .errorEventInUse,
          [
            "registrations": .count(refused.use.registrations), "scans": .count(refused.use.scans),
            "devices": .count(refused.use.devices), "tokens": .count(refused.use.tokens),
            "resource": .text(ResourceName.event(refused.event).description),
          ]
        ),
        ["resource": ResourceName.event(refused.event).description]
      )
    case .importQuestioned(let questions):
      CallFault(
        reason: .importQuestioned,
        sentence: Sentence(.errorImportQuestioned),
        fields: questions.map(\.violation)
      )
    case .stepRefused(let refused):
      Self.fault(
        .wrongState,
        Sentence(.errorWrongState, ["state": .state(refused.state), "step": .step(refused.step)]),
        ["state": refused.state.rawValue]
      )
    case .etagMismatch:
      Self.fault(.etagMismatch, Sentence(.errorEtagMismatch))
    case .requestIDReused:
      CallFault(
        reason: .requestIDReused,
        sentence: Sentence(.errorRequestIDReused),
        fields: [FieldViolation(field: "request_id", .request(.usedBefore))]
      )
    case .badgeNotActive(let name, let state):
      Self.fault(
        .badgeNotActive,
        Sentence(Self.key(of: state), ["resource": .text(name.description)]),
        ["resource": name.description, "state": state.rawValue]
      )
    case .mailEnded(let name):
      Self.fault(
        .mailEnded,
        Sentence(.errorMailEnded, ["resource": .text(name.description)]),
        ["resource": name.description]
      )
    case .keySigns(let name):
      Self.fault(.keySigns, Sentence(.errorKeySigns, ["key": .text(name.id)]), ["resource": name.description])
    case .keyInUse(let name, let badges):
      Self.fault(
        .keyInUse,
        Sentence(.errorKeyInUse, ["key": .text(name.id), "count": .count(badges)]),
        ["resource": name.description, "badges": "\(badges)"]
      )
    case .keyChanged: Self.fault(.keyChanged, Sentence(.errorKeyChanged))
    case .undoRefused(let isOwn):
      Self.fault(.undoRefused, isOwn ? .undoTooLate : Sentence(.errorUndoOthers))
    case .enrolmentCodeRefused:
      Self.fault(.enrolmentCodeRefused, Sentence(.errorEnrolmentCodeRefused))
    case .enrolmentCodeWithdrawn:
      Self.fault(.enrolmentCodeRefused, Sentence(.errorEnrolmentCodeWithdrawn))
    case .deviceRevoked:
      Self.fault(.deviceRevoked, Sentence(.errorDeviceRevoked))
    case .enrolmentCodeUsed(let device):
      Self.fault(
        .enrolmentCodeUsed,
        Sentence(.errorEnrolmentCodeUsed, ["device": .text(device.description)]),
        ["resource": device.description]
      )
    case .deviceEnded(let device):
      Self.fault(
        .deviceEnded,
        Sentence(.errorDeviceEnded, ["device": .text(device.description)]),
        ["resource": device.description]
      )
    case .notConfirmed(let name, let state):
      Self.fault(
        .notConfirmed,
        Sentence(.errorNotConfirmed, ["resource": .text(name.description), "state": .state(state)]),
        ["resource": name.description, "state": state.rawValue]
      )
    case .erased(let name):
      Self.fault(
        .personErased,
        Sentence(.errorPersonErased, ["resource": .text(name.description)]),
        ["resource": name.description]
      )
    case .erasureUnfinished:
      Self.fault(.erasureUnfinished, Sentence(.errorErasureUnfinished))
    case .otherMode(let isRehearsal):
      Self.fault(.otherMode, Self.otherMode(isRehearsal))
    case .unknownValue(let table, let column):
      Self.fault(
        .unknownValue,
        Sentence(.errorUnknownValue, ["field": .text("\(table).\(column)")]),
        ["field": "\(table).\(column)"]
      )
    case .outOfSpace: Self.fault(.diskFull, Sentence(.errorDiskFull))
    case .vanished: Self.fault(.storeGone, Sentence(.errorStoreGone))
    case .busy: Self.fault(.storeBusy, Sentence(.errorStoreBusy))
    case .cancelled: Self.fault(.serverStopping, Sentence(.errorServerStopping))
    case .unsigned: Self.fault(.storeFailed, Sentence(.errorStoreUnsigned))
    case .failed where holdsForAll:
      Self.fault(.storeUnusable, Sentence(.errorStoreUnusable))
    case .failed: Self.fault(.storeFailed, Sentence(.errorStoreFailed))
    }
  }

  private static func fault(
    _ reason: ErrorReason,
    _ sentence: Sentence,
    _ metadata: [String: String] = [:]
  ) -> CallFault {
    CallFault(reason: reason, sentence: sentence, metadata: metadata)
  }

  /// What keeps a badge from it that stands otherwise than is needed.
  private static func key(of state: BadgeState) -> Sentence.Key {
    switch state {
    case .held: .errorBadgeHeld
    case .notActivated: .errorBadgeNotActivated
    case .active, .replaced, .revoked: .errorBadgeNotActive
    }
  }

  /// What to do with data of the other mode.
  package static func otherMode(_ dataIsRehearsal: Bool) -> Sentence {
    Sentence(dataIsRehearsal ? .errorDataIsRehearsal : .errorDataIsReal)
  }
}

extension ScanFailure: CallFaultConvertible {
  package var callFault: CallFault {
    switch self {
    case .idReused:
      CallFault(
        reason: .scanIDReused,
        sentence: Sentence(.errorScanIDReused),
        fields: [FieldViolation(field: "scan_id", .request(.otherScansID))]
      )
    case .takenBack:
      CallFault(reason: .scanTakenBack, sentence: Sentence(.errorScanTakenBack))
    case .missedExitDenied:
      CallFault(
        reason: .missedExitNotAllowed,
        sentence: Sentence(.errorMissedExitDenied)
      )
    case .unknownCheckpoint(let address): StoreError.notFound(address.name).callFault
    case .notFound(let name): StoreError.notFound(name).callFault
    case .unread: StoreError.failed(.programmer).callFault
    case .unknownValue(let table, let column): StoreError.unknownValue(table: table, column: column).callFault
    case .notRecorded(let about): StoreError.failed(.row, about: about).callFault
    }
  }
}

extension AdmissionWriter.Refused: CallFaultConvertible {
  package var callFault: CallFault {
    switch self {
    case .overloaded:
      CallFault(reason: .tooManyWaiting, sentence: Sentence(.errorTooManyScansWaiting))
    case .stopping:
      CallFault(reason: .serverStopping, sentence: Sentence(.errorServerStopping))
    }
  }
}
