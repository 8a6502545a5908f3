import Foundation
import LanyardLoad
import LanyardTesting
import Testing

@Suite("What a load test is played on", .blocking, .timeLimit(.minutes(4)))
struct LoadGroundTests {
  @Test("Is a copy of an organiser's event, and no byte of the original is another afterwards")
  func like() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 30)
      #expect(venue.server.stop() == 0)
      let before = try Self.contents(of: venue.data)
      #expect(before["lanyard.sqlite"] != nil)
      let unknown = ["loadtest", "run", "smoke", "--like", venue.data.path, "--event", "nowhere"]
      let refused = try LanyardProgram.run(unknown, data: folder.appending(path: "none"))
      #expect(refused.status == 1 && refused.errors.contains("nowhere"), "\(refused.errors)")
      // Of its two events one has badges, and need not be named.
      let report = try Self.run(["--like", venue.data.path], folder, data: folder.appending(path: "none"), event: [])
      Self.expectCompared(report)
      // The copy's badges may be spoilt, so that there are some to scan.
      #expect((report["unplayed"] as? [String: Int])?["replaced"] == nil)
      #expect(try Self.contents(of: venue.data) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.hasPrefix("lanyard-") })
    }
  }

  @Test("Finds each of many people of one name, by their organisation or page after page")
  func namesakes() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 2)
      let csv = folder.appending(path: "namesakes.csv")
      // Every other one gave no organisation, or the same as many others.
      let rows = (0..<70).map { number in
        "same\(number)@example.org,Mohamed,Ahmed,Government,ONSITE,\(number.isMultiple(of: 2) ? "Ministry of Posts \(number)" : "")"
      }
      let text = (["email,given_name,family_name,stakeholder_group,participation,organisation"] + rows).joined(
        separator: "\n"
      )
      try Data(text.utf8).write(to: csv)
      for arguments in [["registrations", "import", csv.path], ["badge", "issue", "--all"]] {
        let result = try LanyardProgram.run(arguments + ["--event", SampleData.forum], data: venue.data)
        try #require(result.status == 0, "\(result.errors)")
      }
      #expect(venue.server.stop() == 0)
      let file = folder.appending(path: "by-name.yaml")
      try Data("lanes: 2\nmix: {by-name: 100}\nphases: [{length: 4s, arrivals: {surge: {people: 60}}}]".utf8).write(
        to: file
      )
      let result = try LanyardProgram.run(
        [
          "loadtest", "run", file.path, "--like", venue.data.path, "--event", SampleData.forum, "--folder", folder.path,
          "--json",
        ],
        data: folder.appending(path: "none")
      )
      let report = try #require(try result.json().first, "\(result.errors)")
      Self.expectCompared(report)
      let search = (report["operations"] as? [String: any Sendable])?["search"] as? [String: any Sendable]
      #expect(
        search?["count"] as? Int == 60 && (search?["errors"] as? [String: Int])?.isEmpty == true,
        "\(search ?? [:])"
      )
    }
  }

  @Test("Is a server that rehearses, and again the same one, where those who are inside go out first")
  func server() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 30)
      defer { venue.server.stop() }
      var (scans, runs) = (0, [[String: any Sendable]]())
      for _ in 1...2 {
        let report = try Self.run(["--server", "\(venue.server.address)"], folder, data: venue.data)
        Self.expectCompared(report)
        // Nobody's badge is spoilt there: good ones come in place of those that were, which is told.
        #expect((report["unplayed"] as? [String: Int])?["replaced"] ?? 0 > 0, "\(report["unplayed"] ?? "")")
        #expect(report["server"] == nil)
        let now = try Self.scans(venue.data)
        #expect(now.count > scans)
        scans = now.count
        runs.append(report)
      }
      let left = runs.map { ($0["answers"] as? [String: Int])?["LEFT"] ?? 0 }
      #expect(left[1] > left[0], "\(left)")
    }
  }

  @Test(
    "Is no server whose badges are not valid then, and nothing is sent to it; where one event has badges it need not be named"
  )
  func otherDays() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 10)
      venue.server.stop()
      // The day before the event, whose doors are open then too.
      let server = try LanyardServerProcess(
        data: venue.data,
        arguments: ["--rehearse-at", "2024-05-26T09:00:00+02:00"]
      )
      defer { server.stop() }
      let before = try Self.scans(venue.data)
      let result = try LanyardProgram.run(
        ["loadtest", "run", try Self.file(folder), "--server", "\(server.address)"],
        data: venue.data
      )
      #expect(
        result.status == 2 && result.errors.contains("no badge that is valid throughout the run"),
        "\(result.errors)"
      )
      #expect(result.errors.contains("events/\(SampleData.forum) "), "\(result.errors)")
      #expect(try Self.scans(venue.data) == before)
    }
  }

  @Test("Is no server that does not rehearse: nothing of it is sent there, and nothing is on its trail")
  func real() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      _ = try LanyardProgram.run(["certs", "init"], data: data)
      let server = try LanyardServerProcess(data: data, arguments: [])
      defer { server.stop() }
      let programme = SampleData.url("programme.json").path
      #expect(try LanyardProgram.run(["event", "import", programme], data: data).status == 0)
      func record() throws -> [String] {
        let trail = try LanyardProgram.run(["audit", "list", "--json"], data: data)
        let ofEvent = try LanyardProgram.run(["audit", "list", "--event", SampleData.forum, "--json"], data: data)
        #expect(ofEvent.status == 0 && !ofEvent.output.isEmpty, "\(ofEvent.errors)")
        return [trail.output, ofEvent.output] + (try Self.scans(data))
      }
      let before = try record()
      let result = try LanyardProgram.run(
        ["loadtest", "run", try Self.file(folder), "--server", "\(server.address)", "--event", SampleData.forum],
        data: data
      )
      #expect(result.status == 2 && result.errors.contains("does not rehearse"))
      #expect(try record() == before)
    }
  }

  @Test("Breaks in every way on a short bad morning, and nothing is lost")
  func badMorning() async throws {
    var scenario = try Scenario.named("bad-morning").faster(by: 20)
    scenario.people = 120
    scenario.phases = scenario.phases.map {
      Phase(name: $0.name, length: $0.length, arrivals: .constant(perSecond: 60))
    }
    scenario.targets.errorShare = 1
    let (played, interrupts) = (scenario, Interruption())
    try await withTemporaryFolder { folder in
      let report = try await RunGround(played, on: .own, in: folder, program: LanyardProgram.url) { _ in }
        .withGround { try await LoadRun(played, on: $0) { _ in }.run(interrupts: interrupts) }
      #expect(report.audit.isClean, "\(report.audit.faults)")
      #expect(report.audit.checked > 100 && report.ends.isEmpty)
      #expect(report.faults.count == 11)
      // On a slow machine the disk may be full for so short that the next fault explains all that came of it.
      let troubled = report.faults.filter { $0.trouble != nil }
      #expect(troubled.allSatisfy { $0.hitNothing == true && $0.what.contains("disk") }, "\(report.faults)")
      let kinds = Set(played.faults.map { String("\($0.kind)".prefix { $0 != "(" }) })
      #expect(kinds.count == 9, "\(kinds)")
      #expect(report.targets.contains { $0.id == "lane_returns" && $0.kept }, "\(report.targets)")
      #expect(report.answers.values.reduce(0, +) > 100 && (report.server?.starts ?? 0) >= 4)
    }
  }

  // MARK: -

  private static func file(_ folder: URL) throws -> String {
    let file = folder.appending(path: "test.yaml")
    let scenario = """
      lanes: 2
      phases: [{name: all, length: 3s, arrivals: {constant: 20}}]
      mix: {good: 6, forged: 1, replaced: 2, repeated: 1}
      watchers: {attendance: 1, screens: 2}
      targets: {errors: 0%}
      """
    try Data(scenario.utf8).write(to: file)
    return file.path
  }

  private static func run(
    _ arguments: [String],
    _ folder: URL,
    data: URL,
    event: [String] = ["--event", SampleData.forum]
  ) throws -> [String: any Sendable] {
    let result = try LanyardProgram.run(
      ["loadtest", "run", try file(folder), "--folder", folder.path, "--json"] + event + arguments,
      data: data
    )
    return try #require(try result.json().first, "\(result.errors)")
  }

  /// That everything was compared and nothing found; whether the machine had time for it is another matter.
  private static func expectCompared(_ report: [String: any Sendable]) {
    let audit = report["audit"] as? [String: any Sendable]
    for key in ["lost", "wrong", "double", "invented", "miscounted"] { #expect(audit?[key] as? Int == 0, "\(report)") }
    #expect((audit?["checked"] as? Int ?? 0) > 20 && audit?["unread"] == nil, "\(report["sentence"] ?? "")")
    let targets = report["targets"] as? [[String: any Sendable]]
    #expect(targets?.allSatisfy { $0["kept"] as? Bool == true } == true, "\(targets ?? [])")
  }

  private static func scans(_ data: URL) throws -> [String] {
    let result = try LanyardProgram.run(["attendance", "scans", "--event", SampleData.forum, "--json"], data: data)
    #expect(result.status == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  /// Every file below a folder, by its path there.
  private static func contents(of folder: URL) throws -> [String: Data] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).reduce(into: [:]) { contents, path in
      let file = folder.appending(path: path)
      if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        contents[path] = try Data(contentsOf: file)
      }
    }
  }
}
