import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardLoad
import LanyardScanner
import LanyardServer
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Synchronization
import Testing

@Suite("What stands between a lane and its server", .blocking, .hangGuard)
struct LaneBetweenTests {
  private static let answers: [StrangeServer.Answer] =
    [401, 403, 404, 413, 502, 503, 200].map { .init($0) } + [
      .init(200, ""), .init(403, "application/grpc"), .init(403, speaksHTTP2: false),
      .init(200, speaksHTTP2: false),
    ]

  @Test("Refuses nobody: whatever it answers, the lane goes on by itself and says what answers")
  func strangers() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(1, server)
      let strangers = try StrangeServer(Self.answers, in: server.folder)
      defer { strangers.stop() }
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await LaneTests.withLane(server, through: proxy) { lane, next in
        for (answer, address) in zip(Self.answers, strangers.addresses) {
          proxy.retarget(to: address)
          proxy.drop()
          let marks = answer.speaksHTTP2 ? ["in between", answer.status == 200 ? "no gRPC" : "\(answer.status)"] : [""]
          try await LaneTests.until(lane) {
            let trouble = await lane.trouble?.english
            return marks.allSatisfy { trouble?.contains($0) == true || $0.isEmpty && trouble != nil }
          }
          guard case .offline = await lane.state else {
            Issue.record("\(answer): \(await lane.state)")
            continue
          }
          await lane.submit(LaneTests.reading(codes[0]))
          let shown = await next()
          #expect(shown?.isOffline == true && shown?.checkIn != nil, "\(answer)")
          proxy.retarget(to: server.address)
          try await LaneTests.until(lane) { await lane.state == .online }
          #expect(await lane.trouble == nil)
        }
      }
    }
  }

  @Test("Leaves the scans' stream as it is where only the roster is not told")
  func rosterAlone() async throws {
    try await ServerHarness.run(settings: { $0.maximumWatchesPerCaller = 1 }) { server in
      let codes = try await LaneTests.badges(1, server)
      let device = try await server.enrol(.lane, at: [LaneTests.checkpoint])
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await LaneTests.withLane(server, through: proxy, device: device) { first, _ in
        try await LaneTests.withLane(server, through: proxy, device: device, waits: false) { lane, next in
          try await LaneTests.until(lane) { await lane.notice?.english.contains("max-watches-per-caller") == true }
          try await LaneTests.until(lane) { await lane.state == .online }
          await lane.submit(LaneTests.reading(codes[0]))
          let shown = await next()
          #expect(shown?.isOffline == false && shown?.checkIn?.answer == .admitted)
          #expect(await lane.state == .online)
        }
        #expect(await first.notice == nil)
      }
    }
  }

  @Test("Says why the server is not reached")
  func trouble() async throws {
    try await ServerHarness.run { server in
      let journal = try LaneJournal(path: server.folder.appending(path: "lane.sqlite").path)
      let lane = try Lane(Lane.Setup(checkpoint: .named(LaneTests.checkpoint)), journal: journal)
      struct Amiss: Error, CustomStringConvertible { let description = "The clock of this device is wrong." }
      let link = LaneLink(lane, access: { throw Amiss() })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await link.run() }
        try await LaneTests.until(lane) { await lane.trouble == .unexpected(Amiss()) }
        group.cancelAll()
      }
    }
  }

  @Test("A lane's stream outlives three hundred calls beside it that time out")
  func calls() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(1, server)
      let device = try await server.enrol(.lane, at: [LaneTests.checkpoint])
      let journal = try LaneJournal(path: server.folder.appending(path: "lane.sqlite").path)
      let setup = Lane.Setup(checkpoint: .named(LaneTests.checkpoint))
      let lane = try Lane(setup, journal: journal, clock: DeviceClock().laneClock)
      let connections = Mutex(0)
      let link = LaneLink(
        lane,
        access: {
          connections.withLock { $0 += 1 }
          return device.access
        }
      )
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await link.run() }
        try await LaneTests.until(lane) { await lane.client != nil }
        try await LaneTests.until(lane) { await lane.state == .online }
        let client = try #require(await lane.client)
        var cancelled = 0
        while cancelled < 300 {
          var options = CallOptions.defaults
          options.timeout = .milliseconds(1)
          do {
            _ = try await Lanyard_V1_AttendanceService.Client(wrapping: client).getAttendance(
              .with { $0.name = "\(LaneTests.event)/attendance" },
              options: options
            )
          } catch {
            cancelled += 1
          }
        }
        await lane.submit(LaneTests.reading(codes[0]))
        var answers = lane.answers.makeAsyncIterator()
        #expect(await answers.next()?.isOffline == false)
        #expect(connections.withLock { $0 } == 1)
        group.cancelAll()
      }
    }
  }
}
