import Foundation
import LanyardTesting
import Testing

@Suite("A folder with a damaged file", .blocking, .hangGuard)
struct DamagedFolderTests {
  private static let files = FileManager.default

  /// The file of a folder whose name begins and ends so.
  private static func file(_ prefix: String, _ suffix: String, in folder: URL) throws -> URL {
    let names = try files.contentsOfDirectory(atPath: folder.path)
    return folder.appending(path: try #require(names.first { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }))
  }

  /// Runs a body while a file holds something else, or is gone, and brings it back.
  private static func damaging(_ file: URL, _ content: String?, _ body: () throws -> Void) throws {
    let before = try Data(contentsOf: file)
    defer { try? before.write(to: file) }
    if let content { try Data(content.utf8).write(to: file) } else { try files.removeItem(at: file) }
    try body()
  }

  @Test("of a device is named by a lane that begins, with what to do, and ends it with 2")
  func device() throws {
    try EnrolTests.withServer { data, _ in
      let device = data.deletingLastPathComponent().appending(path: "device")
      let enrolled = try LanyardProgram.run(
        ["scan", "enrol", try EnrolTests.code(data).link, "--device", device.path],
        data: data
      )
      #expect(enrolled.status == 0, "\(enrolled.errors)")
      func scan() throws -> LanyardProgram.Result {
        try LanyardProgram.run(["scan", "--device", device.path, "--checkpoint", "Entrance lane 3"], data: data)
      }
      func expectNamed(_ file: URL, _ advice: String) throws {
        let said = try scan()
        #expect(said.status == 2, "\(said.errors)")
        #expect(said.errors.contains(file.lastPathComponent) && said.errors.contains(advice), "\(said.errors)")
      }
      let credential = try Self.file("credential-", ".pem", in: device)
      let pem = try String(contentsOf: credential, encoding: .utf8)
      let authority = try Self.file("authority-", ".pem", in: device)
      let authorityPEM = try String(contentsOf: authority, encoding: .utf8)
      let half = String(pem.prefix(pem.count / 2))
      for content in [nil, "", "no PEM", half, authorityPEM] {
        try Self.damaging(credential, content) { try expectNamed(credential, "--replace") }
        // As whatever command it calls.
        try Self.damaging(credential, content) {
          let list = try LanyardProgram.run(
            ["attendance", "--event", SampleData.forum, "--device", device.path],
            data: data
          )
          #expect(list.status == 2 && list.errors.contains(credential.lastPathComponent), "\(list.errors)")
        }
      }
      for content in [nil, "", "no PEM"] {
        try Self.damaging(authority, content) { try expectNamed(authority, "--replace") }
      }
      let roster = try Self.file("roster-", ".sqlite", in: device)
      let garbage = String(repeating: "no database ", count: 1000)
      try Self.damaging(roster, garbage) { try expectNamed(roster, "Move it out") }
      #expect(try scan().status == 0)
      let journal = try Self.file("lane-", ".sqlite", in: device)
      try Self.damaging(journal, garbage) { try expectNamed(journal, "keep it") }
    }
  }

  @Test("of a device says that a journal was removed while scans waited in it")
  func removedJournal() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 2)
      let device = try venue.enrol("tablet", at: "Entrance lane 1", through: venue.server.address)
      venue.server.kill()
      func scan(_ code: String) throws -> LanyardProgram.Result {
        try LanyardProgram.run(["scan", "--device", device.path], data: venue.data, input: "\(code)\n")
      }
      #expect(try scan(venue.codes[0]).status == 3)
      let journal = try Self.file("lane-", ".sqlite", in: device)
      for suffix in ["", "-wal", "-shm"] where Self.files.fileExists(atPath: journal.path + suffix) {
        try Self.files.removeItem(atPath: journal.path + suffix)
      }
      let said = "\(journal.lastPathComponent) was removed while scans waited"
      let kept = try LanyardProgram.run(["scan", "kept", "--device", device.path], data: venue.data)
      #expect(kept.status == 3 && kept.errors.contains(said), "\(kept.errors)")
      let next = try scan(venue.codes[1])
      #expect(next.errors.contains(said), "\(next.errors)")
      // Once.
      #expect(try !scan(venue.codes[1]).errors.contains(said))
    }
  }

  @Test("of a device has all that waits in the journal's one file once a lane has ended")
  func oneFile() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 2)
      let device = try venue.enrol("tablet", at: "Entrance lane 1", through: venue.server.address)
      venue.server.kill()
      let codes = venue.codes[0..<2].map { "\($0)\n" }.joined()
      let lane = try LanyardProgram.run(["scan", "--device", device.path], data: venue.data, input: codes)
      #expect(lane.status == 3 && lane.errors.contains("2 scans wait"), "\(lane.errors)")
      let journal = try Self.file("lane-", ".sqlite", in: device)
      for suffix in ["-wal", "-shm"] { #expect(!Self.files.fileExists(atPath: journal.path + suffix), "\(suffix)") }
      let kept = try LanyardProgram.run(["scan", "kept", "--json", "--device", device.path], data: venue.data)
      #expect(try kept.json().first?["waiting"] as? Int == 2, "\(kept.errors)")
      // A file that is whole and has nothing.
      try Data().write(to: journal)
      let said = "Scans that waited in \(journal.path) are lost"
      let empty = try LanyardProgram.run(["scan", "kept", "--device", device.path], data: venue.data)
      #expect(empty.status == 3 && empty.errors.contains(said), "\(empty.errors)")
      let next = try LanyardProgram.run(["scan", "--device", device.path], data: venue.data, input: codes)
      #expect(next.errors.contains(said), "\(next.errors)")
    }
  }

  @Test(
    "of a server is named with what to do, and ends it with 2",
    arguments: ["devices.pem", "devices.key", "server.pem", "server.key"]
  )
  func server(name: String) throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      #expect(try LanyardProgram.run(["certs", "init"], data: data).status == 0)
      let server = try LanyardServerProcess(data: data)
      server.stop()
      let file = data.appending(path: "certs/\(name)")
      let pem = try String(contentsOf: file, encoding: .utf8)
      for content in ["", "no PEM", String(pem.prefix(pem.count / 2))] {
        try Self.damaging(file, content) {
          let said = try LanyardProgram.run(
            ["serve", "--grpc", "127.0.0.1:0", "--rehearse-at", "2024-05-27T08:30:00+02:00"],
            data: data
          )
          #expect(said.status == 2 && said.errors.contains(file.path), "\(said.status) \(said.errors)")
        }
      }
    }
  }
}
