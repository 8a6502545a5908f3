import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Synchronization
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("Whether scans can be recorded")
struct RecordingTests {
  private static let now = SampleData.firstMorning
  /// Long after the event: who is inside since then comes in anew, so that the counts are written to.
  private static let later = now + .seconds(365 * 86_400)
  /// What SQLite says of a page that is damaged, and of a disk that does not answer.
  private static let faults = [ResultCode.SQLITE_CORRUPT, .SQLITE_IOERR].map {
    StoreError.translated(DatabaseError(resultCode: $0))
  }

  @Test(
    "A store whose scans fail on a damaged page says so from the start, whatever else it records meanwhile",
    arguments: ["presence", "presence_inside", "occupancy", "tally", "scan_passage", "sqlite_autoindex_scan_1", "scan"]
  )
  func damaged(page: String) async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      try await Self.fill(path)
      try await Self.damage(page, of: path)
      let store = try SQLiteStore(path: path)
      await #expect(throws: (any Error).self) { try await store.checkRecording(at: Self.later) }
      await #expect(throws: StoreError.self) { try await Self.admit(store) }
      await #expect(throws: (any Error).self) { try await store.checkRecording(at: Self.later) }
      try await store.takeNewName(.test())
      await #expect(throws: (any Error).self) { try await store.checkRecording(at: Self.later) }
    }
  }

  @Test("A file that is damaged while it is open is found out by what is read of it, whatever is in memory")
  func damagedWhileOpen() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      let store = try await Self.filled(folder)
      try store.takeInLog()
      try await store.checkRecording(at: SampleData.firstMorning)
      for table in ["scan", "presence", "occupancy", "tally"] { try await Self.damage(table, of: path) }
      try await store.checkRecording(at: SampleData.firstMorning)
      await #expect(throws: StoreError.self) {
        try await store.scans(of: SampleData.forum, checkpoint: nil, PageRequest(size: 10))
      }
      await #expect(throws: StoreError.self) { try await store.checkRecording(at: SampleData.firstMorning) }
      #expect(store.recordingState.withLock { $0.fault } != nil)
    }
  }

  @Test("A damaged page that only some people's scans need is not forgotten for those of others that were not tried")
  func damagedForSome() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.filled(folder)
      let isDamaged = Mutex(true)
      store.recordingState.withLock {
        $0.failed(
          Self.faults[0],
          trying: { _ in if isDamaged.withLock({ $0 }) { throw DatabaseError(resultCode: .SQLITE_CORRUPT) } }
        )
      }
      for _ in 0..<2 {
        await #expect(throws: (any Error).self) { try await store.checkRecording(at: SampleData.firstMorning) }
        try await store.takeNewName(.test())
      }
      #expect(store.recordingState.withLock { $0.fault } != nil)
      isDamaged.withLock { $0 = false }
      try await store.checkRecording(at: SampleData.firstMorning)
      #expect(store.recordingState.withLock { $0.fault } == nil)
    }
  }

  @Test("What SQLite says is of one row, of one transaction, or of the file and so of all that comes next")
  func reach() {
    func error(_ code: ResultCode) -> StoreError { .translated(DatabaseError(resultCode: code)) }
    for code in [ResultCode.SQLITE_CONSTRAINT_TRIGGER, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_RANGE] {
      #expect(error(code).isOfOneRow && !error(code).holdsForAll, "\(code)")
    }
    for code in [
      ResultCode.SQLITE_CORRUPT, .SQLITE_IOERR_FSYNC, .SQLITE_READONLY_DBMOVED, .SQLITE_NOTADB, .SQLITE_FULL,
    ] {
      #expect(!error(code).isOfOneRow && error(code).holdsForAll, "\(code)")
    }
    for code in [ResultCode.SQLITE_INTERRUPT, .SQLITE_ERROR, .SQLITE_MISUSE, .SQLITE_BUSY] {
      #expect(!error(code).isOfOneRow && !error(code).holdsForAll, "\(code)")
    }
    // A mistake of the program is no row's, and no scan is tried by itself for it.
    #expect(!StoreError.failed(.programmer).isOfOneRow && !StoreError.failed(.programmer).holdsForAll)
    #expect(StoreError.translated(CocoaError(.coderInvalidValue)) == .failed(.programmer, about: "CocoaError"))
  }

  @Test("A fault of the disk that has passed is over when scans can be recorded again")
  func transient() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.filled(folder)
      for fault in Self.faults {
        store.recordingState.withLock { $0.failed(fault) }
        try await store.checkRecording(at: SampleData.firstMorning)
        #expect(store.recordingState.withLock { $0.fault } == nil)
        store.recordingState.withLock { $0.failed(fault) }
        _ = try await Self.admit(store)
        #expect(store.recordingState.withLock { $0.fault } == nil)
      }
    }
  }

  @Test("Trying out whether scans are recorded leaves none behind")
  func leavesNothing() async throws {
    try await withTemporaryFolder { folder in
      let store = try await Self.filled(folder)
      let before = (try await store.standing(), try await Self.counts(store))
      store.recordingState.withLock { $0 = .untried }
      try await store.checkRecording(at: SampleData.firstMorning)
      #expect(try await store.standing() == before.0)
      #expect(try await Self.counts(store) == before.1)
      #expect(try await store.scans(of: SampleData.forum, checkpoint: nil, PageRequest(size: 10)).items.count == 1)
    }
  }

  @Test("A store without a programme or badges can be tried out")
  func empty() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      try await store.checkRecording(at: SampleData.firstMorning)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      store.recordingState.withLock { $0 = .untried }
      try await store.checkRecording(at: SampleData.firstMorning)
      #expect(store.recordingState.withLock { $0.fault } == nil)
    }
  }

  // MARK: -

  private static func filled(_ folder: URL) async throws -> SQLiteStore {
    let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
    _ = try await store.importProgramme(.test(), SampleData.programme())
    _ = try await StoreRule.badgeHolders(2, store)
    _ = try await admit(store, "CODE2")
    return store
  }

  /// Makes a store whose file alone has all of it.
  private static func fill(_ path: String) async throws {
    let store = try await filled(URL(fileURLWithPath: path).deletingLastPathComponent())
    try store.takeInLog()
  }

  private static func admit(_ store: SQLiteStore, _ code: String = "CODE1") async throws -> [ScanOutcome] {
    try await store.admit(.test(now), [StoreRule.laneScan(code)], reader: { _ in .unreadable })
  }

  private static func counts(_ store: SQLiteStore) async throws -> AttendanceCounts {
    try await store.attendance(of: SampleData.forum, checkpoint: nil, at: now)
  }

  /// Overwrites the first page of a table or an index.
  private static func damage(_ name: String, of path: String) async throws {
    let (page, size) = try await DatabaseQueue(path: path).read { db in
      (
        try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [name]),
        try Int.fetchOne(db, sql: "PRAGMA page_size")
      )
    }
    let (offset, length) = (UInt64(try #require(page) - 1) * UInt64(try #require(size)), try #require(size))
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.seek(toOffset: offset)
    try file.write(contentsOf: Data(repeating: 0xEE, count: length))
    try file.close()
  }
}
