import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("A scan that was taken back twice")
struct TrailUndoTests {
  private static let forum = SampleData.forum
  private static let now = SampleData.firstMorning
  private static let late = now + UndoRequest.ownTime + .seconds(1)

  /// A store with a scan that a lane took back too late while it was offline.
  private static func storeWithConflict(_ folder: URL) async throws -> (store: SQLiteStore, scan: UUIDBytes) {
    let store = try await TrailTests.store(folder)
    _ = try await StoreRule.badgeHolders(1, store)
    let scan = StoreRule.laneScan("CODE1")
    let answered = OfflineScan.Answered(scan: scan, answer: .admitted, happenedAt: now, notInRoster: false)
    for entry in [
      OfflineScan(undone: nil, at: now, answered: answered), OfflineScan(undone: scan.id, at: late, answered: nil),
    ] {
      _ = try await store.record(
        .test(late),
        [entry],
        of: forum,
        reporter: "device",
        isSupervisor: false,
        reader: { _ in .unreadable }
      )
    }
    return (store, scan.id)
  }

  private static func fault(_ folder: URL) throws -> AuditVerdict.Fault? {
    try #require(try SQLiteStore.verify(fileAt: TrailTests.path(folder))).broken?.fault
  }

  @Test("Is confirmed by who has the right to, under a name of its own, and the trail holds")
  func confirmed() async throws {
    try await withTemporaryFolder { folder in
      let (store, scan) = try await Self.storeWithConflict(folder)
      #expect(try await store.conflicts(of: Self.forum, PageRequest(size: 5)).items.count == 1)
      let request = UndoRequest(scan: scan, event: Self.forum, reporter: "desk", isSupervisor: true, note: "")
      _ = try await store.undo(.test(Self.late), request)
      #expect(try await store.conflicts(of: Self.forum, PageRequest(size: 5)).items.isEmpty)
      var filter = AuditFilter(event: Self.forum)
      filter.resource = .named(.checkIn(scan, of: Self.forum))
      let entries = try await store.auditEntries(filter, PageRequest(size: 5)).items
      #expect(Set(entries.map(\.name)) == ["check_in.undone", "check_in.undo_confirmed"] && entries.count == 2)
      #expect(try Self.fault(folder) == nil)
    }
  }

  @Test("Is proved where an earlier version told of it twice with one name")
  func toldTwice() async throws {
    try await withTemporaryFolder { folder in
      let (store, scan) = try await Self.storeWithConflict(folder)
      _ = try await store.write(.test(Self.late), of: .event(Self.forum)) { _, trail in
        try trail.record(.undone(scan, at: Self.late, of: Self.forum))
      }
      #expect(try Self.fault(folder) == nil)
    }
  }

  @Test("Is a fault where nothing told before that it was taken back")
  func unfounded() async throws {
    try await withTemporaryFolder { folder in
      let store = try await TrailTests.storeWithScans(folder)
      _ = try await store.write(.test(Self.late), of: .event(Self.forum)) { _, trail in
        try trail.record(.undoConfirmed(UUIDBytes(high: 2, low: 3), at: Self.late, of: Self.forum))
      }
      #expect(try Self.fault(folder) == .undosDiffer)
    }
  }
}
