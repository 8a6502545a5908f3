package import LanyardDomain

/// How far a store's data is, for comparing it with what is known outside of the store.
package struct StoreStanding: Equatable, Sendable {
  /// Names the data: that of another store has another name.
  package let store: String
  /// Number of the last change. It only ever grows.
  package let sequence: Int64

  package init(store: String, sequence: Int64) {
    self.store = store
    self.sequence = sequence
  }
}

/// What a store says of itself.
package protocol StandingStore: Sendable {
  func standing() async throws(StoreError) -> StoreStanding
  /// Finds out whether changes can be recorded; writes only where there is a reason to doubt it.
  ///
  /// - Throws: Why they cannot.
  func checkRecording(at now: Instant) async throws(StoreError)
}

extension StoreError {
  /// Whether a row was refused, or could not be read: not the file, the disk or the transaction as a whole.
  package var isOfOneRow: Bool {
    switch self {
    case .unknownValue: true
    // SQLite's TOOBIG, CONSTRAINT, MISMATCH and RANGE; the lowest byte is the kind.
    case .failed(let code, _): code == -1 || [18, 19, 20, 25].contains(code & 0xFF)
    default: false
    }
  }

  /// Whether the next change could not be recorded either: the fault is of the disk or the file, not of the change.
  package var holdsForAll: Bool {
    switch self {
    case .outOfSpace, .vanished: true
    // SQLite's READONLY, IOERR, CORRUPT, CANTOPEN and NOTADB; the lowest byte is the kind.
    case .failed(let code, _): [8, 10, 11, 14, 26].contains(code & 0xFF)
    default: false
    }
  }
}
