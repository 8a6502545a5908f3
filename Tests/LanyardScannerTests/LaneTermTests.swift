import BadgeCodes
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("A lane without its server, and what groups are called")
struct LaneTermTests {
  /// A door for the press, and one for remote participants; the groups have numbers in another order than their own.
  private static func event() throws -> PaperEvent {
    var event = try PaperEvent([
      "gate": { _ in }, "press-room": { $0.admittedStakeholderGroups = ["Press", "Academia"] },
      "remote-desk": { $0.admittedParticipations = [.remote] },
    ])
    event.plan.event.stakeholderGroupTerms = [
      .with { ($0.id, $0.number, $0.labels) = ("Press", 3, ["fr": "Presse", "en": "The press"]) },
      .with { ($0.id, $0.number) = ("Government", 1) }, .with { ($0.id, $0.number) = ("Academia", 2) },
      .with { ($0.id, $0.number, $0.withdrawn) = ("Mayors", 4, true) },
    ]
    event.plan.event.stakeholderGroups = ["Press", "Government", "Academia"]
    event.plan.event.guestRoleTerms = [.with { ($0.id, $0.number, $0.labels) = ("speaker", 1, ["fr": "Orateur"]) }]
    return event
  }

  private static func answer(
    _ badge: PaperEvent.Badge,
    at door: String,
    of event: PaperEvent,
    knowing badges: [PaperEvent.Badge] = []
  ) throws -> LaneAnswer {
    var roster = LaneRoster()
    roster.take(event.plan)
    for known in badges { roster.take(known.entry) }
    let reading = LaneSession.Reading(code: badge.code, direction: .into, readAt: PaperEvent.morning)
    let decided = roster.decide(reading, at: door, now: PaperEvent.morning)
    let decision = try #require(decided)
    var answer = decision.answer(reading)
    answer.terms = try #require(roster.plan?.event.terms)
    return answer
  }

  @Test("Says that it cannot read what is sealed of a person, and decides all the same", arguments: Language.allCases)
  func unread(language: Language) throws {
    let event = try Self.event()
    let phrasebook = Phrasebook.of(language)
    let words = phrasebook.text(.attentionUnread)
    func shown(_ change: (inout Lanyard_V1_RosterEntry) -> Void) throws -> [Bool] {
      let badge = try event.badge(7, change)
      let answer = try Self.answer(badge, at: "gate", of: event, knowing: [badge])
      #expect(answer.checkIn?.answer == .admitted)
      let view = LaneView.Answer(answer, clock: VenueTime(zone: "UTC"), in: phrasebook)
      return [AnswerWords(answer, in: phrasebook).line.contains(words), view.attention == words]
    }
    // Sealed with another badge's code.
    let person = try Lanyard_V1_SealedAttendee.with { $0.attention = .escort }.serializedBytes() as Data
    let other = try RosterSeal(UnverifiedBadgeCode(reading: event.badge(8).code)).seal([UInt8](person))
    #expect(try shown { $0.sealed = Data(other) } == [true, true])
    let own = try RosterSeal(UnverifiedBadgeCode(reading: event.badge(7).code))
    let garbage = try own.seal([0xFF])
    #expect(try shown { $0.sealed = Data(garbage) } == [true, true])
    let sealed = try own.seal([UInt8](person))
    #expect(try shown { $0.sealed = Data(sealed) } == [false, false])
    // Of whom nothing is kept there is nothing to read.
    #expect(try shown { $0.erased = true } == [false, false])
  }

  @Test("Knows the group of a badge that its roster does not have by the number that the badge carries")
  func number() throws {
    let event = try Self.event()
    for (group, isAdmitted) in [("Government", false), ("Academia", true), ("Press", true)] {
      let badge = try event.badge(7) { $0.stakeholderGroup = group }
      let answer = try Self.answer(badge, at: "press-room", of: event)
      #expect(answer.checkIn?.answer == (isAdmitted ? .admitted : .refused), "\(group)")
    }
    // As a server says it that is from before groups had numbers.
    var older = event
    (older.plan.event.stakeholderGroupTerms, older.plan.event.stakeholderGroups) = ([], PaperEvent.groups)
    let badge = try event.badge(7) { $0.stakeholderGroup = "Press" }
    #expect(try Self.answer(badge, at: "press-room", of: older).checkIn?.answer == .admitted)
  }

  @Test("Decides by ids, and calls groups and roles as the operators' language does")
  func labels() throws {
    let event = try Self.event()
    let speaker = try event.badge(1) { ($0.stakeholderGroup, $0.guestRole) = ("Press", "speaker") }
    let french = Phrasebook.of(.french)
    let admitted = try Self.answer(speaker, at: "press-room", of: event, knowing: [speaker])
    #expect(admitted.checkIn?.attendee.stakeholderGroup == "Press")
    #expect(AnswerWords(admitted, in: french).line.contains("Presse · Orateur"))
    #expect(AnswerWords(admitted, in: .of(.chinese)).line.contains("The press · Orateur"))
    let shown = LaneView.Answer(admitted, clock: VenueTime(zone: "Europe/Zurich"), in: french)
    #expect(shown.group == "Presse · Orateur")
    let other = try event.badge(2)
    let refused = try Self.answer(other, at: "press-room", of: event, knowing: [other])
    #expect(refused.checkIn?.admittedHere == ["Press", "Academia"])
    let line = AnswerWords(refused, in: french).line
    #expect(line.contains("Presse, Academia") && line.contains("Government"), "\(line)")
  }

  @Test("Says that a door is for remote participants in the operators' language; that is no group")
  func participation() throws {
    let event = try Self.event()
    let badge = try event.badge(1)
    let refused = try Self.answer(badge, at: "remote-desk", of: event, knowing: [badge])
    #expect(refused.checkIn?.admittedHere == [] && refused.checkIn?.admittedParticipations == [.remote])
    #expect(AnswerWords(refused, in: .of(.spanish)).line.contains("Solo para quienes participan a distancia."))
  }

  @Test("Calls groups as the server did, where the device does not know the event")
  func told() {
    let checkIn = Lanyard_V1_CheckIn.with {
      ($0.answer, $0.reason, $0.timeZone) = (.refused, .notAdmittedHere, PaperEvent.zone)
      ($0.admittedHere, $0.admittedHereLabels) = (["press"], ["Presse"])
      ($0.attendee.stakeholderGroup, $0.attendee.stakeholderGroupLabel) = ("gov", "Gouvernement")
      $0.attendee.guestRole = "speaker"
    }
    let reading = LaneSession.Reading(code: "x", direction: .into, readAt: PaperEvent.morning)
    let answer = LaneAnswer(reading: reading, outcome: .decided(checkIn), isOffline: false)
    let line = AnswerWords(answer, in: .of(.french)).line
    #expect(line.contains("Presse") && line.contains("Gouvernement · speaker"), "\(line)")
  }

  @Test("Lets nobody in by a plan whose terms it does not understand")
  func unknown() throws {
    var roster = LaneRoster()
    var event = try Self.event()
    event.plan.event.stakeholderGroupTerms[0].labels["tlh"] = "X"
    roster.take(event.plan)
    let badge = try event.badge(1)
    #expect(roster.unknown?.violations.map(\.field) == ["event.stakeholder_group_terms[0].labels"])
    let reading = LaneSession.Reading(code: badge.code, direction: .into, readAt: PaperEvent.morning)
    #expect(roster.decide(reading, at: "gate", now: PaperEvent.morning) == nil)
  }
}
