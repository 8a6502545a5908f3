package import GRPCCore

/// Why the service fails a call or a scan, as `google.rpc.ErrorInfo` and `ScanError` have it. `proto/README.md` says what each
/// is for.
package enum ErrorReason: String, CaseIterable, Sendable {
  /// The `domain` of every `google.rpc.ErrorInfo` of the service.
  package static let domain = "lanyard.v1"

  case invalidField = "INVALID_FIELD"
  case requestIDReused = "REQUEST_ID_REUSED"
  case scanIDReused = "SCAN_ID_REUSED"
  case tokenMissing = "TOKEN_MISSING"
  case tokenRefused = "TOKEN_REFUSED"
  case deviceUnknown = "DEVICE_UNKNOWN"
  case deviceRevoked = "DEVICE_REVOKED"
  case deviceCertificateExpired = "DEVICE_CERTIFICATE_EXPIRED"
  case enrolmentCodeRefused = "ENROLMENT_CODE_REFUSED"
  case profileNotAllowed = "PROFILE_NOT_ALLOWED"
  case placeNotAllowed = "PLACE_NOT_ALLOWED"
  case supervisorNeeded = "SUPERVISOR_NEEDED"
  case searchNotAllowed = "SEARCH_NOT_ALLOWED"
  case undoRefused = "UNDO_REFUSED"
  case roleNotAllowed = "ROLE_NOT_ALLOWED"
  case eventNotAllowed = "EVENT_NOT_ALLOWED"
  case participantNotAllowed = "PARTICIPANT_NOT_ALLOWED"
  case notYours = "NOT_YOURS"
  case notFound = "NOT_FOUND"
  case alreadyRegistered = "ALREADY_REGISTERED"
  case registrationRejected = "REGISTRATION_REJECTED"
  case registrationNotOpen = "REGISTRATION_NOT_OPEN"
  case verificationUnknown = "VERIFICATION_UNKNOWN"
  case notJoinable = "NOT_JOINABLE"
  case noPlace = "NO_PLACE"
  case bookedOut = "BOOKED_OUT"
  case takesNoBookings = "TAKES_NO_BOOKINGS"
  case eventInUse = "EVENT_IN_USE"
  case importQuestioned = "IMPORT_QUESTIONED"
  case wrongState = "WRONG_STATE"
  case notConfirmed = "NOT_CONFIRMED"
  case badgeRevoked = "BADGE_REVOKED"
  case badgeNotActive = "BADGE_NOT_ACTIVE"
  case mailEnded = "MAIL_ENDED"
  case ownCodeUnknown = "OWN_CODE_UNKNOWN"
  case badgeNotPrintable = "BADGE_NOT_PRINTABLE"
  case keysLocked = "KEYS_LOCKED"
  case keySigns = "KEY_SIGNS"
  case keyInUse = "KEY_IN_USE"
  case fontsMissing = "FONTS_MISSING"
  case cursorUnknown = "CURSOR_UNKNOWN"
  case personErased = "PERSON_ERASED"
  case missedExitNotAllowed = "MISSED_EXIT_NOT_ALLOWED"
  case scanTakenBack = "SCAN_TAKEN_BACK"
  case deviceEnded = "DEVICE_ENDED"
  case enrolmentCodeUsed = "ENROLMENT_CODE_USED"
  case noDeviceAuthority = "NO_DEVICE_AUTHORITY"
  case otherMode = "OTHER_MODE"
  case etagMismatch = "ETAG_MISMATCH"
  case diskFull = "DISK_FULL"
  case tooManyAttempts = "TOO_MANY_ATTEMPTS"
  case tooManyRequests = "TOO_MANY_REQUESTS"
  case tooManyWatches = "TOO_MANY_WATCHES"
  case tooManySearches = "TOO_MANY_SEARCHES"
  case searchesBusy = "SEARCHES_BUSY"
  case tooManyConnections = "TOO_MANY_CONNECTIONS"
  case requestTooLarge = "REQUEST_TOO_LARGE"
  case headersTooLarge = "HEADERS_TOO_LARGE"
  case tooManyWaiting = "TOO_MANY_WAITING"
  case messagesNotCompressed = "MESSAGES_NOT_COMPRESSED"
  case deadlineExceeded = "DEADLINE_EXCEEDED"
  case callCancelled = "CALL_CANCELLED"
  case keyChanged = "KEY_CHANGED"
  case serverStopping = "SERVER_STOPPING"
  case deviceChanged = "DEVICE_CHANGED"
  case erasureUnfinished = "ERASURE_UNFINISHED"
  case readerTooSlow = "READER_TOO_SLOW"
  case storeGone = "STORE_GONE"
  case storeUnusable = "STORE_UNUSABLE"
  case storeBusy = "STORE_BUSY"
  case storeFailed = "STORE_FAILED"
  case unknownValue = "UNKNOWN_VALUE"
  case certificateNotIssued = "CERTIFICATE_NOT_ISSUED"
  case methodWithoutPlace = "METHOD_WITHOUT_PLACE"
  case unexpected = "UNEXPECTED"

  /// The one status that the reason goes with.
  package var code: RPCError.Code {
    switch self {
    case .invalidField, .requestIDReused, .scanIDReused:
      .invalidArgument
    case .tokenMissing, .tokenRefused, .deviceUnknown, .deviceRevoked, .deviceCertificateExpired,
      .enrolmentCodeRefused:
      .unauthenticated
    case .profileNotAllowed, .placeNotAllowed, .supervisorNeeded, .searchNotAllowed, .undoRefused, .roleNotAllowed,
      .eventNotAllowed, .participantNotAllowed, .notYours:
      .permissionDenied
    case .notFound, .ownCodeUnknown, .verificationUnknown:
      .notFound
    case .alreadyRegistered:
      .alreadyExists
    case .registrationRejected, .registrationNotOpen, .notJoinable, .noPlace, .bookedOut, .takesNoBookings, .eventInUse,
      .importQuestioned, .wrongState,
      .notConfirmed,
      .badgeRevoked, .badgeNotActive, .mailEnded, .badgeNotPrintable, .keysLocked, .keySigns, .keyInUse, .fontsMissing,
      .cursorUnknown, .personErased, .missedExitNotAllowed, .scanTakenBack, .deviceEnded, .enrolmentCodeUsed,
      .noDeviceAuthority, .otherMode:
      .failedPrecondition
    case .etagMismatch:
      .aborted
    case .diskFull, .tooManyAttempts, .tooManyRequests, .tooManyWatches, .tooManySearches, .searchesBusy,
      .tooManyConnections,
      .requestTooLarge, .headersTooLarge, .tooManyWaiting:
      .resourceExhausted
    case .messagesNotCompressed:
      .unimplemented
    case .deadlineExceeded:
      .deadlineExceeded
    case .callCancelled:
      .cancelled
    case .keyChanged, .serverStopping, .deviceChanged, .erasureUnfinished, .readerTooSlow, .storeGone, .storeUnusable,
      .storeBusy:
      .unavailable
    case .storeFailed, .unknownValue, .certificateNotIssued, .methodWithoutPlace, .unexpected:
      .internalError
    }
  }
}
