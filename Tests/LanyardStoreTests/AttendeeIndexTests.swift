import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("The index of names")
struct AttendeeIndexTests {
  private static func found(_ word: String, _ store: SQLiteStore) async throws -> Int {
    try await store.attendees(
      of: SampleData.forum,
      matching: [word],
      at: SampleData.firstMorning,
      PageRequest(size: 10)
    ).total
  }

  private static func isSound(_ store: SQLiteStore) async throws {
    try await store.write { db in
      try db.execute(sql: "INSERT INTO attendee_search (attendee_search, rank) VALUES ('integrity-check', 1)")
    }
  }

  @Test("The index is filled from the registrations of a store that had none")
  func migration() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "2 lanes")
      try await queue.write { db in
        try db.execute(
          sql: """
            INSERT INTO event VALUES (1, '\(SampleData.forum)', '', '2024-05-27', '2024-05-31', 'Europe/Zurich', '', '', '',
              NULL, 0, 1, '[]', '["UN"]', '[]', '[]', '[]', '{}', 1);
            """
        )
        for number in 1...2500 {
          try db.execute(
            sql: """
              INSERT INTO registration VALUES (NULL, ?, 1, 'CONFIRMED', NULL, 'ONSITE', ?, ?, '', 'Zoë', ?, 'Zoë', 'Org', '',
                '', 'UN', '', '', '', 0, '', 0, 0, 1, ?, NULL, NULL, NULL)
              """,
            arguments: ["r\(number)", "z\(number)@example.org", "z\(number)@example.org", "Nº \(number)", number]
          )
        }
      }
      try queue.close()
      let store = try SQLiteStore(path: path)
      #expect(try await Self.found("zoe", store) == 1000)
      #expect(try await Self.found("2500", store) == 1)
      #expect(try await Self.found("example", store) == 0)
      try await Self.isSound(store)
    }
  }

  @Test("The index follows each change of a registration")
  func changes() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let event = try await store.event(SampleData.forum).event
      let details = try SampleData.person(1).validated(for: event)
      let made = try await store.register(.test(SampleData.firstMorning), details, for: SampleData.forum, request: nil)
      #expect(try await Self.found("محمد", store) == 1)
      _ = try await store.take(.test(SampleData.firstMorning), .cancel, on: made.id, of: SampleData.forum, etag: nil)
      #expect(try await Self.found("محمد", store) == 1)
      try await Self.isSound(store)
      try await store.write { try $0.execute(sql: "UPDATE person SET attendee_key = ' zoe '") }
      #expect(try await Self.found("محمد", store) == 0)
      #expect(try await Self.found("zoe", store) == 1)
      try await Self.isSound(store)
      try await store.write { try $0.execute(sql: "DELETE FROM person") }
      #expect(try await Self.found("zoe", store) == 0)
      try await Self.isSound(store)
    }
  }
}
