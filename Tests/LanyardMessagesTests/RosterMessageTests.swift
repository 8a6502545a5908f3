import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Messages of a roster") struct RosterMessageTests {
  private static let moment = Instant(microseconds: 1_780_000_000_123_456)
  private static let door = Key<Checkpoint>(7)

  private static let presences: [RosterPresence] = [true, false].map { isInside in
    RosterPresence(
      registration: "r-1",
      checkpoint: "lane-1",
      area: "venue",
      presence: Presence(
        checkpoint: door,
        isInside: isInside,
        admittedAt: moment,
        period: Instant(seconds: 1_779_998_400),
        day: 20_260_528,
        entries: 4,
        earlierDays: isInside ? [20_260_526, 20_260_527] : []
      )
    )
  }

  private static func read(_ message: Lanyard_V1_RosterPresence) throws(InvalidInput) -> RosterPresence {
    try RosterPresence(message, at: door, in: "venue") { $0 == moment ? 20_260_528 : 0 }
  }

  @Test("Say where people stand there and back") func presence() throws {
    let gone = RosterPresence(registration: "r-1", checkpoint: "lane-1", area: "venue", presence: nil)
    for stand in Self.presences + [gone] {
      #expect(try Self.read(Lanyard_V1_RosterPresence(stand)) == stand)
    }
  }

  @Test("Are refused with the field where a moment is none, or is left out")
  func moments() throws {
    func field(_ change: (inout Lanyard_V1_RosterPresence) -> Void) throws -> String? {
      var message = Lanyard_V1_RosterPresence(try #require(Self.presences.first))
      change(&message)
      let refused = #expect(throws: InvalidInput.self) { try Self.read(message) }
      return refused?.violations.first?.field
    }
    #expect(try field { $0.admitTime.seconds = .max } == "admit_time")
    #expect(try field { $0.admitTime.nanos = -1 } == "admit_time")
    #expect(try field { $0.periodStartTime.seconds = .min } == "period_start_time")
    #expect(try field { $0.clearPeriodStartTime() } == "period_start_time")
    #expect(try field { $0.entries = -1 } == "entries")
    #expect(try field { $0.earlierDays = ["2026-05-26", "yesterday"] } == "earlier_days[1]")
  }

  @Test("Let nobody in by a badge of which the server does not know all") func unknown() throws {
    let badge = RosterBadge(key: 1, serial: BadgeSerial(7), registration: "r-1", unknown: "badge.state")
    let entry = try Lanyard_V1_RosterEntry(badge)
    #expect(entry.serial == 7 && entry.registration == "r-1" && entry.badgeState == .unspecified)
    #expect(throws: InvalidInput.self) { try BadgeHolder(entry, registration: Key(1), event: Key(1)) }
  }

  @Test("Are refused where a language is no tag; one that Lanyard does not speak is none")
  func language() throws {
    func language(_ tag: String) throws(InvalidInput) -> Language? {
      try Attendee(.init(), .with { $0.language = tag }).language
    }
    #expect(try language("fr-CH") == .french && language("tlh") == nil && language("") == nil)
    let refused = #expect(throws: InvalidInput.self) { try language("!?") }
    #expect(refused?.violations.map(\.field) == ["language"])
  }

  @Test("Say once where a server from before it counted says nothing")
  func uncounted() throws {
    var message = Lanyard_V1_RosterPresence(try #require(Self.presences.first))
    (message.entries, message.earlierDays) = (0, [])
    let presence = try Self.read(message).presence
    #expect(presence?.entries == 1 && presence?.earlierDays == [])
  }

  @Test("Say the days of a registration, and the rule that goes with them")
  func days() throws {
    var entry = Lanyard_V1_RosterEntry.with {
      ($0.badgeState, $0.registrationState, $0.participation) = (.held, .confirmed, .onsite)
      $0.validFromTime = Google_Protobuf_Timestamp(Self.moment)
      $0.expireTime = Google_Protobuf_Timestamp(Self.moment + .seconds(1))
      ($0.days, $0.rules) = (["2026-05-28"], [.personDays])
    }
    let holder = try BadgeHolder(entry, registration: Key(1), event: Key(1))
    #expect(holder.days.map(\.number) == [20_260_528] && holder.badgeState == .held && holder.rules == [.personDays])
    entry.rules.append(.UNRECOGNIZED(99))
    let refused = #expect(throws: InvalidInput.self) { try BadgeHolder(entry, registration: Key(1), event: Key(1)) }
    #expect(refused?.violations.first?.field == "rules[1]")
  }

  @Test("Are refused with the field where a badge's validity ends before it begins")
  func validity() throws {
    let entry = Lanyard_V1_RosterEntry.with {
      ($0.badgeState, $0.registrationState, $0.participation) = (.active, .confirmed, .onsite)
      $0.validFromTime = Google_Protobuf_Timestamp(Self.moment)
      $0.expireTime = Google_Protobuf_Timestamp(Self.moment)
    }
    let refused = #expect(throws: InvalidInput.self) { try BadgeHolder(entry, registration: Key(1), event: Key(1)) }
    #expect(refused?.violations == [FieldViolation(field: "expire_time", .endNotAfterStart)])
  }
}
