import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

extension MigrationTests {
  @Test("Compares the domains of everybody's address in ASCII, but of two who had one address before only the first's")
  func domains() async throws {
    try await Self.copied { path in
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "31 places by hand")
      let addresses = ["a@münchen.example", "a@xn--mnchen-3ya.example", "b@münchen.example", "c@zurich.example"]
      let ids = try await queue.write { db in
        let ids = try Int64.fetchAll(db, sql: "SELECT registration_id FROM person WHERE is_live ORDER BY 1 LIMIT 4")
        for (id, address) in zip(ids, addresses) {
          let sql = "UPDATE person SET email = ?1, email_key = ?1 WHERE registration_id = ?2"
          try db.execute(sql: sql, arguments: [address, id])
        }
        return ids
      }
      try queue.close()
      _ = try SQLiteStore(path: path)
      let list = ids.map(String.init).joined(separator: ", ")
      let keys = try await Self.rows(
        "SELECT email_key FROM person WHERE registration_id IN (\(list)) ORDER BY registration_id",
        path
      )
      let expected = ["a@münchen.example", "a@xn--mnchen-3ya.example", "b@xn--mnchen-3ya.example", "c@zurich.example"]
      #expect(keys == expected.map { [$0.databaseValue] })
    }
  }

  @Test("Calls people of before by the order of names of their language, but for who chose a name")
  func names() async throws {
    try await Self.copied { path in
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "43 reasons told")
      let rows = [
        ("hu", "", "Nagy László"), ("vi-VN", "", "Nagy László"), ("fr", "", "László Nagy"), ("hu", "Laci", "Laci"),
      ]
      let ids = try await queue.write { db in
        let ids = try Int64.fetchAll(db, sql: "SELECT registration_id FROM person ORDER BY 1 LIMIT 4")
        for (id, row) in zip(ids, rows) {
          try db.execute(
            sql: """
              UPDATE person SET given_name = 'László', family_name = 'Nagy', language = ?, badge_name = ?, display_name = ?
              WHERE registration_id = ?
              """,
            arguments: [row.0, row.1, row.1.isEmpty ? "László Nagy" : row.1, id]
          )
        }
        return ids
      }
      try queue.close()
      _ = try SQLiteStore(path: path)
      let list = ids.map(String.init).joined(separator: ", ")
      let names = try await Self.rows(
        "SELECT display_name FROM person WHERE registration_id IN (\(list)) ORDER BY registration_id",
        path
      )
      #expect(names == rows.prefix(ids.count).map { [$0.2.databaseValue] } && ids.count == 4)
    }
  }

  @Test("Finds people of before by their organisation, as it is found for those who come later")
  func organisations() async throws {
    try await Self.copied { path in
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "23 upkeep")
      let organisations = ["Ministère de l’ÉCONOMIE", "世界卫生组织", "", "100% Net_work, Ltd"]
      let ids = try await queue.write { db in
        let ids = try String.fetchAll(
          db,
          sql: """
            SELECT registration.public_id FROM person JOIN registration ON registration.id = person.registration_id
            WHERE person.is_live ORDER BY 1 LIMIT 4
            """
        )
        for (id, organisation) in zip(ids, organisations) {
          let sql =
            "UPDATE person SET organisation = ? WHERE registration_id = (SELECT id FROM registration WHERE public_id = ?)"
          try db.execute(sql: sql, arguments: [organisation, id])
        }
        return ids
      }
      try queue.close()
      let store = try SQLiteStore(path: path)
      func found(_ words: String) async throws -> [String] {
        var filter = RegistrationFilter()
        filter.organisation = SearchText.words(of: words)
        let found = try await store.registrations(of: SampleData.forum, matching: filter, PageRequest(size: 200))
        return found.page.items.map(\.id)
      }
      for (id, words) in zip(ids, ["economie ministere", "卫生", "", "100% net_work"]) where !words.isEmpty {
        #expect(try await found(words) == [id], "\(words)")
      }
      let keys = try await Self.rows("SELECT organisation, organisation_key FROM person WHERE organisation <> ''", path)
      #expect(keys.count > 100)
      for row in keys {
        let organisation = try #require(String.fromDatabaseValue(row[0]))
        #expect(row[1] == Person.organisationKey(organisation).databaseValue, "\(organisation)")
      }
    }
  }
}
