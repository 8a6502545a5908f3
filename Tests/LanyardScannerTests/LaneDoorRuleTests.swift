import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("A lane that is offline and its rules on coming again") struct LaneDoorRuleTests {
  private static let morning = PaperEvent.morning

  private static func roster(
    _ change: @escaping (inout Lanyard_V1_Checkpoint) -> Void
  ) throws -> (roster: LaneRoster, code: String) {
    let event = try PaperEvent(["gate": change])
    let badge = try event.badge(1)
    var roster = LaneRoster()
    roster.take(event.snapshot([badge]))
    return (roster, badge.code)
  }

  private static func decide(
    _ roster: inout LaneRoster,
    _ code: String,
    _ minutes: Int,
    _ direction: Direction = .into
  ) -> Lanyard_V1_CheckIn? {
    let now = morning + .seconds(minutes * 60)
    let reading = LaneSession.Reading(code: code, direction: direction, readAt: now)
    return roster.decide(reading, at: "gate", now: now)?.message(reading)
  }

  /// What the server tells of the person, who came so often and left again.
  private static func came(_ times: Int32, before days: [String] = []) -> Lanyard_V1_RosterPresence {
    .with {
      ($0.registration, $0.checkpoint, $0.entries, $0.earlierDays) = ("person-1", "gate", times, days)
      $0.admitTime = Google_Protobuf_Timestamp(morning - .seconds(3600))
      $0.periodStartTime = Google_Protobuf_Timestamp(PaperEvent.start)
    }
  }

  /// An admission that waits to be uploaded.
  private static func unsent(_ minutes: Int) -> UnsentPassages.Entry {
    let moment = morning + .seconds(minutes * 60)
    return UnsentPassages.Entry(
      order: 1,
      scan: "s",
      serial: 1,
      way: .into,
      checkpoint: "gate",
      moment: DeviceMoment(wall: moment, running: moment, boot: "b")
    )
  }

  @Test("Lets nobody out without a scan who would not be let in again, and does once they would")
  func missedExit() throws {
    let event = try PaperEvent(["gate": { $0.entryPause = .with { $0.seconds = 1800 } }])
    let badge = try event.badge(1)
    var roster = LaneRoster()
    roster.take(event.snapshot([badge]))
    func out(_ minutes: Int) -> Lanyard_V1_CheckIn? {
      let now = Self.morning + .seconds(minutes * 60)
      var reading = LaneSession.Reading(code: badge.code, direction: .out, readAt: now)
      reading.missedExit = OverrideNote(note: "lunch", operatorName: "")
      return roster.decide(reading, at: "gate", now: now)?.message(reading)
    }
    #expect(Self.decide(&roster, badge.code, 0)?.answer == .admitted)
    let refused = out(10)
    #expect(refused?.reason == .tooSoon && refused?.hasMissedExit == false)
    #expect(Self.decide(&roster, badge.code, 10)?.reason == .alreadyInside)
    #expect(out(30)?.answer == .left)
    #expect(Self.decide(&roster, badge.code, 30)?.answer == .admitted)
  }

  @Test("Counts what the server told, what it let in itself, and what waits to be uploaded")
  func entries() throws {
    let (fresh, code) = try Self.roster { ($0.mostEntries, $0.reEntry) = (3, .unscanned) }
    var roster = fresh
    roster.take(Self.came(1))
    roster.follow(Self.unsent(-10), of: "person-1", at: Self.morning - .seconds(600))
    #expect(Self.decide(&roster, code, 0)?.answer == .admitted)
    let refused = Self.decide(&roster, code, 1)
    #expect(refused?.reason == .alreadyAdmitted && refused?.mostEntries == 3)
    let text = refused?.operatorText(.none, in: .of(.english))
    #expect(text == "Was admitted as often as is allowed here: 3.")
  }

  @Test("Gives an entry back that is taken back")
  func undone() throws {
    let (fresh, code) = try Self.roster { ($0.mostEntries, $0.reEntry) = (2, .unscanned) }
    var roster = fresh
    roster.take(Self.came(1))
    let stood = roster.stand(ofReading: code)
    let before = try #require(stood)
    #expect(Self.decide(&roster, code, 0)?.answer == .admitted)
    #expect(Self.decide(&roster, code, 1)?.reason == .alreadyAdmitted)
    roster.revert(before)
    #expect(Self.decide(&roster, code, 2)?.answer == .admitted)
  }

  @Test("Knows the days on which somebody came before")
  func days() throws {
    let (fresh, code) = try Self.roster { $0.mostDays = 2 }
    var roster = fresh
    roster.take(Self.came(2, before: ["2027-05-24"]))
    #expect(Self.decide(&roster, code, 0)?.answer == .admitted)
    #expect(Self.decide(&roster, code, 1, .out)?.answer == .left)
    #expect(Self.decide(&roster, code, 24 * 60)?.mostDays == 2)
  }

  @Test("Counts what is open past midnight on the day on which it opened, also as the server tells it")
  func night() throws {
    let (fresh, code) = try Self.roster { gate in
      (gate.mostDays, gate.reEntry, gate.opensMinute, gate.closesMinute) = (1, .unscanned, 1200, 240)
    }
    var roster = fresh
    // From 09:00: the evening's 23:00, half past midnight, and 23:00 of that day.
    let (late, later, next) = (14 * 60, 15 * 60 + 30, 38 * 60)
    for minutes in [late, later] { #expect(Self.decide(&roster, code, minutes)?.answer == .admitted) }
    #expect(Self.decide(&roster, code, next)?.mostDays == 1)
    roster = fresh
    var told = Self.came(1)
    told.admitTime = Google_Protobuf_Timestamp(Self.morning + .seconds(later * 60))
    roster.take(told)
    #expect(Self.decide(&roster, code, later + 60)?.answer == .admitted)
    #expect(Self.decide(&roster, code, next)?.mostDays == 1)
  }

  @Test("Keeps the pause after an entry that the server told, and says until when")
  func pause() throws {
    let (fresh, code) = try Self.roster { $0.entryPause.seconds = 2 * 3600 }
    var roster = fresh
    roster.take(Self.came(1))
    let refused = Self.decide(&roster, code, 59)
    #expect(refused?.reason == .tooSoon)
    #expect(refused?.opensTime == Google_Protobuf_Timestamp(Self.morning + .seconds(3600)))
    #expect(Self.decide(&roster, code, 60)?.answer == .admitted)
  }

  @Test("Lets out who went out without a scan for the admission that the refusal told, and not for one since")
  func missedExitOfAnother() throws {
    let (fresh, code) = try Self.roster { _ in }
    var roster = fresh
    #expect(Self.decide(&roster, code, 0)?.answer == .admitted)
    let checkIn = try #require(Self.decide(&roster, code, 1))
    #expect(checkIn.reason == .alreadyInside)
    var shown = LaneAnswer(
      reading: LaneSession.Reading(code: code, direction: .into, readAt: Self.morning),
      outcome: .decided(checkIn),
      isOffline: true
    )
    func out(_ minutes: Int) throws -> Lanyard_V1_CheckIn? {
      let now = Self.morning + .seconds(minutes * 60)
      var reading = LaneSession.Reading(code: code, direction: .out, readAt: now)
      reading.missedExit = OverrideNote(note: "lunch", operatorName: "AB")
      reading.missedExitAfter = try shown.missedExitAfter()
      #expect(reading.message.missedExit.hasAdmitTime)
      return roster.decide(reading, at: "gate", now: now)?.message(reading)
    }
    #expect(try out(2)?.answer == .left)
    #expect(Self.decide(&roster, code, 3)?.answer == .admitted)
    let second = try #require(try out(4))
    #expect(second.reason == .alreadyInside && !second.hasMissedExit)
    #expect(second.earlier.admitTime == Google_Protobuf_Timestamp(Self.morning + .seconds(180)))
    shown = LaneAnswer(reading: shown.reading, outcome: .decided(second), isOffline: false)
    #expect(try out(5)?.answer == .left)
  }

  @Test("Says what would help in its operators' language, as the server would")
  func help() throws {
    let event = try PaperEvent([
      "gate": { $0.admittedStakeholderGroups = ["Press"] }, "side-gate": { _ in },
    ])
    let badge = try event.badge(1)
    var roster = LaneRoster()
    roster.take(event.snapshot([badge]))
    let refused = try #require(Self.decide(&roster, badge.code, 0))
    #expect(refused.help.checkpointDisplayNames == ["Side gate"])
    #expect(refused.operatorText(.none, in: .of(.english)) == "Only for: Press. Admitted through: Side gate.")
    #expect(refused.operatorText(.none, in: .of(.spanish)) == "Solo para: Press. Puede entrar por: Side gate.")
    // Of a newer server, that says a way of taking part which this version does not know, its own words stand.
    var newer = refused
    (newer.admittedParticipations, newer.operatorMessage) = ([.onsite, .UNRECOGNIZED(9)], "Only for: hybrid.")
    #expect(newer.operatorText(.none, in: .of(.spanish)) == "Only for: hybrid.")
  }

  @Test("A badge that the lane does not know is not taken for an activated one, where its group has to be activated")
  func activation() throws {
    var event = try PaperEvent()
    event.plan.event.activatedStakeholderGroups = [PaperEvent.groups[0]]
    event.plan.rules = [.activation]
    let other = try event.badge(2) { $0.stakeholderGroup = PaperEvent.groups[1] }.code
    let (late, known) = (try event.badge(1).code, try event.badge(3))
    let waiting = try event.badge(4) { $0.badgeState = .notActivated }
    var roster = LaneRoster()
    roster.take(event.plan)
    for badge in [known, waiting] { roster.take(badge.entry) }
    #expect(Self.decide(&roster, late, 0)?.reason == .notActivated)
    #expect(Self.decide(&roster, waiting.code, 1)?.reason == .notActivated)
    #expect(Self.decide(&roster, known.code, 2)?.answer == .admitted)
    #expect(Self.decide(&roster, other, 3)?.answer == .admitted)
    // All of them have to be, where the event says so.
    event.plan.event.activatesBadges = true
    roster.take(event.plan)
    #expect(
      Self.decide(&roster, try event.badge(5) { $0.stakeholderGroup = PaperEvent.groups[2] }.code, 4)?.reason
        == .notActivated
    )
  }
}
