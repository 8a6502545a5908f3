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

  @Test(
    "A store keeps its contract through two handles in turn, and PostgreSQL 15 makes the same of each statement of it"
  )
  func statements() async throws {
    let tables = try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      _ = try SQLiteStore(path: path)
      return try await DatabaseQueue(path: path).read(SharedTable.all)
    }
    let recorder = StatementRecorder(tables)
    for rule in StoreRule.all {
      try await withTemporaryFolder { folder in
        let path = folder.appending(path: "lanyard.sqlite").path
        let store = AlternatingStore(try SQLiteStore(path: path), try SQLiteStore(path: path), hear: recorder.hear)
        _ = try await store.importProgramme(.test(), SampleData.programme())
        try await rule.check(store)
      }
    }
    let runs = recorder.runs.sorted { $0.place < $1.place }
    let written = try Self.written()
    #expect(!written.isEmpty)
    #expect(written.subtracting(runs.map(\.place)) == [], "statements that no rule of the contract runs")
    let script = StatementScript(tables: tables, runs: runs)
    let said = try PostgreSQL.run { server in try server.psql(script.text) }
    let faults = said.split(separator: "\n").filter { $0.contains("ERROR:") || $0.contains("FATAL:") }
    #expect(faults == [], "\(said.suffix(4000))")
    for (run, found) in zip(runs, script.outcomes(said)) {
      guard var found else {
        Issue.record("\(run.place): PostgreSQL said nothing")
        continue
      }
      var expected = StatementScript.expected(run, width: found.rows.first?.count ?? 0)
      // What has no order may come in any.
      found.after.sort { $0.lexicographicallyPrecedes($1) }
      expected.after.sort { $0.lexicographicallyPrecedes($1) }
      if !run.text.contains("ORDER BY") {
        found.rows.sort { $0.lexicographicallyPrecedes($1) }
        expected.rows.sort { $0.lexicographicallyPrecedes($1) }
      }
      if run.after != nil { (found.rows, expected.rows) = ([], []) }
      #expect(found == expected, "\(run.place) \(run.text) of \(run.values)")
    }
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
}
