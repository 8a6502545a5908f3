import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  /// What a backup holds, found by reading all of it.
  package struct Backup: Sendable {
    package let standing: StoreStanding
    /// Whether its record holds; nil where it is of a version that kept none.
    package let verdict: AuditVerdict?
    package let bytes: Int
  }

  /// Copies a store, on which a server may run, into a new file of its owner's alone by SQLite's online backup: one
  /// consistent state, for which nobody waits. The copy is whole or not there, and is checked.
  ///
  /// - Parameter original: Is not changed, nor brought up to date where it is of an earlier version.
  /// - Throws: `failed` where there is no store, a damaged one, or something of the copy's name.
  package static func backUp(_ original: String, to path: String) throws(StoreError) -> Backup {
    try StoreError.translating {
      try writing(path) { copy in
        try DatabaseQueue(path: original, configuration: .readOnly("lanyard.original")).backup(to: copy)
      } check: { partial in
        try checkBackup(at: partial)
      }
    }
  }

  /// Puts a backup at the place of a store where there is none, brings it up to date, and names it anew: who has heard of
  /// more than it holds must not take that for what it says.
  ///
  /// - Throws: `failed` where the backup is no store or a damaged one, or there is something at the store's place.
  package static func restore(_ act: Act, _ backup: String, to path: String) throws(StoreError) {
    try StoreError.translating {
      try writing(path) { copy in
        try DatabaseQueue(path: backup, configuration: .readOnly("lanyard.backup")).backup(to: copy)
        try Schema.migrator.migrate(copy)
        try copy.write { db in
          let session = SQLiteSession(db)
          _ = try Trail.transaction(session, act, of: .installation, .change) { trail in
            try SettingTable(session).rename(trail)
          }
        }
      } check: { _ in
      }
    }
  }

  /// Reads all of a backup, and changes nothing.
  ///
  /// - Throws: `failed` where it is damaged or holds no store.
  package static func checkBackup(at path: String) throws(StoreError) -> Backup {
    try StoreError.translating {
      guard let standing = try standing(ofFileAt: path) else {
        throw StoreError.failed(.store, about: "it holds no store of Lanyard's")
      }
      let queue = try DatabaseQueue(path: path, configuration: .readOnly("lanyard.check"))
      try queue.read(checkIntegrity)
      try queue.close()
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      return Backup(standing: standing, verdict: try verify(fileAt: path), bytes: size ?? 0)
    }
  }

  /// - Throws: `failed` where the file is damaged.
  static func checkIntegrity(_ db: Database) throws {
    // A quick check finds faults of tables without row ids that there are not (SQLite 3.40).
    guard try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") == "ok" else {
      throw StoreError.failed(.store, about: "its file is damaged")
    }
  }

  /// Writes a database beside the place of a new file, which it takes when it is whole; so whoever is killed leaves nothing there,
  /// and what is left beside it is taken away by the next.
  ///
  /// - Parameter check: Gets the path of what is written.
  /// - Throws: `busy` where another program writes the same just now.
  private static func writing<Checked>(
    _ path: String,
    _ body: (DatabaseQueue) throws -> Void,
    check: (String) throws -> Checked
  ) throws -> Checked {
    let partial = try PartialStore(for: path)
    do {
      let copy = try DatabaseQueue(path: partial.path)
      try body(copy)
      // One file that can be carried away: what is copied says that it has a log beside it.
      try copy.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
      let checked = try check(partial.path)
      guard partial.take(path) else {
        throw StoreError.failed(.store, about: "\(path): \(String(cString: strerror(errno)))")
      }
      return checked
    } catch {
      partial.discard()
      throw error
    }
  }
}
