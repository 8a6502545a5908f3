package import Foundation
import GRDB
import LanyardDomain

extension LaneJournal {
  /// Takes in changes, all or none.
  package func apply(_ changes: [RosterChange]) throws(JournalError) {
    try write { db in
      for change in changes { try Self.apply(change, db) }
    }
  }

  package func roster() throws(JournalError) -> StoredRoster {
    try read { db in
      var roster = try Self.heading(db)
      roster.badges = try Data.fetchAll(db, sql: "SELECT content FROM badge")
      roster.presences = try Data.fetchAll(db, sql: "SELECT content FROM presence")
      roster.wasRehearsal = try Self.note(Self.rehearsalNote, db) != nil
      roster.zone = try Self.note(Self.zoneNote, db).map { String(decoding: $0, as: UTF8.self) }
      return roster
    }
  }

  /// Takes in what is left of people who were erased, in place of what was known of them, for good.
  ///
  /// - Parameters:
  ///   - badges: What is left of their badges, by serial.
  ///   - rewriting: Gives what is left of an entry that waits or was refused; nil where it stays as it is.
  /// - Throws: `JournalError`, also where an entry cannot be rewritten; then nothing is changed.
  package func forget(_ badges: [UInt64: Data], rewriting: (Data) throws -> Data?) throws(JournalError) {
    try write { db in
      for (serial, content) in badges {
        try db.execute(
          sql: "UPDATE badge SET content = ? WHERE serial = ?",
          arguments: [content, Int64(bitPattern: serial)]
        )
      }
      for table in ["entry", "refused"] {
        for row in try Row.fetchAll(db, sql: "SELECT \"order\", content FROM \(table)") {
          guard let content = try rewriting(row[1]) else { continue }
          try db.execute(
            sql: "UPDATE \(table) SET content = ? WHERE \"order\" = ?",
            arguments: [content, row[0] as Int64]
          )
        }
      }
    }
    try truncateLog()
  }

  /// Forgets everybody, for good: the file is written anew so that nothing of it is left in free pages.
  ///
  /// - Parameters:
  ///   - isRehearsal: Whether it stays known that the lane stands in a rehearsal.
  ///   - zone: The event's time zone, where that stays known.
  package func eraseRoster(inRehearsal isRehearsal: Bool = false, zone: String? = nil) throws(JournalError) {
    try write { db in
      try Self.apply(.begin, db)
      if isRehearsal { try Self.keep(Data(), as: Self.rehearsalNote, db) }
      if let zone { try Self.keep(Data(zone.utf8), as: Self.zoneNote, db) }
    }
    try vacuum()
  }

  /// A note that survives the process, such as how the clock stands.
  package func note(_ name: String) throws(JournalError) -> Data? { try read { db in try Self.note(name, db) } }

  package func keep(_ content: Data, as name: String) throws(JournalError) {
    try write { db in try Self.keep(content, as: name, db) }
  }

  private static func apply(_ change: RosterChange, _ db: Database) throws {
    switch change {
    case .begin:
      try db.execute(sql: "DELETE FROM badge; DELETE FROM presence; DELETE FROM note WHERE name IN ('plan', 'cursor')")
      try db.execute(sql: "DELETE FROM note WHERE name IN (?, ?, ?)", arguments: [rehearsalNote, zoneNote, heardNote])
    case .plan(let plan): try keep(plan, as: "plan", db)
    case .cursor(let cursor): try keep(Data(cursor.utf8), as: "cursor", db)
    case .heard(let moment): try keep(Data(String(moment.microseconds).utf8), as: heardNote, db)
    case .badge(let serial, let content):
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO badge VALUES (?, ?)").execute(
        arguments: [Int64(bitPattern: serial), content]
      )
    case .presence(let registration, let checkpoint, let content?):
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO presence VALUES (?, ?, ?)").execute(
        arguments: [registration, checkpoint, content]
      )
    case .presence(let registration, let checkpoint, nil):
      try db.cachedStatement(sql: "DELETE FROM presence WHERE registration = ? AND checkpoint = ?").execute(
        arguments: [registration, checkpoint]
      )
    }
  }

  private static let rehearsalNote = "rehearsal"
  private static let zoneNote = "zone"
  private static let heardNote = "heard"

  /// The plan, and how far all is known.
  static func heading(_ db: Database) throws -> StoredRoster {
    var roster = StoredRoster()
    roster.plan = try note("plan", db)
    roster.cursor = try note("cursor", db).map { String(decoding: $0, as: UTF8.self) } ?? ""
    roster.heard = try heard(db)
    return roster
  }

  private static func heard(_ db: Database) throws -> Instant? {
    try note(heardNote, db).flatMap { Int64(String(decoding: $0, as: UTF8.self)) }.map { Instant(microseconds: $0) }
  }

  static func note(_ name: String, _ db: Database) throws -> Data? {
    try Data.fetchOne(db, sql: "SELECT content FROM note WHERE name = ?", arguments: [name])
  }

  private static func keep(_ content: Data, as name: String, _ db: Database) throws {
    try db.execute(sql: "INSERT OR REPLACE INTO note VALUES (?, ?)", arguments: [name, content])
  }
}
