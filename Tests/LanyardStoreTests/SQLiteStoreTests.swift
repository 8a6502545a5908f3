import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("The SQLite store")
struct SQLiteStoreTests {
  private static let now = SampleData.firstMorning

  @Test("keeps every rule of the store contract", arguments: StoreRule.all)
  func keeps(rule: StoreRule) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder))
      _ = try await store.importProgramme(.test(), SampleData.programme())
      try await rule.check(store)
      #expect(try await store.placesAgree(), "places or who takes part differ from the registrations")
      #expect(try await Self.countsAgree(store), "tallies and occupancy differ from the presences")
      #expect(try await Self.ledgerAgrees(store), "the ledger does not come to the presences")
    }
  }

  @Test("keeps every rule of two handles on one store", arguments: SharedStoreRule.all)
  func keepsShared(rule: SharedStoreRule) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder))
      _ = try await store.importProgramme(.test(), SampleData.programme())
      try await rule.check(store, SQLiteStore(path: Self.path(folder)))
      #expect(try SQLiteStore.verify(fileAt: Self.path(folder))?.broken == nil)
    }
  }

  @Test("writes through to the disk at each commit, in write-ahead mode")
  func isDurable() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder))
      let (synchronous, journal) = try await store.write { db in
        (try Int.fetchOne(db, sql: "PRAGMA synchronous"), try String.fetchOne(db, sql: "PRAGMA journal_mode"))
      }
      #expect(synchronous == 2)
      #expect(journal == "wal")
    }
  }

  @Test("is readable by its owner only")
  func isPrivate() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder), mode: .real, .test())
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        let path = folder.appending(path: name).path
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
      }
      #expect(try await store.mode() == .real)
    }
  }

  @Test("refuses to mix a rehearsal with real records", arguments: [StoreMode.real, .rehearsal])
  func refusesOtherMode(mode: StoreMode) async throws {
    try await withTemporaryFolder { folder in
      _ = try SQLiteStore(path: Self.path(folder), mode: mode, .test())
      let other: StoreMode = mode == .real ? .rehearsal : .real
      #expect(throws: StoreError.otherMode(dataIsRehearsal: mode == .rehearsal)) {
        try SQLiteStore(path: Self.path(folder), mode: other, .test())
      }
      #expect(try await SQLiteStore(path: Self.path(folder), mode: mode, .test()).mode() == mode)
    }
  }

  @Test("never changes or deletes a scan")
  func ledgerIsOnlyAddedTo() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.storeWithAScan(folder)
      for sql in ["UPDATE scan SET answer = 'LEFT'", "DELETE FROM scan"] {
        await #expect(throws: StoreError.self) { try await store.write { try $0.execute(sql: sql) } }
      }
    }
  }

  @Test("has everything after it is opened again, and sees what another process wrote")
  func survives() async throws {
    try await withTemporaryFolder { folder in
      let first = try await Self.storeWithAScan(folder)
      let second = try SQLiteStore(path: Self.path(folder))
      #expect(
        try await second.attendance(of: SampleData.forum, checkpoint: nil, at: Self.now).checkpoints[0].refused
          == [.unreadable: 1]
      )
      var programme = try SampleData.programme()
      programme.events[1].checkpoints[0].isClosed = false
      programme.events[1].checkpoints[0].displayName = "Main gate"
      _ = try await second.importProgramme(.test(), programme)
      let counts = try await first.attendance(of: SampleData.forum, checkpoint: nil, at: Self.now)
      #expect(counts.checkpoints[0].displayName == "Main gate")
    }
  }

  @Test("says that the disk is full, goes on reading, and recovers when there is room")
  func diskFull() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.storeWithAScan(folder)
      // SQLite reports a full disk when the file may not grow.
      try await store.write { db in
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        try db.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
      let scans = (0..<2000).map { _ in Self.scan() }
      await #expect(throws: StoreError.outOfSpace) {
        try await store.admit(.test(Self.now), scans, reader: { _ in .unreadable })
      }
      let counts = try await store.attendance(of: SampleData.forum, checkpoint: nil, at: Self.now)
      #expect(counts.checkpoints[0].refused == [.unreadable: 1])
      try await store.write { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
      #expect(try await store.admit(.test(Self.now), scans, reader: { _ in .unreadable }).count == 2000)
    }
  }

  @Test("lets a scan that it refuses fail alone, not those of its batch or upload", arguments: [false, true])
  func refusedScan(isUpload: Bool) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder))
      _ = try await store.importProgramme(.test(), SampleData.programme())
      _ = try await StoreRule.badgeHolders(4, store)
      // One is refused when it is added, one when it is seen where people stand.
      try await store.write { db in
        try db.execute(
          sql: """
            CREATE TRIGGER refuse_scan BEFORE INSERT ON scan WHEN NEW.reporter = 'refused'
              BEGIN SELECT RAISE(ABORT, 'refused'); END;
            CREATE TRIGGER refuse_presence BEFORE INSERT ON presence
              WHEN NEW.registration_id = (SELECT registration_id FROM badge WHERE code = 'CODE3')
              BEGIN SELECT RAISE(ABORT, 'refused'); END;
            """
        )
      }
      let scans = (1...4).map {
        StoreRule.laneScan("CODE\($0)", reporter: $0 == 2 ? "refused" : "device")
      }
      let outcomes: [ScanOutcome?]
      if isUpload {
        let facts = scans.map { (scan: $0, answer: RecordedScan.Answer.admitted, at: Self.now) }
        outcomes = try await StoreRule.upload(facts, store).map(\.?.outcome)
      } else {
        outcomes = try await store.admit(.test(Self.now), scans, reader: { _ in .unreadable })
      }
      let isRecorded = outcomes.map { if case .recorded? = $0 { true } else { false } }
      #expect(isRecorded == [true, false, false, true])
      #expect(try await store.attendance(of: SampleData.forum, checkpoint: nil, at: Self.now).peopleInside == 2)
      #expect(try await Self.countsAgree(store))
    }
  }

  @Test("refuses what would count less than nobody, and changes nothing then")
  func refusesLessThanNobody() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.storeWithAScan(folder)
      _ = try await StoreRule.badgeHolders(1, store)
      let way = StoreRule.laneScan("CODE1")
      _ = try await store.admit(.test(Self.now), [way], reader: { _ in .unreadable })
      let garbage = try #require(
        try await store.scans(of: SampleData.forum, checkpoint: nil, PageRequest(size: 1)).items.first
      )
      // A count that was lost, and a row of counts that is not there.
      for sql in ["UPDATE tally SET count = 0", "DELETE FROM tally", "DELETE FROM occupancy"] {
        try await store.write { try $0.execute(sql: sql) }
        for scan in [garbage.id, way.id] {
          let undo = UndoRequest(scan: scan, event: SampleData.forum, reporter: "desk", isSupervisor: true, note: "")
          await #expect(throws: StoreError.self) { try await store.undo(.test(Self.now), undo) }
        }
      }
      let out = StoreRule.laneScan("CODE1", .out)
      let outcome = try await store.admit(.test(Self.now), [out], reader: { _ in .unreadable })
      guard case .failed(.notRecorded)? = outcome.first else {
        Issue.record("counted less than nobody: \(outcome)")
        return
      }
      #expect(
        try await store.scans(of: SampleData.forum, checkpoint: nil, PageRequest(size: 9)).items.allSatisfy {
          $0.undo == nil
        }
      )
    }
  }

  @Test("decides scans of which one is refused before those that were handed in after them")
  func refusesInOrder() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder))
      _ = try await store.importProgramme(.test(), SampleData.programme())
      _ = try await StoreRule.badgeHolders(2, store)
      // The database refuses the row of the second person's scan.
      try await store.write { db in
        try db.execute(
          sql: """
            CREATE TRIGGER refuse BEFORE INSERT ON scan WHEN new.badge_id = (SELECT max(id) FROM badge)
            BEGIN SELECT RAISE(ABORT, 'refused'); END
            """
        )
      }
      let handedIn = DispatchSemaphore(value: 0)
      let (places, hasPlace) = AsyncStream.makeStream(of: Void.self)
      async let first = store.admit(
        .test(Self.now),
        [StoreRule.laneScan("CODE1"), StoreRule.laneScan("GARBAGE"), StoreRule.laneScan("CODE2")],
        begun: { hasPlace.finish() },
        reader: { _ in
          _ = handedIn.wait(timeout: .now() + .seconds(60))
          handedIn.signal()
          return .unreadable
        }
      )
      for await _ in places {}
      async let second = store.admit(
        .test(Self.now),
        [StoreRule.laneScan("CODE1", .out)],
        begun: {},
        reader: { _ in .unreadable }
      )
      handedIn.signal()
      let (before, after) = try await (first, second)
      guard case .recorded(let admitted) = before[0], case .failed(.notRecorded) = before[2],
        case .recorded(let left) = after[0]
      else {
        Issue.record("\(before), \(after)")
        return
      }
      #expect(admitted.answer == .admitted && left.answer == .left(wasInside: true))
    }
  }

  @Test("has nobody live longer than their registration, in any state", arguments: RegistrationState.allCases)
  func livesAsLong(state: RegistrationState) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: Self.path(folder))
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let columns = ["title", "given_name", "family_name", "position", "country", "language", "search_key"]
      @Sendable func add(_ isLive: Bool, to id: Int, _ db: Database) throws {
        let waiting = state == .waitlisted ? "1" : "NULL"
        try db.execute(
          sql: """
            INSERT INTO registration (id, public_id, event_id, state, waitlisted_sequence, participation, stakeholder_group,
              guest_role, created_at, updated_at, revision)
              VALUES (\(id), '\(id)', 1, '\(state.rawValue)', \(waiting), 'REMOTE', '', '', 0, 0, 1);
            INSERT INTO person (registration_id, event_id, is_live, display_name, organisation, email, email_key,
              attendee_key, \(columns.joined(separator: ", ")))
              VALUES (\(id), 1, \(isLive), '', '', '', '\(id)', ''\(String(repeating: ", ''", count: columns.count)));
            """
        )
      }
      try await store.write { try add(state.isLive, to: 1, $0) }
      await #expect(throws: StoreError.self) { try await store.write { try add(!state.isLive, to: 2, $0) } }
      await #expect(throws: StoreError.self) {
        try await store.write { try $0.execute(sql: "UPDATE person SET is_live = NOT is_live") }
      }
    }
  }

  @Test("answers look-ups and takes scans while all that is read at leisure is busy")
  func lookUpsDoNotWait() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.storeWithAScan(folder)
      let (begun, begin) = AsyncStream.makeStream(of: Void.self)
      let done = DispatchSemaphore(value: 0)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            try await store.survey { _ in
              begin.yield()
              done.wait()
            }
          }
        }
        // As many as there are at once; the others wait behind them.
        var busy = begun.makeAsyncIterator()
        for _ in 0..<3 { await busy.next() }
        defer { for _ in 0..<8 { done.signal() } }
        let (token, device) = (try await store.token("none"), try await store.device("none"))
        let outcomes = try await store.admit(.test(Self.now), [Self.scan()], reader: { _ in .unreadable })
        #expect(token == nil && device == nil && outcomes.count == 1)
      }
    }
  }

  @Test("counts who is inside door by door, along the index of who is inside")
  func headcountPlan() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.storeWithAScan(folder)
      let sql = PresenceTable.peopleInside(doors: 98)
      let steps = try await store.reading { db in
        try Row.fetchAll(
          db,
          sql: "EXPLAIN QUERY PLAN " + sql,
          arguments: StatementArguments(Array(repeating: 1, count: 2 * 98))
        ).map { $0["detail"] as String }
      }
      #expect(steps.contains { $0.contains("presence_inside (checkpoint_id=? AND period=?)") }, "\(steps)")
    }
  }

  private static func path(_ folder: URL) -> String { folder.appending(path: "lanyard.sqlite").path }

  private static func scan() -> SubmittedScan {
    SubmittedScan(
      id: .timeOrdered(at: now),
      checkpoint: CheckpointAddress(event: SampleData.forum, checkpoint: "entrance-lane-1"),
      code: "garbage",
      direction: nil,
      scannedAt: now,
      fingerprint: 1,
      reporter: "test"
    )
  }

  private static func storeWithAScan(_ folder: URL) async throws -> SQLiteStore {
    let store = try SQLiteStore(path: path(folder))
    _ = try await store.importProgramme(.test(), SampleData.programme())
    _ = try await store.admit(.test(now), [scan()], reader: { _ in .unreadable })
    return store
  }

  /// Whether everybody stands where all their passages come to.
  private static func ledgerAgrees(_ store: SQLiteStore) async throws -> Bool {
    let plans = store.plans
    return try await store.reading { db in
      let plans = try plans.plans(SQLiteSession(db))
      var ledger = try PassageLedger(SQLiteSession(db), Trail(SQLiteSession(db), .test(now)), now: now)
      let people = try PresenceTable(db)
      return try Row.fetchAll(db, sql: "SELECT id, event_id FROM registration").allSatisfy { row in
        guard let plan = try plans.plan(of: Key<Event>(row[1])) else { return false }
        let registration = Key<Registration>(row[0])
        // Taking nothing back makes it read all passages.
        try ledger.remove(scan: 0, of: registration, plan: plan)
        let end = Instant(microseconds: .max / 2)
        let standing = try ledger.standing(of: registration, plan: plan, at: end, isTurnstile: false)
        return try Set(standing.presences) == Set(people.presences(of: registration))
      }
    }
  }

  /// Whether the counters say what the presences say.
  private static func countsAgree(_ store: SQLiteStore) async throws -> Bool {
    try await store.reading { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM occupancy WHERE inside != (SELECT count(*) FROM presence
            WHERE presence.checkpoint_id = occupancy.checkpoint_id AND presence.period = occupancy.period AND is_inside)
          """
      ) == 0
    }
  }
}
