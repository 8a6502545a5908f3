import Foundation
import GRDB
import LanyardDomain
import LanyardSQLite
import LanyardStore
import LanyardTesting
import Testing

@Suite("A server on data of a place whose clocks its machine does not know", .blocking, .hangGuard)
struct UnknownZoneTests {
  @Test("Does not start, and says what to install", arguments: ["event", "checkpoint", "session"])
  func start(table: String) async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      #expect(try LanyardProgram.run(["certs", "init"], data: data).status == 0)
      let path = data.appending(path: "lanyard.sqlite").path
      do {
        let store = try SQLiteStore(path: path)
        _ = try await store.importProgramme(.test(), SampleData.programme())
        try store.takeInLog()
      }
      try await DatabaseQueue(path: path).write { db in
        try db.execute(sql: "UPDATE \(table) SET time_zone = 'Mars/Olympus' WHERE id = 1")
      }
      let tried = try LanyardProgram.run(["serve", "--grpc", "127.0.0.1:0"], data: data)
      #expect(tried.status != 0)
      #expect(tried.errors.contains("tzdata") && tried.errors.contains(table), "\(tried.errors)")
    }
  }

  @Test("Says in a sentence where a row has a value that its version does not know")
  func unknownValue() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      #expect(try LanyardProgram.run(["certs", "init"], data: data).status == 0)
      let path = data.appending(path: "lanyard.sqlite").path
      do {
        let store = try SQLiteStore(path: path)
        _ = try await store.importProgramme(.test(), SampleData.programme())
        try store.takeInLog()
      }
      try await DatabaseQueue(path: path).write { db in
        // As a later version's table may allow it.
        try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
        try db.execute(sql: "UPDATE checkpoint SET directions = 'SIDEWAYS' WHERE id = 1")
      }
      let tried = try LanyardProgram.run(["serve", "--grpc", "127.0.0.1:0"], data: data)
      #expect(tried.status == 3)
      #expect(tried.errors.contains("has a value in checkpoint.directions that this version does not know"))
      #expect(!tried.errors.contains("unknownValue"), "\(tried.errors)")
    }
  }
}
