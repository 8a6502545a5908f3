import Foundation
import LanyardServer
import LanyardStore

extension DataFolder {
  /// Writes down how far the folder's store is, whole or not at all.
  func write(_ note: StoreNote) throws { try Self.write(try note.text(), to: storeNote) }

  /// Compares the files of the folder with what is noted of them, and changes nothing.
  ///
  /// - Parameter standing: Reads how far the store in a file is; nil where the file holds none.
  /// - Throws: `StoreLoss`; `StoreError` where the store cannot be read.
  func checkStore(_ standing: (String) throws -> StoreStanding?) throws {
    guard let note = try StoreNote.read(at: storeNote) else { return }
    try StoreLoss.check(note, size: try size(of: database)) { try standing(database) }
  }

  /// Whether a server ended without closing the store, as after a power cut, and the store's log is not there, which
  /// holds what was recorded last. Another program that had the store open meanwhile may have taken it in.
  var logIsMissing: Bool {
    guard case .success(let note?) = Result(catching: { try StoreNote.read(at: storeNote) }) else { return false }
    let files = FileManager.default
    return note.isOpen && files.fileExists(atPath: database) && !files.fileExists(atPath: databaseLog)
  }

  /// Bytes of a file; nil where there is none.
  private func size(of path: String) throws -> Int? {
    do {
      return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
      return nil
    }
  }
}

extension StoreLoss {
  /// What is wrong with the store of a folder.
  func difference(in folder: DataFolder) -> String {
    let database = folder.database
    func before(_ note: StoreNote) -> String { "change \(note.sequence) on \(note.noted.formatted(.iso8601))" }
    return switch self {
    case .noteUnreadable(let cause):
      "\(folder.storeNote) cannot be read, so it is not known whether something of the store was lost: \(cause)"
    case .gone(let note): "\(database) is gone; it was at \(before(note))"
    case .empty(let note): "\(database) is empty; it was at \(before(note))"
    case .noStore(let note): "\(database) holds no store of Lanyard's; it was at \(before(note))"
    case .another(let note): "\(database) is another store than the one that was here, which was at \(before(note))"
    case .behind(let note, let sequence):
      "\(database) is at change \(sequence), and was at \(before(note)): \(note.sequence - sequence) changes are missing "
        + "(each scan is one). It is an older copy, or its log \(folder.databaseLog) was lost"
    }
  }

  /// What is wrong, and how to go on.
  func failure(in folder: DataFolder) -> CommandFailure {
    let first = canBeAccepted ? "" : "move that file away and "
    return .unreachable(
      """
      lanyard: \(difference(in: folder)).
      Put the right files back, the database and its -wal together; or, to go on with what is there and without what is \
      missing, \(first)start once with `lanyard serve --accept-loss`.
      """
    )
  }
}
