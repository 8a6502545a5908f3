import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardLoad
import LanyardTesting
import LanyardTexts
import Testing

@testable import LanyardScanner

@Suite("A lane whose device scans elsewhere now", .blocking, .hangGuard)
struct LaneMovedTests {
  @Test("uploads what waits in its journal and in the device's others, and lets nobody in")
  func uploads() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(3, server)
      let device = try await server.enrol(.lane, at: [LaneTests.checkpoint])
      let address = CheckpointAddress.named(LaneTests.checkpoint)
      let origin = JournalOrigin(server: .loopback(port: 1), authority: nil, event: SampleData.forum)
      func lane(_ file: String, elsewhere: [JournalEntry] = []) throws -> Lane {
        let journal = try LaneJournal(path: server.folder.appending(path: "journals/\(file)").path)
        try journal.bind(to: origin)
        return try Lane(Lane.Setup(checkpoint: address), journal: journal, elsewhere: elsewhere)
      }
      try FileManager.default.createDirectory(
        at: server.folder.appending(path: "journals"),
        withIntermediateDirectories: false
      )
      let (before, own) = (try lane("lane-1.sqlite"), try lane("lane-2.sqlite"))
      for (lane, code) in [(before, codes[0]), (own, codes[1])] {
        try await Self.run(LaneLink(lane, access: { device.access })) {
          try await LaneTests.until(lane) { await lane.rosterSize == 3 }
        }
        await lane.lost(nil)
        var answers = lane.answers.makeAsyncIterator()
        await lane.submit(LaneTests.reading(code))
        #expect(await answers.next()?.isOffline == true)
        #expect(await lane.waiting == 1)
      }
      let moved = DeviceIdentity(
        server: .loopback(port: 1),
        device: DeviceAddress.named(device.device.name),
        displayName: "Moved",
        checkpoints: [.init(CheckpointAddress(event: SampleData.forum, checkpoint: "hall"), displayName: "Hall")],
        known: nil,
        isSupervisor: false
      )
      let folder = JournalFolder(
        path: server.folder.appending(path: "journals").path,
        origin: origin,
        own: server.folder.appending(path: "journals/lane-2.sqlite").path,
        countsBusy: true
      )
      let link = LaneLink(own, folder: folder, access: { device.access }, learn: { _ in moved })
      await link.look()
      #expect(await own.waiting == 2)
      try await Self.run(link) { try await LaneTests.until(own) { await own.waiting == 0 } }
      guard case .refused = await own.state else {
        Issue.record("it is let in")
        return
      }
      await own.submit(LaneTests.reading(codes[2]))
      var answers = own.answers.makeAsyncIterator()
      #expect(await answers.next()?.checkIn == nil)
      let record = try await LaneTests.record(server)
      #expect(record.map(\.answer) == [.admitted, .admitted] && record.allSatisfy(\.hasOffline))
    }
  }

  @Test("uploads over a slow line as long as it takes, and says at its end nothing of a server that does not answer")
  func slow() async throws {
    try await ServerHarness.run { server in
      let code = try await LaneTests.badges(1, server)[0]
      let device = try await server.enrol(.lane, at: [LaneTests.checkpoint])
      let address = CheckpointAddress.named(LaneTests.checkpoint)
      let line = try FaultyLine(to: server.address)
      defer { line.stop() }
      let lane = try Lane(
        Lane.Setup(checkpoint: address),
        journal: LaneJournal(path: server.folder.appending(path: "slow.sqlite").path)
      )
      try await Self.run(LaneLink(lane, access: { device.access })) {
        try await LaneTests.until(lane) { await lane.rosterSize == 1 }
      }
      await lane.lost(Sentence(.laneServerSilent))
      var answers = lane.answers.makeAsyncIterator()
      await lane.submit(LaneTests.reading(code))
      #expect(await answers.next()?.isOffline == true)
      let moved = DeviceIdentity(
        server: .loopback(port: 1),
        device: DeviceAddress.named(device.device.name),
        displayName: "Moved",
        checkpoints: [.init(CheckpointAddress(event: SampleData.forum, checkpoint: "hall"), displayName: "Hall")],
        known: nil,
        isSupervisor: false
      )
      let access = ServerAccess(
        line.address,
        credential: device.access.credential,
        authorityPath: device.access.authorityPath
      )
      let patience = Duration.seconds(1)
      let link = LaneLink(
        lane,
        openTimeout: patience,
        access: {
          line.pass()
          return access
        },
        learn: { _ in
          line.become(.slow(by: patience))
          return moved
        }
      )
      try await Self.run(link) { try await LaneTests.until(lane) { await lane.waiting == 0 } }
      #expect(try await LaneTests.record(server).map(\.answer) == [.admitted])
      guard case .refused = await lane.state else {
        Issue.record("it is let in")
        return
      }
      #expect(await lane.trouble == nil)
    }
  }

  private static func run(_ link: LaneLink, while body: () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await link.run() }
      try await body()
      group.cancelAll()
    }
  }
}
