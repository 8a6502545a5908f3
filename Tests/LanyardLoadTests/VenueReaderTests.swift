import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf
import Testing

@testable import LanyardLoad

@Suite("Where a load test scans, and whom")
struct VenueReaderTests {
  @Test("An entrance is played while it is open, by the clock of its place")
  func hours() throws {
    let begins = try #require(OffsetTime("2024-05-27T08:30:00+02:00")).instant
    func isOpen(_ opens: Int32, _ closes: Int32) -> Bool {
      var checkpoint = Lanyard_V1_Checkpoint()
      (checkpoint.kind, checkpoint.timeZone) = (.entrance, "Europe/Zurich")
      (checkpoint.opensMinute, checkpoint.closesMinute) = (opens, closes)
      return VenueReader.isOpen(checkpoint, during: begins..<begins + .seconds(3600))
    }
    #expect(isOpen(0, 1440) && isOpen(0, 0) && isOpen(8 * 60, 18 * 60) && isOpen(8 * 60, 0))
    #expect(!isOpen(-1, 1440) && !isOpen(0, 1441))
    #expect(!isOpen(9 * 60, 18 * 60) && !isOpen(8 * 60, 9 * 60) && !isOpen(20 * 60, 2 * 60))
  }

  @Test(
    "The audit's day begins at the place's midnight, and its times are the clocks', also where those change",
    arguments: [
      ("2024-05-27T00:30:00+02:00", "2024-05-27", "2024-05-27T00:00:00+02:00", "2024-05-27T08:30:00+02:00"),
      // The clocks go forward at two, and back at three.
      ("2024-03-31T22:00:00+02:00", "2024-03-31", "2024-03-31T00:00:00+01:00", "2024-03-31T08:30:00+02:00"),
      ("2024-10-27T01:00:00+02:00", "2024-10-27", "2024-10-27T00:00:00+02:00", "2024-10-27T08:30:00+01:00"),
    ]
  )
  func auditDays(_ moment: String, _ date: String, _ start: String, _ half: String) throws {
    let day = try #require(AuditDay(OffsetTime(moment)?.instant ?? Instant(seconds: 0), timeZone: "Europe/Zurich"))
    #expect(day.date == date && day.start == OffsetTime(start)?.instant)
    #expect(day.moment(minute: 8 * 60 + 30) == OffsetTime(half)?.instant)
    #expect(AuditDay(day.start, timeZone: "Europe/Atlantis").map { _ in true } == nil)
  }

  @Test("A checkpoint that says something unknown, or leaves open what it has to say, is a fault that names the field")
  func unknown() throws {
    let known = Lanyard_V1_Checkpoint.with { ($0.kind, $0.directions) = (.entrance, .both) }
    try VenueReader.requireKnown(known)
    let faults: [(field: String, change: (inout Lanyard_V1_Checkpoint) -> Void)] = [
      ("kind", { $0.kind = .unspecified }), ("kind", { $0.kind = .UNRECOGNIZED(99) }),
      ("directions", { $0.directions = .unspecified }), ("directions", { $0.directions = .UNRECOGNIZED(99) }),
      ("re_entry", { $0.reEntry = .UNRECOGNIZED(99) }),
      ("admitted_participations[1]", { $0.admittedParticipations = [.onsite, .unspecified] }),
    ]
    for (field, change) in faults {
      var checkpoint = known
      change(&checkpoint)
      let fault = #expect(throws: InvalidInput.self) { try VenueReader.requireKnown(checkpoint) }
      #expect(fault?.violations.map(\.field) == [field])
    }
  }

  @Test(
    "An entrance whose rules the model does not know is not played, and its rule is named where nothing can be played"
  )
  func rules() {
    var all = ["A", "B"].map { name in
      Lanyard_V1_Checkpoint.with {
        ($0.kind, $0.displayName, $0.reEntryAllowed, $0.area) = (.entrance, name, true, "venue")
        ($0.closesMinute, $0.directions) = (1440, .both)
      }
    }
    #expect(all.allSatisfy { VenueReader.unknownRule($0, among: all) == nil })
    let rules: [(inout Lanyard_V1_Checkpoint) -> Void] = [
      { $0.reEntry = .unscanned }, { $0.entryPause.seconds = 60 }, { $0.mostEntries = 3 }, { $0.mostDays = 1 },
      { $0.grace.seconds = 60 }, { $0.bookedOnly = true }, { $0.reEntryAllowed = false },
      { $0.admittedGuestRoles = ["speaker"] }, { $0.days = ["2024-05-27"] },
    ]
    var words: Set<String> = []
    for rule in rules {
      var checkpoint = all[0]
      rule(&checkpoint)
      words.formUnion(VenueReader.unknownRule(checkpoint, among: all).map { [$0] } ?? [])
    }
    #expect(words.count == rules.count)
    all[0].entryPause.seconds = 60
    (all[1].opensMinute, all[1].closesMinute) = (1200, 240)
    let begins = Instant(seconds: 1_716_800_000)
    let failure = VenueReader.noDoor("events/forum", .entrance, during: begins..<begins + .seconds(60), among: all)
    #expect(failure.description.contains("A (a pause between two entries, which is not played"))
    #expect(failure.description.contains("; B (an area that is open past midnight, which is not played"))
    // Whoever comes through the other door of the area is put out at its closing, too.
    all[0].clearEntryPause()
    #expect(VenueReader.unknownRule(all[0], among: all) != nil)
  }

  @Test("A badge is scanned that is valid throughout the run, also where its clock is set back")
  func validity() throws {
    func moment(_ text: String) -> Instant { OffsetTime(text)?.instant ?? Instant(seconds: 0) }
    let badge = Lanyard_V1_Badge.with {
      $0.validFromTime = Google_Protobuf_Timestamp(moment("2024-05-27T00:00:00+02:00"))
      $0.expireTime = Google_Protobuf_Timestamp(moment("2024-06-01T00:00:00+02:00"))
    }
    let days = try BadgeDays(badge)
    var scenario = Scenario(name: "test")
    scenario.phases = [Phase(name: "a", length: .seconds(3600), arrivals: .constant(perSecond: 1))]
    func covers(_ begin: String) -> Bool { days.cover(scenario.span(from: moment(begin))) }
    #expect(covers("2024-05-27T09:00:00+02:00") && covers("2024-05-31T22:00:00+02:00"))
    #expect(!covers("2024-05-26T09:00:00+02:00") && !covers("2024-05-31T23:30:00+02:00"))
    #expect(covers("2024-05-27T00:30:00+02:00"))
    scenario.faults = [ScheduledFault(at: .seconds(9), kind: .clockBack(.seconds(3600)))]
    #expect(!covers("2024-05-27T00:30:00+02:00"))
    #expect(BadgeDays().failure("events/e", scenario.span(from: moment("2024-05-26T09:00:00+02:00"))) == nil)
    scenario.faults = []
    let words = try #require(days.failure("events/e", scenario.span(from: moment("2024-05-26T09:00:00+02:00"))))
    #expect(words.description.contains("from 2024-05-26T07:00:00Z to 2024-05-26T08:10:00Z"), "\(words)")
    #expect(words.description.contains("from 2024-05-26T22:00:00Z to 2024-05-31T22:00:00Z at the most"), "\(words)")
  }

  @Test("Where no door can be played, each is named with its own reason, and what to do")
  func reasons() {
    let begins = Instant(seconds: 1_716_800_000)
    func reason(_ change: (inout Lanyard_V1_Checkpoint) -> Void) -> String {
      var door = Lanyard_V1_Checkpoint.with {
        ($0.kind, $0.displayName, $0.reEntryAllowed, $0.area) = (.entrance, "North gate", true, "venue")
        ($0.closesMinute, $0.timeZone, $0.directions) = (1440, "Europe/Zurich", .both)
      }
      change(&door)
      return VenueReader.noDoor("events/e", .entrance, during: begins..<begins + .seconds(10), among: [door])
        .description
    }
    #expect(
      reason { $0.closed = true }
        == "events/e has no entrance at which a load test could be played: North gate (closed: open it with lanyard event "
        + "change 'North gate' --open)"
    )
    #expect(reason { $0.directions = .in }.contains("one way only: let people go both with lanyard event change"))
    #expect(
      reason { ($0.opensMinute, $0.closesMinute) = (60, 125) }.contains(
        "open from 01:00 to 02:05, and not for the next 10 s"
      )
    )
    #expect(reason { $0.admittedParticipations = [.remote] }.contains("not for those who are on site"))
    #expect(reason { $0.admittedStakeholderGroups = ["Academia"] }.contains("for some groups only"))
    let none = VenueReader.noDoor("events/e", .entrance, during: begins..<begins + .seconds(10), among: [])
    #expect(none.description.contains("has no entrance at all"))
  }

  @Test("Only who is registered for the day that is played is scanned")
  func days() {
    func mayCome(_ days: [String]) -> Bool {
      VenueReader.mayCome(.with { $0.days = days }, on: ["2024-05-27"])
    }
    #expect(mayCome([]) && mayCome(["2024-05-26", "2024-05-27"]))
    #expect(!mayCome(["2024-05-28"]))
  }
}
