import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("What a lane shows large")
struct LaneLargeAnswerTests {
  private var desk = LaneDesk(
    checkpoint: CheckpointAddress(event: "forum", checkpoint: "gate"),
    title: "Gate",
    mayOverride: true,
    direction: nil,
    operatorName: "",
    readyAfter: .seconds(8),
    in: .of(.english)
  )
  private var now = Duration.zero
  private var random = SeededGenerator(seed: 21)

  private var moment: DeviceMoment {
    DeviceMoment(wall: SampleData.firstMorning + now, running: Instant(seconds: 3600) + now, boot: "b")
  }

  private func text(_ key: Sentence.Key) -> String { Phrasebook.of(.english).text(key) }

  /// What stands large and below after some time.
  private mutating func screen(after pause: Duration = .zero, _ state: LaneState = .online) -> [String] {
    now += pause
    var standing = Lane.Standing(now: moment.wall)
    standing.state = state
    desk.refresh(standing, at: moment)
    return desk.view.rows(width: 100, height: 30, colour: false)
  }

  private func isLarge(_ headline: Sentence.Key, _ rows: [String]) -> Bool {
    let (symbols, word) = (LaneView.Tone.allCases.map(\.symbol), text(headline))
    return symbols.contains { symbol in rows.contains { $0.hasPrefix(" \(symbol) \(word)") } }
  }

  private func isBelow(_ words: String..., in rows: [String]) -> Bool {
    // What is large stands in rows of its own.
    rows.contains { row in words.allSatisfy(row.contains) }
  }

  private mutating func press(_ keys: KeyPress...) -> LaneDesk.Action? {
    var action: LaneDesk.Action?
    for key in keys { action = desk.press(key, at: moment) }
    return action
  }

  /// Scans a line with Enter; returns what is handed in.
  private mutating func scan(_ line: String) throws -> [LaneSession.Reading] {
    for character in line { _ = press(.character(character)) }
    guard case .submit(let readings)? = press(.enter) else { return [] }
    return readings
  }

  private func answer(
    _ reading: LaneSession.Reading,
    _ answer: Lanyard_V1_Answer,
    _ reason: Lanyard_V1_RefusalReason = .unspecified,
    severity: Lanyard_V1_Severity = .stop,
    name: String = "Ada",
    _ change: (inout Lanyard_V1_CheckIn) -> Void = { _ in }
  ) -> LaneAnswer {
    var checkIn = Lanyard_V1_CheckIn.with {
      ($0.answer, $0.reason, $0.direction) = (answer, reason, (reading.direction ?? .into).wire)
      $0.severity = answer == .refused ? severity : .unspecified
      $0.attendee.registration = "events/forum/registrations/\(name)"
      $0.attendee.displayName = name
      $0.receiveTime = Google_Protobuf_Timestamp(SampleData.firstMorning)
    }
    change(&checkIn)
    return LaneAnswer(reading: reading, outcome: .decided(checkIn), isOffline: false)
  }

  private mutating func admit(_ name: String = "Ada") throws {
    let reading = try #require(try scan(try badgeCode(using: &random)).first)
    _ = desk.show(answer(reading, .admitted, name: name), at: moment)
  }

  @Test("A reading without an answer is seen at once, and until its answer comes")
  mutating func waiting() throws {
    let reading = try #require(try scan(try badgeCode(using: &random)).first)
    #expect(isLarge(.headlineWait, screen()) && isLarge(.headlineWait, screen(after: .seconds(20))))
    #expect(desk.show(answer(reading, .admitted), at: moment) == .go)
    #expect(isLarge(.headlineAdmitted, screen()))
  }

  @Test("The answer before leaves with the first character of a new reading, and stays below")
  mutating func firstCharacter() throws {
    try admit()
    #expect(isLarge(.headlineAdmitted, screen()))
    _ = press(.character("L"))
    let rows = screen()
    #expect(isLarge(.headlineWait, rows) && isBelow("ADMITTED", "Ada", in: rows))
    #expect(isLarge(.headlineReady, screen(after: .seconds(8))))
  }

  @Test("An answer goes below after the time that was set, with the reason of a refusal")
  mutating func ready() throws {
    let reading = try #require(try scan(try badgeCode(using: &random)).first)
    _ = desk.show(answer(reading, .refused, .alreadyInside), at: moment)
    #expect(isLarge(.headlineStop, screen(after: .milliseconds(7_999))))
    let rows = screen(after: .milliseconds(1))
    let reason = Phrasebook.of(.english).text(RefusalReason.alreadyInside.title)
    #expect(isLarge(.headlineReady, rows) && isBelow("STOP", "Ada", reason, in: rows))
    let narrow = desk.view.rows(width: 40, height: 15, colour: false)
    #expect(narrow.contains { $0.contains("✗ \(reason)".prefix(12)) && $0.contains("Ada") })
  }

  @Test("An answer is not shown large to whoever is being read when it comes")
  mutating func nextReading() throws {
    let first = try #require(try scan(try badgeCode(using: &random)).first)
    let second = try #require(try scan(try badgeCode(using: &random)).first)
    #expect(desk.show(answer(first, .admitted), at: moment) == .go)
    let rows = screen()
    #expect(isLarge(.headlineWait, rows) && isBelow("ADMITTED", "Ada", in: rows))
    _ = desk.show(answer(second, .admitted, name: "Bo"), at: moment)
    #expect(isLarge(.headlineAdmitted, screen()) && screen().contains { $0.contains("Bo") })
  }

  @Test(
    "Of several badges in one line the worst answer is large, whatever its place, and the others are below",
    arguments: 0..<3
  )
  mutating func severalBadges(worst: Int) throws {
    let line = try (0..<3).map { _ in try badgeCode(using: &random) }.joined()
    let readings = try scan(line)
    try #require(readings.count == 3)
    for (number, reading) in readings.enumerated() {
      let shown =
        number == worst
        ? answer(reading, .refused, .forged, severity: .callSupervisor) : answer(reading, .admitted, name: "Bo")
      #expect(desk.show(shown, at: moment) == (number < 2 ? nil : .callSupervisor))
    }
    let rows = screen()
    #expect(isLarge(.headlineSupervisor, rows) && desk.view.recent.map(\.name) == ["Bo", "Bo"])
    #expect(desk.view.notice == text(.noticeSeveralBadges))
  }

  @Test(
    "Of several badges in one line it is the large refusal that is overridden and let out and in, not the last answer",
    arguments: [4, 6]
  )
  mutating func keysOfLarge(key: Int) throws {
    try allowMissedExits()
    let line = try (0..<3).map { _ in try badgeCode(using: &random) }.joined()
    let readings = try scan(line)
    try #require(readings.count == 3)
    _ = desk.show(answer(readings[0], .refused, .alreadyInside, severity: .callSupervisor), at: moment)
    _ = desk.show(answer(readings[1], .refused, .alreadyInside, severity: .lookAgain, name: "Bo"), at: moment)
    _ = desk.show(answer(readings[2], .admitted, name: "Cy"), at: moment)
    #expect(isLarge(.headlineSupervisor, screen()) && desk.view.last?.name == "Ada")
    _ = press(.function(key))
    #expect(desk.controls.prompt?.label.contains("Ada") == true)
    if key == 6 {
      guard case .submit(let handedIn)? = press(.enter) else { throw NothingHandedIn() }
      #expect(handedIn.map(\.code) == [readings[0].code] && handedIn.map(\.direction) == [.out])
    }
    // An admitted person is large: a refusal before them is none that the operator reads.
    try admit("Di")
    #expect(press(.function(key)) == nil && desk.controls.prompt == nil)
  }

  private struct NothingHandedIn: Error {}

  @Test("A code whose scanner sends no Enter is handed in when it is whole")
  mutating func withoutEnter() throws {
    for character in try badgeCode(using: &random) { _ = press(.character(character)) }
    now += .milliseconds(50)
    guard case .submit(let readings)? = desk.rest(at: moment) else {
      Issue.record("nothing is handed in")
      return
    }
    #expect(readings.count == 1 && isLarge(.headlineWait, screen()))
  }

  @Test(
    "A lane that is revoked or refused says so large at once, and names nobody any more",
    arguments: [.revoked, .refused(Sentence(.errorTokenRefused))] as [LaneState]
  )
  mutating func shutOut(state: LaneState) throws {
    try admit()
    try admit("Bo")
    var standing = Lane.Standing(now: moment.wall)
    (standing.state, standing.isRehearsal) = (.online, true)
    desk.refresh(standing, at: moment)
    let rows = screen(state)
    #expect(isLarge(state == .revoked ? .headlineRevoked : .headlineLaneRefused, rows))
    #expect(!rows.contains { $0.contains("Ada") || $0.contains("Bo") })
    #expect(rows.contains { $0.contains("REHEARSAL") && $0.contains("2024") })
    #expect(desk.view.recent.map(\.headline) == ["ADMITTED", "ADMITTED"])
    #expect(press(.function(5)) == nil && desk.controls.prompt == nil)
  }

  @Test(
    "What was under way when a lane is shut out comes without names: answers, people who were found, what was said",
    arguments: [.revoked, .refused(Sentence(.errorTokenRefused))] as [LaneState]
  )
  mutating func lateNames(state: LaneState) throws {
    let readings = try (0..<2).flatMap { _ in try scan(try badgeCode(using: &random)) }
    try #require(readings.count == 2)
    desk.say(.told("Ada was taken back."))
    _ = screen(state)
    _ = desk.show(answer(readings[0], .admitted), at: moment)
    _ = desk.show(answer(readings[1], .refused, .alreadyInside), at: moment)
    desk.found(.with { $0.matches = [.with { $0.attendee.displayName = "Ada" }] }, by: "ad")
    let rows = screen(state)
    #expect(!rows.contains { $0.contains("Ada") })
    #expect(desk.found.isEmpty && desk.answered.all.isEmpty)
    #expect(desk.view.recent.map(\.name).allSatisfy(\.isEmpty) && desk.view.recent.count + 1 >= 2)
    #expect(press(.function(4)) == nil && press(.function(5)) == nil && desk.controls.prompt == nil)
  }

  private mutating func screen(_ state: LaneState) -> [String] { screen(after: .zero, state) }

  @Test("The last passage is offered first to be taken back, before a refusal that came after it")
  mutating func undoable() throws {
    try admit()
    let reading = try #require(try scan(try badgeCode(using: &random)).first)
    _ = desk.show(answer(reading, .refused, .forged, name: "Bo"), at: moment)
    _ = press(.function(5))
    let choices = try #require(desk.controls.prompt?.choices)
    #expect(choices.count == 2 && choices[0].hasSuffix(" ADMITTED Ada") && choices[1].hasSuffix(" REFUSED Bo"))
    #expect(choices.allSatisfy { $0.contains(#/^\d\d:\d\d:\d\d /#) })
  }

  /// The lane hears of its plan, by which operators may put a missed scan out right.
  private mutating func allowMissedExits() throws {
    var event = Event(
      slug: "forum",
      title: LocalizedText("Forum"),
      startDate: try #require(LocalDate("2024-05-27")),
      endDate: try #require(LocalDate("2024-05-31")),
      timeZone: .utc
    )
    event.allowsMissedExits = true
    let gate = Checkpoint(id: "gate", displayName: "Gate", kind: .entrance, area: "venue", timeZone: .utc)
    var standing = Lane.Standing(now: moment.wall)
    standing.plan = VenuePlan(eventKey: Key(1), event: event, checkpoints: [Key(1): gate], sessions: [])
    standing.state = .online
    desk.refresh(standing, at: moment)
  }

  @Test("Who is inside by the record is let out and in again: two readings of one badge, with the note on the first")
  mutating func outAndIn() throws {
    try allowMissedExits()
    let code = try badgeCode(using: &random)
    let reading = try #require(try scan(code).first)
    let since = SampleData.firstMorning
    let refused = answer(reading, .refused, .alreadyInside, severity: .lookAgain) {
      $0.earlier.admitTime = Google_Protobuf_Timestamp(since)
      $0.earlier.checkpoint = "\(PaperEvent.name)/checkpoints/gate"
    }
    _ = desk.show(refused, at: moment)
    #expect(desk.view.last?.explanation.contains(text(.laneDidNotScanOut)) == true)
    guard case .submit(let out)? = press(.function(6), .enter) else {
      Issue.record("nothing is handed in")
      return
    }
    #expect(out.map(\.code) == [code] && out.map(\.direction) == [.out])
    #expect(out[0].missedExit?.note == text(.promptMissedExitNote))
    #expect(out[0].missedExitAfter == since, "it is of the admission that the refusal told")
    let left = answer(out[0], .left) { $0.missedExit = .with { ($0.note, $0.operator) = ("smoking", "Z") } }
    #expect(desk.show(left, at: moment) == nil)
    guard case .submit(let back)? = desk.followUp() else {
      Issue.record("nobody is let in again")
      return
    }
    #expect(back.map(\.code) == [code] && back.map(\.direction) == [.into] && back[0].missedExit == nil)
    #expect(desk.show(answer(back[0], .admitted), at: moment) == .go)
    let rows = screen()
    #expect(isLarge(.headlineAdmitted, rows))
    #expect(isBelow("LEFT", "Ada", "smoking", text(.markMissedExit), in: rows))
    let narrow = desk.view.rows(width: 60, height: 20, colour: false)
    #expect(isBelow("LEFT", text(.markMissedExitShort), in: narrow))
  }

  @Test("A web address beside a badge's code is told of and not decided on; by itself it is a reading")
  mutating func webAddress() throws {
    let code = try badgeCode(using: &random)
    let readings = try scan("https://example.org/b/" + code)
    #expect(readings.map(\.code) == [code])
    #expect(desk.controls.notice == text(.noticeWebAddressBeside))
    #expect(desk.show(answer(try #require(readings.first), .admitted), at: moment) == .go)
    #expect(isLarge(.headlineAdmitted, screen()))
    #expect(try scan("https://example.org/b/").map(\.code) == [WithheldCode.webAddress.rawValue])
  }

  @Test("A reading that is not recorded has the time of the place, which a rehearsal plays")
  mutating func rehearsalTime() throws {
    var standing = Lane.Standing(now: moment.wall + .seconds(3600))
    (standing.state, standing.isRehearsal) = (.revoked, true)
    desk.refresh(standing, at: moment)
    let reading = try #require(try scan(try badgeCode(using: &random)).first)
    let failed = LaneAnswer.Failure(reason: "OFFLINE", Sentence(.errorDeviceRevoked))
    _ = desk.show(LaneAnswer(reading: reading, outcome: .failed(failed), isOffline: true), at: moment)
    #expect(desk.view.last?.time == desk.zone.timeOfDay(standing.now))
    #expect(desk.view.last?.time != desk.zone.timeOfDay(moment.wall))
  }

  @Test("People of one name are told apart by what they are, where they are from, and their badge")
  mutating func namesakes() {
    _ = press(.function(3), .character("a"), .character("d"), .enter)
    desk.found(
      .with {
        $0.matches = [
          .with {
            ($0.attendee.displayName, $0.attendee.organisation) = ("Ada", "ITU")
            ($0.badge, $0.badgeEnding, $0.country) = ("events/forum/badges/1", "9f3e", "CH")
            ($0.attendee.stakeholderGroup, $0.inside) = ("Academia", true)
            ($0.registrationState, $0.participation) = (.confirmed, .onsite)
          },
          .with {
            ($0.attendee.displayName, $0.registrationState, $0.participation) = ("Ada", .cancelled, .remote)
          },
          // A newer server's: not taken for confirmed, nor for on site.
          .with {
            ($0.attendee.displayName, $0.registrationState) = ("Ada", .UNRECOGNIZED(9))
            $0.participation = .UNRECOGNIZED(9)
          },
          // One that says neither.
          .with { $0.attendee.displayName = "Eve" },
        ]
      },
      by: "ad"
    )
    #expect(
      desk.controls.prompt?.choices == [
        "Ada · INSIDE · CH · Academia · badge …9f3e · ITU", "Ada · CANCELLED · REMOTE · NO BADGE",
        "Ada · NOT KNOWN HERE, update lanyard · NO BADGE", "Eve · NOT KNOWN HERE, update lanyard · NO BADGE",
      ]
    )
    let rows = desk.view.rows(width: 40, height: 12, colour: false)
    #expect(rows.count == 12)
  }
}
