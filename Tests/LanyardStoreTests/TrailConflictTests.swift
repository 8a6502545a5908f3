import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("Conflicts on the trail")
struct TrailConflictTests {
  private static let forum = SampleData.forum
  private static let now = SampleData.firstMorning

  /// A store with somebody whom one lane let in, and another that was offline.
  private static func storeWithConflict(_ folder: URL) async throws -> (store: SQLiteStore, scans: [SubmittedScan]) {
    let store = try await TrailTests.store(folder)
    _ = try await StoreRule.badgeHolders(1, store)
    let scans = [StoreRule.laneScan("CODE1"), StoreRule.laneScan("CODE1", lane: 2)]
    _ = try await store.admit(.test(now), [scans[0]], reader: { _ in .unreadable })
    let moment = now + .seconds(60)
    let answered = OfflineScan.Answered(scan: scans[1], answer: .admitted, happenedAt: moment, notInRoster: false)
    let act = Act(.device("lane-2"), at: now + .seconds(600), from: "10.0.0.2", request: "upload")
    for _ in 1...2 {
      _ = try await store.record(
        act,
        [OfflineScan(undone: nil, at: moment, answered: answered)],
        of: forum,
        reporter: "device",
        isSupervisor: false,
        reader: { _ in .unreadable }
      )
    }
    return (store, scans)
  }

  private static func broken(_ folder: URL) throws -> AuditVerdict.Broken? {
    try #require(try SQLiteStore.verify(fileAt: TrailTests.path(folder))).broken
  }

  private static func told(_ store: SQLiteStore) async throws -> [AuditEntry] {
    try await store.auditEntries(AuditFilter(event: forum), PageRequest(size: 1000)).items.filter {
      $0.name.hasPrefix("conflict.")
    }
  }

  @Test("Each that comes is told once with who brought it, and each that goes with who settled it")
  func comesAndGoes() async throws {
    try await withTemporaryFolder { folder in
      let (store, scans) = try await Self.storeWithConflict(folder)
      let conflict = try #require(try await store.conflicts(of: Self.forum, PageRequest(size: 5)).items.first)
      let facts = Fact.json([
        "cause": .word("ALREADY_INSIDE"), "check_in": .word("\(scans[1].id)"),
        "earlier_check_in": .word("\(scans[0].id)"), "recorded_at": .moment(conflict.recordedAt),
      ])
      let came = try await Self.told(store)
      #expect(came.map(\.name) == ["conflict.recorded"] && came.map(\.act.actor) == [.device("lane-2")])
      #expect(came.first?.resource == .named(.conflict(conflict.id, of: Self.forum)))
      #expect(came.first?.after == facts && came.first?.before == nil)
      #expect(try Self.broken(folder) == nil)
      let undo = UndoRequest(scan: scans[1].id, event: Self.forum, reporter: "desk", isSupervisor: true, note: "")
      _ = try await store.undo(Act(.token("desk"), at: Self.now + .seconds(700), from: "", request: ""), undo)
      #expect(try await store.conflicts(of: Self.forum, PageRequest(size: 5)).items.isEmpty)
      let gone = try await Self.told(store).dropFirst()
      #expect(gone.map(\.name) == ["conflict.settled"] && gone.map(\.act.actor) == [.token("desk")])
      #expect(gone.map(\.resource) == came.map(\.resource))
      #expect(gone.first?.before == facts && gone.first?.after == nil)
      #expect(try Self.broken(folder) == nil)
    }
  }

  @Test("One that is about a right ends, and is told to, where its scan is taken back by who may")
  func endsWithItsScan() async throws {
    try await withTemporaryFolder { folder in
      let store = try await TrailTests.store(folder)
      _ = try await StoreRule.badgeHolders(1, store)
      let scan = StoreRule.laneScan("CODE1")
      let answered = OfflineScan.Answered(
        scan: scan,
        answer: .admitted,
        happenedAt: Self.now,
        notInRoster: false,
        missingRights: [.searching]
      )
      _ = try await store.record(
        .test(Self.now),
        [OfflineScan(undone: nil, at: Self.now, answered: answered)],
        of: Self.forum,
        reporter: "device",
        isSupervisor: false,
        reader: { _ in .unreadable }
      )
      #expect(try await store.conflicts(of: Self.forum, PageRequest(size: 5)).items.map(\.cause) == [.withoutRight])
      let undo = UndoRequest(scan: scan.id, event: Self.forum, reporter: "desk", isSupervisor: true, note: "")
      _ = try await store.undo(.test(Self.now), undo)
      #expect(try await store.conflicts(of: Self.forum, PageRequest(size: 5)).items.isEmpty)
      #expect(try await Self.told(store).map(\.name) == ["conflict.recorded", "conflict.settled"])
      #expect(try Self.broken(folder) == nil)
    }
  }

  @Test("Nothing is told of them where none came or went")
  func quiet() async throws {
    try await withTemporaryFolder { folder in
      let store = try await TrailTests.storeWithScans(folder)
      #expect(try await Self.told(store).isEmpty)
      #expect(try Self.broken(folder) == nil)
    }
  }

  @Test(
    "One that was removed, changed or added behind the trail's back is found",
    arguments: [
      "DELETE FROM conflict", "UPDATE conflict SET reason = 'FULL'",
      "UPDATE conflict SET recorded_at = recorded_at + 1",
      "UPDATE conflict SET earlier_sequence = NULL", "UPDATE conflict SET event_id = event_id % 2 + 1",
    ]
  )
  func findsTampering(sql: String) async throws {
    try await withTemporaryFolder { folder in
      let (store, _) = try await Self.storeWithConflict(folder)
      let conflict = try #require(try await store.conflicts(of: Self.forum, PageRequest(size: 5)).items.first)
      try await store.write { db in
        try db.execute(sql: "DROP TRIGGER conflict_is_never_changed")
        try db.execute(sql: sql)
      }
      let broken = try #require(try Self.broken(folder))
      #expect(broken.fault == .conflictsDiffer && broken.sequence == conflict.id)
      #expect(broken.resource == ResourceName.conflict(conflict.id, of: Self.forum).description)
    }
  }

  @Test("One that was added by hand is found where there never was any")
  func findsAddition() async throws {
    try await withTemporaryFolder { folder in
      let store = try await TrailTests.storeWithScans(folder)
      try await store.write { db in
        try db.execute(
          sql: """
            INSERT INTO conflict (sequence, event_id, reason, scan_sequence, recorded_at)
              SELECT sequence + 1000, event_id, 'FULL', sequence, 1 FROM scan ORDER BY sequence LIMIT 1
            """
        )
      }
      #expect(try Self.broken(folder)?.fault == .conflictsDiffer)
    }
  }

  @Test("No row of one is ever changed")
  func isNeverChanged() async throws {
    try await withTemporaryFolder { folder in
      let (store, _) = try await Self.storeWithConflict(folder)
      await #expect(throws: (any Error).self) {
        try await store.write { try $0.execute(sql: "UPDATE conflict SET reason = 'FULL'") }
      }
    }
  }

  @Test("An entry that settles one of which nothing told does not hold")
  func unfounded() async throws {
    try await withTemporaryFolder { folder in
      let store = try await TrailTests.storeWithScans(folder)
      let conflict = SignedConflict(
        id: 7,
        event: Self.forum,
        cause: ConflictCause.withoutRight.rawValue,
        scan: UUIDBytes(high: 2, low: 3),
        earlier: nil,
        recordedAt: Self.now
      )
      _ = try await store.write(.test(Self.now), of: .event(Self.forum)) { _, trail in
        try trail.record(.settled(conflict))
      }
      let broken = try #require(try Self.broken(folder))
      #expect(broken.fault == .conflictsDiffer && broken.resource == conflict.name.description)
    }
  }
}
