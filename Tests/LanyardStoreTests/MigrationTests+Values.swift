import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

extension MigrationTests {
  /// Of each kind that schema 33 had, beside what the fixture has of a badge, of a scan and of a person; a held and a renewed badge,
  /// keys, a link, a device and a token.
  private static let written = """
    INSERT INTO signing_key (id, private_key, created_at)
      VALUES (77, randomblob(32), 5), (4294967295, randomblob(32), 6);
    UPDATE badge SET state = 'HELD' WHERE id = (SELECT min(id) FROM badge WHERE state = 'ACTIVE');
    UPDATE badge SET is_renewed = 1, key_id = 77, attention = 'ESCORT', has_note = 1
      WHERE id = (SELECT max(id) FROM badge WHERE state = 'ACTIVE');
    INSERT OR REPLACE INTO note (kind, subject, registration_id, text, author)
      SELECT 'ATTENTION', id, registration_id, 'attend', '' FROM badge WHERE is_renewed = 1
      UNION ALL SELECT 'OVERRIDE', max(sequence), (SELECT max(id) FROM registration), 'known', 'AB' FROM scan
      UNION ALL SELECT 'UNDO', min(sequence), NULL, 'by nobody', '' FROM scan
      UNION ALL SELECT 'SENT_OUT', max(sequence), (SELECT min(id) FROM registration), 'went home', '' FROM scan
      UNION ALL SELECT 'MOVED_UP', max(id), max(id), 'speaks', '' FROM registration;
    INSERT INTO personal_link SELECT '0d', x'\(String(repeating: "07", count: 32))', min(id), 5, 9 FROM registration;
    INSERT INTO token (id, hash, role, label, created_at) VALUES ('0e', x'\(String(repeating: "08", count: 32))', 'desk', 'Desk', 5);
    INSERT INTO device (public_id, event_id, display_name, profile, checkpoints, is_supervisor, enrolled_at, version)
      SELECT 'dddddddddddddddddddddddddd', min(event_id), 'Lane 1', 'LANE', 'gate', 1, 5, '2.0' FROM registration;
    """

  /// The columns of each table, by its name; what an index makes for itself is left out.
  private static func tables(_ path: String) async throws -> [String: [String]] {
    let names = try await rows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'attendee_%' AND name <> 'grdb_migrations'",
      path
    )
    var tables: [String: [String]] = [:]
    for name in names.compactMap({ String.fromDatabaseValue($0[0]) }) {
      tables[name] = try await rows("SELECT name FROM pragma_table_info('\(name)')", path).compactMap {
        String.fromDatabaseValue($0[0])
      }
    }
    return tables
  }

  @Test(
    "Of schema 33 keeps every value of every table: keys, notes of each kind, links, devices, held and renewed badges"
  )
  func everyValue() async throws {
    try await Self.copied(of: 13) { path in
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "33 domains in ASCII")
      try await queue.write { db in try db.execute(sql: Self.written) }
      try queue.close()
      let tables = try await Self.tables(path)
      func values() async throws -> [String: [[DatabaseValue]]] {
        var values: [String: [[DatabaseValue]]] = [:]
        for (table, columns) in tables {
          let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
          values[table] = try await Self.rows("SELECT \(list) FROM \"\(table)\" ORDER BY \(list)", path)
        }
        return values
      }
      let before = try await values()
      #expect(before["note"]?.count == 6 && before["signing_key"]?.count == 3 && before["badge"]?.count == 6)
      let store = try SQLiteStore(path: path)
      let after = try await values()
      for (table, rows) in before where !["upkeep", "feed"].contains(table) {
        #expect(after[table] == rows, "\(table)")
      }
      let plain = (before["signing_key"] ?? []).compactMap { row in
        row.compactMap { Data.fromDatabaseValue($0) }.first { $0.count == 32 }.map(Array.init)
      }
      let keys = try await store.signingKeys()
      #expect(Set(keys.map(\.id)).isSuperset(of: [77, 4_294_967_295]) && keys.count == 3)
      #expect(Set(keys.map(\.privateHalf)) == Set(plain.map(StoredSigningKey.PrivateHalf.plain)) && plain.count == 3)
      let badges = try await store.badges(of: SampleData.forum, registration: nil, PageRequest(size: 10)).items
      #expect(badges.filter { $0.state == .held }.count == 1)
      let renewed = badges.filter(\.isRenewed)
      #expect(renewed.map(\.keyID) == [77] && renewed[0].mark == AttentionMark(attention: .escort, note: "attend"))
      #expect(try await store.personalLink("0d")?.expiresAt == Instant(microseconds: 9))
      #expect(try await store.token("0e")?.label == "Desk")
      #expect(try await store.device("dddddddddddddddddddddddddd")?.isSupervisor == true)
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
    }
  }

  @Test("Of schema 38 keeps no name of a file with a design, which may be somebody's")
  func designs() async throws {
    try await Self.copied(of: 13) { path in
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "38 scans of sessions")
      try await queue.write { db in
        for (number, design) in ["LABEL", "Li-Wei.yaml", "CONFERENCE"].enumerated() {
          try db.execute(
            sql: """
              INSERT INTO print_run (event_id, number, made_at, badges, actor_kind, actor, design)
                SELECT id, ?, 5, 1, 'TOKEN', '0e', ? FROM event WHERE slug = ?
              """,
            arguments: [number + 1, design, SampleData.forum]
          )
        }
      }
      try queue.close()
      let runs = try await SQLiteStore(path: path).printRuns(of: SampleData.forum, PageRequest(size: 5)).items
      #expect(runs.map(\.look.design) == [.delivered(.conference), .file, .delivered(.label)])
    }
  }
}
