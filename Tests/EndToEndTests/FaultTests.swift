import Foundation
import LanyardDomain
import LanyardLoad
import LanyardTesting
import Testing

@Suite("Faults on request", .blocking)
struct FaultTests {
  /// A lane that is a device, on a line of its own to a server that may be broken.
  private final class FaultyVenue {
    let venue: LaneVenue
    let line: FaultyLine
    let lane: LaneProcess
    private let arguments: [String]
    private var scans = 0
    private var shown: [LaneProcess.Shown] = []

    var server: ServerProcess { venue.server.process }

    init(in folder: URL) throws {
      venue = try LaneVenue(in: folder, people: 30)
      line = try FaultyLine(to: venue.server.address)
      let device = try venue.enrol("device", at: "Entrance lane 1", through: line.address)
      arguments = ["--device", device.path]
      lane = try LaneProcess(arguments, data: venue.data)
      try scan(untilOffline: false)
      try LaneVenue.waitForRosters(1, in: device)
    }

    /// Scans one badge after the other until the lane decides by itself, or does no more.
    func scan(untilOffline isOffline: Bool) throws {
      for _ in 0..<2_000 {
        let answer = try #require(lane.scan(venue.codes[scans % venue.codes.count]))
        scans += 1
        shown.append(answer)
        if answer.answer != "NOT_RECORDED", answer.offline == isOffline { return }
        Thread.sleep(forTimeInterval: 0.02)
      }
      Issue.record("the lane never was \(isOffline ? "off" : "on")line")
    }

    /// Ends lane and server; all that the operator saw is on record.
    func finish() throws {
      try venue.finish(lane, arguments)
      try venue.expectRecorded(shown)
      line.stop()
      #expect(server.stop() == 0)
    }
  }

  @Test("of the line and of the server are met by a real lane, which goes on and comes back", .timeLimit(.minutes(4)))
  func lane() throws {
    try withTemporaryFolder { folder in
      let venue = try FaultyVenue(in: folder)
      for conduct in [FaultyLine.Conduct.cut, .swallow] {
        venue.line.become(conduct)
        try venue.scan(untilOffline: true)
        venue.line.pass()
        try venue.scan(untilOffline: false)
      }
      venue.line.become(.slow(by: .milliseconds(50)))
      let began = ContinuousClock.now
      try venue.scan(untilOffline: false)
      #expect(began.duration(to: .now) >= .milliseconds(100))
      venue.line.pass()
      venue.server.freeze()
      try venue.scan(untilOffline: true)
      venue.server.thaw()
      try venue.scan(untilOffline: false)
      let used = venue.server.usage
      venue.server.kill()
      #expect(!venue.server.isRunning)
      try venue.scan(untilOffline: true)
      try venue.server.start()
      #expect(venue.server.isRunning && venue.server.starts == 2)
      try venue.scan(untilOffline: false)
      let usedMore = venue.server.usage
      #expect(used.processor > .zero && used.memory > 0 && used.memoryPeak >= used.memory)
      #expect(usedMore.processor >= used.processor && usedMore.written >= used.written)
      #expect(try #require(venue.lane.usage).memory > 0)
      #expect(ProcessUsage.own.processor > .zero && ProcessUsage.own.memoryPeak > 0)
      try venue.finish()
    }
  }

  @Test("may overlap, and all is whole when they are over", .timeLimit(.minutes(4)))
  func overlapping() async throws {
    try await withTemporaryFolder { folder in
      let venue = try FaultyVenue(in: folder)
      let runner = FaultRunner(server: venue.server, lines: [venue.line], laneProcesses: [0: venue.lane])
      let faults: [ScheduledFault] = [
        ScheduledFault(at: .zero, kind: .freeze(.milliseconds(400))),
        ScheduledFault(at: .milliseconds(50), kind: .slow(lanes: [0], by: .milliseconds(20), .milliseconds(900))),
        ScheduledFault(at: .milliseconds(100), kind: .kill(after: .milliseconds(700))),
        ScheduledFault(at: .milliseconds(150), kind: .kill(after: .milliseconds(100))),
        ScheduledFault(at: .milliseconds(200), kind: .cut(lanes: [0], .milliseconds(300))),
        ScheduledFault(at: .milliseconds(250), kind: .blackHole(lanes: [0], .milliseconds(300))),
        ScheduledFault(at: .milliseconds(300), kind: .flap(lanes: [0], every: .milliseconds(50), .milliseconds(500))),
        ScheduledFault(at: .milliseconds(350), kind: .freezeLane(0, .milliseconds(300))),
        ScheduledFault(at: .milliseconds(400), kind: .clockBack(.seconds(600))),
        ScheduledFault(at: .milliseconds(450), kind: .fullDisk(.milliseconds(100))),
        ScheduledFault(at: .milliseconds(500), kind: .cut(lanes: [7], .milliseconds(100))),
      ]
      let done = await runner.run(faults, from: .now)
      #expect(done.count == faults.count && Set(done.map(\.fault)) == Set(faults))
      for one in done {
        #expect(one.began >= one.fault.at)
        switch one.fault.kind {
        case .fullDisk: #expect(one.trouble?.contains("disk") == true)
        case .cut([7], _): #expect(one.trouble == "lane 8 has no line of its own")
        case .kill: #expect(one.ended - one.began >= one.fault.length)
        default:
          #expect(one.trouble == nil)
          #expect(one.ended - one.began >= one.fault.length)
        }
      }
      // The second of the two hits a server that is down.
      let kills = done.filter { if case .kill = $0.fault.kind { true } else { false } }
      #expect(kills.map(\.hitNothing).sorted { !$0 && $1 } == [false, true])
      #expect(kills.allSatisfy { ($0.trouble != nil) == $0.hitNothing })
      // Two kills at once are one outage, and a clock that is set meanwhile waits for its end.
      #expect(venue.server.isRunning && venue.server.starts == 2)
      try venue.scan(untilOffline: false)
      try venue.finish()
    }
  }

  @Test("say so where they hit nothing, since the server was down already", .timeLimit(.minutes(4)))
  func nothing() async throws {
    try await withTemporaryFolder { folder in
      let venue = try FaultyVenue(in: folder)
      let runner = FaultRunner(server: venue.server)
      venue.server.kill()
      let done = await runner.run([ScheduledFault(at: .zero, kind: .freeze(.milliseconds(50)))], from: .now)
      #expect(done.map(\.trouble) == ["the server was down already"] && done[0].hitNothing)
      try venue.server.start()
      let again = await runner.run([ScheduledFault(at: .zero, kind: .freeze(.milliseconds(50)))], from: .now)
      #expect(again.map(\.trouble) == [nil])
      try venue.scan(untilOffline: false)
      try venue.finish()
    }
  }

  @Test("leave nothing broken where they are called off", .timeLimit(.minutes(4)))
  func calledOff() async throws {
    try await withTemporaryFolder { folder in
      let venue = try FaultyVenue(in: folder)
      let runner = FaultRunner(server: venue.server, lines: [venue.line], laneProcesses: [0: venue.lane])
      let faults = [
        ScheduledFault(at: .zero, kind: .kill(after: .seconds(3600))),
        ScheduledFault(at: .zero, kind: .freezeLane(0, .seconds(3600))),
        ScheduledFault(at: .zero, kind: .cut(lanes: [0], .seconds(3600))),
        ScheduledFault(at: .seconds(3600), kind: .freeze(.seconds(1))),
      ]
      let server = venue.server
      let done = await withTaskGroup(of: [FaultRunner.Done]?.self) { group in
        group.addTask { await runner.run(faults, from: .now) }
        group.addTask {
          while server.isRunning { try? await Task.sleep(for: .milliseconds(10)) }
          return nil
        }
        var done: [FaultRunner.Done] = []
        for await some in group {
          done += some ?? []
          group.cancelAll()
        }
        return done
      }
      #expect(done.count == 3)
      #expect(done.allSatisfy { $0.trouble == nil })
      #expect(venue.server.isRunning)
      try venue.scan(untilOffline: false)
      try venue.finish()
    }
  }

  @Test("of the disk are noticed by the lane, and over when there is room", arguments: [nil, FullDisk.Way.limit])
  func fullDisk(way: FullDisk.Way?) throws {
    try withTemporaryFolder { folder in
      let disk = try FullDisk(at: folder.appending(path: "data"), megabytes: 32, way: way)
      defer { disk.remove() }
      let venue = try FaultyVenue(in: folder)
      try disk.fill(venue.server)
      try venue.scan(untilOffline: true)
      // A server that starts on such a disk is no better.
      venue.server.kill()
      try venue.server.start()
      try disk.fill(venue.server)
      try venue.scan(untilOffline: true)
      try disk.free(venue.server)
      try venue.scan(untilOffline: false)
      try venue.finish()
    }
  }

  @Test("of the clock set it back, but not before the last scan on record")
  func clock() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 1)
      venue.server.stop()
      var setup = ServerProcess.Setup(data: venue.data)
      setup.program = LanyardProgram.url
      setup.moment = SampleData.moment("2024-05-27T09:00:00+02:00")
      setup.log = folder.appending(path: "clock.log")
      let server = try ServerProcess(setup)
      // A server says after it is ready where its clock is.
      func waitForClock(_ text: String, start: Int) throws {
        try HangGuard.wait {
          let clocks = try String(contentsOf: setup.log, encoding: .utf8).components(separatedBy: "as if it were ")
          guard clocks.count > start else { return false }
          #expect(clocks[start].prefix(16) == text)
          return true
        }
      }
      try waitForClock("2024-05-27T07:00", start: 1)
      server.setClock(back: .seconds(1800))
      server.kill()
      try server.start()
      try waitForClock("2024-05-27T06:30", start: 2)
      let lane = try LaneProcess(["--checkpoint", "Entrance lane 1"], data: venue.data)
      // A lane that reaches the server late, and has no roster yet, says that it could not decide.
      try HangGuard.wait {
        let shown = try #require(lane.scan(venue.codes[0]))
        if shown.answer == "NOT_RECORDED" { return false }
        #expect(shown.answer == "ADMITTED" && !shown.offline, "\(shown)")
        return true
      }
      _ = lane.finish()
      server.setClock(back: .seconds(7200))
      server.kill()
      try server.start()
      try waitForClock("2024-05-27T06:30", start: 3)
      #expect(server.stop() == 0)
    }
  }

  @Test("end with the process that asks for them: a server whose input ends stops")
  func orphaned() throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      _ = try LanyardProgram.run(["certs", "init"], data: data)
      let server = try ChildProcess(
        LanyardProgram.url,
        ["serve", "--grpc", "127.0.0.1:0", "--until-end-of-input"],
        environment: ["LANYARD_DATA": data.path, "LANYARD_WEB": "off"]
      )
      #expect(server.nextLine() != nil)
      server.closeInput()
      #expect(server.waitUntilExit() == 0)
    }
  }
}
