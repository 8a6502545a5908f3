import BadgeCodes
package import GRPCCore
import GRPCProtobuf
package import LanyardAPI
package import LanyardDomain
package import LanyardStore
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
    let direction = try scan.direction.direction(field: "\(prefix)direction")
    let scannedAt = scan.hasScanTime ? try scan.scanTime.instant(field: "\(prefix)scan_time") : received
    let code = BadgeCodeText.canonical(scan.code)
    self.init(
      id: id,
      checkpoint: checkpoint,
      code: code,
      direction: direction,
      scannedAt: scannedAt,
      fingerprint: Fingerprint.of(
        checkpoint.event,
        checkpoint.checkpoint,
        code,
        direction?.rawValue ?? "",
        scan.hasScanTime ? String(scannedAt.microseconds) : ""
      ),
      reporter: reporter
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
    case .unknownCheckpoint(let address):
      RPCError(StoreError.notFound(name: ResourceName.checkpoint(address.checkpoint, of: address.event)))
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
  init(_ answer: LaneMailbox.Answer) {
    switch answer.outcome {
    case .success(.recorded(let recorded)):
      self.init()
      scanID = answer.scanID
      checkIn = Lanyard_V1_CheckIn(recorded)
    case .success(.failed(let failure)): self.init(scanID: answer.scanID, error: failure)
    case .failure(let error): self.init(scanID: answer.scanID, error: error)
    }
  }

  private init(scanID: String, error: any Error) {
    let rpc =
      error as? RPCError ?? (error as? any RPCErrorConvertible).map { RPCError($0) }
      ?? RPCError(code: .unknown, message: "The scan could not be decided.")
    let details = (try? rpc.unpackGoogleRPCStatus())?.details ?? []
    self.init()
    self.scanID = scanID
    self.error.code = Int32(rpc.code.rawValue)
    self.error.message = rpc.message
    self.error.reason = details.compactMap(\.errorInfo).first?.reason ?? ""
    self.error.field = details.compactMap(\.badRequest).first?.violations.first?.field ?? ""
  }
}
