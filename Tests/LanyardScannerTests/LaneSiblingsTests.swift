import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardScanner

@Suite("Lanes of one device without the server")
struct LaneSiblingsTests {
  private static let origin = JournalOrigin(
    server: Endpoint(host: "here", port: 1),
    authority: "PEM",
    event: PaperEvent.slug
  )

  /// A lane that answers by itself, with its journal in a folder.
  private struct Sibling {
    let lane: Lane
    let link: LaneLink

    init(
      _ checkpoint: String,
      in folder: URL,
      _ event: PaperEvent,
      _ badges: [PaperEvent.Badge],
      _ clock: DeviceClock
    ) async throws {
      let path = folder.appending(path: "lane-\(checkpoint).sqlite").path
      let journal = try LaneJournal(path: path)
      try journal.bind(to: origin)
      try journal.apply([.begin] + RosterChange.all(of: event.snapshot(badges)))
      lane = try Lane(
        Lane.Setup(checkpoint: CheckpointAddress(event: PaperEvent.slug, checkpoint: checkpoint)),
        journal: journal,
        clock: clock.laneClock
      )
      let journals = JournalFolder(path: folder.path, origin: origin, own: path, countsBusy: true)
      link = LaneLink(lane, folder: journals, access: { throw CancellationError() })
      await lane.lost(nil)
    }

    func scan(_ badge: PaperEvent.Badge) async -> LaneAnswer? {
      await lane.submit(LaneTests.reading(badge.code))
      var answers = lane.answers.makeAsyncIterator()
      return await answers.next()
    }
  }

  @Test("Hear whom another let in, and that it was taken back, without being started anew")
  func hear() async throws {
    try await withTemporaryFolder { folder in
      let event = try PaperEvent(["gate": { _ in }, "side": { _ in }])
      let badges = [try event.badge(1), try event.badge(2)]
      let clock = DeviceClock(ahead: PaperEvent.morning - LaneClock.system.now.wall)
      let gate = try await Sibling("gate", in: folder, event, badges, clock)
      let side = try await Sibling("side", in: folder, event, badges, clock)
      let first = try #require(await gate.scan(badges[0]))
      #expect(first.checkIn?.answer == .admitted)
      await side.link.look()
      #expect(await side.scan(badges[0])?.checkIn?.reason == .alreadyInside)
      #expect(await side.lane.headcount?.inside == 1)
      try await gate.lane.undo(first.reading.id)
      await side.link.look()
      #expect(await side.lane.headcount?.inside == 0)
      #expect(await side.scan(badges[0])?.checkIn?.answer == .admitted)
      // Looking again changes nothing, and what a lane did itself stays.
      await side.link.look()
      #expect(await side.lane.headcount?.inside == 1)
      #expect(await side.scan(badges[1])?.checkIn?.answer == .admitted)
      await gate.link.look()
      for badge in badges { #expect(await gate.scan(badge)?.checkIn?.reason == .alreadyInside) }
      #expect(await gate.lane.headcount?.inside == 2)
    }
  }
}
