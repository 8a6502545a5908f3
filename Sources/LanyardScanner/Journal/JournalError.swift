import GRDB
package import LanyardTexts

/// Why a device could not keep something, or read what it kept.
package enum JournalError: SpokenError, Equatable {
  /// The disk has no room; nothing was written.
  case outOfSpace
  /// Another process uses the file for too long; nothing was written.
  case busy
  /// The disk's or the file's own fault: the code of SQLite or of the system, and what it is about; no content of rows.
  case failed(code: Int32, about: String)
  /// A newer version wrote it: the field has a value that this one does not know.
  case unknownValue(field: String)

  /// Whether the file itself is at fault, so that trying again does not help.
  var isDamage: Bool { if case .failed = self { true } else { false } }

  /// Stands after a colon.
  package var sentence: Sentence {
    switch self {
    case .outOfSpace: Sentence(.laneDiskFull)
    case .busy: Sentence(.laneJournalBusy)
    case .failed(_, let about): .told(about)
    case .unknownValue(let field): Sentence(.laneJournalNeedsUpdate, ["field": .text(field)])
    }
  }
}

extension JournalError {
  static func translating<Value>(_ body: () throws -> Value) throws(JournalError) -> Value {
    do {
      return try body()
    } catch {
      throw translated(error)
    }
  }

  private static func translated(_ error: any Error) -> JournalError {
    switch error {
    case let error as JournalError: return error
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_FULL: return .outOfSpace
      // A full disk also shows as a file that cannot grow.
      case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return .outOfSpace
      case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
      default: return .failed(code: error.extendedResultCode.rawValue, about: error.message ?? "\(error.resultCode)")
      }
    default: return .failed(code: -1, about: "\(error)")
    }
  }
}
