import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  /// Writes a copy of a store into a new file, marked as data of a rehearsal, while others go on with it. Nothing is written
  /// to the store or beside it, and who has a token or a link for it has none for the copy.
  ///
  /// - Throws: `failed` where there is no store, a damaged one, or a file of the copy's name.
  package static func copyForRehearsal(_ act: Act, of original: String, to path: String) throws(StoreError) {
    guard makePrivateFile(path) else { throw .failed(.store, about: "cannot make the new file of the copy") }
    try StoreError.translating {
      // SQLite makes files beside one that it opens, and cannot where the folder may only be read.
      let isCopied = try copyFiles(of: original, to: path)
      let copy = try DatabaseQueue(path: path)
      if !isCopied { try DatabaseQueue(path: original, configuration: .readOnly("lanyard.original")).backup(to: copy) }
      try copy.read(checkIntegrity)
      // It may be of an earlier version.
      try Schema.migrator.migrate(copy)
      try copy.write { db in
        let session = SQLiteSession(db)
        _ = try Trail.transaction(session, act, of: .installation, .change) { trail in
          try SettingTable(session).becomeRehearsal(trail)
        }
      }
    }
  }

  /// Copies the file of a store and the log beside it; false where somebody writes to them meanwhile.
  private static func copyFiles(of original: String, to path: String) throws -> Bool {
    let names = ["", "-wal"]
    let before = names.map { state(of: original + $0) }
    for (name, state) in zip(names, before) where state != nil {
      if !name.isEmpty { makePrivateFile(path + name) }
      let (source, copy) = (FileHandle(forReadingAtPath: original + name), FileHandle(forWritingAtPath: path + name))
      guard let source, let copy else { throw StoreError.failed(.store, about: "it cannot be read") }
      while let part = try source.read(upToCount: 1 << 20), !part.isEmpty { try copy.write(contentsOf: part) }
      try copy.close()
    }
    if names.map({ state(of: original + $0) }) == before { return true }
    try FileManager.default.removeItem(atPath: path)
    // There is none where there was no log.
    try? FileManager.default.removeItem(atPath: path + "-wal")
    makePrivateFile(path)
    return false
  }

  /// What tells whether a file was written to; nil where there is none.
  private static func state(of path: String) -> [Int]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_ino)]
  }
}
