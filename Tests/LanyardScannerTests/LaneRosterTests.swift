import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("A lane that follows a roster", .hangGuard)
struct LaneRosterTests {
  @Test("Keeps what it did by itself, without reading its journal for each message")
  func unsent() async throws {
    try await Self.withOfflineLane { lane, journal, roster in
      _ = await Self.scan(roster.codes[0], lane)
      // Whoever reads the journal now finds nothing.
      try journal.eraseWaiting()
      try await lane.take(Self.nobodyInside(roster.badges[0]))
      #expect(await Self.scan(roster.codes[0], lane)?.reason == .alreadyInside)
      #expect(await lane.headcount?.inside == 1)
    }
  }

  @Test("Forgets what was taken back or uploaded: then the roster is right")
  func settled() async throws {
    try await Self.withOfflineLane { lane, _, roster in
      let scan = await Self.scan(roster.codes[0], lane)?.scanID
      try await lane.undo(try #require(scan.flatMap { UUIDBytes($0) }))
      try await lane.take(Self.nobodyInside(roster.badges[0]))
      #expect(await lane.headcount?.inside == 0)
      _ = await Self.scan(roster.codes[1], lane)
      let (batch, _) = try await lane.nextUpload(limit: 10)
      let answers = Lanyard_V1_UploadCheckInsResponse.with {
        $0.results = batch.orders.map { _ in .with { $0.checkIn = .init() } }
      }
      try await lane.uploaded(answers, batch)
      #expect(await lane.waiting == 0)
      try await lane.take(Self.nobodyInside(roster.badges[1]))
      #expect(await lane.headcount?.inside == 0)
    }
  }

  @Test("Waits with what the roster tells until its upload is answered, or the connection is given up")
  func upload() async throws {
    try await Self.withOfflineLane { lane, _, roster in
      try await lane.waitForUpload()
      _ = await Self.scan(roster.codes[0], lane)
      let (batch, _) = try await lane.nextUpload(limit: 10)
      let waiting = Task {
        try await lane.waitForUpload()
        return await lane.waiting
      }
      let givenUp = Task { try await lane.waitForUpload() }
      givenUp.cancel()
      await #expect(throws: CancellationError.self) { try await givenUp.value }
      try await lane.uploaded(.with { $0.results = [.with { $0.checkIn = .init() }] }, batch)
      #expect(try await waiting.value == 0)
      _ = await Self.scan(roster.codes[1], lane)
      let (refused, _) = try await lane.nextUpload(limit: 10)
      let later = Lanyard_V1_ScanError.with { $0.code = Int32(RPCError.Code.unavailable.rawValue) }
      await #expect(throws: NothingTaken.self) {
        try await lane.uploaded(.with { $0.results = [.with { $0.error = later }] }, refused)
      }
      try await lane.waitForUpload()
    }
  }

  @Test("Counts a person once whose badge it learns of after it let them in, and after a new snapshot")
  func learned() async throws {
    try await Self.withOfflineLane { lane, _, roster in
      var snapshot = roster.snapshot
      snapshot.entries = []
      try await lane.take(snapshot)
      #expect(await Self.scan(roster.codes[0], lane)?.offline.notInRoster == true)
      try await lane.take(.with { ($0.entries, $0.cursor) = ([roster.badges[0]], "2") })
      #expect(await lane.headcount?.inside == 1)
      #expect(await Self.scan(roster.codes[0], lane)?.reason == .alreadyInside)
      snapshot.entries = roster.badges
      try await lane.take(snapshot)
      #expect(await lane.headcount?.inside == 1)
      #expect(await Self.scan(roster.codes[0], lane)?.reason == .alreadyInside)
    }
  }

  @Test("Lets in whom the roster has inside by the very scan that it takes back, and refuses them after that")
  func ownFirstTry() async throws {
    try await Self.withOfflineLane { lane, _, roster in
      let (outgoing, stream) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
      await lane.opened(.with { $0.serverTime = roster.snapshot.serverTime }, stream)
      #expect(await lane.goLive())
      for _ in 0..<2 { await lane.submit(LaneTests.reading(roster.codes[0])) }
      var inside = Self.nobodyInside(roster.badges[0])
      inside.presences[0].inside = true
      inside.presences[0].admitTime = roster.snapshot.serverTime
      inside.presences[0].periodStartTime = Google_Protobuf_Timestamp(SampleData.firstMorning - .seconds(30_600))
      try await lane.take(inside)
      await lane.lost(nil)
      var answers = lane.answers.makeAsyncIterator()
      let checkIns = [await answers.next()?.checkIn, await answers.next()?.checkIn]
      #expect(checkIns.map { $0?.answer } == [.admitted, .refused])
      #expect(checkIns[1]?.reason == .alreadyInside)
      #expect(await lane.headcount?.inside == 1)
      withExtendedLifetime(outgoing) {}
    }
  }

  @Test("Stands in the rehearsal also when it begins anew after it was revoked, until it is another server's")
  func rehearsal() async throws {
    try await Self.withOfflineLane { lane, journal, roster in
      var snapshot = roster.snapshot
      snapshot.plan.rehearsal = true
      try await lane.take(snapshot)
      for _ in 0..<2 {
        await lane.revoked()
        #expect(await lane.isRehearsal)
        #expect(await lane.standing.zone == "Europe/Zurich")
        try journal.forgetPeople()
        let again = try Lane(Lane.Setup(checkpoint: .named(LaneTests.checkpoint)), journal: journal)
        let standing = await again.standing
        #expect(standing.isRehearsal && standing.plan == nil && standing.zone == "Europe/Zurich")
      }
      try journal.eraseRoster()
      #expect(try !journal.roster().wasRehearsal)
      try await lane.take(roster.snapshot)
    }
  }

  @Test("Asks for all anew where what it kept cannot be read")
  func damaged() async throws {
    try await withTemporaryFolder { folder in
      let journal = try LaneJournal(path: "\(folder.path)/lane.sqlite")
      let setup = Lane.Setup(checkpoint: .named(LaneTests.checkpoint))
      try journal.apply([.badge(serial: 1, Data()), .cursor("7")])
      #expect(try await Lane(setup, journal: journal).rosterCursor == "7")
      try journal.apply([.badge(serial: 2, Data([0xFF, 0xFF]))])
      #expect(try await Lane(setup, journal: journal).rosterCursor.isEmpty)
    }
  }

  @Test("And whose machine knows no time zones says so, and decides nothing by a wrong day")
  func timeZone() async throws {
    try await Self.withOfflineLane { lane, journal, roster in
      var plan = roster.snapshot.plan
      for index in plan.checkpoints.indices { plan.checkpoints[index].timeZone = "Mars/Olympus" }
      try journal.apply([.plan(try plan.serializedBytes())])
      let other = try Lane(Lane.Setup(checkpoint: .named(LaneTests.checkpoint)), journal: journal)
      #expect(await other.missingTimeZone?.english.contains("tzdata") == true)
      #expect(await lane.missingTimeZone == nil)
      await other.lost(nil)
      await other.submit(LaneTests.reading(roster.codes[0]))
      var answers = other.answers.makeAsyncIterator()
      guard case .failed(let failure)? = await answers.next()?.outcome else {
        Issue.record("somebody was let in")
        return
      }
      #expect(failure.sentence.english.contains("Mars/Olympus"))
    }
  }

  // MARK: - What the tests share

  struct Roster: Sendable {
    let snapshot: Lanyard_V1_WatchRosterResponse
    let badges: [Lanyard_V1_RosterEntry]
    let codes: [String]
  }

  /// A lane without a server that has taken in the roster of two badges.
  static func withOfflineLane(
    _ body: @Sendable (Lane, LaneJournal, Roster) async throws -> Void
  ) async throws {
    try await ServerHarness.run { server in
      let codes = try await LaneTests.badges(2, server)
      let snapshot = try await withServerConnection(server.access) { client in
        try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(
          .with { $0.parent = LaneTests.event }
        ) { response in
          var whole = Lanyard_V1_WatchRosterResponse()
          for try await message in response.messages {
            if message.hasPlan { whole.plan = message.plan }
            whole.entries += message.entries
            (whole.snapshot, whole.cursor, whole.serverTime) = (true, message.cursor, message.serverTime)
            if !message.cursor.isEmpty { break }
          }
          return whole
        }
      }
      let journal = try LaneJournal(path: server.folder.appending(path: "lane.sqlite").path)
      let lane = try Lane(Lane.Setup(checkpoint: .named(LaneTests.checkpoint)), journal: journal)
      try await lane.take(snapshot)
      await lane.lost(nil)
      let badges = try codes.map { code in
        let serial = try UnverifiedBadgeCode(reading: code).claimedSerial
        return try #require(snapshot.entries.first { $0.serial == serial })
      }
      try await body(lane, journal, Roster(snapshot: snapshot, badges: badges, codes: codes))
    }
  }

  private static func scan(_ code: String, _ lane: Lane) async -> Lanyard_V1_CheckIn? {
    await lane.submit(LaneTests.reading(code))
    var answers = lane.answers.makeAsyncIterator()
    return await answers.next()?.checkIn
  }

  /// What a server says of a person of whom it knows no passage.
  static func nobodyInside(_ badge: Lanyard_V1_RosterEntry) -> Lanyard_V1_WatchRosterResponse {
    .with { message in
      message.presences = [
        .with {
          $0.registration = badge.registration
          $0.checkpoint = CheckpointAddress.named(LaneTests.checkpoint).checkpoint
        }
      ]
      message.cursor = "2"
    }
  }
}
