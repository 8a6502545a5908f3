import Foundation
import LanyardLoad
import LanyardTesting
import Testing

@Suite("Watching attendance from the command line", .blocking, .hangGuard)
struct AttendanceCommandTests {
  @Test("Shows each change, says when the server is lost and back, and goes on by itself")
  func watches() throws {
    try LanyardServerProcess.withProgramme { folder, data, server in
      let errors = folder.appending(path: "watch-errors")
      let watch = try ChildProcess(
        LanyardProgram.url,
        ["attendance", "--watch", "--json", "--event", SampleData.forum, "--checkpoint", "entrance-lane-1"],
        environment: ["LANYARD_DATA": data.path],
        errors: errors
      )
      defer { watch.kill() }
      #expect(try Self.refused(watch) == [:])
      try Self.scanGarbage(data, 1)
      #expect(try Self.refused(watch) == ["UNREADABLE": 1])
      let address = server.address
      server.stop()
      try Self.wait(for: "connection is lost; these headcounts are those of 2024-05-27 ", in: errors)
      let again = try LanyardServerProcess(data: data, address: address)
      defer { again.stop() }
      try Self.wait(for: "connection is back", in: errors)
      try Self.scanGarbage(data, 2)
      #expect(try Self.refused(watch) == ["UNREADABLE": 2])
    }
  }

  @Test("Ends at once where there is no server, or no such event")
  func refuses() throws {
    try LanyardServerProcess.withProgramme { (_, data, server) throws in
      #expect(try LanyardProgram.run(["attendance", "--watch", "--event", "none"], data: data).status == 1)
      server.stop()
      let gone = ["attendance", "--watch", "--event", SampleData.forum, "--server", "127.0.0.1:1"]
      #expect(try LanyardProgram.run(gone, data: data).status == 3)
    }
  }

  @Test("Says who came on a day for people, spreadsheets and programs, and names what it does not take")
  func counts() throws {
    try LanyardServerProcess.withProgramme { (_, data, server) throws in
      func run(_ words: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(["attendance", "--event", SampleData.forum] + words, data: data)
      }
      let named = ["--group", "Government", "--given-name", "Ada", "--family-name", "Diop", "--country", "SN"]
      let person = ["registrations", "add", "--event", SampleData.forum, "--email", "ada@example.org"]
      #expect(try LanyardProgram.run(person + named, data: data).status == 0)
      let table = try run("--day", "2024-05-27", "--by", "country").output
      #expect(table.contains("0 came, 1 expected, 1 confirmed") && table.contains("SN"))
      let csv = try run("--day", "2024-05-27", "--by", "country", "--csv").output
      #expect(csv == "key,name,came,expected,confirmed\nSN,,0,1,1\n")
      let json = try run("--day", "2024-05-27", "--by", "country", "--json").output
      #expect(json.contains(#""by":"country""#) && json.contains(#""key":"SN""#))
      #expect(try run("--day", "2024-05-27", "--csv").output == "key,name,came,expected,confirmed\n,,0,1,1\n")
      #expect(try run("--csv", "--checkpoint", "entrance-lane-1").output.contains("Entrance lane 1,0,0,0,0,,0,,"))
      let other = try run("--day", "2024-06-01")
      #expect(other.status == 2 && other.errors.contains("2024-05-27 to 2024-05-31"))
      #expect(try run("--by", "shoe-size").status == 2)
      let noDay = try run("--day", "27.5.2024")
      #expect(noDay.status == 2 && noDay.errors.contains("is not a date"), "\(noDay.errors)")
      #expect(try run("--by", "hour", "--watch").status == 2)
      #expect(try run("--by", "hour", "--csv", "--json").status == 2)
    }
  }

  @Test("Fits a terminal of 80 columns with what is closed, limits, sessions and all together")
  func table() throws {
    try LanyardServerProcess.withProgramme { (_, data, server) throws in
      let event = ["--event", SampleData.forum]
      let change = ["event", "change", "Plenary Hall", "--close"]
      #expect(try LanyardProgram.run(change + event, data: data).status == 0)
      let doors = try LanyardProgram.run(["event", "checkpoints"] + event, data: data).output.split(separator: "\n")
      #expect(doors.filter { $0.hasSuffix("CLOSED") }.map { $0.hasPrefix("Plenary Hall") } == [true], "\(doors)")
      let scan = ["scan", "--checkpoint", "Plenary Hall"]
      let closed = try LanyardProgram.run(scan + event, data: data).output
      #expect(closed.contains("Plenary Hall is CLOSED") && !closed.contains("is open"), "\(closed)")
      let lines = try LanyardProgram.run(["attendance"] + event, data: data).output.split(separator: "\n")
      let table = lines.drop { !$0.contains("admitted today") }.dropFirst()
      #expect(table.count == 17 && table.allSatisfy { $0.count <= 80 })
      #expect(table.contains { $0.contains("Plenary Hall") && $0.contains("0/1800") && $0.contains("CLOSED") })
      #expect(table.last?.contains("Total") == true, "\(lines)")
      #expect(try LanyardProgram.run(["attendance", "--json"] + event, data: data).output.contains(#""closed":true"#))
    }
  }

  @Test("What is watched is drawn anew when its window gets lower, also while nothing comes from the server")
  func resized() throws {
    try LanyardServerProcess.withProgramme { (folder, data, server) throws in
      let result = try Tool.run(
        try Tool.python(),
        SampleData.root.appending(path: "Tests/EndToEndTests/python/resize.py").path,
        "\(try #require(server.process.id))",
        "Plenary Hall",
        "The connection is lost",
        "Lines that do not fit",
        LanyardProgram.url.path,
        "attendance",
        "--watch",
        "--event",
        SampleData.forum,
        in: folder,
        environment: ["LANYARD_DATA": data.path, "LC_ALL": "C.UTF-8", "TERM": "xterm"]
      )
      #expect(result.status == 0 && result.output == "ok\n", "\(result.output)")
    }
  }

  @Test("Lists how full each session was, for people, spreadsheets and programs")
  func sessions() throws {
    try LanyardServerProcess.withProgramme { (_, data, server) throws in
      func run(_ words: [String], input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(words, data: data, input: input)
      }
      let event = ["--event", SampleData.forum]
      for name in ["Ada", "Bo"] {
        let person = ["--email", "\(name)@example.org", "--group", "Government", "--given-name", name]
        #expect(try run(["registrations", "add"] + event + person).status == 0)
      }
      #expect(try run(["badge", "issue", "--all"] + event).status == 0)
      let codes = try run(["badge", "list", "--codes"] + event).output.split(separator: "\n").map(String.init)
      server.stop()
      let morning = try LanyardServerProcess(
        data: data,
        address: server.address,
        arguments: ["--rehearse-at", "2024-05-27T09:05:00+02:00"]
      )
      defer { morning.stop() }
      // One comes and goes before the other comes.
      let scan = ["scan", "--checkpoint", "Plenary Hall", "--direction"]
      for (code, way) in [(codes[0], "in"), (codes[0], "out"), (codes[1], "in")] {
        #expect(try run(scan + [way], input: code + "\n").status == 0)
      }
      let listed = try run(["attendance", "sessions", "--day", "2024-05-27", "--json"] + event).json()
      let visited = listed.filter { $0["in_all"] as? Int != 0 }
      #expect(listed.count > 4 && visited.map { $0["in_all"] as? Int } == [2])
      #expect(visited.first?["session"] as? String == "events/\(SampleData.forum)/sessions/s001")
      #expect(visited.first?["most_inside"] as? Int == 1 && visited.first?["capacity"] as? Int == 1800)
      let lines = try run(["attendance", "sessions"] + event).output.split(separator: "\n")
      #expect(lines.count == 92 && lines.allSatisfy { $0.count <= 80 } && lines[1].contains("fullest     in all"))
      #expect(lines.contains { $0.contains("1/1800          2  s001") })
      let csv = try run(["attendance", "sessions", "--csv"] + event).output
      #expect(csv.hasPrefix("session,title,room,start,end,most_inside,in_all,capacity\n"))
      #expect(try run(["attendance", "sessions", "--day", "Monday"] + event).status == 2)
    }
  }

  @Test("Tells one person's scans by the clock of the place, and lists scans by whatever is asked")
  func scans() throws {
    try LanyardServerProcess.withProgramme { (_, data, server) throws in
      func run(_ words: [String], input: String = "") throws -> LanyardProgram.Result {
        try LanyardProgram.run(words, data: data, input: input)
      }
      let event = ["--event", SampleData.forum]
      for (name, address) in [("Ada", "ada@example.org"), ("Bo", "bo@example.org")] {
        let person = ["--email", address, "--group", "Government", "--given-name", name, "--family-name", "Diop"]
        #expect(try run(["registrations", "add"] + event + person).status == 0)
      }
      func notCome() throws -> [String] {
        try run(["registrations", "list", "--not-come", "--json"] + event).json().compactMap {
          $0["displayName"] as? String
        }
      }
      #expect(try notCome() == ["Ada Diop", "Bo Diop"])
      #expect(try run(["badge", "issue", "--all"] + event).status == 0)
      let codes = try run(["badge", "list", "--codes", "--json"] + event).json().compactMap { $0["code"] as? String }
      try #require(codes.count == 2)
      let lane = ["scan", "--checkpoint", "Entrance lane 2", "--json"]
      #expect(
        try run(lane, input: (codes + [codes[0], "https://example.org"]).joined(separator: "\n") + "\n").status <= 1
      )

      #expect(try notCome().isEmpty)

      let one = try run(["attendance", "person", codes[0], "--json"] + event).json()
      #expect(one.compactMap { $0["answer"] as? String } == ["ADMITTED", "REFUSED"])
      let registration = try #require(one.first?["registration"] as? String)
      #expect(one.allSatisfy { ($0["local"] as? String)?.hasPrefix("2024-05-27 ") == true })
      let lines = try run(["attendance", "person", registration]).output.split(separator: "\n")
      #expect(
        lines.count == 4 && lines[0].hasSuffix(registration) && lines[1].contains("Entrance lane 2  IN  ADMITTED")
      )
      #expect(lines[3].contains("Europe/Zurich"), "\(lines)")
      let csv = try run(["attendance", "person", "ada@example.org", "--csv"] + event).output.split(separator: "\n")
      #expect(csv.count == 3 && csv[0].hasPrefix("time,checkpoint,session,direction,answer,reason,name,registration"))

      func answers(_ words: String...) throws -> [String] {
        try run(["attendance", "scans", "--json"] + event + words).json().compactMap {
          ($0["reason"] ?? $0["answer"]) as? String
        }
      }
      #expect(try answers() == ["UNREADABLE", "ALREADY_INSIDE", "ADMITTED", "ADMITTED"])
      #expect(try answers("--oldest-first", "--limit", "3") == ["ADMITTED", "ADMITTED", "ALREADY_INSIDE"])
      #expect(try answers("--person", "Bo") == ["ADMITTED"])
      #expect(try answers("--answer", "refused") == ["UNREADABLE", "ALREADY_INSIDE"])
      #expect(try answers("--reason", "already-inside", "--direction", "in") == ["ALREADY_INSIDE"])
      #expect(try answers("--from", "2024-05-28") == [] && answers("--until", "2024-05-27T08:00") == [])
      #expect(try answers("--from", "2024-05-27T00:00:00+02:00", "--until", "2024-05-28").count == 4)
      #expect(try run(["attendance", "scans", "--from", "noon"] + event).status == 2)
      #expect(try answers("--day", "2024-05-27").count == 4 && answers("--day", "2024-05-28") == [])
      #expect(try run(["attendance", "person", codes[0], "--json", "--day", "2024-05-28"] + event).output.isEmpty)
      let person = ["attendance", "person", "ada@example.org"]
      for list in [["attendance", "scans"], ["attendance", "conflicts"], ["attendance", "sessions"], person] {
        let outside = try run(list + event + ["--day", "2024-06-01"])
        let words =
          "--day 2024-06-01 is no day of \(SampleData.forum), which has the days from 2024-05-27 to 2024-05-31"
        #expect(outside.status == 2 && outside.errors.contains(words), "\(list): \(outside.errors)")
        // A time is no part of a day, whether it is one word with it or another.
        for day in [["2024-05-27 10:00"], ["2024-05-27", "10:00"], ["2024-05-27T10:00"]] {
          #expect(try run(list + event + ["--day"] + day).status == 2, "\(list) \(day)")
        }
      }
      for day in [["2024-05-27 10:00"], ["2024-05-27", "10:00"]] {
        #expect(try run(["attendance", "--by", "hour"] + event + ["--day"] + day).status == 2, "\(day)")
        #expect(try run(["badge", "print", "--check"] + event + ["--day"] + day).status == 2, "\(day)")
        let added = ["registrations", "add", "--email", "x@example.org", "--given-name", "X", "--group", "Government"]
        #expect(try run(added + event + ["--day"] + day).status == 2, "\(day)")
      }
      #expect(try run(["badge", "print", "--check", "--day", "2024-06-01"] + event).status == 2)
      #expect(try run(["attendance", "scans", "--reporter", "none"] + event).status == 1)
      for list in ["scans", "conflicts"] {
        let unknown = try run(["attendance", list, "--reporter", "tokens/nobody"] + event)
        #expect(unknown.status == 1 && unknown.errors.contains("tokens/nobody"), "\(unknown.errors)")
      }
      let reporter = try #require(one.first?["reporter"] as? String)
      #expect(one.first?["reporter_kind"] as? String == "TOKEN")
      #expect(try answers("--reporter", "tokens/\(reporter)").count == 4)
    }
  }

  /// The refusals of the next line.
  private static func refused(_ watch: ChildProcess) throws -> [String: Int]? {
    let line = try #require(watch.nextLine())
    let read = try #require(JSONSerialization.jsonObject(with: line) as? [String: any Sendable])
    let checkpoints = try #require(read["checkpoints"] as? [[String: any Sendable]])
    return checkpoints.first?["refused"] as? [String: Int]
  }

  /// Has a scan refused, and on record.
  ///
  /// - Parameter count: How many are on record then.
  private static func scanGarbage(_ data: URL, _ count: Int) throws {
    let lane = ["scan", "--checkpoint", "entrance-lane-1", "--json"]
    _ = try LanyardProgram.run(lane, data: data, input: "https://example.org\n")
    // A busy machine's lane may have refused it by itself; then it reports it as soon as it is there again.
    try HangGuard.wait {
      let read = try LanyardProgram.run(
        ["attendance", "--json", "--event", SampleData.forum, "--checkpoint", "entrance-lane-1"],
        data: data
      )
      if read.output.contains("\"UNREADABLE\":\(count)") { return true }
      _ = try LanyardProgram.run(lane, data: data, input: "")
      return false
    }
  }

  private static func wait(for words: String, in file: URL) throws {
    try HangGuard.wait { try String(contentsOf: file, encoding: .utf8).contains(words) }
  }
}
