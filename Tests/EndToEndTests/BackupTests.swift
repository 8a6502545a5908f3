import Foundation
import LanyardTesting
import Synchronization
import Testing

@Suite("Backup, restore and upgrade", .blocking)
struct BackupTests {
  private static let forum = SampleData.forum
  private static let fixtures = URL(filePath: #filePath).appending(path: "../../LanyardStoreTests/Fixtures")
    .standardized

  private static func mode(of url: URL) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int)
  }

  @Test("A backup is made while the server runs, is whole and its owner's alone, and comes to life in a new folder")
  func roundTrip() throws {
    try LanyardServerProcess.withProgramme { folder, data, server in
      let file = folder.appending(path: "backup.sqlite")
      let made = try LanyardProgram.run(["admin", "backup", file.path, "--json"], data: data)
      #expect(made.status == 0, "\(made.errors)")
      let told = try made.json()[0]
      #expect(told["holds"] as? Bool == true && (told["verified"] as? Int ?? 0) > 90)
      #expect(try Self.mode(of: file) == 0o600)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.filter { $0.hasPrefix("backup") } == ["backup.sqlite"])

      // What is there is not written over, and neither is a folder in use.
      let bytes = try Data(contentsOf: file)
      let again = try LanyardProgram.run(["admin", "backup", file.path], data: data)
      #expect(again.status == 2 && again.errors.contains("is there already"), "\(again.errors)")
      let used = try LanyardProgram.run(["admin", "restore", file.path], data: data)
      #expect(used.status == 3 && used.errors.contains("a server runs on"), "\(used.errors)")
      let token = try String(contentsOf: data.appending(path: "organiser.token"), encoding: .utf8)
      #expect(server.stop() == 0)
      let full = try LanyardProgram.run(["admin", "restore", file.path], data: data)
      #expect(full.status == 2 && full.errors.contains("lanyard.sqlite"), "\(full.errors)")
      #expect(try Data(contentsOf: file) == bytes)

      // Beside the certificates that were kept, and with the same tokens.
      let other = folder.appending(path: "other")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: other.path)
      try FileManager.default.copyItem(at: data.appending(path: "certs"), to: other.appending(path: "certs"))
      let restored = try LanyardProgram.run(["admin", "restore", file.path], data: other)
      #expect(restored.status == 0 && restored.output.contains("devices.key"), "\(restored.errors)")
      #expect(try Self.mode(of: other.appending(path: "lanyard.sqlite")) == 0o600)
      let second = try LanyardServerProcess(data: other)
      let events = try LanyardProgram.run(
        ["event", "list", "--token", token.trimmingCharacters(in: .newlines)],
        data: other
      )
      #expect(events.output.contains(Self.forum), "\(events.errors)")
      #expect(second.stop() == 0)
      let verified = try LanyardProgram.run(["audit", "verify"], data: other)
      #expect(verified.status == 0, "\(verified.errors)")
      // A server has run on each: lanes of the one take nothing of the other for what they have heard.
      func name(_ data: URL) throws -> String? {
        let note = try Data(contentsOf: data.appending(path: "store.json"))
        return try (JSONSerialization.jsonObject(with: note) as? [String: Any])?["store"] as? String
      }
      #expect(try name(data) != nil && name(data) != name(other))
    }
  }

  @Test("Of several backups to one name at once one makes it, and none takes away what another writes")
  func atOnce() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let file = folder.appending(path: "backup.sqlite").path
      // As one that writes just now holds it.
      let descriptor = open(file + ".partial", O_CREAT | O_RDWR, 0o600)
      #expect(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0 && write(descriptor, "half", 4) == 4)
      let refused = try LanyardProgram.run(["admin", "backup", file], data: data)
      #expect(refused.status == 3 && refused.errors.contains("another backup or restore writes"), "\(refused.errors)")
      #expect(try String(contentsOfFile: file + ".partial", encoding: .utf8) == "half")
      close(descriptor)

      let results = Mutex<[Int32]>([])
      DispatchQueue.concurrentPerform(iterations: 6) { _ in
        do {
          let status = try LanyardProgram.run(["admin", "backup", file], data: data).status
          results.withLock { $0.append(status) }
        } catch {
          Issue.record(error)
        }
      }
      let statuses = results.withLock { $0 }
      #expect(statuses.count == 6 && statuses.count { $0 == 0 } == 1, "\(statuses)")
      // The others found it written, or there.
      #expect(statuses.allSatisfy { [0, 2, 3].contains($0) }, "\(statuses)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.filter { $0.hasPrefix("backup") } == ["backup.sqlite"])
      let restored = try LanyardProgram.run(["admin", "restore", file], data: folder.appending(path: "other"))
      #expect(restored.status == 0, "\(restored.errors)")
    }
  }

  @Test("What is no backup, or a damaged one, is refused, and leaves the folder as it was")
  func unusable() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      let file = folder.appending(path: "backup.sqlite")
      func restore() throws -> LanyardProgram.Result {
        try LanyardProgram.run(["admin", "restore", file.path], data: data)
      }
      #expect(try restore().status == 2)
      for content in [Data(), Data(String(repeating: "no database ", count: 1000).utf8)] {
        try content.write(to: file)
        let refused = try restore()
        #expect(refused.status == 1 && refused.errors.contains("holds no store of Lanyard's"), "\(refused.errors)")
      }
      var bytes = try Data(contentsOf: Self.fixtures.appending(path: "version-13.sqlite"))
      bytes.replaceSubrange(bytes.count / 2..<bytes.count / 2 + 8192, with: Data(count: 8192))
      try bytes.write(to: file)
      #expect(try restore().status == 1)
      #expect(!FileManager.default.fileExists(atPath: data.path))
      #expect(try LanyardProgram.run(["admin", "backup", file.path + ".2"], data: data).status == 2)
    }
  }

  @Test(
    "A backup or a restore that was killed leaves nothing under the name of what it makes, and the next one makes it"
  )
  func killed() throws {
    try withTemporaryFolder { folder in
      let (data, other) = (try Self.leftBehind(in: folder), folder.appending(path: "other"))
      let file = folder.appending(path: "backup.sqlite")
      // As the one that is killed while it writes leaves it.
      for name in ["", "-journal"] {
        try Data("half a page".utf8).write(to: URL(filePath: file.path + ".partial" + name))
      }
      #expect(try LanyardProgram.run(["admin", "backup", file.path], data: data).status == 0)
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: other.path)
      try Data("half a page".utf8).write(to: other.appending(path: "lanyard.sqlite.partial"))
      let restored = try LanyardProgram.run(["admin", "restore", file.path], data: other)
      #expect(restored.status == 0, "\(restored.errors)")
      let names =
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
        + FileManager.default.contentsOfDirectory(atPath: other.path)
      #expect(!names.contains { $0.contains(".partial") }, "\(names)")
      // A copy that comes to nothing has had no name that would be in the way.
      let broken = folder.appending(path: "broken")
      try FileManager.default.createDirectory(at: broken, withIntermediateDirectories: true)
      try Data("no database at all".utf8).write(to: broken.appending(path: "lanyard.sqlite"))
      let third = folder.appending(path: "third.sqlite")
      #expect(try LanyardProgram.run(["admin", "backup", third.path], data: broken).status == 3)
      #expect(try !FileManager.default.contentsOfDirectory(atPath: folder.path).contains { $0.hasPrefix("third") })
    }
  }

  /// A folder as a server of an earlier release left it, which was stopped while a lane at the front door went on.
  private static func leftBehind(in folder: URL) throws -> URL {
    let data = folder.appending(path: "data")
    let left = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/folder-2026-11")
    try FileManager.default.copyItem(at: left, to: data)
    for path in [data.path, data.appending(path: "lanes").path] {
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    }
    // Certificates end, so that none of then is kept.
    #expect(try LanyardProgram.run(["certs", "init"], data: data).status == 0)
    return data
  }

  @Test("A whole folder of an earlier release goes on as the manual says: backup, start, check, and what its lane kept")
  func upgradeOfFolder() throws {
    try withTemporaryFolder { folder in
      let data = try Self.leftBehind(in: folder)
      func run(_ arguments: String..., input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments, data: data, input: input)
      }
      let database = data.appending(path: "lanyard.sqlite")
      let before = try Data(contentsOf: database)
      let backup = folder.appending(path: "before-upgrade.sqlite")
      let made = try run("admin", "backup", backup.path, "--json")
      #expect(try made.status == 0 && made.json()[0]["holds"] as? Bool == true, "\(made.errors)")
      // Of the store as it was left, which is as it was.
      #expect(try made.json()[0]["scans"] as? Int == 2 && Data(contentsOf: database) == before, "\(made.output)")

      let server = try LanyardServerProcess(data: data)
      #expect(try run("audit", "verify").status == 0)
      // With the token that lies in the folder since.
      #expect(try run("event", "list").output.hasPrefix("tech-day  2024-05-27 to 2024-05-28"))
      let people = try run("registrations", "list", "--event", "tech-day", "--csv").output
      #expect(
        people.contains("نور الحداد,,AE,Visitor,,CONFIRMED,ONSITE") && people.contains("Tom Tipp,,CH,Press,,SUBMITTED")
      )
      func scans() throws -> [String] {
        try run("attendance", "scans", "--event", "tech-day", "--oldest-first", "--json").json().map {
          "\($0["checkpoint"] ?? "") \($0["answer"] ?? "") \($0["offline"] as? Bool == true ? 1 : 0)"
        }
      }
      #expect(try scans() == ["front-door ADMITTED 0", "hall ADMITTED 1"])
      // What the lane of then kept is for the authority of then, whose key is not kept: it is said, and nothing is lost.
      let lane = try run("scan", "--checkpoint", "Front door", "--event", "tech-day", "--json")
      #expect(lane.errors.contains("1 scan on this device is for another server"), "\(lane.errors)")
      #expect(try scans().count == 2 && run("scan", "kept").output.contains("1"))
      #expect(server.stop() == 0)
      #expect(try run("audit", "verify").status == 0)

      let other = folder.appending(path: "other")
      #expect(try LanyardProgram.run(["admin", "restore", backup.path], data: other).status == 0)
      #expect(try LanyardProgram.run(["audit", "verify"], data: other).status == 0)
    }
  }

  @Test(
    "A folder of an earlier release is backed up as it is, and a server of this one goes on with it",
    arguments: [6, 13]
  )
  func upgrade(version: Int) throws {
    try withTemporaryFolder { folder in
      let (data, file) = (folder.appending(path: "data"), folder.appending(path: "before.sqlite"))
      let original = Self.fixtures.appending(path: "version-\(version).sqlite")
      #expect(try LanyardProgram.run(["certs", "init"], data: data).status == 0)
      let database = data.appending(path: "lanyard.sqlite")
      try FileManager.default.copyItem(at: original, to: database)
      let made = try LanyardProgram.run(["admin", "backup", file.path], data: data)
      #expect(made.status == 0, "\(made.errors)")
      #expect(try Data(contentsOf: database) == Data(contentsOf: original))

      let moment = ["--rehearse-at", "2024-05-27T08:30:00+02:00"]
      let server = try LanyardServerProcess(data: data, arguments: moment)
      let event = try #require(
        try LanyardProgram.run(["event", "list", "--json"], data: data).json().compactMap { $0["name"] as? String }.last
      )
      let slug = String(event.dropFirst("events/".count))
      let badges = try LanyardProgram.run(["badge", "list", "--event", slug, "--json", "--codes"], data: data).json()
      #expect(!badges.isEmpty)
      let scan = try LanyardProgram.run(["attendance", "scans", "--event", slug, "--json"], data: data)
      #expect(scan.status == 0 && !scan.output.isEmpty, "\(scan.errors)")
      #expect(server.stop() == 0)
      #expect(try LanyardProgram.run(["audit", "verify"], data: data).status == 0)

      // What was kept of before comes to the same.
      let other = folder.appending(path: "other")
      let restored = try LanyardProgram.run(["admin", "restore", file.path], data: other)
      #expect(restored.status == 0, "\(restored.errors)")
      #expect(try LanyardProgram.run(["audit", "verify"], data: other).status == 0)
      #expect(try LanyardProgram.run(["certs", "init"], data: other).status == 0)
      let second = try LanyardServerProcess(data: other, arguments: moment)
      let same = try LanyardProgram.run(["badge", "list", "--event", slug, "--json", "--codes"], data: other).json()
      #expect(same.map { $0["serial"] as? String } == badges.map { $0["serial"] as? String })
      #expect(second.stop() == 0)
    }
  }
}
