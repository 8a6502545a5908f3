/// How far a fault of the store's own reaches. Each engine says so of its codes, in a file of its own.
package enum StoreFault: Hashable, Sendable {
  /// A row was refused, or could not be read; the next one may be.
  case row
  /// The transaction came to nothing; the next one may not.
  case transaction
  /// The file, the disk or the connection: whatever is tried next meets it as well.
  case store
  /// The program did what it must not do; it is not tried again.
  case programmer
}

extension StoreError {
  /// How far it reaches; nil where it is no fault of the store's, but an answer to what was asked.
  package var reach: StoreFault? {
    switch self {
    case .failed(let fault, _): fault
    case .unknownValue: .row
    case .busy: .transaction
    case .outOfSpace, .vanished: .store
    case .unsigned: .programmer
    case .invalid, .notFound, .alreadyRegistered, .rejectedBefore, .decisionNeeded, .registrationNotOpen, .notJoinable,
      .noPlace,
      .bookedOut,
      .takesNoBookings,
      .eventInUse, .importQuestioned, .stepRefused, .etagMismatch, .requestIDReused, .badgeNotActive, .mailEnded,
      .keySigns,
      .keyInUse,
      .keyChanged, .undoRefused,
      .enrolmentCodeRefused, .enrolmentCodeWithdrawn, .enrolmentCodeUsed, .deviceEnded, .deviceRevoked, .notConfirmed,
      .erased,
      .erasureUnfinished, .otherMode, .cancelled:
      nil
    }
  }

  /// Whether a row was refused, or could not be read: not the file, the disk or the transaction as a whole.
  package var isOfOneRow: Bool { reach == .row }

  /// Whether the next change could not be recorded either: the fault is of the disk or the file, not of the change.
  package var holdsForAll: Bool { reach == .store }
}
