import Foundation
import GRDB
package import LanyardDomain

extension SQLiteStore {
  /// Writes a copy of a store into a new file, marked as data of a rehearsal, while others go on with it. Nothing is written
  /// to the store or beside it, and who has a token or a link for it has none for the copy.
  ///
  /// - Throws: `failed` where there is no store, a damaged one, or a file of the copy's name.
  package static func copyForRehearsal(_ act: Act, of original: String, to path: String) throws(StoreError) {
    guard makePrivateFile(path) else { throw .failed(code: -1, about: "cannot make the new file of the copy") }
    try StoreError.translating {
      // SQLite makes files beside one that it opens, and cannot where the folder may only be read.
      let isCopied = try copyClosed(original, to: path)
      let copy = try DatabaseQueue(path: path)
      if !isCopied { try DatabaseQueue(path: original, configuration: .readOnly("lanyard.original")).backup(to: copy) }
      // It may be of an earlier version.
      try Schema.migrator.migrate(copy)
      try copy.write { db in
        let tokens = try Int.fetchOne(db, sql: "SELECT count(*) FROM token") ?? 0
        try Trail.write(db, act, .storeCopied(tokensRemoved: tokens)) { db in
          try db.execute(
            sql: "INSERT OR REPLACE INTO setting VALUES ('mode', ?)",
            arguments: [Mode.rehearsal.rawValue]
          )
          try db.execute(sql: "DELETE FROM personal_link")
          try db.execute(sql: "DELETE FROM token")
        }
      }
    }
  }

  /// Copies the file of a store that nobody has open; false where somebody has, or opens it meanwhile.
  private static func copyClosed(_ original: String, to path: String) throws -> Bool {
    guard let before = closedFile(original) else { return false }
    let (source, copy) = (FileHandle(forReadingAtPath: original), FileHandle(forWritingAtPath: path))
    guard let source, let copy else { throw StoreError.failed(code: -1, about: "cannot read the store") }
    while let part = try source.read(upToCount: 1 << 20), !part.isEmpty { try copy.write(contentsOf: part) }
    let isWhole = closedFile(original) == before
    if !isWhole { try copy.truncate(atOffset: 0) }
    try copy.close()
    return isWhole
  }

  /// Size and time of the last change of a store's file that has no log beside it: what is written to it goes there first.
  private static func closedFile(_ path: String) -> [Int]? {
    var status = stat()
    guard access(path + "-wal", F_OK) != 0, stat(path, &status) == 0 else { return nil }
    return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_ino)]
  }
}
