import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardLoad
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("A scan that an organiser takes back", .blocking, .hangGuard)
struct LaneUndoneElsewhereTests {
  private static let now = SampleData.firstMorning
  private static let moment = DeviceMoment(wall: now, running: Instant(seconds: 3600), boot: "b")

  private static func answer(_ answer: Lanyard_V1_Answer) -> LaneAnswer {
    let checkIn = Lanyard_V1_CheckIn.with {
      $0.answer = answer
      $0.attendee.displayName = "Ada"
      $0.receiveTime = Google_Protobuf_Timestamp(now)
    }
    let reading = LaneSession.Reading(code: "LY1X", direction: .into, readAt: now)
    return LaneAnswer(reading: reading, outcome: .decided(checkIn), isOffline: false)
  }

  @Test("Is marked at the lane that made it, and is not offered there any more", arguments: [0, 1])
  func marked(half: Int) {
    var desk = LaneDesk(
      checkpoint: CheckpointAddress(event: "forum", checkpoint: "gate"),
      title: "Gate",
      mayOverride: true,
      direction: nil,
      operatorName: "AB",
      readyAfter: .seconds(8),
      in: .of(.english)
    )
    // As of one who is let out and in again: the half that is large, and the half before it.
    let pair = [Self.answer(.left), Self.answer(.admitted)]
    for answer in pair { _ = desk.show(answer, at: Self.moment) }
    var standing = Lane.Standing(now: Self.now)
    desk.refresh(standing, at: Self.moment)
    #expect(desk.undoable(at: Self.moment).count == 2)
    standing.undone = [pair[half].reading.id.description]
    // It is told again with whatever else happens.
    for _ in 1...2 { desk.refresh(standing, at: Self.moment) }
    #expect(desk.view.recent.filter(\.isTakenBack).map(\.scan) == [pair[half].reading.id])
    #expect(desk.undoable(at: Self.moment).map(\.id) == [pair[1 - half].reading.id])
    #expect(desk.view.last?.scan == (half == 1 ? nil : pair[1].reading.id))
  }

  @Test("Is told to the lane that made it")
  func told() async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(1, server)
      let proxy = try FaultyLine(to: server.address)
      defer { proxy.stop() }
      try await LaneTests.withLane(server, through: proxy) { lane, next in
        await lane.submit(LaneTests.reading(codes[0]))
        let scan = try #require(await next()).reading.id
        _ = try await withServerConnection(server.access) { client in
          let name = ResourceName.checkIn(scan, of: SampleData.forum).description
          return try await Lanyard_V1_CheckInService.Client(wrapping: client).undoCheckIn(.with { $0.name = name })
        }
        try await LaneTests.until(lane) { await lane.standing.undone == [scan.description] }
        #expect(await lane.headcount?.inside == 0)
      }
    }
  }
}
