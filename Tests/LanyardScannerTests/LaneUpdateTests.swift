import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Synchronization
import Testing

@testable import LanyardScanner

/// Messages of a server that is newer than the lane.
@Suite("A lane that meets what its version does not know", .hangGuard, .blocking)
struct LaneUpdateTests {
  private typealias Change = @Sendable (inout Lanyard_V1_RosterPlan) -> Void

  private static let plans: [(field: String, change: Change)] = [
    ("checkpoints[0].directions", { $0.checkpoints[0].directions = .UNRECOGNIZED(9) }),
    ("checkpoints[0].re_entry", { $0.checkpoints[0].reEntry = .UNRECOGNIZED(9) }),
    ("rules[1]", { $0.rules = [.grace, .UNRECOGNIZED(99)] }),
    ("checkpoints[0].kind", { $0.checkpoints[0].kind = .UNRECOGNIZED(9) }),
    // As a server tells it that knows that the lane does not know a rule.
    ("checkpoints[0].kind", { $0.checkpoints[0].kind = .unspecified }),
    ("checkpoints[0].admitted_participations[0]", { $0.checkpoints[0].admittedParticipations = [.UNRECOGNIZED(9)] }),
  ]

  @Test("Lets nobody in by a plan with an unknown rule, says that it needs an update, and goes on with a plan it knows")
  func plan() async throws {
    try await LaneRosterTests.withOfflineLane { lane, _, roster in
      for (field, change) in Self.plans {
        var plan = roster.snapshot.plan
        change(&plan)
        try await lane.take(.with { ($0.plan, $0.cursor) = (plan, "2") })
        let message = await Self.refusal(roster.codes[0], lane)
        #expect(message?.contains("needs an update") == true)
        #expect(message?.contains(field) == true, "\(message ?? "somebody was let in")")
      }
      try await lane.take(roster.snapshot)
      #expect(await Self.refusal(roster.codes[0], lane) == nil)
    }
  }

  @Test("Lets nobody in whose own entry says something unknown, and everybody else")
  func entry() async throws {
    try await LaneRosterTests.withOfflineLane { lane, _, roster in
      let changes: [@Sendable (inout Lanyard_V1_RosterEntry) -> Void] = [
        { $0.badgeState = .UNRECOGNIZED(9) }, { $0.registrationState = .UNRECOGNIZED(9) },
        { $0.rules = [.personDays, .UNRECOGNIZED(99)] }, { $0.days = ["Tuesday"] },
        { $0.participation = .UNRECOGNIZED(9) }, { $0.participation = .unspecified },
        { $0.bookings.append("events/\(SampleData.forum)/workshops/1") },
        { $0.bookings.append("events/elsewhere/checkpoints/room-a") },
      ]
      for change in changes {
        var entry = roster.badges[0]
        change(&entry)
        try await lane.take(.with { ($0.entries, $0.cursor) = ([entry], "2") })
        #expect(await Self.refusal(roster.codes[0], lane)?.contains("needs an update") == true)
      }
      #expect(await Self.refusal(roster.codes[1], lane) == nil)
    }
  }

  @Test("Lets nobody in of whom it cannot tell where they stand, until it is told, and everybody else")
  func stand() async throws {
    try await LaneRosterTests.withOfflineLane { lane, _, roster in
      let gone = LaneRosterTests.nobodyInside(roster.badges[0])
      let changes: [(field: String, change: @Sendable (inout Lanyard_V1_RosterPresence) -> Void)] = [
        ("admit_time", { $0.admitTime.seconds = .max }), ("period_start_time", { $0.clearPeriodStartTime() }),
        ("period_start_time", { $0.periodStartTime.nanos = -1 }), ("entries", { $0.entries = -1 }),
        ("earlier_days", { $0.earlierDays = ["Tuesday"] }),
      ]
      for (field, change) in changes {
        var stand = gone
        stand.presences[0].inside = true
        (stand.presences[0].admitTime, stand.presences[0].periodStartTime) = (.init(seconds: 1), .init(seconds: 0))
        change(&stand.presences[0])
        try await lane.take(stand)
        let message = await Self.refusal(roster.codes[0], lane)
        #expect(message?.contains("needs an update") == true)
        #expect(message?.contains(field) == true, "\(message ?? "somebody was let in")")
      }
      #expect(await Self.refusal(roster.codes[1], lane) == nil)
      try await lane.take(gone)
      #expect(await Self.refusal(roster.codes[0], lane) == nil)
    }
  }

  @Test("Does not go by a clock that its server does not tell", arguments: [nil, .max] as [Int64?])
  func clock(seconds: Int64?) async throws {
    try await LaneRosterTests.withOfflineLane { lane, _, _ in
      let before = await lane.now
      let (outgoing, stream) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
      await lane.opened(.with { if let seconds { $0.serverTime.seconds = seconds } }, stream)
      #expect(await !lane.isConnected)
      #expect(await lane.now - before < .seconds(3600))
      withExtendedLifetime(outgoing) {}
    }
  }

  @Test("Scans nothing for a device of which it does not know what it is for, and says so")
  func device() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane)
      let journal = try LaneJournal(path: server.folder.appending(path: "lane.sqlite").path)
      let lane = try Lane(Lane.Setup(checkpoint: .named(LaneTests.checkpoint)), journal: journal)
      let link = LaneLink(
        lane,
        access: { device.access },
        learn: { _ in
          let told = Lanyard_V1_Device.with { ($0.name, $0.profile) = (device.device.name, .UNRECOGNIZED(9)) }
          return try DeviceIdentity(told, at: .loopback(port: 1), all: [])
        }
      )
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await link.run() }
        try await LaneTests.until(lane) {
          guard case .refused(let why) = await lane.state else { return false }
          return why.english.contains("needs an update") && why.english.contains("profile")
        }
        group.cancelAll()
      }
    }
  }

  @Test("Does not start on a journal with an answer that it does not know, in whichever of the device's, and says so")
  func journal() async throws {
    try await ServerHarness.run { server in
      let journal = try LaneJournal(path: server.folder.appending(path: "lane.sqlite").path)
      let setup = Lane.Setup(checkpoint: .named(LaneTests.checkpoint))
      let moment = LaneClock.system.now
      try journal.append(Lanyard_V1_OfflineCheckIn(undoing: UUIDBytes(high: 1, low: 1)), at: moment)
      _ = try Lane(setup, journal: journal)
      func entry(_ answer: Lanyard_V1_Answer) throws -> JournalEntry {
        let fact = Lanyard_V1_OfflineCheckIn.with { ($0.scan.scanID, $0.scan.code, $0.answer) = ("1", "LY1", answer) }
        return JournalEntry(order: 9, content: try fact.serializedBytes(), moment: moment)
      }
      let unknown = try entry(.UNRECOGNIZED(9))
      #expect(throws: JournalError.unknownValue(field: "answer")) {
        _ = try Lane(setup, journal: journal, elsewhere: [unknown])
      }
      // Without an answer it lets nobody pass, and keeps no lane from opening.
      _ = try Lane(setup, journal: journal, elsewhere: [try entry(.unspecified)])
      try journal.append(.with { ($0.scan.scanID, $0.answer) = ("1", .UNRECOGNIZED(9)) }, at: moment)
      let fault = #expect(throws: JournalError.self) { _ = try Lane(setup, journal: journal) }
      #expect(fault?.sentence.english.contains("update lanyard") == true)
    }
  }

  @Test(
    "Says that there is something to see to though it does not know what, with a note and without",
    arguments: Language.allCases
  )
  func attention(language: Language) throws {
    let phrasebook = Phrasebook.of(language)
    let unknown = phrasebook.text(.attentionUnknown)
    var person = Lanyard_V1_CheckIn.Attendee()
    #expect(person.attentionText(in: phrasebook) == nil)
    person.attention = .UNRECOGNIZED(9)
    #expect(person.attentionText(in: phrasebook) == unknown)
    person.attentionNote = "ramp"
    let noted = try #require(person.attentionText(in: phrasebook))
    #expect(noted.contains(unknown) && noted.contains("ramp"))
    person.attention = .unspecified
    #expect(person.attentionText(in: phrasebook) == "ramp")
  }

  @Test("Says nothing of its disk where a connection ends while it asks what its device is for, and connects anew")
  func endsWhileAsking() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane)
      let journal = try LaneJournal(path: server.folder.appending(path: "lane.sqlite").path)
      let setup = Lane.Setup(checkpoint: .named(LaneTests.checkpoint))
      let lane = try Lane(setup, journal: journal, clock: DeviceClock().laneClock)
      let asked = Mutex(0)
      let link = LaneLink(
        lane,
        access: { device.access },
        learn: { _ in
          let number = asked.withLock { number in
            number += 1
            return number
          }
          if number == 2 { throw CancellationError() }
          return nil
        }
      )
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await link.run() }
        try await LaneTests.until(lane) { await lane.state == .online }
        await lane.lost(nil)
        try await LaneTests.until(lane) {
          guard asked.withLock({ $0 }) >= 2 else { return false }
          return await lane.state == .online
        }
        #expect(await lane.notice == nil && asked.withLock { $0 } == 3)
        group.cancelAll()
      }
    }
  }

  /// Why a reading could not be decided; nil where it was.
  private static func refusal(_ code: String, _ lane: Lane) async -> String? {
    await lane.submit(LaneTests.reading(code))
    var answers = lane.answers.makeAsyncIterator()
    guard case .failed(let failure)? = await answers.next()?.outcome else { return nil }
    return failure.sentence.english
  }
}
