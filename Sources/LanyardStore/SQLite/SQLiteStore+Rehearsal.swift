import GRDB
package import LanyardDomain

extension SQLiteStore {
  /// Writes a copy of a store into a new file, marked as data of a rehearsal, while others go on with it. Nothing is written
  /// to the store, and who has a token for it has none for the copy.
  ///
  /// - Throws: `failed` where there is no store, or a file of the copy's name.
  package static func copyForRehearsal(_ act: Act, of original: String, to path: String) throws(StoreError) {
    guard makePrivateFile(path) else { throw .failed(code: -1, about: "cannot make the new file of the copy") }
    try StoreError.translating {
      let copy = try DatabaseQueue(path: path)
      try DatabaseQueue(path: original, configuration: .readOnly("lanyard.original")).backup(to: copy)
      try copy.write { db in
        let tokens = try Int.fetchOne(db, sql: "SELECT count(*) FROM token") ?? 0
        try Trail.write(db, act, .storeCopied(tokensRemoved: tokens)) { db in
          try db.execute(
            sql: "INSERT OR REPLACE INTO setting VALUES ('mode', ?)",
            arguments: [Mode.rehearsal.rawValue]
          )
          try db.execute(sql: "DELETE FROM token")
        }
      }
    }
  }
}
