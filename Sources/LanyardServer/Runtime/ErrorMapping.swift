package import GRPCCore
import GRPCProtobuf
package import LanyardDomain
package import LanyardStore

/// The `domain` of every `google.rpc.ErrorInfo` of this service.
package let errorDomain = "lanyard.v1"

extension RPCError {
  /// An error with its one `ErrorInfo` (AIP-193).
  static func make(
    _ code: Code,
    _ reason: String,
    _ message: String,
    details: [ErrorDetails] = [],
    metadata: [String: String] = [:]
  ) -> RPCError {
    let info = ErrorDetails.errorInfo(reason: reason, domain: errorDomain, metadata: metadata)
    return RPCError(GoogleRPCStatus(code: code, message: message, details: [info] + details))
  }
}

extension InvalidInput: RPCErrorConvertible {
  package var rpcErrorCode: RPCError.Code { .invalidArgument }
  package var rpcErrorMessage: String { mapped.message }
  package var rpcErrorMetadata: Metadata { mapped.metadata }

  /// The most bytes of faults in one error: it travels in trailers, which clients limit to 8 KiB or so.
  private static let detailLimit = 3000

  private var mapped: RPCError {
    var room = Self.detailLimit
    let told = violations.prefix { violation in
      defer { room -= violation.field.utf8.count + violation.reason.utf8.count }
      return room > 0
    }
    var fields = told.map {
      ErrorDetails.BadRequest.FieldViolation(field: $0.field, description: String($0.reason.prefix(1000)))
    }
    let untold = violations.count - told.count
    if untold > 0 { fields.append(.init(field: "…", description: "and \(untold) more; mend these first")) }
    let message = violations.first.map { "\($0.field) \($0.reason)".prefix(500) } ?? "The request is not valid."
    let rest = violations.count > 1 ? "; and \(violations.count - 1) more" : ""
    return .make(.invalidArgument, "INVALID_FIELD", message + rest, details: [.badRequest(violations: fields)])
  }
}

extension StoreError: RPCErrorConvertible {
  package var rpcErrorCode: RPCError.Code { mapped.code }
  package var rpcErrorMessage: String { mapped.message }
  package var rpcErrorMetadata: Metadata { mapped.metadata }
  package var rpcErrorCause: (any Error)? { self }

  private var mapped: RPCError {
    switch self {
    case .invalid(let input):
      RPCError(input)
    case .notFound(let name):
      .make(.notFound, "NOT_FOUND", "There is no \(name).", metadata: ["resource": name.description])
    case .alreadyRegistered:
      .make(
        .alreadyExists,
        "ALREADY_REGISTERED",
        "This e-mail address has a live registration for the event; find it with ListRegistrations."
      )
    case .stepRefused(let refused):
      .make(
        .failedPrecondition,
        "WRONG_STATE",
        "A registration that is \(refused.state.rawValue) cannot be taken on by \(refused.step.rawValue).",
        metadata: ["state": refused.state.rawValue]
      )
    case .etagMismatch:
      .make(.aborted, "ETAG_MISMATCH", "It has changed since its etag was read; read it again, and send the new etag.")
    case .requestIDReused:
      .make(
        .invalidArgument,
        "REQUEST_ID_REUSED",
        "request_id was used before for another request; make a new one for each request.",
        details: [.badRequest(violations: [.init(field: "request_id", description: "was used before")])]
      )
    case .badgeNotActive(let name):
      .make(
        .failedPrecondition,
        "BADGE_NOT_ACTIVE",
        "\(name) is not the active badge of its registration, so there is nothing to replace; issue one.",
        metadata: ["resource": name.description]
      )
    case .undoRefused(let isOwn):
      .make(
        .permissionDenied,
        "UNDO_REFUSED",
        isOwn
          ? "The scan is older than 15 minutes; a supervisor may still take it back."
          : "The scan was made by another device; a supervisor may take it back."
      )
    case .enrolmentCodeRefused:
      .make(
        .unauthenticated,
        "ENROLMENT_CODE_REFUSED",
        "The enrolment code is not known, was used, or has run out. Ask the organiser for another."
      )
    case .deviceRevoked:
      .make(.unauthenticated, "DEVICE_REVOKED", "This device was revoked; ask the organiser.")
    case .notConfirmed(let name, let state):
      .make(
        .failedPrecondition,
        "NOT_CONFIRMED",
        "\(name) is \(state.rawValue); only a confirmed registration has a badge.",
        metadata: ["resource": name.description, "state": state.rawValue]
      )
    case .erased(let name):
      .make(
        .failedPrecondition,
        "PERSON_ERASED",
        "The person of \(name) was erased; nothing can be noted about them.",
        metadata: ["resource": name.description]
      )
    case .erasureUnfinished:
      .make(
        .unavailable,
        "ERASURE_UNFINISHED",
        "The person is erased, but something still reads the server's files, so that traces are left in them; send the same "
          + "again to go on."
      )
    case .otherMode(let isRehearsal):
      .make(.failedPrecondition, "OTHER_MODE", Self.otherMode(isRehearsal))
    case .unknownValue(let table, let column):
      .make(
        .internalError,
        "UNKNOWN_VALUE",
        "The data has a value in \(table).\(column) that this version does not know; update the server, or read its data with the version that wrote it.",
        metadata: ["field": "\(table).\(column)"]
      )
    case .outOfSpace:
      .make(
        .resourceExhausted,
        "DISK_FULL",
        "The server's disk is full and nothing was written; make room, and it goes on by itself."
      )
    case .vanished:
      .make(
        .unavailable,
        "STORE_GONE",
        "The server's database file was deleted or replaced; nothing is recorded until it is back. The server's log says "
          + "more."
      )
    case .busy:
      .make(.unavailable, "STORE_BUSY", "The data is in use by another process; try again.")
    case .cancelled:
      .make(.unavailable, "SERVER_STOPPING", "The server is stopping; connect again and go on.")
    case .unsigned:
      .make(
        .internalError,
        "STORE_FAILED",
        "The server would not write a change without saying who made it; nothing was written."
      )
    case .failed where holdsForAll:
      .make(
        .unavailable,
        "STORE_UNUSABLE",
        "The server's disk or database file fails, and nothing is recorded until that is mended; its log says more."
      )
    case .failed:
      .make(.internalError, "STORE_FAILED", "The server could not read or write its data; its log says more.")
    }
  }

  /// What to do with data of the other mode.
  package static func otherMode(_ dataIsRehearsal: Bool) -> String {
    dataIsRehearsal
      ? "This data folder holds a rehearsal, and a real run must not mix with it. Start with --rehearse-at, or give "
        + "another folder with --data."
      : "This data folder holds real records, and a rehearsal must not mix with them. Rehearse in another folder."
  }
}
