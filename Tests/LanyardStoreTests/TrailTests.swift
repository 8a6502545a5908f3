import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("The trail of changes")
struct TrailTests {
  private static let now = SampleData.firstMorning
  private static let forum = SampleData.forum

  @Test("Every method that changes something records who did what")
  func recordsEachMethod() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder))
      try await EveryChange.walk(store)
      let entries = try await store.reading { try TrailTests.entries($0) }
      for (method, counts) in EveryChange.recorded {
        let found = entries.filter { $0.request == method }
        #expect(Dictionary(grouping: found, by: \.name).mapValues(\.count) == counts, "\(method)")
        #expect(found.allSatisfy { $0.address == "10.0.0.1" && $0.actor == method })
      }
      let walked = Set(EveryChange.recorded.values.flatMap(\.keys))
      // What a file of an earlier version brings along, and the second word of two on one scan.
      let others: Set = [ChangeName.scansTakenOver, .conflictTakenOver, .checkInUndoConfirmed]
      #expect(walked.union(others.map(\.rawValue)) == Set(ChangeName.allCases.map(\.rawValue)))
      #expect(try SQLiteStore.verify(fileAt: Self.path(folder))?.broken == nil)
    }
  }

  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  @Test(
    "Each function of the store and of its engine that begins a transaction which writes is in the walk, or known by name"
  )
  func walksEachTransaction() throws {
    var writing: Set<String> = []
    for module in ["LanyardStore", "LanyardSQLite"] {
      let files = FileManager.default.enumerator(
        at: Self.sources.appending(path: module),
        includingPropertiesForKeys: nil
      )
      while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "swift" else { continue }
        var function = ""
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          guard !line.contains("///") else { continue }
          let begins =
            line.contains(
              /(await|try|return) (write|decide|move|recordScans|keepMails|changeQuestions|sight|hear|recording|committing|transaction|Trail\.transaction)\(/
            )
            || line.contains(/\b(pool|copy|queue)\.(write|writeWithoutTransaction)( \{|\(run)/)
          // Of what is inside a function, the function is named.
          if let match = line.firstMatch(of: /^ {0,2}(?:\S.* )?(?:func (\w+)|(init)\b)/) {
            function = String(match.1 ?? match.2 ?? "")
          } else if begins {
            writing.insert(function)
          }
        }
      }
    }
    #expect(Set(EveryChange.recorded.keys).union(EveryChange.sightings).subtracting(writing) == [])
    #expect(writing.subtracting(EveryChange.recorded.keys).subtracting(EveryChange.sightings) == EveryChange.upkeep)
  }

  @Test("No method of the store's protocols takes an Act and is missing from the walk")
  func walksEachMethod() throws {
    let file = Self.sources.appending(path: "LanyardStore")
    var declared: Set<String> = []
    let files = FileManager.default.enumerator(at: file, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains(/protocol \w+Store\b/) else { continue }
      for match in text.matches(of: /func (\w+)\(\s*_ act: Act/) { declared.insert(String(match.1)) }
      // What is read is known by name, so that a new method is either a reading or takes an Act.
      for match in text.matches(of: /func (\w+)\((?!\s*_ act: Act)/) {
        #expect(EveryChange.readings.contains(String(match.1)), "\(match.1) takes no Act")
      }
    }
    #expect(declared == Set(EveryChange.recorded.keys).union(EveryChange.sightings))
  }

  @Test("A change that nobody recorded is rolled back")
  func rollsBack() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.store(folder)
      let before = try await store.standing()
      await #expect(throws: StoreError.unsigned) {
        try await store.write(.test(), of: .event(Self.forum)) { session, trail in
          _ = try trail.feed.next(of: trail.feed.key(of: Self.forum))
          try session.run(LanyardStore.SQL("UPDATE event SET city = 'Elsewhere'"))
        }
      }
      #expect(try await store.standing() == before)
      #expect(try await store.event(Self.forum).event.city != "Elsewhere")
    }
  }

  @Test(
    "What is not signed is written to few tables: a sighting to that of devices, scans to those of scans, mails to theirs"
  )
  func unsignedTables() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.store(folder)
      let before = try await store.standing()
      let (event, closing) = (
        LanyardStore.SQL("UPDATE event SET city = ?"), LanyardStore.SQL("UPDATE checkpoint SET is_closed = ?")
      )
      let forum = EventLookup(LanyardStore.SQL("SELECT slug FROM event WHERE slug = ?"), Self.forum)
      await #expect(throws: StoreError.self) {
        try await store.sight(.test(), ofEventOf: forum) { session, _ in try session.run(event, ["Elsewhere"]) }
      }
      await #expect(throws: StoreError.self) {
        try await store.recordScans(.test(), of: .event(Self.forum)) { session, _ in try session.run(closing, [1]) }
      }
      await #expect(throws: StoreError.self) {
        try await store.keepMails(.test(), of: Self.forum) { session, _ in try session.run(event, ["Elsewhere"]) }
      }
      for text in [
        "UPDATE device SET seen_at = 1, is_supervisor = 1", "UPDATE device SET version = 'x'", "DELETE FROM device",
      ] {
        let statement = LanyardStore.SQL(text)
        await #expect(throws: StoreError.self) {
          try await store.sight(.test(), ofEventOf: forum) { session, _ in try session.run(statement) }
        }
      }
      await #expect(throws: StoreError.self) {
        let mode = LanyardStore.SQL("UPDATE setting SET value = 'rehearsal'")
        _ = try await store.upkeep { session in try session.run(mode) }
      }
      await #expect(throws: StoreError.self) {
        try await store.upkeep { session in try session.run(event, ["Elsewhere"]) }
      }
      #expect(try await store.standing() == before)
      #expect(try await store.event(Self.forum).event.city != "Elsewhere")
    }
  }

  @Test("A statement says which table it writes to")
  func targets() {
    #expect(LanyardStore.SQL("SELECT 1 FROM device").target == nil)
    #expect(LanyardStore.SQL("UPDATE device SET seen_at = ?").target == "device")
    #expect(LanyardStore.SQL("INSERT INTO scan_undo(sequence) VALUES (?)").target == "scan_undo")
    #expect(LanyardStore.SQL("DELETE FROM note\nWHERE kind = ?").target == "note")
    #expect(LanyardStore.SQL("DROP TABLE note").target != nil)
    #expect(
      LanyardStore.SQL("UPDATE device\nSET seen_at = ?, version = max(a, b)\nWHERE id = 1").columns == [
        "seen_at", "version",
      ]
    )
    #expect(
      LanyardStore.SQL("UPDATE device SET version = 'a, seen_at', seen_at = (1 WHERE x = ?)").columns?.contains(
        "version"
      ) == true
    )
    #expect(
      LanyardStore.SQL("UPDATE device SET (seen_at, version) = (1, 2)").columns?.isSubset(of: ["seen_at", "version"])
        != true
    )
    #expect(LanyardStore.SQL("DELETE FROM device").columns == nil)
  }

  @Test("Doors that were changed are told to who remembers the plan, and none is asked for before that is on disk")
  func planChanges() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.store(folder)
      var programme = try SampleData.programme()
      programme.events[1].event.city = "Elsewhere"
      let changed = programme.events[1].event
      await #expect(throws: StoreError.self) {
        try await store.write(.test(), of: .event(Self.forum)) { session, trail in
          try EventRow.find(Self.forum, session).change(to: changed, session)
          try trail.record(.updated(changed, from: changed))
        }
      }
      await #expect(throws: StoreError.self) {
        try await store.write(.test(), of: .event(Self.forum)) { session, trail in
          try EventRow.find(Self.forum, session).change(to: changed, session)
          try trail.feed.planChanged(of: trail.feed.key(of: Self.forum))
          try trail.record(.updated(changed, from: changed))
          _ = try store.plans(session)
        }
      }
      #expect(try await store.event(Self.forum).event.city != "Elsewhere")
    }
  }

  @Test("A change says nothing that a person wrote")
  func saysNothingPersonal() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder))
      try await EveryChange.walk(store)
      let said = try await store.reading { db in
        try String.fetchAll(db, sql: "SELECT coalesce(state_before, '') || coalesce(state_after, '') FROM change")
      }
      for word in EveryChange.personal {
        #expect(!said.contains { $0.localizedCaseInsensitiveContains(word) }, "\(word)")
      }
    }
  }

  @Test("The trail is only ever added to")
  func isOnlyAddedTo() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.store(folder)
      for sql in ["UPDATE change SET actor = ''", "DELETE FROM change"] {
        await #expect(throws: (any Error).self) { try await store.write { try $0.execute(sql: sql) } }
      }
    }
  }

  @Test("Entries are listed by event and by resource, page by page")
  func lists() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.storeWithScans(folder)
      var filter = AuditFilter(event: Self.forum)
      let all = try await store.auditEntries(filter, PageRequest(size: 1000)).items
      let first = try await store.auditEntries(filter, PageRequest(size: 5))
      let rest = try await store.auditEntries(filter, PageRequest(size: 1000, after: first.next)).items
      #expect(first.items.count == 5 && first.items + rest == all)
      #expect(!all.contains { $0.name == "scans.recorded" })
      filter.includesScans = true
      let whole = try await store.auditEntries(filter, PageRequest(size: 1000)).items
      #expect(whole.count == all.count + 3)
      #expect(zip(whole.dropFirst(), whole).allSatisfy { $0.previousHash == $1.hash })
      filter.resource = "events/\(Self.forum)/checkpoints/entrance-lane-1"
      #expect(try await store.auditEntries(filter, PageRequest(size: 10)).items.map(\.name) == ["checkpoint.created"])
    }
  }

  static func path(_ folder: URL) -> String { folder.appending(path: "lanyard.sqlite").path }

  static func store(_ folder: URL) async throws -> SQLiteStore {
    let store = try SQLiteStore(path: path(folder))
    _ = try await store.importProgramme(.test(), SampleData.programme())
    return store
  }

  /// A store with three batches of four scans.
  static func storeWithScans(_ folder: URL) async throws -> SQLiteStore {
    let store = try await store(folder)
    for number: UInt64 in 1...3 { _ = try await store.admit(.test(), scans(number), reader: { _ in .unreadable }) }
    return store
  }

  static func scans(_ number: UInt64) -> [SubmittedScan] {
    (1...4).map { StoreRule.laneScan("garbage", id: UUIDBytes(high: number, low: $0)) }
  }

  struct Entry: Sendable {
    let name, actor, address, request: String
  }

  static func entries(_ db: Database) throws -> [Entry] {
    try Row.fetchAll(db, sql: "SELECT name, actor, address, request_id FROM change ORDER BY sequence").map {
      Entry(name: $0[0], actor: $0[1], address: $0[2], request: $0[3])
    }
  }
}
