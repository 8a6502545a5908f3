import Foundation
import LanyardTesting
import Testing

@Suite("The keys of badges, as their keeper handles them", .blocking, .hangGuard)
struct KeyCommandTests {
  private static let forum = ["--event", SampleData.forum]

  @Test("Are rotated and retired, and badges of before go on to work until others take their places")
  func rotation() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let csv = folder.appending(path: "people.csv")
      let people = "email,given_name,stakeholder_group,participation\na@example.org,Ada,Government,ONSITE\n"
      try Data(people.utf8).write(to: csv)
      func run(_ arguments: String...) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      func scan(_ code: String) throws -> String? {
        try LanyardProgram.run(
          ["scan", "--checkpoint", "Entrance lane 1", "--simulate", "--json"],
          data: data,
          input: code
        ).json().first?["answer"] as? String
      }
      _ = try LanyardProgram.run(["registrations", "import", csv.path] + Self.forum, data: data)
      _ = try LanyardProgram.run(["badge", "issue", "--all"] + Self.forum, data: data)
      let code = try LanyardProgram.run(["badge", "list", "--codes"] + Self.forum, data: data).output
      let first = try #require(try run("keys", "list").output.split(separator: " ").first.map(String.init))
      #expect(try run("keys", "list").output.contains("SIGNS"))
      #expect(try run("keys", "retire", first).status == 1)
      #expect(try run("keys", "rotate").status == 0)
      let used = try run("keys", "retire", first)
      #expect(used.status == 1 && used.errors.contains("--replace --key \(first)"), "\(used.errors)")
      #expect(try scan(code) == "ADMITTED")
      let renewed = try LanyardProgram.run(["badge", "renew", "--replace", "--key", first] + Self.forum, data: data)
      #expect(renewed.status == 0 && renewed.output.contains("1"), "\(renewed.errors)")
      let retired = try run("keys", "retire", first)
      #expect(retired.status == 0, "\(retired.errors)")
      #expect(try scan(code) == "REFUSED")
      let listed = try run("keys", "list").output
      #expect(listed.contains("RETIRED") && listed.contains("private key destroyed"), "\(listed)")
      #expect(try run("keys", "retire", "12x").status == 2)
    }
  }

  @Test("Are encrypted with a file that lies elsewhere; a server without it says so, admits, and issues nothing")
  func sealed() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      _ = try LanyardProgram.run(["certs", "init"], data: data)
      let file = folder.appending(path: "keys")
      try Data("correct horse battery staple\n".utf8).write(to: file)
      func mode(_ mode: Int, _ file: URL) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
      }
      func serve(_ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(["serve", "--grpc", "127.0.0.1:0"] + arguments, data: data)
      }
      try mode(0o644, file)
      let open = try serve("--badge-key-file", file.path)
      #expect(open.status == 2 && open.errors.contains("chmod o="), "\(open.errors)")
      let inside = data.appending(path: "keys")
      try Data("correct horse battery staple\n".utf8).write(to: inside)
      try mode(0o600, inside)
      let refused = try serve("--badge-key-file", inside.path)
      #expect(refused.status == 2 && refused.errors.contains(data.path), "\(refused.errors)")
      let short = folder.appending(path: "short")
      try Data("too short\n".utf8).write(to: short)
      try mode(0o600, short)
      #expect(try serve("--badge-key-file", short.path).status == 2)
      #expect(try serve("--badge-key-file", folder.appending(path: "none").path).status == 2)
      try mode(0o600, file)

      let csv = folder.appending(path: "people.csv")
      let people =
        "email,given_name,stakeholder_group,participation\na@example.org,Ada,Government,ONSITE\n"
        + "b@example.org,Bea,Government,ONSITE\n"
      try Data(people.utf8).write(to: csv)
      let code = try serving(data, ["--badge-key-file", file.path]) {
        _ = try LanyardProgram.run(["event", "import", SampleData.url("programme.json").path], data: data)
        _ = try LanyardProgram.run(["registrations", "import", csv.path] + Self.forum, data: data)
        _ = try LanyardProgram.run(["badge", "issue", "a@example.org"] + Self.forum, data: data)
        #expect(try LanyardProgram.run(["keys", "list"], data: data).output.contains("private key encrypted"))
        return try LanyardProgram.run(["badge", "list", "--codes"] + Self.forum, data: data).output
      }
      try serving(data, []) {
        #expect(try LanyardProgram.run(["keys", "list"], data: data).output.contains("NOT opened"))
        let issued = try LanyardProgram.run(["badge", "issue", "b@example.org"] + Self.forum, data: data)
        #expect(issued.status == 1 && issued.errors.contains("--badge-key-file"), "\(issued.errors)")
        let scan = try LanyardProgram.run(
          ["scan", "--checkpoint", "Entrance lane 1", "--json"],
          data: data,
          input: code
        ).json()
        #expect(scan.first?["answer"] as? String == "ADMITTED")
      }
    }
  }

  private func serving<Value>(_ data: URL, _ arguments: [String], _ body: () throws -> Value) throws -> Value {
    let moment = ["--rehearse-at", "2024-05-27T08:30:00+02:00"]
    let server = try LanyardServerProcess(data: data, arguments: moment + arguments)
    defer { server.stop() }
    return try body()
  }
}
