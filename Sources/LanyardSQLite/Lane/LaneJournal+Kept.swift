package import Foundation
import GRDB
package import LanyardStore

extension LaneJournal {
  /// One entry that the server will never take.
  package struct Refused: Sendable {
    package let entry: Entry
    /// In the server's words.
    package let reason: String
  }

  /// What a journal holds.
  package struct Holding: Sendable {
    package var waiting = 0
    package var refused = 0
    /// For which server and event its scans are, as those who wrote it say; nil in a file of an earlier version.
    package var origin: Data?
    /// The first entry that waits.
    package var first: Data?

    package static let nothing = Holding()
  }

  static let originNote = "origin"

  /// The entries that the server will never take, oldest first.
  package func refused(limit: Int) throws(StoreError) -> [Refused] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM refused ORDER BY \"order\" LIMIT ?", arguments: [limit]).map {
        Refused(entry: Entry($0), reason: $0["reason"])
      }
    }
  }

  /// Puts the refused entries back among those that wait, in the order in which they happened; returns how many.
  package func sendRefusedAgain() throws(StoreError) -> Int {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO entry ("order", content, wall, running, boot)
          SELECT "order", content, wall, running, boot FROM refused;
          DELETE FROM refused
          """
      )
      return db.changesCount
    }
  }

  /// Erases the refused entries, for good.
  package func eraseRefused() throws(StoreError) {
    try write { db in try db.execute(sql: "DELETE FROM refused") }
    try truncateLog()
  }

  /// Erases what waits, for good: it will never be on record.
  package func eraseWaiting() throws(StoreError) {
    try write { db in try db.execute(sql: "DELETE FROM entry") }
    try truncateLog()
  }

  /// Forgets everybody who is not in a scan that waits, for good.
  package func forgetPeople() throws(StoreError) {
    try eraseRefused()
    try eraseRoster()
  }

  /// For which server and event the journal's scans are, as those who wrote it say; nil where they did not.
  package func origin() throws(StoreError) -> Data? { try note(Self.originNote) }

  /// Writes down for which server and event the journal's scans are.
  package func keepOrigin(_ origin: Data) throws(StoreError) {
    if try note(Self.originNote) != origin { try keep(origin, as: Self.originNote) }
  }

  /// What waits in a file, whoever is writing to it now; nothing where it is no journal yet.
  package static func waiting(at path: String) throws(StoreError) -> [Entry] {
    try reading(path) { db in
      guard try db.tableExists("note") else { return [] }
      return try Row.fetchAll(db, sql: "SELECT * FROM entry ORDER BY \"order\"").map(Entry.init)
    }
  }

  /// What a file holds, whoever is writing to it now; nothing where it is no journal yet.
  package static func holding(at path: String) throws(StoreError) -> Holding {
    try reading(path) { db in
      guard try db.tableExists("note") else { return Holding() }
      return Holding(
        waiting: try Int.fetchOne(db, sql: "SELECT count(*) FROM entry") ?? 0,
        refused: try Int.fetchOne(db, sql: "SELECT count(*) FROM refused") ?? 0,
        origin: try note(originNote, db),
        first: try Data.fetchOne(db, sql: "SELECT content FROM entry ORDER BY \"order\" LIMIT 1")
      )
    }
  }

  private static func reading<Value>(_ path: String, _ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try StoreError.translating {
      try DatabaseQueue(path: path, configuration: .readOnly("lanyard.kept", patience: 2)).read(body)
    }
  }
}
