import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

@Suite("A row with a value that this version does not know") struct UnknownValueTests {
  @Test(
    "Is an error that names table and column, never a default",
    arguments: [("kind", "GATE"), ("directions", "SIDEWAYS"), ("admitted_participations", #"["HYBRID"]"#)]
  )
  func checkpoint(column: String, value: String) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      try await store.write { db in
        try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
        try db.execute(sql: "UPDATE checkpoint SET \(column) = ?", arguments: [value])
      }
      let address = CheckpointAddress(event: SampleData.forum, checkpoint: "entrance-lane-1")
      await #expect(throws: StoreError.unknownValue(table: "checkpoint", column: column)) {
        try await store.checkpoint(address)
      }
    }
  }

  @Test("Is none where every value is known")
  func known() throws {
    for value in Checkpoint.Directions.allCases {
      let read: Checkpoint.Directions = try LanyardStore.known(value.rawValue, "checkpoint", "directions")
      #expect(read == value)
    }
    #expect(throws: StoreError.unknownValue(table: "badge", column: "state")) {
      let _: BadgeState = try LanyardStore.known("LOST", "badge", "state")
    }
  }
}
