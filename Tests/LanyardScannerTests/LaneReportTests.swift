import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("What a lane says of itself", .blocking, .hangGuard)
struct LaneReportTests {
  @Test("Is that it ends and nothing waits, also where all was uploaded just now and it is not live yet")
  func ending() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [LaneTests.checkpoint])
      let journal = try LaneJournal(path: server.folder.appending(path: "lane.sqlite").path)
      let lane = try Lane(Lane.Setup(checkpoint: .named(LaneTests.checkpoint)), journal: journal)
      let (outgoing, stream) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
      let (connection, breaker) = AsyncStream.makeStream(of: Void.self)
      try await withServerConnection(device.access) { client in
        await lane.connecting(breaker: breaker)
        await lane.opened(.with { $0.serverTime.seconds = 1_716_000_000 }, stream)
        await lane.mayCall(client)
        #expect(await lane.state == .uploading(waiting: 0))
        await lane.close()
      }
      let listed = try await withServerConnection(server.access) { client in
        try await Lanyard_V1_DeviceService.Client(wrapping: client).listDevices(.with { $0.parent = LaneTests.event })
      }
      #expect(listed.devices.map(\.hasEndTime) == [true] && listed.devices.map(\.scansWaiting) == [0])
      withExtendedLifetime((outgoing, connection)) {}
    }
  }
}
