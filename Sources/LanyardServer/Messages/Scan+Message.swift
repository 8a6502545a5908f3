import BadgeCodes
import GRPCCore
import GRPCProtobuf
package import LanyardAPI
package import LanyardDomain
import LanyardMessages
package import LanyardStore
import LanyardTexts
import SwiftProtobuf

extension SubmittedScan {
  /// The most characters of what a reader read.
  static let codeLimit = 1024

  /// A scan as it came, checked for form.
  ///
  /// - Parameter prefix: What stands before the names of fields in faults.
  package init(
    _ scan: Lanyard_V1_Scan,
    at checkpoint: CheckpointAddress,
    reporter: String,
    received: Instant,
    under prefix: String
  ) throws(InvalidInput) {
    guard let id = UUIDBytes(scan.scanID) else {
      throw InvalidInput(field: "\(prefix)scan_id", .noScanID)
    }
    guard scan.code.utf8.count <= Self.codeLimit else {
      throw InvalidInput(field: "\(prefix)code", .codeTooLong(limit: Self.codeLimit))
    }
    let badge = try Self.badge(scan, at: checkpoint, under: prefix)
    let override = try scan.hasOverride ? OverrideNote(scan.override, under: "\(prefix)override.") : nil
    let direction = try Direction.stated(scan.direction, field: "\(prefix)direction")
    let scannedAt = scan.hasScanTime ? try scan.scanTime.instant(field: "\(prefix)scan_time") : received
    let code = BadgeCodeText.canonical(scan.code)
    self.init(
      id: id,
      checkpoint: checkpoint,
      code: code,
      badge: badge,
      direction: direction,
      scannedAt: scannedAt,
      fingerprint: Fingerprint.of(
        checkpoint.event,
        checkpoint.checkpoint,
        code,
        direction?.rawValue ?? "",
        scan.hasScanTime ? String(scannedAt.microseconds) : "",
        scan.badge,
        // What was written is no part of it: it would stay when the person is erased, and could be guessed at.
        override == nil ? "" : "override"
      ),
      reporter: reporter,
      override: override
    )
  }

  /// The badge that was found by name, in place of a code.
  private static func badge(
    _ scan: Lanyard_V1_Scan,
    at checkpoint: CheckpointAddress,
    under prefix: String
  ) throws(InvalidInput) -> BadgeSerial? {
    guard !scan.badge.isEmpty else { return nil }
    let (event, serial) = try ResourceName.badge(scan.badge, field: "\(prefix)badge")
    guard scan.code.isEmpty else {
      throw InvalidInput(field: "\(prefix)badge", .besideCode)
    }
    guard event == checkpoint.event else {
      throw InvalidInput(field: "\(prefix)badge", .otherEventThanCheckpoint)
    }
    return serial
  }
}

extension OverrideNote {
  fileprivate init(_ message: Lanyard_V1_Override, under prefix: String) throws(InvalidInput) {
    let note = try PlainText.validated(message.note, limit: Self.noteLimit, field: "\(prefix)note")
    guard !note.isEmpty else { throw InvalidInput(field: "\(prefix)note", .noReasonGiven) }
    self.init(
      note: note,
      operatorName: try PlainText.validated(message.operator, limit: Self.operatorLimit, field: "\(prefix)operator")
    )
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
        fields: [FieldViolation(field: "scan_id", .otherScansID)]
      )
    case .takenBack:
      CallFault(code: .failedPrecondition, reason: "SCAN_TAKEN_BACK", sentence: Sentence(.errorScanTakenBack))
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
