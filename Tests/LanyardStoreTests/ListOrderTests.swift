import Foundation
import GRDB
import LanyardDomain
import LanyardSQLite
import LanyardStore
import LanyardTesting
import Synchronization
import Testing

@Suite("The order of lists", .blocking)
struct ListOrderTests {
  @Test("Texts are ordered as page cursors have them, whatever the order of a database's own language is")
  func texts() async throws {
    let ids = ["b", "a1", "Z", "a-1", "é", "a", "A"]
    let list = try #require(
      try await Self.statements(of: StoreRule.tokens).first { $0.text.contains("ORDER BY token.created_at, token.id") }
    )
    let tables = try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      _ = try SQLiteStore(path: path)
      return try await DatabaseQueue(path: path).read { try SharedTable.all($0).values.map(\.creation) }
    }
    let said = try PostgreSQL.run { server in
      let rows = ids.map { "INSERT INTO token (id, hash, role, label, created_at) VALUES ('\($0)', '', '', '', 1);" }
      let first = "SELECT '>' || id FROM (\(list.text)) AS list;"
      return try server.psql((tables + rows + [first]).joined(separator: "\n"))
    }
    let ordered = said.split(separator: "\n").compactMap { line in
      line.firstIndex(of: ">").map { String(line[line.index(after: $0)...]) }
    }
    #expect(ordered == ids.sorted { PageCursor.Key.text($0) < .text($1) }, "\(said)")
  }

  @Test("Pages of long lists go along an index: no page sorts the whole list, in SQLite either")
  func plans() async throws {
    // Those of events, sessions and checkpoints are short, and in an order of their own.
    let short = ["EventRow", "SessionRow", "CheckpointRow"]
    let statements = try await Self.statements(of: StoreRule.pages + StoreRule.rosters + StoreRule.registrations)
      .filter { $0.text.contains("ORDER BY") && $0.text.contains("LIMIT $") }
      .filter { statement in !short.contains { statement.place.contains($0) } }
    #expect(statements.count > 8)
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      _ = try SQLiteStore(path: path)
      try await DatabaseQueue(path: path).read { db in
        for statement in statements {
          let explained = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + statement.text)
          explained.setUncheckedArguments(StatementArguments())
          let plan = try Row.fetchAll(explained).map { $0["detail"] as String }
          let isLong = plan.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN registration") }
          #expect(!isLong, "\(statement.place) \(plan)")
        }
      }
    }
  }

  /// A statement: where it is written, and as PostgreSQL takes it.
  private struct Statement: Hashable {
    let place: String
    let text: String
  }

  private static func statements(of rules: [StoreRule]) async throws -> Set<Statement> {
    let heard = Mutex<Set<Statement>>([])
    for rule in rules {
      try await withTemporaryFolder { folder in
        let path = folder.appending(path: "lanyard.sqlite").path
        let store = AlternatingStore(try SQLiteStore(path: path), try SQLiteStore(path: path)) { statement, _, _, run in
          let place = "\(statement.file):\(statement.line)"
          _ = heard.withLock { $0.insert(Statement(place: place, text: statement.numbered)) }
          try run()
        }
        _ = try await store.importProgramme(.test(), SampleData.programme())
        try await rule.check(store)
      }
    }
    return heard.withLock { $0 }
  }
}
