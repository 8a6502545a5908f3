import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

/// Which texts are in the files of a folder, however they are written.
struct FilesSearch {
  let files: [(name: String, content: Data)]

  init(_ folder: URL) throws {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    files = try (found?.allObjects ?? []).compactMap { $0 as? URL }.filter {
      try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
    }.map { ($0.lastPathComponent, try Data(contentsOf: $0)) }
  }

  /// The forms in which a text may have been written down, each as UTF-8.
  static func forms(_ text: String) -> Set<Data> {
    let normal = [
      text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
      text.precomposedStringWithCompatibilityMapping, text.decomposedStringWithCompatibilityMapping,
      SearchText.folded(text),
    ]
    // No word of it either.
    let words = normal.flatMap { $0.split(separator: " ").map(String.init) }.filter { $0.utf8.count > 6 }
    return Set((normal + words).flatMap { [$0, $0.lowercased(), $0.uppercased()] }.map { Data($0.utf8) })
  }

  /// Names of the files that have a text in any form.
  func names(with text: String) -> [String] {
    let forms = Self.forms(text)
    return files.filter { file in forms.contains { file.content.range(of: $0) != nil } }.map(\.name)
  }
}

@Suite("Somebody who was erased")
struct ErasureTests {
  private static let now = SampleData.firstMorning
  private static let forum = SampleData.forum

  private static func store(_ folder: URL) throws -> SQLiteStore {
    try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
  }

  private static func filled(_ folder: URL) async throws -> (SQLiteStore, Registration) {
    let store = try store(folder)
    _ = try await store.importProgramme(.test(), SampleData.programme())
    let person = try await StoreRule.Unmistakable.lives(store)
    return (store, person)
  }

  /// Letters of the names that nobody else has, as the index of names has them.
  private static let letters = ["قظث", "ضظغ"]

  @Test("Is in no byte of the store's files, in no form, while counts and the trail hold")
  func files() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      for text in StoreRule.Unmistakable.all {
        #expect(try FilesSearch(folder).names(with: text) != [], "\(text) is not there at first")
      }
      _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      for text in StoreRule.Unmistakable.all + Self.letters {
        #expect(try FilesSearch(folder).names(with: text) == [], "\(text)")
      }
      let path = folder.appending(path: "lanyard.sqlite").path
      let verdict = try SQLiteStore.verify(fileAt: path)
      #expect(verdict?.broken == nil && (verdict?.scans ?? 0) >= 3)
      // No hash of what was asked stays that could be guessed at.
      let fingerprints = try await store.reading { db in
        try Int.fetchOne(
          db,
          sql: "SELECT count(*) FROM registration WHERE erased_at IS NOT NULL AND request_fingerprint IS NOT NULL"
        )
      }
      #expect(fingerprints == 0)
    }
  }

  @Test("Is out of the index of names, however large it is")
  func index() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      let event = try await store.event(Self.forum).event
      let rows = try RegistrationTable.rows(csv: SampleData.bytes("participants.csv"))
        .map { try $0.content.get().validated(for: event) }
      for start in stride(from: 0, to: rows.count, by: 250) {
        let part = Array(rows[start..<min(start + 250, rows.count)])
        _ = try await store.importRegistrations(.test(Self.now), part, for: Self.forum)
      }
      _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      for text in StoreRule.Unmistakable.all + ["قظث"] {
        #expect(try FilesSearch(folder).names(with: text) == [], "\(text)")
      }
      try await store.write { db in
        try db.execute(sql: "INSERT INTO attendee_search (attendee_search) VALUES ('integrity-check')")
      }
    }
  }

  @Test("Is not said to be gone while somebody reads the log, and is when the same is asked again")
  func reader() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      var configuration = Configuration.readOnly("test")
      configuration.allowsUnsafeTransactions = true
      let path = folder.appending(path: "lanyard.sqlite").path
      let reader = try DatabaseQueue(path: path, configuration: configuration)
      try await reader.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN; SELECT count(*) FROM person")
      }
      await #expect(throws: StoreError.erasureUnfinished) {
        try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      }
      #expect(try FilesSearch(folder).names(with: StoreRule.Unmistakable.email) != [])
      #expect(try await store.registration(person.id, of: Self.forum).erasedAt == Self.now + .seconds(3600))
      try await reader.writeWithoutTransaction { db in try db.execute(sql: "COMMIT") }
      _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      for text in StoreRule.Unmistakable.all + Self.letters {
        #expect(try FilesSearch(folder).names(with: text) == [], "\(text)")
      }
    }
  }

  @Test("Is gone at the next start, where the server ended before it had cleared its files")
  func start() async throws {
    try await withTemporaryFolder { folder in
      let (store, person) = try await Self.filled(folder)
      try await store.write { db in
        let id = try Int64.fetchOne(db, sql: "SELECT id FROM registration WHERE public_id = ?", arguments: [person.id])
        try PersonRow.erase(try #require(id), SQLiteSession(db))
        try db.execute(sql: "INSERT INTO upkeep VALUES ('traces', '1')")
      }
      #expect(try FilesSearch(folder).names(with: StoreRule.Unmistakable.email) != [])
      _ = try Self.store(folder)
      for text in StoreRule.Unmistakable.all + Self.letters {
        #expect(try FilesSearch(folder).names(with: text) == [], "\(text)")
      }
    }
  }

  @Test("Is in no byte of data that an earlier version wrote and that was brought up")
  func earlier() async throws {
    try await withTemporaryFolder { folder in
      let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/version-6.sqlite")
      try FileManager.default.copyItem(at: fixture, to: folder.appending(path: "lanyard.sqlite"))
      let queue = try DatabaseQueue(path: folder.appending(path: "lanyard.sqlite").path)
      let texts = try await queue.read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT email FROM registration UNION SELECT family_name FROM registration WHERE length(family_name) > 7
            UNION SELECT note FROM scan_override UNION SELECT note FROM scan_undo WHERE note <> ''
            UNION SELECT attention_note FROM badge WHERE attention_note <> ''
            """
        )
      }
      try queue.close()
      #expect(texts.count > 144)
      let store = try Self.store(folder)
      for person in try await store.registrations(of: Self.forum, matching: .init(), PageRequest(size: 500)).page.items
      {
        _ = try await store.erase(.test(Self.now), person.id, of: Self.forum, etag: nil)
      }
      let search = try FilesSearch(folder)
      for text in texts { #expect(search.names(with: text) == [], "\(text)") }
      let path = folder.appending(path: "lanyard.sqlite").path
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
    }
  }

  @Test("Has a column for each text of a person that is declared")
  func columns() async throws {
    try await withTemporaryFolder { folder in
      let columns = try await Self.store(folder).reading { try $0.columns(in: "person").map(\.name) }
      #expect(Set(PersonField.allCases.map(\.rawValue)).isSubset(of: Set(columns)))
    }
  }
}
