import GRDB
import LanyardDomain
import LanyardStore

extension StoreError {
  static func translating<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch {
      throw translated(error)
    }
  }

  /// The store's error for any error; SQLite's messages stay inside, since they may quote content.
  static func translated(_ error: any Error) -> StoreError {
    switch error {
    case let error as StoreError: return error
    case let error as InvalidInput: return .invalid(error)
    case let error as RegistrationRefused: return StoreError(error)
    case let error as RegistrationNotOpen: return .registrationNotOpen(error)
    case let error as NotJoinable: return .notJoinable(error)
    case let error as BadgeRefused: return StoreError(error)
    case let error as BookedOut: return .bookedOut(error)
    case let error as DeviceRefused: return StoreError(error)
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_FULL: return .outOfSpace
      // A full disk also shows as a file that cannot grow.
      case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return .outOfSpace
      case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
      default:
        let about = "SQLite \(error.extendedResultCode.rawValue)\(error.message.map { ": " + $0 } ?? "")"
        return .failed(StoreFault(error.resultCode), about: about)
      }
    case is CancellationError: return .cancelled
    default: return .failed(.programmer, about: "\(type(of: error))")
    }
  }
}

extension StoreFault {
  /// How far what SQLite says reaches, by its primary code.
  init(_ code: ResultCode) {
    switch code {
    case .SQLITE_TOOBIG, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_RANGE: self = .row
    case .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_CANTOPEN, .SQLITE_NOTADB: self = .store
    case .SQLITE_ERROR, .SQLITE_MISUSE: self = .programmer
    default: self = .transaction
    }
  }
}
