package import Foundation
import GRDB
import Glibc
package import LanyardDomain
import SwiftProtobuf
import Synchronization

/// What a lane keeps on its device, in one SQLite file: the scans that it answered by itself until they are uploaded,
/// the roster with its cursor, and how its clock stands to the server's. A scan that is appended survives `kill -9` and a
/// power cut.
package final class LaneJournal: Sendable {
  private let queue: DatabaseQueue
  /// Up to which number it says beside the file that scans wait; 0 where it says that none does, nil where that is not known.
  private let marked = Mutex<Int64?>(nil)

  /// Opens the file, and makes it where there is none.
  package init(path: String) throws(JournalError) {
    queue = try JournalError.translating {
      var configuration = Configuration()
      configuration.label = "lanyard.lane"
      // Another process may count what waits, which takes a moment.
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // A badge's code opens what is sealed of its bearer: nothing of it stays in what was deleted.
        try db.execute(sql: "PRAGMA secure_delete = ON")
      }
      Self.makePrivateFile(path)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try Self.migrator.migrate(queue)
      return queue
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 first form") { db in
      try db.execute(
        sql: """
          CREATE TABLE entry (
            "order" INTEGER PRIMARY KEY AUTOINCREMENT,
            content BLOB NOT NULL,
            wall INTEGER NOT NULL,
            running INTEGER NOT NULL,
            boot TEXT NOT NULL
          ) STRICT;
          CREATE TABLE refused (
            "order" INTEGER PRIMARY KEY,
            content BLOB NOT NULL,
            reason TEXT NOT NULL
          ) STRICT;
          CREATE TABLE badge (serial INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
          CREATE TABLE presence (
            registration TEXT NOT NULL,
            checkpoint TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (registration, checkpoint)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE note (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;
          """
      )
    }
    migrator.registerMigration("2 when what was refused happened") { db in
      try db.execute(
        sql: """
          ALTER TABLE refused ADD COLUMN wall INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE refused ADD COLUMN running INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE refused ADD COLUMN boot TEXT NOT NULL DEFAULT '';
          """
      )
    }
    migrator.registerMigration("3 why something was refused") { db in
      // The word stood where the server's texts stand.
      try db.execute(
        sql: """
          ALTER TABLE refused ADD COLUMN error BLOB;
          ALTER TABLE refused ADD COLUMN is_damaged INTEGER NOT NULL DEFAULT 0;
          UPDATE refused SET is_damaged = 1, reason = '' WHERE reason = 'damaged';
          """
      )
    }
    return migrator
  }

  package var path: String { queue.path }

  /// Says beside the file up to which number scans wait in it, where that has changed; nil says that none does.
  private func mark(upTo last: Int64?) {
    marked.withLock { marked in
      guard marked != last ?? 0 else { return }
      WaitingMark.set(last, of: path)
      marked = last ?? 0
    }
  }

  /// Says beside the file how it stands.
  func mark() throws(JournalError) {
    let last = try read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM entry") == 0 ? nil : try Self.lastNumber(db)
    }
    mark(upTo: last)
  }

  /// The highest number that an entry was ever given.
  static func lastNumber(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'entry'") ?? 0
  }

  /// Makes an empty file that only its owner may read, where there is none: codes and notes lie in it.
  private static func makePrivateFile(_ path: String) {
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
    try JournalError.translating { try queue.read(body) }
  }

  /// Ends the use of the file, which has all by itself then: nothing of it lies beside it any more.
  package func close() throws(JournalError) {
    try truncateLog()
    try JournalError.translating { try queue.close() }
  }

  /// Gives the file another name, and ends the use of this one.
  package func move(to path: String) throws(JournalError) {
    let old = self.path
    try close()
    try JournalError.translating { try FileManager.default.moveItem(atPath: old, toPath: path) }
  }

  /// Writes the file anew, without what was deleted.
  func vacuum() throws(JournalError) {
    try JournalError.translating { try queue.vacuum() }
    try truncateLog()
  }

  /// Takes what the write-ahead log holds into the file, and empties it.
  func truncateLog() throws(JournalError) {
    try JournalError.translating {
      try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
    try JournalError.translating { try queue.write(body) }
  }
}

extension LaneJournal {
  /// Writes a scan down; it is on disk before this returns.
  ///
  /// - Returns: Its number.
  @discardableResult
  package func append(_ content: Data, at moment: DeviceMoment) throws(JournalError) -> Int64 {
    let order = try write { db in
      try db.execute(
        sql: "INSERT INTO entry (content, wall, running, boot) VALUES (?, ?, ?, ?)",
        arguments: [content, moment.wall.microseconds, moment.running.microseconds, moment.boot]
      )
      return db.lastInsertedRowID
    }
    mark(upTo: order)
    return order
  }

  /// The first entries that wait to be uploaded.
  package func waiting(limit: Int) throws(JournalError) -> [JournalEntry] {
    try read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT * FROM entry ORDER BY \"order\" LIMIT ?", arguments: [limit])
      return rows.map(JournalEntry.init)
    }
  }

  /// How many entries wait to be uploaded.
  package func waitingCount() throws(JournalError) -> Int {
    try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM entry") ?? 0 }
  }

  /// Takes entries out that the server has, and sets those aside that it will never take, each with its reason. Nothing of
  /// those taken out is left in the file once none waits.
  package func settle(_ orders: [Int64], refused: [Int64: KeptReason]) throws(JournalError) {
    try write { db in
      for (order, reason) in refused {
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO refused ("order", content, reason, error, is_damaged, wall, running, boot)
            SELECT "order", content, ?, ?, ?, wall, running, boot FROM entry WHERE "order" = ?
            """,
          arguments: [
            reason.text, try reason.error.map { try $0.serializedBytes() as Data }, reason == .damaged, order,
          ]
        )
      }
      for order in orders + refused.keys {
        try db.execute(sql: "DELETE FROM entry WHERE \"order\" = ?", arguments: [order])
      }
    }
    guard try waitingCount() == 0 else { return }
    mark(upTo: nil)
    try truncateLog()
  }
}

extension JournalEntry {
  init(_ row: Row) {
    self.init(
      order: row["order"],
      content: row["content"],
      moment: DeviceMoment(
        wall: Instant(microseconds: row["wall"]),
        running: Instant(microseconds: row["running"]),
        boot: row["boot"]
      )
    )
  }
}
