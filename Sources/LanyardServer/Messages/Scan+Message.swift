import BadgeCodes
package import GRPCCore
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
      throw InvalidInput(field: "\(prefix)scan_id", reason: "is not a UUID; the device makes one for each scan")
    }
    guard scan.code.utf8.count <= Self.codeLimit else {
      throw InvalidInput(field: "\(prefix)code", reason: "is longer than \(Self.codeLimit) characters")
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
      throw InvalidInput(field: "\(prefix)badge", reason: "stands beside a code; give one")
    }
    guard event == checkpoint.event else {
      throw InvalidInput(field: "\(prefix)badge", reason: "is of another event than the checkpoint")
    }
    return serial
  }
}

extension OverrideNote {
  fileprivate init(_ message: Lanyard_V1_Override, under prefix: String) throws(InvalidInput) {
    let note = try PlainText.validated(message.note, limit: Self.noteLimit, field: "\(prefix)note")
    guard !note.isEmpty else { throw InvalidInput(field: "\(prefix)note", reason: "is empty; say why") }
    self.init(
      note: note,
      operatorName: try PlainText.validated(message.operator, limit: Self.operatorLimit, field: "\(prefix)operator")
    )
  }
}

extension ScanFailure: RPCErrorConvertible {
  package var rpcErrorCode: RPCError.Code { mapped.code }
  package var rpcErrorMessage: String { mapped.message }
  package var rpcErrorMetadata: Metadata { mapped.metadata }

  private var mapped: RPCError {
    switch self {
    case .idReused:
      .make(
        .invalidArgument,
        "SCAN_ID_REUSED",
        "The scan's id stands for another scan; make a new id for each scan.",
        details: [.badRequest(violations: [.init(field: "scan_id", description: "stands for another scan")])]
      )
    case .takenBack:
      .make(.failedPrecondition, "SCAN_TAKEN_BACK", "The scan was taken back before it was on record; scan again.")
    case .undoRefused(let isOwn): RPCError(StoreError.undoRefused(isOwn: isOwn))
    case .unknownCheckpoint(let address):
      RPCError(StoreError.notFound(address.name))
    case .unread: RPCError(StoreError.failed(code: -1))
    case .notRecorded(let code, let about): RPCError(StoreError.failed(code: code, about: about))
    }
  }
}

extension AdmissionWriter.Refused: RPCErrorConvertible {
  package var rpcErrorCode: RPCError.Code { mapped.code }
  package var rpcErrorMessage: String { mapped.message }
  package var rpcErrorMetadata: Metadata { mapped.metadata }

  private var mapped: RPCError {
    switch self {
    case .overloaded:
      .make(
        .resourceExhausted,
        "TOO_MANY_WAITING",
        "Too many scans wait to be written; send this one again in a while."
      )
    case .stopping:
      .make(.unavailable, "SERVER_STOPPING", "The server is stopping; connect again and go on.")
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
    case .success(.failed(let failure)): self.init(scanID: answer.scanID, error: failure)
    case .failure(let error): self.init(scanID: answer.scanID, error: error)
    }
  }

  private init(scanID: String, error: any Error) {
    self.init()
    self.scanID = scanID
    self.error = Lanyard_V1_ScanError(error)
  }
}

extension Lanyard_V1_ScanError {
  /// The error as the status of a call would have it.
  init(_ error: any Error) {
    let rpc =
      error as? RPCError ?? (error as? any RPCErrorConvertible).map { RPCError($0) }
      ?? RPCError(code: .unknown, message: "The scan could not be decided.")
    // An error with details that cannot be read still has its code and message.
    let details = (try? rpc.unpackGoogleRPCStatus())?.details ?? []
    self.init()
    code = Int32(rpc.code.rawValue)
    message = rpc.message
    reason = details.compactMap(\.errorInfo).first?.reason ?? ""
    field = details.compactMap(\.badRequest).first?.violations.first?.field ?? ""
  }
}
