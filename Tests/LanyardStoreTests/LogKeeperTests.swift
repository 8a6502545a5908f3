import Foundation
import GRDB
import LanyardTesting
import Testing

@testable import LanyardSQLite

@Suite("The log of the file")
struct LogKeeperTests {
  private static let (turn, limit) = (10, 80)

  @Test("Is taken into the file while others write, and begins anew once it is long")
  func beginsAnew() throws {
    try Self.withFile { path, file, keeper in
      try Self.commit(40 * Self.limit, file, keeper)
      #expect(try Self.pages(ofLogOf: path) < 2 * Self.limit)
      // The file alone, as whoever copies only it would have it, lacks no more than is in the log.
      #expect(try Self.rows(ofFileAlone: path) > 38 * Self.limit)
    }
  }

  @Test("Begins anew also where each commit is longer than a turn")
  func longCommits() throws {
    try Self.withFile { path, file, keeper in
      let pages = 3 * Self.turn
      for _ in 0..<200 {
        try file.write { db in
          for _ in 0..<pages { try db.execute(sql: "INSERT INTO page VALUES (zeroblob(4000))") }
        }
        keeper.connection.inDatabase { _ in }
      }
      // The header of each page is more than its share, and a commit has pages of the index too.
      #expect(try Self.pages(ofLogOf: path) < LogKeeper.excess * Self.limit + 3 * pages)
      #expect(try Self.rows(ofFileAlone: path) > 200 * pages - 2 * LogKeeper.excess * Self.limit)
    }
  }

  @Test("Grows while somebody reads what was before, and begins anew afterwards")
  func reader() throws {
    try Self.withFile { path, file, keeper in
      try Self.commit(Self.limit / 2, file, keeper)
      let reader = try DatabaseQueue(path: path)
      try reader.inDatabase { db in
        try db.execute(sql: "BEGIN; SELECT count(*) FROM page")
        try Self.commit(4 * Self.limit, file, keeper)
        #expect(try Self.pages(ofLogOf: path) >= 4 * Self.limit)
        try db.execute(sql: "COMMIT")
      }
      try Self.commit(2 * Self.turn, file, keeper)
      let longest = try Self.pages(ofLogOf: path)
      try Self.commit(20 * Self.limit, file, keeper)
      #expect(try Self.pages(ofLogOf: path) == longest)
    }
  }

  @Test("Is wholly in the file when the last connection is closed, and gone")
  func closed() throws {
    try Self.withFile { path, file, keeper in
      try Self.commit(3 * Self.turn, file, keeper)
      try file.close()
      try keeper.connection.close()
      #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
      #expect(try Self.rows(ofFileAlone: path) == 3 * Self.turn)
    }
  }

  // MARK: -

  private static func withFile(_ body: (String, DatabaseQueue, LogKeeper) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "test.sqlite").path
      let file = try DatabaseQueue(path: path)
      try file.inDatabase { db in
        try db.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE page (content BLOB)")
      }
      let keeper = try LogKeeper(path: path, turn: turn, limit: limit)
      try file.inDatabase { db in keeper.attach(to: try #require(db.sqliteConnection)) }
      try body(path, file, keeper)
    }
  }

  /// Commits rows of about a page each, one by one, and lets each turn end before the next commit, so that the log's length does
  /// not depend on who is quicker.
  private static func commit(_ count: Int, _ file: DatabaseQueue, _ keeper: LogKeeper) throws {
    for _ in 0..<count {
      try file.write { try $0.execute(sql: "INSERT INTO page VALUES (zeroblob(4000))") }
      keeper.connection.inDatabase { _ in }
    }
  }

  private static func pages(ofLogOf path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size].map { ($0 as? Int ?? 0) / 4096 } ?? 0
  }

  private static func rows(ofFileAlone path: String) throws -> Int {
    let copy = path + ".copy"
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    return try DatabaseQueue(path: copy).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM page") ?? 0 }
  }
}
