import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Synchronization
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("A store whose files are touched while it is open")
struct VanishedStoreTests {
  /// What is done to a file.
  enum Touch: String, CaseIterable {
    case deleted, replaced, movedAway
  }

  @Test(
    "Nothing is answered while the database or its log is not the file that was opened",
    arguments: ["lanyard.sqlite", "lanyard.sqlite-wal"],
    Touch.allCases
  )
  func vanished(name: String, touch: Touch) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let file = folder.appending(path: name)
      let aside = folder.appending(path: "aside")
      switch touch {
      case .deleted: try FileManager.default.removeItem(at: file)
      case .replaced:
        try FileManager.default.copyItem(at: file, to: aside)
        #expect(rename(aside.path, file.path) == 0)
      case .movedAway: try FileManager.default.moveItem(at: file, to: aside)
      }
      await #expect(throws: StoreError.vanished) { try await store.importProgramme(.test(), SampleData.programme()) }
      await #expect(throws: StoreError.vanished) { try await store.event(SampleData.forum) }
      await #expect(throws: StoreError.vanished) { try await store.checkRecording(at: SampleData.firstMorning) }
      guard touch == .movedAway else { return }
      try FileManager.default.moveItem(at: aside, to: file)
      try await store.checkRecording(at: SampleData.firstMorning)
      _ = try await store.importProgramme(.test(), SampleData.programme())
    }
  }

  @Test("A file that vanishes while a transaction runs makes that transaction fail")
  func vanishesMeanwhile() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      let store = try SQLiteStore(path: path)
      await #expect(throws: StoreError.vanished) {
        try await store.write { db in
          try db.execute(sql: "UPDATE feed SET plan_revision = plan_revision + 1")
          #expect(unlink(path) == 0)
        }
      }
    }
  }

  @Test("A full disk is remembered until something can be written again")
  func fullDisk() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      try await store.checkRecording(at: SampleData.firstMorning)
      try await store.write { db in
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        try db.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
      await #expect(throws: StoreError.outOfSpace) { try await store.importProgramme(.test(), SampleData.programme()) }
      #expect(store.recordingState.withLock { $0.fault } == .outOfSpace)
      try await store.write { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
      try await store.checkRecording(at: SampleData.firstMorning)
      #expect(store.recordingState.withLock { $0.fault } == nil)
    }
  }

  @Test("A change that the database refuses says nothing about the next one")
  func oneBadChange() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      await #expect(throws: StoreError.self) {
        try await store.write { try $0.execute(sql: "UPDATE feed SET last_sequence = NULL") }
      }
      #expect(store.recordingState.withLock { $0.fault } == nil)
    }
  }

  @Test("The standing of a closed store is read from its file and its log, and of no other file")
  func standing() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      let store = try SQLiteStore(path: path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let standing = try await store.standing()
      #expect(standing.sequence > 0)
      #expect(try SQLiteStore.standing(ofFileAt: path) == standing)
      try await store.takeNewName(.test())
      #expect(try await store.standing().store != standing.store)
      #expect(try await store.standing().sequence == standing.sequence + 1)
      let other = folder.appending(path: "other")
      for content in ["", String(repeating: "no database ", count: 1000)] {
        try Data(content.utf8).write(to: other)
        #expect(try SQLiteStore.standing(ofFileAt: other.path) == nil)
      }
    }
  }

  @Test("A copy is its owner's alone, and never goes over another file")
  func copy() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let copy = folder.appending(path: "copy.sqlite").path
      try store.copy(to: copy)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
      }
      #expect(try SQLiteStore.standing(ofFileAt: copy) == (try await store.standing()))
      #expect(throws: StoreError.self) { try store.copy(to: copy) }
    }
  }
}
