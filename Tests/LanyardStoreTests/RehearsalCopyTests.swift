import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("A copy for a rehearsal")
struct RehearsalCopyTests {
  @Test("Of a store that nobody has open makes no file beside it, and of one that somebody has open has the newest")
  func copies() async throws {
    try await withTemporaryFolder { folder in
      let (closed, open) = (folder.appending(path: "closed"), folder.appending(path: "open"))
      for place in [closed, open] {
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      }
      let path = open.appending(path: "lanyard.sqlite").path
      let store = try SQLiteStore(path: path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let events = try await store.events(PageRequest(size: 10)).items.count
      #expect(try await Self.events(ofCopyOf: path, to: folder.appending(path: "first").path) == events)
      // What a log beside it held is in the file itself once nobody has it open.
      let moved = closed.appending(path: "lanyard.sqlite").path
      try SQLiteStore.copyForRehearsal(.test(), of: path, to: moved)
      #expect(try FileManager.default.contentsOfDirectory(atPath: closed.path) == ["lanyard.sqlite"])
      let before = try Data(contentsOf: URL(filePath: moved))
      #expect(try await Self.events(ofCopyOf: moved, to: folder.appending(path: "second").path) == events)
      #expect(try FileManager.default.contentsOfDirectory(atPath: closed.path) == ["lanyard.sqlite"])
      #expect(try Data(contentsOf: URL(filePath: moved)) == before)
      withExtendedLifetime(store) {}
    }
  }

  @Test("Of a store of an earlier version is of this one")
  func earlier() async throws {
    let original = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/version-6.sqlite")
      .path
    try await withTemporaryFolder { folder in
      let events = try await Self.events(ofCopyOf: original, to: folder.appending(path: "copy").path)
      #expect(events > 0)
    }
  }

  @Test("Says of its changes the rehearsed moment, also where that is before the original's last change")
  func moments() async throws {
    try await withTemporaryFolder { folder in
      let original = folder.appending(path: "lanyard.sqlite").path
      let (before, after) = (SampleData.firstMorning, SampleData.firstMorning + .seconds(86_400))
      let store = try SQLiteStore(path: original, mode: .real, .test(after))
      _ = try await store.importProgramme(.test(after), SampleData.programme())
      let path = folder.appending(path: "copy").path
      try SQLiteStore.copyForRehearsal(.test(after), of: original, to: path)
      let copy = try SQLiteStore(path: path, mode: .rehearsal, .test(before))
      var change = CheckpointChange()
      change.isClosed = true
      for (place, moment) in [(store, after), (copy, before)] {
        let address = CheckpointAddress(event: SampleData.forum, checkpoint: "entrance-lane-1")
        _ = try await place.change(.test(before), address, change)
        let entries = try await place.auditEntries(AuditFilter(event: SampleData.forum), PageRequest(size: 1000)).items
        #expect(entries.last?.madeAt == moment)
      }
    }
  }

  @Test("Of what is damaged is refused")
  func damaged() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      try Data(repeating: 7, count: 8192).write(to: URL(filePath: path))
      #expect(throws: StoreError.self) {
        try SQLiteStore.copyForRehearsal(.test(), of: path, to: folder.appending(path: "copy").path)
      }
    }
  }

  private static func events(ofCopyOf original: String, to path: String) async throws -> Int {
    try SQLiteStore.copyForRehearsal(.test(), of: original, to: path)
    return try await SQLiteStore(path: path, mode: .rehearsal, .test()).events(PageRequest(size: 10)).items.count
  }
}
