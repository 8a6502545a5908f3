import Foundation
import GRDB
import LanyardTesting
import Testing

@Suite("The record of changes on the command line", .blocking)
struct AuditCommandTests {
  private static let forum = SampleData.forum

  @Test("It is listed and proved beside a running server and on a copy, and what was changed in a copy is named")
  func listsAndVerifies() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let listed = try LanyardProgram.run(["audit", "list", "--event", Self.forum, "--json"], data: data)
      #expect(listed.status == 0)
      let entries = try listed.json()
      #expect(entries.first?["change"] as? String == "event.created/1")
      #expect(entries.allSatisfy { ($0["actor"] as? String)?.hasPrefix("token ") == true })
      // Who it was, for programs: the sentence is for people.
      for entry in entries {
        #expect(entry["actor_kind"] as? String == "TOKEN")
        #expect((entry["actor_id"] as? String).map { "token \($0)" } == entry["actor"] as? String)
      }
      let verified = try LanyardProgram.run(["audit", "verify", "--json"], data: data)
      #expect(verified.status == 0)
      let verdict = try verified.json()[0]
      #expect((verdict["verified"] as? Int ?? 0) >= entries.count)
      #expect(verdict["broken"] is NSNull)

      let copy = folder.appending(path: "copy")
      try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
      let (from, to) = (data.appending(path: "lanyard.sqlite").path, copy.appending(path: "lanyard.sqlite").path)
      let first = try #require(entries.first?["sequence"] as? Int)
      let copied = try DatabaseQueue(path: to)
      try DatabaseQueue(path: from).backup(to: copied)
      #expect(try LanyardProgram.run(["audit", "verify"], data: copy).status == 0)
      try copied.write { db in
        try db.execute(sql: "DROP TRIGGER change_is_never_changed")
        try db.execute(sql: "UPDATE change SET actor = 'somebody' WHERE sequence = ?", arguments: [first])
      }
      let broken = try LanyardProgram.run(["audit", "verify", "--json"], data: copy)
      #expect(broken.status == 1)
      let fault = try #require(try broken.json()[0]["broken"] as? [String: any Sendable])
      #expect(fault["sequence"] as? Int == first && fault["fault"] as? String == "CHANGED")
      let empty = folder.appending(path: "empty")
      #expect(try LanyardProgram.run(["audit", "verify"], data: empty).status == 2)
    }
  }
}
