import Foundation
import LanyardLoad
import LanyardTesting
import Synchronization
import Testing

@Suite("What an operator saw is on record exactly once", .blocking)
struct LaneProofTests {
  @Test("though the server is killed ten times under 16 scanning lanes", .hangGuard)
  func serverKilled() async throws {
    try withTemporaryFolder { try Self.serverKilled(in: $0) }
  }

  private static func serverKilled(in folder: URL) throws {
    let venue = try LaneVenue(in: folder, people: 160)
    let shown = Mutex<[LaneProcess.Shown]>([])
    let isOver = Mutex(false)
    defer { isOver.withLock { $0 = true } }
    let lanes = DispatchGroup()
    func arguments(_ number: Int) -> [String] { ["--checkpoint", "Entrance lane \(number % 8 + 1)"] }
    let processes = try (0..<16).map { try LaneProcess(arguments($0), data: venue.data) }
    // A lane that never had a roster cannot go on by itself.
    try LaneVenue.waitForRosters(processes.count, in: venue.data.appending(path: "lanes"))
    // All are live before the first blow.
    for (number, lane) in processes.enumerated() {
      let first = try Self.scanUntilLive(lane, venue.codes[number * 10])
      shown.withLock { $0 += first }
    }
    for (number, lane) in processes.enumerated() {
      let codes = Array(venue.codes[(number * 10)..<(number * 10 + 10)])
      lanes.enter()
      Thread.detachNewThread {
        defer { lanes.leave() }
        var count = 0
        while !isOver.withLock({ $0 }) {
          guard let answer = lane.scan(codes[count % codes.count]) else { return }
          shown.withLock { $0.append(answer) }
          count += 1
          // As people come: a lane that scans faster than it can upload never gets live again.
          Thread.sleep(forTimeInterval: 0.2)
        }
      }
    }
    func waitForAnother(offline: Bool) throws {
      let count = shown.withLock { $0.count }
      try HangGuard.wait { shown.withLock { $0[count...].contains { $0.offline == offline } } }
    }
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<10 {
      try waitForAnother(offline: false)
      Thread.sleep(forTimeInterval: Double.random(in: 0...1.2, using: &generator))
      venue.server.kill()
      try waitForAnother(offline: true)
      Thread.sleep(forTimeInterval: Double.random(in: 0...0.5, using: &generator))
      try venue.startAgain()
    }
    try waitForAnother(offline: false)
    isOver.withLock { $0 = true }
    lanes.wait()
    for (number, lane) in processes.enumerated() { try venue.finish(lane, arguments(number)) }
    let all = shown.withLock { $0 }
    #expect(all.contains { $0.offline } && all.contains { !$0.offline })
    let notRecorded = all.filter { $0.answer == "NOT_RECORDED" }
    #expect(notRecorded.isEmpty)
    try venue.expectRecorded(all)
    venue.server.stop()
  }

  /// Scans a badge until the server answers, which a busy machine may keep it from; returns all that was shown.
  private static func scanUntilLive(_ lane: LaneProcess, _ code: String) throws -> [LaneProcess.Shown] {
    var shown: [LaneProcess.Shown] = []
    try HangGuard.wait {
      shown.append(try #require(lane.scan(code)))
      return shown.last?.offline == false
    }
    return shown
  }

  @Test("though the network swallows one lane's bytes until the server gives its connection up", .hangGuard)
  func networkCut() async throws {
    try withTemporaryFolder { try Self.networkCut(in: $0) }
  }

  private static func networkCut(in folder: URL) throws {
    let venue = try LaneVenue(in: folder, people: 60, arguments: ["--silence-seconds", "5"])
    let proxy = try FaultyLine(to: venue.server.address)
    defer { proxy.stop() }
    let device = try venue.enrol("cut", at: "Entrance lane 1", through: proxy.address)
    let lane = try LaneProcess(["--device", device.path], data: venue.data)
    var shown = venue.codes.prefix(10).compactMap { lane.scan($0) }
    #expect(shown.count == 10 && shown.allSatisfy { $0.answer == "ADMITTED" })
    shown += try scanUntilLive(lane, venue.codes[0])
    proxy.swallow()
    let first = try #require(lane.scan(venue.codes[10]))
    #expect(first.offline && first.answer == "ADMITTED")
    shown.append(first)
    for code in venue.codes[0..<20] { shown += [lane.scan(code)].compactMap(\.self) }
    #expect(shown.suffix(20).allSatisfy { $0.offline })
    #expect(shown.suffix(20).count { $0.reason == "ALREADY_INSIDE" } == 11)
    let log = folder.appending(path: "serve.log")
    try HangGuard.wait { try String(contentsOf: log, encoding: .utf8).contains("it gave no sign of life") }
    shown += venue.codes[20..<30].compactMap { lane.scan($0) }
    #expect(shown.suffix(10).allSatisfy { $0.offline && $0.answer == "ADMITTED" })
    proxy.pass()
    // One clean answer brings it back.
    shown += try scanUntilLive(lane, venue.codes[30])
    try venue.finish(lane, ["--device", device.path])
    try venue.expectRecorded(shown)
    let conflicts = try venue.conflicts()
    #expect(conflicts.isEmpty)
    venue.server.stop()
  }

  @Test(
    "though two lanes were apart and admitted the same badges, and each of these is a conflict",
    .hangGuard
  )
  func apart() async throws {
    try withTemporaryFolder { try Self.apart(in: $0) }
  }

  private static func apart(in folder: URL) throws {
    let venue = try LaneVenue(in: folder, people: 20)
    let proxies = try (0..<2).map { _ in try FaultyLine(to: venue.server.address) }
    defer { for proxy in proxies { proxy.stop() } }
    let lanes = try proxies.enumerated().map { number, proxy in
      let device = try venue.enrol("apart\(number)", at: "Entrance lane \(number + 1)", through: proxy.address)
      return try LaneProcess(["--device", device.path], data: venue.data)
    }
    var shown = lanes.enumerated().compactMap { number, lane in lane.scan(venue.codes[number]) }
    for proxy in proxies { proxy.swallow() }
    for lane in lanes { for code in venue.codes[2..<12] { shown += [lane.scan(code)].compactMap(\.self) } }
    #expect(shown.count == 22 && shown.suffix(20).allSatisfy { $0.offline && $0.answer == "ADMITTED" })
    for proxy in proxies { proxy.pass() }
    for (number, lane) in lanes.enumerated() {
      try venue.finish(lane, ["--device", folder.appending(path: "apart\(number)").path])
    }
    try venue.expectRecorded(shown)
    let conflicts = try venue.conflicts()
    #expect(conflicts.count == 10 && conflicts.allSatisfy { $0.reason == "ALREADY_INSIDE" })
    try expectNarrowed(venue)
    venue.server.stop()
  }

  /// Expects the ten conflicts of today between the lanes 1 and 2 in the list by what narrows it.
  private static func expectNarrowed(_ venue: LaneVenue) throws {
    func list(_ words: String...) throws -> LanyardProgram.Result {
      try LanyardProgram.run(["attendance", "conflicts", "--event", SampleData.forum] + words, data: venue.data)
    }
    let table = try list("--csv")
    let lines = table.output.split(separator: "\r\n").flatMap { $0.split(separator: "\n") }
    #expect(table.status == 1 && lines.count == 11 && lines[0].hasPrefix("time,reason,name,registration,checkpoint,"))
    let times = lines.dropFirst().map { String($0.prefix(19)) }
    let day = try #require(times.first).prefix(10)
    #expect(times.allSatisfy { $0.hasPrefix(day) }, "\(times)")
    let all: [[String]] = [
      ["--reason", "already-inside"], ["--kind", "against-rules"], ["--checkpoint", "Entrance lane 1"],
      ["--checkpoint", "entrance-lane-2"], ["--day", String(day)], ["--direction", "in"], ["--from", String(day)],
      ["--answer", "admitted"],
    ]
    for words in all {
      let found = try LanyardProgram.run(
        ["attendance", "conflicts", "--event", SampleData.forum, "--csv"] + words,
        data: venue.data
      )
      #expect(found.output == table.output && found.status == 1, "\(words)")
    }
    for (option, value) in [
      ("--reason", "revoked"), ("--kind", "without-right"), ("--checkpoint", "Room A"), ("--day", "2024-05-31"),
      ("--direction", "out"), ("--until", String(day)), ("--answer", "left"),
    ] {
      let none = try list(option, value)
      #expect(none.status == 0 && none.output.contains("no conflicts"), "\(option): \(none.output) \(none.errors)")
    }
    #expect(try list("--reporter", "apart0", "--csv").output != list("--reporter", "apart1", "--csv").output)
    // What is on the screen says whose device it was, and whose badge.
    let rows = try list("--json").json()
    let shown = try list().output.split(separator: "\n")
    for (row, line) in zip(rows, shown) {
      let (device, registration) = (row["device"] as? String ?? "", row["registration"] as? String ?? "")
      #expect(device.hasPrefix("apart") && line.hasSuffix("  \(device)  \(registration)"), "\(line)")
    }
    #expect(try list("--day", "Monday").status == 2)
    #expect(try list("--day", String(day), "--until", String(day)).status == 2)
    #expect(try list("--csv", "--json").status == 2)
  }

  @Test("though the lane is killed between decision and answer", .hangGuard)
  func laneKilled() async throws {
    try withTemporaryFolder { try Self.laneKilled(in: $0) }
  }

  private static func laneKilled(in folder: URL) throws {
    let venue = try LaneVenue(in: folder, people: 400)
    let device = try venue.enrol("killed", at: "Entrance lane 1", through: venue.server.address)
    let first = try LaneProcess(["--device", device.path], data: venue.data)
    var shown = [first.scan(venue.codes[0])].compactMap(\.self)
    _ = first.finish()
    venue.server.kill()
    var generator = SystemRandomNumberGenerator()
    for round in 0..<8 {
      let lane = try LaneProcess(["--device", device.path], data: venue.data)
      lane.type(Array(venue.codes[(1 + round * 40)..<(41 + round * 40)]))
      shown += [lane.next()].compactMap(\.self)
      Thread.sleep(forTimeInterval: Double.random(in: 0...0.15, using: &generator))
      lane.kill()
      while let last = lane.next() { shown.append(last) }
    }
    #expect(shown.dropFirst().allSatisfy { $0.offline && $0.answer == "ADMITTED" })
    try venue.startAgain()
    let last = try LaneProcess(["--device", device.path], data: venue.data)
    shown += [last.scan(venue.codes[399])].compactMap(\.self)
    try venue.finish(last, ["--device", device.path])
    try venue.expectRecorded(shown)
    venue.server.stop()
  }
}
