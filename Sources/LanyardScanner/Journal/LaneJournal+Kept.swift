package import Foundation
import GRDB
import LanyardAPI
import SwiftProtobuf

extension LaneJournal {
  static let originNote = "origin"

  /// The entries that the server will never take, oldest first.
  package func refused(limit: Int) throws(JournalError) -> [RefusedEntry] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM refused ORDER BY \"order\" LIMIT ?", arguments: [limit]).map {
        RefusedEntry(entry: JournalEntry($0), reason: KeptReason($0))
      }
    }
  }

  /// Puts the refused entries back among those that wait, in the order in which they happened; returns how many.
  package func sendRefusedAgain() throws(JournalError) -> Int {
    let count = try write { db in
      try db.execute(
        sql: """
          INSERT INTO entry ("order", content, wall, running, boot)
          SELECT "order", content, wall, running, boot FROM refused;
          DELETE FROM refused
          """
      )
      return db.changesCount
    }
    try mark()
    return count
  }

  /// Erases the refused entries, for good.
  package func eraseRefused() throws(JournalError) {
    try write { db in try db.execute(sql: "DELETE FROM refused") }
    try truncateLog()
  }

  /// Erases what waits, for good: it will never be on record.
  package func eraseWaiting() throws(JournalError) {
    try write { db in try db.execute(sql: "DELETE FROM entry") }
    try mark()
    try truncateLog()
  }

  /// Forgets everybody who is not in a scan that waits, for good. That the lane stands in a rehearsal stays known, and what
  /// time it is there, so that its screen says so to the end.
  package func forgetPeople() throws(JournalError) {
    let known = try roster()
    // A plan that cannot be read is of nothing that the screen said.
    let plan = known.plan.flatMap { try? Lanyard_V1_RosterPlan(serializedBytes: $0) }
    try eraseRefused()
    try eraseRoster(inRehearsal: plan?.rehearsal ?? known.wasRehearsal, zone: plan?.event.timeZone ?? known.zone)
  }

  /// For which server and event the journal's scans are, as those who wrote it say; nil where they did not.
  package func origin() throws(JournalError) -> Data? { try note(Self.originNote) }

  /// Writes down for which server and event the journal's scans are.
  package func keepOrigin(_ origin: Data) throws(JournalError) {
    if try note(Self.originNote) != origin { try keep(origin, as: Self.originNote) }
  }

  /// What waits in a file after an entry of it, whoever is writing to it now; nothing where it is no journal yet.
  package static func waiting(at path: String, after order: Int64) throws(JournalError) -> [JournalEntry] {
    try reading(path) { db in
      guard try db.tableExists("note") else { return [] }
      let sql = "SELECT * FROM entry WHERE \"order\" > ? ORDER BY \"order\""
      return try Row.fetchAll(db, sql: sql, arguments: [order]).map(JournalEntry.init)
    }
  }

  /// What a file holds, whoever is writing to it now; nothing where it is no journal yet.
  package static func holding(at path: String) throws(JournalError) -> JournalHolding {
    try reading(path) { db in
      guard try db.tableExists("note") else { return JournalHolding() }
      return JournalHolding(
        waiting: try Int.fetchOne(db, sql: "SELECT count(*) FROM entry") ?? 0,
        refused: try Int.fetchOne(db, sql: "SELECT count(*) FROM refused") ?? 0,
        origin: try note(originNote, db),
        first: try Data.fetchOne(db, sql: "SELECT content FROM entry ORDER BY \"order\" LIMIT 1"),
        last: try lastNumber(db)
      )
    }
  }

  static func reading<Value>(_ path: String, _ body: (Database) throws -> Value) throws(JournalError) -> Value {
    try JournalError.translating {
      var configuration = Configuration()
      configuration.label = "lanyard.kept"
      configuration.readonly = true
      configuration.busyMode = .timeout(2)
      return try DatabaseQueue(path: path, configuration: configuration).read(body)
    }
  }
}

extension KeptReason {
  /// From a row of `refused`.
  init(_ row: Row) {
    let isDamaged: Bool = row["is_damaged"]
    guard !isDamaged else {
      self = .damaged
      return
    }
    // Where a damaged file has no message any more, its text stands beside it.
    let error = (row["error"] as Data?).flatMap { try? Lanyard_V1_ScanError(serializedBytes: $0) }
    self = error.map(KeptReason.refused) ?? .told(row["reason"])
  }
}
