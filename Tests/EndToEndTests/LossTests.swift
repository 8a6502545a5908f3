import Foundation
import Glibc
import LanyardLoad
import LanyardTesting
import Testing

@Suite("A data folder whose store was lost", .blocking)
struct LossTests {
  @Test("A database that was deleted, emptied or replaced does not start as if it were new")
  func lost() throws {
    try Self.withStore { folder, data in
      let database = data.appending(path: "lanyard.sqlite")
      let kept = folder.appending(path: "kept")
      try FileManager.default.moveItem(at: database, to: kept)

      try Self.expectRefusal(data, "lanyard.sqlite is gone; it was at change ")
      let token = try LanyardProgram.run(["admin", "token", "list"], data: data)
      #expect(token.status == 2)

      try Data().write(to: database)
      try Self.expectRefusal(data, "lanyard.sqlite is empty; it was at change ")
      let listed = try LanyardProgram.run(["admin", "token", "list"], data: data)
      #expect(listed.status == 3)
      #expect(listed.errors.contains("is empty"))

      try Data(String(repeating: "no database ", count: 1000).utf8).write(to: database)
      try Self.expectRefusal(data, "holds no store of Lanyard's")

      let other = folder.appending(path: "other/data")
      try FileManager.default.createDirectory(
        at: other.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Self.fill(other)
      try FileManager.default.removeItem(at: database)
      try FileManager.default.copyItem(at: other.appending(path: "lanyard.sqlite"), to: database)
      try Self.expectRefusal(data, "is another store than the one that was here")

      // What was put back is taken as it was.
      try FileManager.default.removeItem(at: database)
      try FileManager.default.moveItem(at: kept, to: database)
      let server = try LanyardServerProcess(data: data)
      let events = try LanyardProgram.run(["event", "list"], data: data)
      #expect(events.output.contains(SampleData.forum))
      #expect(server.stop() == 0)
    }
  }

  @Test("An older copy and a lost log are noticed, and gone on with only where somebody says so")
  func behind() throws {
    try Self.withStore { folder, data in
      let database = data.appending(path: "lanyard.sqlite")
      let older = folder.appending(path: "older")
      try FileManager.default.copyItem(at: database, to: older)
      let store = try Self.note(data).store

      // A server that is killed leaves what it wrote last in its log.
      let server = try LanyardServerProcess(data: data)
      let before = try Self.note(data).sequence
      // Going on with a loss is a change as well: more is lost than that.
      for number in 1...2 { try Self.register(data, "person\(number)@example.org") }
      let sequence = try Self.waitForNote(data, after: before + 1)
      server.kill()
      try FileManager.default.removeItem(at: data.appending(path: "lanyard.sqlite-wal"))
      try Self.expectRefusal(data, "changes are missing")

      try FileManager.default.removeItem(at: database)
      try FileManager.default.copyItem(at: older, to: database)
      let refused = try Self.expectRefusal(data, "changes are missing")
      #expect(refused.contains("--accept-loss"))

      let accepted = try LanyardServerProcess(data: data, arguments: Self.rehearsal + ["--accept-loss"])
      #expect(accepted.stop() == 0)
      let note = try Self.note(data)
      #expect(note.sequence < sequence)
      // Another name, so that no lane takes what it has heard for what this store says.
      #expect(note.store != store)
      #expect(!note.open)
      let again = try LanyardServerProcess(data: data)
      #expect(again.stop() == 0)
      let log = try String(contentsOf: folder.appending(path: "serve.log"), encoding: .utf8)
      #expect(log.contains("going on although"))
    }
  }

  @Test("A log that is lost after a loss was accepted shows as missing changes, and not as another store")
  func lostAgain() throws {
    try Self.withStore { folder, data in
      let (database, log) = (data.appending(path: "lanyard.sqlite"), data.appending(path: "lanyard.sqlite-wal"))
      let older = folder.appending(path: "older")
      try FileManager.default.copyItem(at: database, to: older)
      let server = try LanyardServerProcess(data: data)
      try Self.register(data, "person1@example.org")
      #expect(server.stop() == 0)
      try FileManager.default.removeItem(at: database)
      try FileManager.default.copyItem(at: older, to: database)
      try Self.expectRefusal(data, "1 change is missing")

      let accepted = try LanyardServerProcess(data: data, arguments: Self.rehearsal + ["--accept-loss"])
      let before = try Self.note(data).sequence
      try Self.register(data, "person2@example.org")
      _ = try Self.waitForNote(data, after: before)
      accepted.kill()
      try FileManager.default.removeItem(at: log)
      try Self.expectRefusal(data, "1 change is missing")

      // Soon after: what was noted at once is not more than what the file has.
      let again = try LanyardServerProcess(data: data, arguments: Self.rehearsal + ["--accept-loss"])
      again.kill()
      try FileManager.default.removeItem(at: log)
      let last = try LanyardServerProcess(data: data)
      #expect(last.stop() == 0)
    }
  }

  @Test("A server that ended in a crash starts on a full disk, and commands find it")
  func fullDiskAfterCrash() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      let disk = try FullDisk(at: data, megabytes: 32)
      guard disk.way != .limit else { return print("not tested: a full disk needs root, to mount one") }
      defer { disk.remove() }
      try Self.fill(data)
      let crashed = try LanyardServerProcess(data: data)
      crashed.kill()
      try disk.fill()
      let server = try LanyardServerProcess(data: data)
      #expect(try LanyardProgram.run(["event", "list"], data: data).status == 0)
      server.stop()
    }
  }

  @Test("A server starts to read on a full disk, says that it records nothing, and records again when there is room")
  func fullDisk() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      let disk = try FullDisk(at: data, megabytes: 32)
      guard disk.way != .limit else { return print("not tested: a full disk needs root, to mount one") }
      defer { disk.remove() }
      try Self.fill(data)
      try disk.fill()
      let server = try LanyardServerProcess(data: data)
      defer { server.stop() }
      #expect(try LanyardProgram.run(Self.elsewhere(["event", "list"], server), data: data).status == 0)
      // What the reserve gave back is used up first.
      try disk.fill()
      var refused = try Self.register(data, "person0@example.org", at: server)
      for number in 1...2000 where refused.status == 0 {
        refused = try Self.register(data, "person\(number)@example.org", at: server)
      }
      #expect(refused.status == 3)
      #expect(refused.errors.contains("disk is full"))
      #expect(try LanyardProgram.run(Self.elsewhere(["event", "list"], server), data: data).status == 0)
      try disk.free()
      #expect(try Self.register(data, "late@example.org", at: server).status == 0)
    }
  }

  // MARK: -

  private struct Note: Decodable {
    let store: String
    let sequence: Int
    let open: Bool
  }

  private static let rehearsal = ["--rehearse-at", "2024-05-27T08:30:00+02:00"]

  /// Hands over a folder, and in it a data folder with a store whose server has ended.
  private static func withStore(_ body: (URL, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      try fill(data)
      try body(folder, data)
    }
  }

  /// Makes a data folder with the sample's programme, whose server has ended.
  private static func fill(_ data: URL) throws {
    #expect(try LanyardProgram.run(["certs", "init"], data: data).status == 0)
    let server = try LanyardServerProcess(data: data)
    #expect(try LanyardProgram.run(["event", "import", SampleData.url("programme.json").path], data: data).status == 0)
    #expect(server.stop() == 0)
    #expect(try note(data).sequence > 0)
  }

  @discardableResult
  private static func expectRefusal(_ data: URL, _ reason: String) throws -> String {
    let refused = try LanyardProgram.run(["serve", "--grpc", "127.0.0.1:0"] + rehearsal, data: data)
    #expect(refused.status == 3)
    #expect(refused.errors.contains(reason), "\(refused.errors)")
    return refused.errors
  }

  private static func note(_ data: URL) throws -> Note {
    try JSONDecoder().decode(Note.self, from: Data(contentsOf: data.appending(path: "store.json")))
  }

  /// Waits until the server has noted a change after `sequence`; returns the number of the noted one.
  private static func waitForNote(_ data: URL, after sequence: Int) throws -> Int {
    var noted = sequence
    try HangGuard.wait {
      noted = try note(data).sequence
      return noted > sequence
    }
    return noted
  }

  @discardableResult
  private static func register(
    _ data: URL,
    _ email: String,
    at server: LanyardServerProcess? = nil
  ) throws -> LanyardProgram.Result {
    let csv = data.deletingLastPathComponent().appending(path: "one.csv")
    let text = "email,given_name,stakeholder_group,participation\n\(email),Ada,Government,ONSITE"
    try Data(text.utf8).write(to: csv)
    let arguments = ["registrations", "import", csv.path, "--event", SampleData.forum]
    return try LanyardProgram.run(server.map { elsewhere(arguments, $0) } ?? arguments, data: data)
  }

  /// A command that does not find the server in the data folder, which has no room to say where it is.
  private static func elsewhere(_ arguments: [String], _ server: LanyardServerProcess) -> [String] {
    arguments + ["--server", "\(server.address)"]
  }
}
