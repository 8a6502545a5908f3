import Foundation
import GRDB
import LanyardSQLite
import LanyardStore
import LanyardTesting
import Testing

@Suite("The SQL that all engines share", .blocking)
struct SharedSQLTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/LanyardStore")

  @Test("A store keeps its contract through two handles in turn, and PostgreSQL 15 takes each statement of it")
  func statements() async throws {
    var statements: Set<AlternatingStore<SQLiteStore>.Statement> = []
    for rule in StoreRule.all {
      statements.formUnion(
        try await withTemporaryFolder { folder in
          let path = folder.appending(path: "lanyard.sqlite").path
          let store = AlternatingStore(try SQLiteStore(path: path), try SQLiteStore(path: path))
          _ = try await store.importProgramme(.test(), SampleData.programme())
          try await rule.check(store)
          return store.statements
        }
      )
    }
    let written = try Self.written()
    #expect(!written.isEmpty)
    #expect(written.subtracting(statements.map(\.place)) == [], "statements that no rule of the contract runs")
    let tables = try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      _ = try SQLiteStore(path: path)
      return try await Self.tables(DatabaseQueue(path: path))
    }
    let said = try PostgreSQL.run { server in
      let prepared = statements.sorted { $0.place < $1.place }.enumerated().map { number, statement in
        let count = (1...20).prefix { statement.text.contains("$\($0)") }.count
        let values = Array(repeating: "NULL", count: count).joined(separator: ", ")
        // Planned too, since what ON CONFLICT names is looked up only then.
        return """
          \\echo \(statement.place)
          PREPARE s\(number) AS \(statement.text);
          EXPLAIN (COSTS OFF) EXECUTE s\(number)\(count == 0 ? "" : "(\(values))");
          """
      }
      return try server.psql("\\set ON_ERROR_STOP off\n" + (tables + prepared).joined(separator: "\n"))
    }
    let faults = said.split(separator: "\n").filter { $0.contains("ERROR:") || $0.contains("FATAL:") }
    #expect(faults == [], "\(said.suffix(4000))")
    #expect(said.contains("Scan"), "nothing was planned")
  }

  @Test("Parameters are numbered as PostgreSQL has them, and a question mark in a text stays")
  func numbered() {
    #expect(SQL("SELECT ?, '?', ?").numbered == "SELECT $1, '?', $2")
    #expect(SQL("SELECT ?2, ?1, ?12").numbered == "SELECT $2, $1, $12")
  }

  /// The places in the sources at which statements are written.
  private static func written() throws -> Set<String> {
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var places: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() where line.contains(/\bSQL\(/) && !line.contains("///") {
        places.insert("LanyardStore/\(file.lastPathComponent):\(number + 1)")
      }
    }
    return places
  }

  /// The tables of a store as PostgreSQL makes them, with the keys that statements rely on.
  static func tables(_ file: DatabaseQueue) async throws -> [String] {
    try await file.read { db in
      let names = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
            AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%' AND name NOT LIKE 'attendee_%'
          """
      )
      return try names.map { name in
        let columns = try db.columns(in: name)
        let definitions = columns.map { column in
          let types = ["INTEGER": "BIGINT", "BLOB": "BYTEA", "TEXT": "TEXT COLLATE \"C\""]
          let type = types[column.type] ?? column.type
          return "\"\(column.name)\" \(type)\(column.isNotNull ? " NOT NULL" : "")"
        }
        let keys =
          try [db.primaryKey(name).columns].filter { $0 != ["rowid"] }
          + db.indexes(on: name).filter(\.isUnique).map(\.columns)
        let unique = Set(keys).map { "UNIQUE (\($0.map { "\"\($0)\"" }.joined(separator: ", ")))" }
        return "CREATE TABLE \"\(name)\" (\((definitions + unique).joined(separator: ", ")));"
      }
    }
  }
}
