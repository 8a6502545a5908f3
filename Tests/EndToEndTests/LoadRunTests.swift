import Foundation
import LanyardLoad
import LanyardTesting
import Testing

@Suite("A load test", .blocking, .timeLimit(.minutes(4)))
struct LoadRunTests {
  @Test("Passes on a server of its own, says so in JSON, and leaves nothing behind")
  func small() throws {
    try withTemporaryFolder { folder in
      let result = try Self.run(["--people", "60", "--speed", "2", "--json"], Self.scenario(), folder)
      let report = try #require(try result.json().first, "\(result.errors)")
      Self.expectPass(result, report)
      #expect((report["operations"] as? [String: any Sendable])?["check_in"] != nil)
      let audit = try #require(report["audit"] as? [String: any Sendable])
      for key in ["lost", "wrong", "double"] { #expect(audit[key] as? Int == 0) }
      #expect((audit["checked"] as? Int ?? 0) > 20)
      let driver = try #require(report["driver"] as? [String: any Sendable])
      #expect(driver["late_p99_ms"] != nil && driver["cpu_share"] != nil)
      try Self.expectNothing(in: folder)
    }
  }

  /// The disk is not full in the run in which the server is killed: where that is down for long, nothing else tells that the disk
  /// was met.
  @Test(
    "In which the server is killed, its disk full and a lane's line black loses nothing",
    arguments: ["{at: 200ms, full_disk: 1s}", "{at: 1500ms, kill: {after: 500ms}}"]
  )
  func faults(_ fault: String) throws {
    try withTemporaryFolder { folder in
      let faults = """
        faults:
          - \(fault)
          - {at: 500ms, black_hole: {lanes: [1], for: 1s}}
        """
      let result = try Self.run(["--people", "60", "--json"], Self.scenario(faults), folder)
      let report = try #require(try result.json().first, "\(result.errors)")
      Self.expectPass(result, report)
      #expect((report["faults"] as? [any Sendable])?.count == 2)
      try Self.expectNothing(in: folder)
    }
  }

  @Test("Plays each scenario that comes with it, cut down to seconds", arguments: Scenario.delivered)
  func delivered(_ name: String) async throws {
    var scenario = try Scenario.named(name)
    (scenario.people, scenario.lanes) = (60, min(scenario.lanes, 8))
    (scenario.faults, scenario.offline) = ([], [])
    if scenario.search != nil { scenario.search = .init(from: 20, factor: 2, step: .seconds(1), steps: 2) }
    if scenario.search == nil {
      scenario.phases = [Phase(name: "all", length: .seconds(2), arrivals: .constant(perSecond: 30))]
    }
    let (played, interrupts) = (scenario, Interruption())
    try await withTemporaryFolder { folder in
      let report = try await RunGround(played, on: .own, in: folder, program: LanyardProgram.url) { _ in }
        .withGround { try await LoadRun(played, on: $0) { _ in }.run(interrupts: interrupts) }
      #expect(report.audit.isClean, "\(report.audit.faults)")
      #expect(report.audit.checked > (played.search == nil ? 20 : 0))
      #expect((report.search == nil) == (played.search == nil))
      if let search = report.search { #expect(search.carried != nil || search.target != nil) }
    }
  }

  @Test("In a closed loop sends the next scan when one was answered, and says that it was one")
  func closed() throws {
    try withTemporaryFolder { folder in
      let result = try Self.run(["--people", "60", "--json"], Self.scenario("loop: {closed: {window: 2}}"), folder)
      let report = try #require(try result.json().first, "\(result.errors)")
      Self.expectPass(result, report)
      #expect(report["closed_loop"] as? Bool == true)
    }
  }

  @Test("Ends with a report at Ctrl-C, and its server and its folder go with it even where it is killed")
  func ended() throws {
    try withTemporaryFolder { folder in
      for signal in [SIGINT, SIGKILL] {
        let place = folder.appending(path: "place-\(signal)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let driver = try Self.longRun(in: place)
        let children = try Self.children(of: driver.id)
        let servers = children.filter { Self.arguments(of: $0).contains("serve") }
        #expect(servers.count == 1)
        let started = children.map { ($0, Self.arguments(of: $0)) }.filter { !$0.1.isEmpty }
        // A server that stands still does not notice that its driver is gone.
        if signal == SIGKILL { for server in servers { kill(server, SIGSTOP) } }
        kill(driver.id, signal)
        if signal == SIGINT {
          let line = try #require(driver.nextLine())
          let report = try JSONSerialization.jsonObject(with: line) as? [String: any Sendable]
          #expect(report?["was_interrupted"] as? Bool == true)
          #expect(driver.waitUntilExit() == 1)
          try Self.expectNothing(in: place)
        } else {
          driver.waitUntilExit()
        }
        // A child that has no parent any more ends with its input; its number may be another's by then.
        while started.contains(where: { Self.arguments(of: $0) == $1 }) { Thread.sleep(forTimeInterval: 0.1) }
        while try Self.isLeft(in: place) { Thread.sleep(forTimeInterval: 0.1) }
      }
    }
  }

  @Test(
    "Tells what it measured where its server dies that nothing was to end, at once, whatever else is to break",
    arguments: ["", "faults: [{at: 9m, kill: {after: 1s}}]", "faults: [{at: 9m, clock_back: 2m}]"]
  )
  func serverGone(faults: String) throws {
    try withTemporaryFolder { folder in
      let driver = try Self.longRun(in: folder, faults)
      let server = try #require(try Self.children(of: driver.id).first { Self.arguments(of: $0).contains("serve") })
      kill(server, SIGKILL)
      let line = try #require(driver.nextLine())
      let report = try #require(try JSONSerialization.jsonObject(with: line) as? [String: any Sendable])
      #expect(driver.waitUntilExit() == 1)
      #expect((report["sentence"] as? String)?.hasPrefix("This run proves nothing: the server ended by itself") == true)
      #expect((report["audit"] as? [String: any Sendable])?["unread"] != nil)
      // What was measured of it stays.
      #expect(((report["server"] as? [String: any Sendable])?["memory_bytes"] as? Int ?? 0) > 0)
      #expect((report["ended_by_themselves"] as? [String])?.first?.contains("killed by signal 9") == true)
      // Ten minutes were asked for.
      #expect((report["seconds"] as? Double ?? 600) < 600)
      try Self.expectNothing(in: folder)
    }
  }

  @Test("Tells what it measured, and how it ended, where a lane dies that nothing was to end")
  func laneGone() throws {
    try withTemporaryFolder { folder in
      let driver = try Self.longRun(in: folder, "faults: [{at: 9m, freeze_lane: {lane: 2, for: 1s}}]")
      let lane = try #require(try Self.children(of: driver.id).first { Self.arguments(of: $0).contains("scan") })
      kill(lane, SIGKILL)
      let line = try #require(driver.nextLine())
      let report = try #require(try JSONSerialization.jsonObject(with: line) as? [String: any Sendable])
      #expect(driver.waitUntilExit() == 1)
      #expect(report["verdict"] as? String == "fail")
      let ends = try #require(report["ended_by_themselves"] as? [String])
      #expect(ends.count == 1 && ends[0].hasPrefix("Lane 2: ") && ends[0].contains("killed by signal 9"), "\(ends)")
      #expect((report["operations"] as? [String: any Sendable])?["check_in"] != nil)
      #expect((report["seconds"] as? Double ?? 600) < 600)
      try Self.expectNothing(in: folder)
    }
  }

  @Test("Writes over nothing but an older report, and no two reports into one file, by whatever links they are named")
  func files() throws {
    try withTemporaryFolder { folder in
      let scenario = folder.appending(path: "test.yaml")
      let manager = FileManager.default
      func link(_ name: String, to target: String) throws -> String {
        let path = folder.appending(path: name).path
        try manager.createSymbolicLink(atPath: path, withDestinationPath: target)
        return path
      }
      try manager.createDirectory(at: folder.appending(path: "reports"), withIntermediateDirectories: true)
      let page = folder.appending(path: "page.html").path
      let dangling = try link("later.json", to: "page.html")
      let other = try link("other", to: "reports")
      let same = folder.appending(path: "reports/x").path
      let data = folder.appending(path: "data")
      try manager.createDirectory(at: data, withIntermediateDirectories: true)
      for name in ["lanyard.sqlite", "organiser.token"] { try Data("kept".utf8).write(to: data.appending(path: name)) }
      let letter = folder.appending(path: "letter.html").path
      try Data("<!DOCTYPE html><title>Not ours</title>".utf8).write(to: URL(filePath: letter))
      let earlier = folder.appending(path: "earlier.json").path
      try JSONEncoder().encode(RunReport()).write(to: URL(filePath: earlier))
      for (arguments, words) in [
        (["--save", data.appending(path: "lanyard.sqlite").path], "data folder"),
        (["--html", data.appending(path: "new.html").path], "data folder"),
        (["--save", try link("token", to: "data/organiser.token")], "data folder"),
        (["--html", letter], "no report"),
        (["--save", earlier, "--compare", earlier], "name the same file"),
        (["--html", page, "--save", dangling], "name the same file"),
        (["--html", same, "--save", "\(other)/x"], "name the same file"),
        (["--html", ""], "names no file"),
        (["--save", scenario.path], "no report"),
        (["--html", try link("link.yaml", to: "test.yaml")], "no report"),
      ] {
        let result = try Self.run(arguments, Self.scenario(), folder)
        #expect(result.status == 2 && result.errors.contains(words), "\(arguments): \(result.errors)")
        #expect(try String(contentsOf: scenario, encoding: .utf8) == Self.scenario())
      }
      for name in ["lanyard.sqlite", "organiser.token"] {
        #expect(try String(contentsOf: data.appending(path: name), encoding: .utf8) == "kept")
      }
    }
  }

  @Test(
    "Makes no folder within the data folder of a server, by whatever links it is named",
    arguments: [["run", "smoke"], ["chaos", "--schedules", "1"], ["growth", "--quick"]]
  )
  func dataFolder(command: [String]) throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      let data = folder.appending(path: "real")
      let inner = data.appending(path: "lanes")
      try manager.createDirectory(at: inner, withIntermediateDirectories: true)
      try Data("kept".utf8).write(to: data.appending(path: "lanyard.sqlite"))
      let link = folder.appending(path: "link").path
      try manager.createSymbolicLink(atPath: link, withDestinationPath: "real/lanes")
      var options = [data.path, inner.path, link, "\(link)/..", "\(data.path)/."].map { ["--folder", $0] }
      if command[0] == "chaos" { options.append(["--keep", inner.appending(path: "new").path]) }
      for option in options {
        let result = try LanyardProgram.run(["loadtest"] + command + option, data: folder.appending(path: "data"))
        #expect(result.status == 2 && result.errors.contains("is the data folder of a server"), "\(result.errors)")
        #expect(result.errors.contains(option[0]))
      }
      #expect(try manager.contentsOfDirectory(atPath: data.path).sorted() == ["lanes", "lanyard.sqlite"])
      #expect(try manager.contentsOfDirectory(atPath: inner.path).isEmpty)
    }
  }

  @Test("Writes over an older report, as page and as JSON")
  func older() throws {
    try withTemporaryFolder { folder in
      let (page, json) = (folder.appending(path: "page.html").path, folder.appending(path: "report.json").path)
      var first: Date?
      for _ in 1...2 {
        let result = try Self.run(["--html", page, "--save", json], Self.scenario(), folder)
        #expect([0, 1].contains(result.status), "\(result.errors)")
        let made = try FileManager.default.attributesOfItem(atPath: json)[.modificationDate] as? Date
        #expect(made != nil && made != first)
        first = made
      }
      #expect(WrittenReport.isOneOrEmpty(page) && WrittenReport.isOneOrEmpty(json))
    }
  }

  @Test("Plays with one person too")
  func alone() throws {
    try withTemporaryFolder { folder in
      let result = try Self.run(["--people", "1", "--json"], Self.scenario(), folder)
      let report = try #require(try result.json().first, "\(result.errors)")
      #expect(report["people"] as? Int == 1)
      let audit = try #require(report["audit"] as? [String: any Sendable])
      for key in ["lost", "wrong", "double"] { #expect(audit[key] as? Int == 0, "\(audit)") }
    }
  }

  @Test("Says how many files it takes where too few may be open, as the bench does")
  func descriptors() throws {
    try withTemporaryFolder { folder in
      for command in ["loadtest run smoke", "bench admission"] {
        let shell = try ChildProcess(
          URL(filePath: "/bin/sh"),
          ["-c", "ulimit -n 100; exec \"$0\" \(command)", LanyardProgram.url.path],
          errors: folder.appending(path: "errors")
        )
        #expect(shell.waitUntilExit() == 3)
        let errors = try String(contentsOf: folder.appending(path: "errors"), encoding: .utf8)
        #expect(errors.contains("open files") && errors.contains("ulimit -n"), "\(errors)")
        try FileManager.default.removeItem(at: folder.appending(path: "errors"))
      }
    }
  }

  @Test("Lasts as long as its phases, also where nobody comes in the last, which is listed")
  func quiet() throws {
    try withTemporaryFolder { folder in
      let scenario = """
        lanes: 2
        phases:
          - {name: all, length: 1s, arrivals: {constant: 20}}
          - {name: idle, length: 3s, arrivals: {constant: 0}}
        watchers: {attendance: 1}
        """
      let result = try Self.run(["--people", "60", "--json"], scenario, folder)
      let report = try #require(try result.json().first, "\(result.errors)")
      Self.expectPass(result, report)
      let phases = report["phases"] as? [[String: any Sendable]]
      #expect(phases?.map { $0["name"] as? String } == ["all", "idle"])
      #expect(phases?.map { $0["end"] as? Double } == [1, 4] && report["seconds"] as? Double ?? 0 >= 4)
    }
  }

  @Test("Of schedules by chance keeps what is left only where a folder can be made for it, which is looked at first")
  func kept() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "file")
      try Data().write(to: file)
      for path in [file.path, file.appending(path: "below").path, ""] {
        let result = try LanyardProgram.run(["loadtest", "chaos", "--schedules", "1", "--keep", path], data: folder)
        #expect(result.status == 2 && result.errors.contains("--keep \(path)"), "\(result.errors)")
      }
    }
  }

  @Test("Of schedules by chance plays one again by its seed, at entrances and at rooms")
  func chaos() throws {
    try withTemporaryFolder { folder in
      // The clock of rooms is set back by nearly an hour.
      let rooms: UInt64 = 3200
      for seed in [7, rooms] {
        let result = try LanyardProgram.run(
          ["loadtest", "chaos", "--seed", "\(seed)", "--folder", folder.path, "--json"],
          data: folder
        )
        #expect(result.status == 0, "\(result.output)")
        let tried = try #require(try result.json().first)
        #expect(tried["tried"] as? Int == 1 && (tried["checked"] as? Int ?? 0) > 0, "\(result.output)")
      }
      #expect(ChaosSchedule(seed: rooms, lanes: 3, length: .seconds(2)).scenario.place == .rooms)
      let schedules = (1...2).map { _ in ChaosSchedule(seed: 7, lanes: 3, length: .seconds(2)) }
      #expect(schedules[0] == schedules[1] && !schedules[0].lines.isEmpty)
      #expect(ChaosSchedule(seed: 8, lanes: 3, length: .seconds(2)) != schedules[0])
    }
  }

  // MARK: -

  /// A run passes, unless other tests leave its driver so little of the machine that it says so itself; all else holds then too.
  private static func expectPass(_ result: LanyardProgram.Result, _ report: [String: any Sendable]) {
    let wasTheLimit = (report["driver"] as? [String: any Sendable])?["was_the_limit"] as? Bool == true
    #expect(result.status == (wasTheLimit ? 1 : 0), "\(result.errors)\n\(result.output)")
    #expect(report["verdict"] as? String == (wasTheLimit ? "fail" : "pass"))
    let targets = report["targets"] as? [[String: any Sendable]]
    #expect(targets?.allSatisfy { $0["kept"] as? Bool == true } == true, "\(result.output)")
    let faults = report["faults"] as? [[String: any Sendable]] ?? []
    #expect(faults.allSatisfy { $0["trouble"] == nil }, "\(result.output)")
  }

  private static func scenario(_ more: String = "", length: String = "3s") -> String {
    """
    summary: Is anything lost?
    lanes: 3
    phases:
      - {name: all, length: \(length), arrivals: {constant: 20}}
    mix: {good: 8, forged: 1, unreadable: 1, replaced: 1, revoked: 1, repeated: 1, reentry: 1, wrong-door: 1, copied: 1}
    targets: {errors: 100%}
    \(more)
    """
  }

  private static func run(
    _ arguments: [String],
    _ scenario: String,
    _ folder: URL,
    data: URL? = nil
  ) throws -> LanyardProgram.Result {
    let file = folder.appending(path: "test.yaml")
    try Data(scenario.utf8).write(to: file)
    return try LanyardProgram.run(
      ["loadtest", "run", file.path, "--folder", folder.path] + arguments,
      data: data ?? folder.appending(path: "none")
    )
  }

  /// A run of ten minutes that is under way.
  private static func longRun(in folder: URL, _ more: String = "") throws -> ChildProcess {
    let file = folder.appending(path: "long.yaml")
    try Data(scenario(more, length: "10m").utf8).write(to: file)
    let errors = folder.appending(path: "errors")
    let driver = try ChildProcess(
      LanyardProgram.url,
      ["loadtest", "run", file.path, "--people", "60", "--json", "--folder", folder.path],
      errors: errors
    )
    // A line of the progress tells times once somebody was answered.
    while try !String(contentsOf: errors, encoding: .utf8).contains("slowest") {
      try #require(driver.isRunning)
      Thread.sleep(forTimeInterval: 0.1)
    }
    return driver
  }

  private static func isLeft(in folder: URL) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).contains { $0.hasPrefix("lanyard-loadtest-") }
  }

  private static func expectNothing(in folder: URL) throws { #expect(try !isLeft(in: folder)) }

  private static func arguments(of process: Int32) -> [Substring] {
    // What has ended has none.
    let line = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
    return line.split(separator: "\0")
  }

  private static func children(of parent: Int32) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(parent)/task").flatMap { task in
      // A thread that has ended meanwhile has no children.
      let list = try? String(contentsOfFile: "/proc/\(parent)/task/\(task)/children", encoding: .utf8)
      return (list ?? "").split(separator: " ").compactMap { Int32($0) }
    }
  }
}
