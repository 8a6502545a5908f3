import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Messages of the feed and the trail") struct FeedMessageTests {
  private static let now = Instant(microseconds: 1_780_000_000_123_456)
  private static let event = "wsis20"
  private static let facts = #"{"count":3,"name":"Ada / Zoë","places":[1.5,true,null]}"#

  private static func scan(_ answer: RecordedScan.Answer, isKnown: Bool) -> FeedScan {
    FeedScan(
      id: UUIDBytes(high: 0x0190_A6F0_0000_7000, low: 0x8000_0000_0000_0001),
      checkpoint: "lane-1",
      session: isKnown ? "s001" : nil,
      badge: isKnown ? BadgeSerial(7) : nil,
      registration: isKnown ? "r-1" : nil,
      direction: isKnown ? .into : .out,
      answer: answer,
      happenedAt: isKnown ? now : nil,
      decidedAt: isKnown ? nil : now
    )
  }

  private static var entries: [FeedEntry] {
    let changes = [(nil, facts), (facts, nil), (facts, facts)].map { (before: String?, after: String?) in
      FeedEntry.Content.change(
        FeedChange(name: "badge.revoked", version: 2, resource: "events/wsis20", before: before, after: after)
      )
    }
    let scans = ScanMessageTests.answers.flatMap { answer in
      [true, false].map { FeedEntry.Content.scan(scan(answer, isKnown: $0)) }
    }
    return (changes + scans).map { FeedEntry(sequence: 42, recordedAt: now, content: $0) }
  }

  @Test("Are what went out when they come back") func identity() throws {
    for entry in Self.entries { #expect(try FeedEntry(Lanyard_V1_FeedEntry(entry, of: Self.event)) == entry) }
    for kind in Act.Actor.Kind.allCases {
      let hasID = ![.nobody, .system].contains(kind)
      let entry = AuditEntry(
        sequence: 42,
        act: Act(Act.Actor(kind, id: hasID ? "0a" : ""), at: Self.now, from: "192.0.2.1", request: "r"),
        name: "badge.revoked",
        version: 1,
        resource: "events/wsis20",
        before: Self.facts,
        after: nil,
        hash: .init(repeating: 1, count: 32),
        previousHash: .init(repeating: 2, count: 32)
      )
      #expect(try AuditEntry(Lanyard_V1_AuditEntry(entry)) == entry)
      #expect(entry.act.actor.kind == kind)
    }
  }

  @Test("Are refused with the field where something is not known, or is left out") func unknown() throws {
    func field(_ change: (inout Lanyard_V1_FeedEntry) -> Void) throws -> String? {
      let entry = FeedEntry(
        sequence: 1,
        recordedAt: Self.now,
        content: .scan(Self.scan(.refused(.full), isKnown: true))
      )
      var message = try Lanyard_V1_FeedEntry(entry, of: Self.event)
      change(&message)
      return #expect(throws: InvalidInput.self) { try FeedEntry(message) }?.violations.first?.field
    }
    #expect(try field { $0.content = nil } == "content")
    #expect(try field { $0.recordTime.nanos = -1 } == "record_time")
    #expect(try field { $0.scan.checkIn = "" } == "scan.check_in")
    #expect(try field { $0.scan.badge = "badges/7" } == "scan.badge")
    #expect(try field { $0.scan.direction = .unspecified } == "scan.direction")
    #expect(try field { $0.scan.answer = .UNRECOGNIZED(9) } == "scan.answer")
    #expect(try field { $0.scan.reason = .UNRECOGNIZED(99) } == "scan.reason")
    #expect(try field { $0.scan.reason = .unspecified } == "scan.reason")
    // What says two things says neither.
    for answer in [Lanyard_V1_Answer.admitted, .left] {
      #expect(try field { $0.scan.answer = answer } == "scan.reason")
    }
    #expect(try field { $0.scan.wasNotInside = true } == "scan.was_not_inside")
    #expect(
      try field { ($0.scan.answer, $0.scan.reason, $0.scan.wasNotInside) = (.admitted, .unspecified, true) }
        == "scan.was_not_inside"
    )
    #expect(try field { $0.scan.offlineTime.seconds = .max } == "scan.offline_time")
    let unknown = Lanyard_V1_AuditEntry.with { $0.actorKind = .UNRECOGNIZED(9) }
    let refused = #expect(throws: InvalidInput.self) { try AuditEntry(unknown) }
    #expect(refused?.violations.first?.field == "actor_kind")
  }
}
