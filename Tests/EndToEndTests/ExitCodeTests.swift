import Foundation
import LanyardTesting
import Testing

@Suite("The exit code of a command", .blocking, .hangGuard)
struct ExitCodeTests {
  private static let event = ["--event", SampleData.forum]

  /// Runs each command on the sample's server, or on a folder of its own, and says which of them ended otherwise.
  private static func others(than status: Int32, _ commands: [[String]], data: URL) throws -> [String] {
    try commands.compactMap { arguments in
      let result = try LanyardProgram.run(arguments, data: data)
      guard result.status != status || (result.output + result.errors).isEmpty else { return nil }
      return "\(arguments.joined(separator: " ")): \(result.status) \(result.errors)"
    }
  }

  @Test("Is one for each kind of fault, whichever command finds it")
  func kinds() throws {
    try LanyardServerProcess.withProgramme { folder, data, server in
      func file(_ name: String, _ content: String) throws -> String {
        let url = folder.appending(path: name)
        try Data(content.utf8).write(to: url)
        return url.path
      }
      let other = folder.appending(path: "other")
      let (none, into) = (folder.appending(path: "none").path, folder.appending(path: "none/file").path)
      let sound = folder.appending(path: "sound.sqlite").path
      #expect(try LanyardProgram.run(["admin", "backup", sound], data: data).status == 0)
      // What a file says.
      let people = try file("people.csv", "email,stakeholder_group,participation\nnobody,Academia,ONSITE\n")
      let contents = [
        ["registrations", "import", people] + Self.event,
        ["registrations", "import", try file("broken.xlsx", "PK\u{3}\u{4}")] + Self.event,
        ["event", "import", try file("programme.json", "{\"events\": [{\"slug\": \"No Slug\"}]}")],
        ["badge", "design", "check", try file("design.yaml", "sheet: A9\n")],
        ["badge", "preview", "--out", folder.appending(path: "x.pdf").path, "--design", folder.path + "/design.yaml"]
          + Self.event,
      ]
      #expect(try Self.others(than: 1, contents, data: data) == [])
      let damaged = ["admin", "restore", try file("damaged.sqlite", "no database")]
      #expect(try Self.others(than: 1, [damaged], data: other) == [])
      // What is not there, or fits several, as of two events where none is named.
      let absent = [
        ["registrations", "list"], ["registrations", "show", "Ada"], ["badge", "list"], ["attendance", "people"],
        ["registrations", "show", "nobody@example.org"] + Self.event, ["registrations", "list", "--event", "another"],
        ["attendance", "sessions", "--event", "another"], ["badge", "hold", "nobody at all"] + Self.event,
      ]
      #expect(try Self.others(than: 1, absent, data: data) == [])
      // What is typed.
      let typed = [
        ["registrations", "add", "--email", "nobody", "--group", "Academia", "--given-name", "A"] + Self.event,
        ["registrations", "list", "--group", "Friends"] + Self.event,
        ["registrations", "list", "--limit", "0"] + Self.event,
        ["registrations", "list", "--country", "DE"] + Self.event,
        ["attendance", "scans", "--reason", "x"] + Self.event,
        ["nonsense"], ["registrations", "move-up", "Ada"],
        ["loadtest", "run", "no-such-scenario-\(UUID().uuidString)"],
      ]
      #expect(try Self.others(than: 2, typed, data: data) == [])
      // A path that cannot be read or written, or is taken.
      let paths = [
        ["registrations", "import", none] + Self.event, ["event", "import", none], ["badge", "design", "check", none],
        ["registrations", "import", people, "--map-file", none] + Self.event,
        ["registrations", "export", "--out", into] + Self.event, ["admin", "backup", into], ["admin", "backup", sound],
      ]
      #expect(try Self.others(than: 2, paths, data: data) == [])
      #expect(try Self.others(than: 2, [["admin", "restore", none]], data: other) == [])
      let locked = try file("a-file", "")
      #expect(try Self.others(than: 2, [["certs", "init"]], data: URL(filePath: locked)) == [])
      // What another program holds at the moment.
      let held = [["serve", "--grpc", "127.0.0.1:0"], ["admin", "restore", sound]]
      #expect(try Self.others(than: 3, held, data: data) == [])
      _ = try LanyardProgram.run(["certs", "init"], data: other)
      #expect(try Self.others(than: 3, [["serve", "--grpc", "\(server.address)"]], data: other) == [])
      // Nobody answers.
      #expect(server.stop() == 0)
      #expect(
        try Self.others(than: 3, [["event", "list"], ["registrations", "list"] + Self.event], data: data) == []
      )
    }
  }
}
