import Foundation
import LanyardAPI
import LanyardLoad
import LanyardServer
import LanyardTesting
import Testing

@testable import lanyard

@Suite("The commands, as a newcomer runs them", .blocking)
struct CommandTests {
  private static let forum = SampleData.forum

  @Test("what cannot be written to standard output is no success")
  func fullOutput() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let plan = "loadtest plan --arrivals 300 --within 90m --service 4s --wait-p95 3m"
    process.arguments = [
      "-c", "\"$0\" \(plan) >/dev/full && exit 0; echo \"status $?\"; \"$0\" \(plan) | head -1",
      LanyardProgram.url.path,
    ]
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(told.contains("standard output cannot be written"))
    let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(lines.hasPrefix("status 3\n"))
  }

  @Test("from an empty folder to an admitted badge, twice")
  func newcomer() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      func run(_ arguments: String..., input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments, data: data, input: input)
      }
      #expect(try run("certs", "init").status == 0)
      let server = try LanyardServerProcess(data: data)
      defer { server.stop() }
      let programme = SampleData.url("programme.json").path
      let people = SampleData.url("participants.csv").path
      for time in [0, 1] {
        #expect(
          try run("event", "import", programme, "--json").output
            == #"{"events":[{"badges_ending_early":0,"checkpoints":3,"sessions":4,"slug":"wsis20-ocp"},"#
            + #"{"badges_ending_early":0,"checkpoints":16,"sessions":90,"slug":"wsis20-forum-2024"}]}"# + "\n"
        )
        let imported = try run("registrations", "import", people, "--event", Self.forum, "--json")
        #expect(
          imported.output
            == (time == 0
              ? #"{"imported":4500,"refused":[],"unchanged":0,"waitlisted":0}"#
              : #"{"imported":0,"refused":[],"unchanged":4500,"waitlisted":0}"#) + "\n"
        )
        let issued = try run("badge", "issue", "--event", Self.forum, "--all", "--json")
        #expect(
          issued.output
            == (time == 0
              ? #"{"issued":4500,"revoked":0,"unchanged":0}"#
              : #"{"issued":0,"revoked":0,"unchanged":4500}"#) + "\n"
        )
      }
      let badges = try run("badge", "list", "--event", Self.forum, "--limit", "3", "--json").json()
      #expect(badges.count == 3)
      let code = try #require(badges[0]["code"] as? String)
      #expect(code.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) })
      let lane = try LaneProcess(["--checkpoint", "Entrance lane 1"], data: data)
      // With its roster it answers also where a busy machine keeps the server's answer from it.
      try LaneVenue.waitForRosters(1, in: data.appending(path: "lanes"))
      lane.type([code, "", "\(code.lowercased())\r", "https://x.org"])
      let answers = try (0..<3).map { _ in
        let line = try #require(lane.nextLine())
        return try #require(JSONSerialization.jsonObject(with: line) as? [String: any Sendable])
      }
      #expect(lane.finish() == 1)
      #expect(answers.map { $0["answer"] as? String } == ["ADMITTED", "REFUSED", "REFUSED"])
      #expect(answers.map { $0["reason"] as? String } == [nil, "ALREADY_INSIDE", "UNREADABLE"])
      #expect(answers[0]["name"] as? String == "محمدپارسا روحانی")
      let keys = ["answer", "code", "name", "offline", "participant_language", "participant_message", "reason", "scan"]
      #expect(answers[0].keys.sorted() == keys)
      let attendance = try run("attendance", "--event", Self.forum, "--json").json()[0]
      #expect(attendance["people_inside"] as? Int == 1)
      let lanes = try #require(attendance["checkpoints"] as? [[String: any Sendable]])
      #expect(lanes[0]["admitted"] as? Int == 1)
      #expect(lanes[0]["refused"] as? [String: Int] == ["ALREADY_INSIDE": 1, "UNREADABLE": 1])
      let out = try run("scan", "--checkpoint", "entrance-lane-1", "--direction", "out", input: code + "\n")
      #expect(out.status == 0)
      #expect(out.output.contains("LEFT"))
      #expect(out.output.contains("REHEARSAL"))
    }
  }

  @Test("draws a badge as PNG and SVG that a reader reads back")
  func drawing() throws {
    try withServer { data, _ in
      _ = try LanyardProgram.run(["badge", "issue", "--event", Self.forum, "--all"], data: data)
      let badge = try LanyardProgram.run(["badge", "list", "--event", Self.forum, "--json"], data: data).json()[0]
      let (serial, code) = (try #require(badge["serial"] as? String), try #require(badge["code"] as? String))
      for format in ["png", "svg"] {
        let out = data.appending(path: "badge.\(format)").path
        #expect(
          try LanyardProgram.run(["badge", "render", serial, "--format", format, "--out", out], data: data).status == 0
        )
      }
      // As it is printed: by the screen's 96 dots an inch a module has not even two of them.
      _ = try Tool.run("rsvg-convert", "--dpi-x", "300", "--dpi-y", "300", "-o", "svg.png", "badge.svg", in: data)
      for picture in ["badge.png", "svg.png"] {
        #expect(try Tool.qrCodes(in: picture, data).output == code + "\n")
      }
    }
  }

  @Test("a wrong file says where it is wrong, changes nothing, and ends with 1")
  func wrongFiles() throws {
    try withServer { data, folder in
      let text = try String(contentsOf: SampleData.url("programme.json"), encoding: .utf8)
      let wrong = folder.appending(path: "wrong.json")
      func refusal(_ content: String) throws -> LanyardProgram.Result {
        try Data(content.utf8).write(to: wrong)
        return try LanyardProgram.run(["event", "import", wrong.path], data: data)
      }
      let broken = try refusal(
        text.replacingOccurrences(of: "\"slug\": \"wsis20-ocp\",", with: "\"slug\" \"wsis20-ocp\",")
      )
      #expect(broken.status == 1)
      #expect(broken.errors.contains("line 4, column"))
      let field = try refusal(text.replacingOccurrences(of: "Europe/Zurich", with: "Europe/Zurik"))
      #expect(field.status == 1)
      #expect(field.errors.contains("events[0].time_zone"))
      let csv = folder.appending(path: "people.csv")
      try Data(
        "email,stakeholder_group,participation,given_name\na@b.org,Government,ONSITE,A\nnobody,Friends,ONSITE,B\n".utf8
      )
      .write(to: csv)
      let rows = try LanyardProgram.run(
        ["registrations", "import", csv.path, "--event", Self.forum, "--json"],
        data: data
      )
      #expect(rows.status == 1)
      let summary = try rows.json()[0]
      #expect(summary["imported"] as? Int == 1)
      let refused = try #require(summary["refused"] as? [[String: any Sendable]])
      #expect(refused.map { $0["row"] as? Int } == [3, 3])
      #expect(refused.map { $0["field"] as? String } == ["email", "stakeholder_group"])
    }
  }

  @Test("tokens come and go, and only who may, may")
  func tokens() throws {
    try withServer { data, _ in
      let made = try LanyardProgram.run(["admin", "token", "create", "--role", "viewer", "--json"], data: data).json()[
        0
      ]
      let (id, token) = (try #require(made["id"] as? String), try #require(made["token"] as? String))
      let allowed = ["attendance", "--event", Self.forum, "--token", token]
      #expect(try LanyardProgram.run(allowed, data: data).status == 0)
      let forbidden = try LanyardProgram.run(["badge", "list", "--event", Self.forum, "--token", token], data: data)
      #expect(forbidden.status == 1)
      #expect(forbidden.errors.contains("viewer"))
      #expect(try LanyardProgram.run(["admin", "token", "revoke", id], data: data).status == 0)
      #expect(try LanyardProgram.run(allowed, data: data).status == 3)
      #expect(try LanyardProgram.run(["admin", "token", "revoke", "ffffffff"], data: data).status == 1)
      for file in ["organiser.token", "lanyard.sqlite", "certs/server.key", "certs/authority.key"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: data.appending(path: file).path)
        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
      }
    }
  }

  @Test("a token for one event is good for that one, is listed with it, and is not made for one that is not there")
  func tokensByEvent() throws {
    try withServer { data, _ in
      let create = ["admin", "token", "create", "--role", "desk", "--json", "--event"]
      let made = try #require(try LanyardProgram.run(create + [Self.forum], data: data).json().first)
      #expect(made["event"] as? String == Self.forum)
      let token = try #require(made["token"] as? String)
      func attendance(_ event: String) throws -> LanyardProgram.Result {
        try LanyardProgram.run(["attendance", "--event", event, "--token", token], data: data)
      }
      #expect(try attendance(Self.forum).status == 0)
      let other = try attendance("wsis20-ocp")
      #expect(other.status == 1 && other.errors.contains("This token is for events/\(Self.forum) alone"))
      let listed = try LanyardProgram.run(["admin", "token", "list", "--json"], data: data).json()
      #expect(listed.contains { $0["id"] as? String == made["id"] as? String && $0["event"] as? String == Self.forum })
      #expect(listed.contains { $0["role"] as? String == "organiser" && $0["event"] == nil })
      let lost = try LanyardProgram.run(create + ["nowhere"], data: data)
      #expect(lost.status == 1 && lost.errors.contains("there is no events/nowhere") && lost.output.isEmpty)
    }
  }

  @Test("a rehearsal and a real run do not mix, wrong use ends with 2, and no server with 3")
  func exitCodes() throws {
    try withServer { data, _ in
      #expect(throws: LanyardServerProcess.NotReady.self) { try LanyardServerProcess(data: data, arguments: []) }
      func status(_ arguments: String...) throws -> Int32 { try LanyardProgram.run(arguments, data: data).status }
      let statuses = try [
        status("scan", "--checkpoint", "Nowhere"), status("nonsense"), status("--help"),
        status("attendance", "--server", "127.0.0.1:1"),
      ]
      #expect(statuses == [1, 2, 0, 3])
    }
    try withTemporaryFolder { folder in
      let nobody = try LanyardProgram.run(["attendance"], data: folder.appending(path: "none"))
      #expect(nobody.status == 3)
    }
  }

  @Test("an event and a checkpoint that are not there end alike, with 1, whatever was asked of them")
  func unknownNames() throws {
    try withServer { data, _ in
      let asked = [
        ["attendance", "--event", "nowhere"], ["attendance", "--checkpoint", "Nowhere"],
        ["attendance", "scans", "--event", "nowhere"], ["badge", "list", "--event", "nowhere"],
        ["registrations", "list", "--event", "nowhere"], ["scan", "--checkpoint", "Nowhere"],
        ["scan", "--checkpoint", "Entrance lane 1", "--event", "nowhere"], ["device", "list", "--event", "nowhere"],
        ["event", "change", "Nowhere", "--close"], ["event", "checkpoints", "--event", "nowhere"],
        ["event", "book", "--session", "S999", "--event", Self.forum, "x"],
        ["admin", "token", "create", "--role", "desk", "--event", "nowhere"],
      ]
      for arguments in asked {
        let result = try LanyardProgram.run(arguments, data: data)
        #expect(result.status == 1 && result.errors.hasPrefix("lanyard: "), "\(arguments): \(result.errors)")
      }
    }
  }

  @Test("each command by which people are told of a method is there")
  func commandsOfMethods() {
    let methods = [
      Lanyard_V1_EventService.Method.descriptors, Lanyard_V1_RegistrationService.Method.descriptors,
      Lanyard_V1_BadgeService.Method.descriptors, Lanyard_V1_CheckInService.Method.descriptors,
      Lanyard_V1_AttendanceService.Method.descriptors, Lanyard_V1_DeviceService.Method.descriptors,
      Lanyard_V1_MailService.Method.descriptors, Lanyard_V1_FeedService.Method.descriptors,
    ].joined()
    let commands = Set(methods.compactMap(\.command))
    #expect(commands.count > 40)
    for command in commands {
      let named = NamedCommand(command.split(separator: " ").map(String.init), of: Lanyard.self)
      #expect(named.unknown == nil && named.path.count > 1, "\(command)")
    }
  }

  @Test("which event was meant is asked, and in capitals or by its resource name it is the same")
  func eventMeant() throws {
    try LanyardServerProcess.withProgramme { _, data, _ in
      func run(_ arguments: [String]) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      for command in [
        ["attendance", "--event"], ["attendance", "--watch", "--event"], ["attendance", "sessions", "--event"],
        ["badge", "list", "--event"], ["registrations", "list", "--event"],
        ["registrations", "show", "Ada", "--event"],
        ["scan", "--checkpoint", "Entrance lane 1", "--event"], ["device", "list", "--event"], ["event", "archive"],
        ["registrations", "export", "--event"], ["audit", "list", "--event"],
        ["registrations", "cancel", "Ada", "--event"],
      ] {
        let near = try run(command + ["wsis20-forum-2042"])
        let words = "there is no event wsis20-forum-2042; did you mean \(Self.forum)?\n"
        #expect(near.status == 1 && near.errors.hasSuffix(words), "\(command): \(near.errors)")
        let far = try run(command + ["nowhere"])
        let all = "there is no event nowhere; there are: wsis20-ocp, \(Self.forum)\n"
        #expect(far.status == 1 && far.errors.hasSuffix(all), "\(command): \(far.errors)")
        let wrong = try run(command + ["my event"])
        #expect(wrong.status == 2 && wrong.errors.contains("`lanyard event list`"), "\(command): \(wrong.errors)")
      }
      for slug in [Self.forum.uppercased(), "events/\(Self.forum)"] {
        #expect(try run(["attendance", "--event", slug, "--json"]).output.contains("people_inside"), "\(slug)")
      }
      for slug in ["wsis20-ocp", Self.forum] { #expect(try run(["event", "delete", slug, "--yes"]).status == 0) }
      let none = try run(["attendance", "--event", Self.forum])
      #expect(none.status == 1 && none.errors.contains("`lanyard event import`"), "\(none.errors)")
    }
  }

  @Test("a port that is taken says so, and so does an address of another machine")
  func takenPort() throws {
    try LanyardServerProcess.withProgramme { folder, _, server in
      let other = folder.appending(path: "other")
      _ = try LanyardProgram.run(["certs", "init"], data: other)
      let taken = try LanyardProgram.run(["serve", "--grpc", "\(server.address)"], data: other)
      #expect(taken.status == 3 && taken.errors.contains("\(server.address) is taken: "), "\(taken.errors)")
      let far = try LanyardProgram.run(["serve", "--grpc", "192.0.2.1:8443"], data: other)
      #expect(far.status == 3 && far.errors.contains("192.0.2.1:8443 is no address of this machine"), "\(far.errors)")
    }
  }

  @Test("without arguments it says what to do first, and the library makes a completion for each shell")
  func firstSteps() throws {
    try withTemporaryFolder { folder in
      func run(_ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(arguments, data: folder.appending(path: "data"))
      }
      let first = try run()
      #expect(first.status == 0 && first.output.contains("lanyard certs init\n") && first.errors.isEmpty)
      #expect(first.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 24)
      #expect(first.output.split(separator: "\n").allSatisfy { $0.count <= 110 })
      for shell in ["bash", "zsh", "fish"] {
        let made = try run("--generate-completion-script", shell)
        #expect(made.status == 0 && made.output.contains("registrations"), "\(shell): \(made.errors)")
      }
      let bash = folder.appending(path: "lanyard.bash")
      try Data(try run("--generate-completion-script", "bash").output.utf8).write(to: bash)
      #expect(try Tool.run("bash", "-n", bash.path, in: folder).status == 0)
    }
  }

  @Test("a command that there is not is asked about, and ends with 2")
  func unknownCommands() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      for (arguments, words) in [
        (["evnt", "--json"], "did you mean `lanyard event`?"),
        (["event", "lst"], "did you mean `lanyard event list`?"),
        (["help", "bagde"], "did you mean `lanyard badge`?"),
        (["scan", "enroll"], "did you mean `lanyard scan enrol`?"),
        (["audit", "everything"], "there are: list, verify. `lanyard audit --help` says what each does"),
      ] {
        let result = try LanyardProgram.run(arguments, data: data)
        #expect(result.status == 2 && result.errors.contains(words), "\(arguments): \(result.errors)")
      }
    }
  }

  @Test("settings come from options, environment and file in this order, and are checked")
  func settings() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      _ = try LanyardProgram.run(["certs", "init"], data: data)
      try Data(#"{"max-streams": 0, "log-level": "loud"}"#.utf8).write(to: data.appending(path: "lanyard.json"))
      let file = try LanyardProgram.run(["serve"], data: data)
      #expect((file.status, file.errors) == (2, "lanyard: the setting max-streams is 0; say 1 to 10000\n"))
      for (content, fault) in [
        (#"{"max-streams": true}"#, "max-streams is not a whole number"),
        (#"{"rehearse-at": 20240527}"#, "rehearse-at is no text"),
        (#"{"max-streamz": 5}"#, "unknown setting max-streamz"),
      ] {
        try Data(content.utf8).write(to: data.appending(path: "lanyard.json"))
        let refused = try LanyardProgram.run(["serve"], data: data)
        #expect(refused.status == 2)
        #expect(refused.errors.contains(fault))
      }
      try Data(#"{"max-streams": 0, "log-level": "loud"}"#.utf8).write(to: data.appending(path: "lanyard.json"))
      let option = try LanyardProgram.run(["serve", "--max-streams", "5"], data: data)
      #expect(option.status == 2)
      #expect(option.errors.contains("log-level is loud"))
    }
  }

  @Test("the bench measures itself over all its turns")
  func bench() throws {
    try withTemporaryFolder { folder in
      let result = try LanyardProgram.run(
        ["bench", "admission", "--lanes", "2", "--seconds", "1", "--json"],
        data: folder.appending(path: "data")
      )
      #expect(result.status == 0, "\(result.errors)")
      #expect(try result.json().first?["store_to_bare_ratio"] is Double)
    }
  }

  /// A server with both events of the sample and a few registrations.
  private func withServer(_ body: (URL, URL) throws -> Void) throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      let rows = try String(contentsOf: SampleData.url("participants.csv"), encoding: .utf8)
        .split(separator: "\n", maxSplits: 20).prefix(20).joined(separator: "\n")
      let csv = folder.appending(path: "some.csv")
      try Data(rows.utf8).write(to: csv)
      #expect(
        try LanyardProgram.run(["registrations", "import", csv.path, "--event", Self.forum], data: data).status == 0
      )
      try body(data, folder)
    }
  }
}
