import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("The desk of a lane's operator")
struct LaneDeskTests {
  private static let checkpoint = CheckpointAddress(event: "forum", checkpoint: "gate")
  private static let now = SampleData.firstMorning
  /// By a clock that was started an hour before.
  private static func moment(_ later: Duration = .zero) -> DeviceMoment {
    DeviceMoment(wall: now + later, running: Instant(seconds: 3600) + later, boot: "b")
  }

  private static func desk(mayOverride: Bool = true) -> LaneDesk {
    LaneDesk(
      checkpoint: checkpoint,
      title: "Gate",
      mayOverride: mayOverride,
      direction: nil,
      operatorName: "AB",
      readyAfter: .seconds(8),
      in: .of(.english)
    )
  }

  private static func answer(_ answer: Lanyard_V1_Answer, code: String = "LY1X") -> LaneAnswer {
    let checkIn = Lanyard_V1_CheckIn.with {
      ($0.answer, $0.reason) = (answer, answer == .refused ? .alreadyInside : .unspecified)
      $0.attendee.registration = "events/forum/registrations/ada"
      $0.attendee.displayName = "Ada"
      $0.receiveTime = Google_Protobuf_Timestamp(now)
    }
    let reading = LaneSession.Reading(code: code, direction: .into, readAt: now)
    return LaneAnswer(reading: reading, outcome: .decided(checkIn), isOffline: false)
  }

  private static func standing(_ change: (inout Lane.Standing) -> Void = { _ in }) -> Lane.Standing {
    var standing = Lane.Standing(now: now)
    change(&standing)
    return standing
  }

  /// Presses keys one after the other; returns what the last is to do.
  private static func press(_ keys: [KeyPress], _ desk: inout LaneDesk) -> LaneDesk.Action? {
    var action: LaneDesk.Action?
    for key in keys { action = desk.press(key, at: moment()) }
    return action
  }

  /// Types a line as a person does.
  private static func type(_ text: String, _ desk: inout LaneDesk) -> LaneDesk.Action? {
    for (number, character) in text.enumerated() {
      _ = desk.press(.character(character), at: moment(.milliseconds(90 * (number + 1))))
    }
    return press([.enter], &desk)
  }

  @Test("Hands in what was typed, in the direction that was chosen")
  func scans() {
    var desk = Self.desk()
    _ = desk.press(.function(2), at: Self.moment())
    guard case .submit(let readings)? = Self.type("LY1X", &desk) else {
      Issue.record("nothing is handed in")
      return
    }
    #expect(readings.map(\.code) == ["LY1X"] && readings.map(\.direction) == [.into])
  }

  @Test("Overrides the last refusal with the same code, a reason and a name, and not where that is a supervisor's")
  func overrides() throws {
    var desk = Self.desk()
    _ = desk.show(Self.answer(.refused), at: Self.moment())
    #expect(desk.hasRefused)
    _ = desk.press(.function(4), at: Self.moment())
    _ = Self.type("known by face", &desk)
    guard case .submit(let readings)? = desk.press(.enter, at: Self.moment()) else {
      Issue.record("nothing is handed in")
      return
    }
    let reading = try #require(readings.first)
    #expect(
      readings.count == 1 && reading.code == "LY1X" && reading.override?.note == "known by face"
        && reading.override?.operatorName == "AB"
    )
    var other = Self.desk(mayOverride: false)
    _ = other.show(Self.answer(.refused), at: Self.moment())
    #expect(other.press(.function(4), at: Self.moment()) == nil)
    other.refresh(Self.standing(), at: Self.moment())
    #expect(other.view.notice == Phrasebook.of(.english).text(.noticeSupervisorOnly) && other.view.prompt == nil)
    // The organiser may say otherwise meanwhile.
    var standing = Self.standing()
    standing.mayOverride = true
    other.refresh(standing, at: Self.moment())
    _ = other.press(.function(4), at: Self.moment())
    other.refresh(standing, at: Self.moment())
    #expect(other.view.prompt != nil)
  }

  @Test("Lets in who was found by name, and says so where they have no badge yet")
  func choosing() throws {
    for badge in ["events/forum/badges/0000000000000001", ""] {
      var desk = Self.desk()
      _ = desk.press(.function(3), at: Self.moment())
      guard case .search("ada", page: "")? = Self.type("ada", &desk) else {
        Issue.record("nobody is looked for")
        return
      }
      desk.found(
        .with {
          $0.matches = [
            .with {
              $0.attendee.displayName = "Ada"
              $0.badge = badge
            }
          ]
        },
        by: "ada"
      )
      let action = desk.press(.enter, at: Self.moment())
      if case .submit(let readings)? = action {
        #expect(readings.map { $0.badge?.description } == [badge] && !badge.isEmpty)
      } else {
        desk.refresh(Self.standing(), at: Self.moment())
        #expect(badge.isEmpty && desk.view.notice == Phrasebook.of(.english).text(.noticeNoBadgeYet))
      }
    }
  }

  @Test("The eleventh person of one name is reached with the arrows, and the screen says how many more there are")
  func eleventh() throws {
    func match(_ number: Int) -> Lanyard_V1_SearchAttendeesResponse.Match {
      .with { ($0.attendee.displayName, $0.badge) = ("Ada", "events/forum/badges/00000000000000\(10 + number)") }
    }
    var desk = Self.desk()
    _ = desk.press(.function(3), at: Self.moment())
    _ = Self.type("ada", &desk)
    desk.found(
      .with {
        $0.matches = (0..<10).map(match)
        ($0.nextPageToken, $0.truncated, $0.totalSize) = ("next", true, 12)
      },
      by: "ada"
    )
    func lastRow(_ desk: inout LaneDesk) -> String? {
      desk.refresh(Self.standing(), at: Self.moment())
      return desk.view.rows(width: 80, height: 40, colour: false).last { $0.contains("↓") }
    }
    #expect(lastRow(&desk)?.contains("↓ 2 more") == true)
    for _ in 0..<10 { #expect(desk.press(.down, at: Self.moment()) == nil) }
    guard case .search("ada", page: "next")? = desk.press(.down, at: Self.moment()) else {
      Issue.record("no further people are asked for")
      return
    }
    let more = Lanyard_V1_SearchAttendeesResponse.with { $0.matches = [match(10), match(11)] }
    desk.found(more, by: "ada", page: "another")
    #expect(desk.controls.prompt?.choices.count == 10)
    desk.found(more, by: "ada", page: "next")
    #expect(lastRow(&desk) == nil)
    guard case .submit(let readings)? = desk.press(.enter, at: Self.moment()) else {
      Issue.record("nobody is let in")
      return
    }
    #expect(readings.map { $0.badge?.description } == ["events/forum/badges/0000000000000020"])
  }

  @Test("Takes the last passage back once, and marks it among those before")
  func takingBack() throws {
    var desk = Self.desk()
    let shown = Self.answer(.admitted)
    _ = desk.show(shown, at: Self.moment())
    guard case .undo(let scans)? = Self.press([.function(5), .enter], &desk) else {
      Issue.record("nothing is taken back")
      return
    }
    #expect(scans == [shown.reading.id])
    desk.tookBack(scans)
    desk.refresh(Self.standing(), at: Self.moment())
    #expect(desk.view.recent.map(\.isTakenBack) == [true])
    #expect(desk.view.last == nil && desk.view.notice?.contains("Ada") == true)
    #expect(Self.press([.function(5), .enter], &desk) == nil)
  }

  @Test("Says of an override among those before what stood against it, why, and by whom, until they are erased")
  func overridden() throws {
    var desk = Self.desk()
    var checkIn = try #require(Self.answer(.admitted).checkIn)
    checkIn.overriddenReason = .notBooked
    checkIn.override = .with { ($0.note, $0.operator) = ("speaker's guest", "MB") }
    let reading = LaneSession.Reading(code: "LY1X", direction: .into, readAt: Self.now)
    let answer = LaneAnswer(reading: reading, outcome: .decided(checkIn), isOffline: false)
    _ = desk.show(answer, at: Self.moment())
    desk.refresh(Self.standing(), at: Self.moment(.seconds(9)))
    func row(_ desk: LaneDesk) -> String? {
      desk.view.rows(width: 100, height: 24, colour: false).first { $0.contains("ADMITTED") }
    }
    #expect(row(desk)?.contains("NOT BOOKED, let in by MB: speaker's guest") == true, "\(row(desk) ?? "")")
    desk.refresh(Self.standing { $0.erased = ["ada"] }, at: Self.moment(.seconds(9)))
    #expect(row(desk) != nil && row(desk)?.contains("MB") == false)
  }

  @Test("Takes out and in again back as one, the way in first, and a way out alone where nobody came in again")
  func outAndInAgain() throws {
    for comesBack in [true, false] {
      var desk = Self.desk()
      _ = desk.show(Self.answer(.admitted), at: Self.moment())
      _ = desk.show(Self.answer(.refused), at: Self.moment())
      desk.mayLetOutAndIn = true
      guard case .submit(let out)? = Self.press([.function(6), .enter], &desk) else {
        Issue.record("nobody is let out")
        return
      }
      try Self.show(.left, to: #require(out.first), &desk)
      guard case .submit(let back)? = desk.followUp(), desk.followUp() == nil else {
        Issue.record("nobody is let in again")
        return
      }
      let readings = out + back
      try Self.show(comesBack ? .admitted : .refused, to: #require(back.first), &desk)
      _ = desk.press(.function(5), at: Self.moment())
      desk.refresh(Self.standing(), at: Self.moment())
      let choices = try #require(desk.view.prompt?.choices)
      #expect(choices.count == (comesBack ? 3 : 4))
      #expect(choices[0].contains(comesBack ? "OUT AND IN AGAIN Ada" : "LEFT Ada"))
      guard case .undo(let scans)? = desk.press(.enter, at: Self.moment()) else {
        Issue.record("nothing is taken back")
        return
      }
      #expect(scans == (comesBack ? readings.map(\.id).reversed() : [readings[0].id]))
      desk.tookBack(scans)
      desk.refresh(Self.standing(), at: Self.moment())
      #expect(desk.view.notice?.contains(comesBack ? "OUT AND IN AGAIN Ada" : "LEFT Ada") == true)
      #expect(desk.view.recent.filter(\.isTakenBack).count == (comesBack ? 2 : 1))
    }
  }

  private static func show(_ came: Lanyard_V1_Answer, to reading: LaneSession.Reading, _ desk: inout LaneDesk) throws {
    let checkIn = try #require(Self.answer(came).checkIn)
    _ = desk.show(LaneAnswer(reading: reading, outcome: .decided(checkIn), isOffline: false), at: moment())
  }

  @Test("Lets nobody in again who is not let out, and shows why in large letters")
  func notLetOut() throws {
    var desk = Self.desk()
    _ = desk.show(Self.answer(.refused), at: Self.moment())
    desk.mayLetOutAndIn = true
    guard case .submit(let out)? = Self.press([.function(6), .enter], &desk) else {
      Issue.record("nobody is let out")
      return
    }
    #expect(out.map(\.direction) == [.out])
    try Self.show(.refused, to: #require(out.first), &desk)
    #expect(desk.followUp() == nil)
    desk.refresh(Self.standing(), at: Self.moment())
    #expect(desk.view.last?.scan == out.first?.id && !desk.view.isReading)
  }

  @Test("Offers to take back all that is fresh, however many scans that are, and a supervisor's last ones")
  func undoable() throws {
    func choices(_ desk: inout LaneDesk, at moment: DeviceMoment) -> [String] {
      _ = desk.press(.function(5), at: moment)
      desk.refresh(Self.standing(), at: moment)
      defer { _ = desk.press(.escape, at: moment) }
      return desk.view.prompt?.choices ?? []
    }
    for mayOverride in [true, false] {
      var desk = Self.desk(mayOverride: mayOverride)
      for _ in 0..<30 { _ = desk.show(Self.answer(.admitted), at: Self.moment()) }
      _ = desk.show(Self.answer(.left), at: Self.moment(.seconds(600)))
      #expect(choices(&desk, at: Self.moment(.seconds(600))).count == 31)
      let later = Self.moment(.seconds(20 * 60))
      _ = desk.show(Self.answer(.left), at: later)
      #expect(choices(&desk, at: later).count == (mayOverride ? LaneMachine.memory : 2))
      for _ in 0..<200 { _ = desk.show(Self.answer(.admitted), at: later) }
      #expect(choices(&desk, at: later).count == 100)
    }
  }

  @Test("Chooses nobody of those who are left where somebody was erased, and looks anew after other words")
  func erasedWhileChoosing() throws {
    var desk = Self.desk()
    _ = desk.press(.function(3), at: Self.moment())
    _ = Self.type("ada", &desk)
    desk.found(
      .with {
        $0.matches = ["ada", "bo"].map { id in
          .with {
            $0.attendee.registration = "events/forum/registrations/\(id)"
            ($0.attendee.displayName, $0.badge) = (id, "events/forum/badges/1")
          }
        }
      },
      by: "ada"
    )
    _ = desk.press(.character("x"), at: Self.moment())
    desk.refresh(Self.standing { $0.erased = ["ada"] }, at: Self.moment())
    #expect(desk.view.prompt?.choices.count == 1 && desk.view.prompt?.chosen == nil)
    guard case .search("adax", page: "")? = desk.press(.enter, at: Self.moment()) else {
      Issue.record("somebody is let in who was found by other words")
      return
    }
  }

  @Test("Shows large what the lane answers late by itself, let in or not, and waits for nothing more")
  func late() throws {
    for knowsRoster in [true, false] {
      var lane = PaperLane()
      let snapshot = try PaperEvent().snapshot([LaneMachineTests.badge()])
      if knowsRoster { try lane.happen { try $0.take(snapshot, at: $1) } }
      lane.goOnline()
      var desk = Self.desk()
      guard case .submit(let readings)? = Self.type(try LaneMachineTests.badge().code, &desk) else {
        Issue.record("nothing is handed in")
        return
      }
      for reading in readings { lane.happen { $0.submit(reading, at: $1) } }
      lane.advance(by: PaperLane.setup.patience)
      let answers = lane.happen { $0.tick(at: $1) }.shown
      #expect(answers.map { $0.reading.id != readings[0].id } == [true])
      for answer in answers { #expect(desk.show(answer, at: Self.moment()) != nil) }
      desk.refresh(Self.standing(), at: Self.moment())
      #expect(desk.view.last?.scan == answers.first?.reading.id && !desk.view.isReading)
      #expect((answers.first?.checkIn?.answer == .admitted) == knowsRoster)
      desk.refresh(Self.standing(), at: Self.moment(.seconds(9)))
      #expect(desk.view.last == nil && !desk.view.isReading)
    }
  }

  @Test("Forgets who was erased: their answer, and that it can be overridden")
  func erasing() {
    var desk = Self.desk()
    _ = desk.show(Self.answer(.refused), at: Self.moment())
    desk.refresh(Self.standing { $0.erased = ["ada"] }, at: Self.moment())
    #expect(desk.view.last?.name == "")
    #expect(desk.press(.function(4), at: Self.moment()) == nil)
    desk.refresh(Self.standing(), at: Self.moment())
    #expect(desk.view.notice == Phrasebook.of(.english).text(.noticeNoRefusal))
  }

  @Test("Counts as the server does while it is reached, else as the lane does")
  func counts() {
    var desk = Self.desk()
    desk.take(
      .with {
        $0.areaInside = 7
        $0.capacity = 10
      }
    )
    desk.refresh(
      Self.standing {
        $0.state = .online
        $0.headcount = (5, nil)
      },
      at: Self.moment()
    )
    #expect(desk.view.inside == 7 && desk.view.capacity == 10 && desk.view.link == .online)
    desk.refresh(
      Self.standing {
        $0.state = .offline(since: Self.now, waiting: 3)
        $0.headcount = (5, nil)
      },
      at: Self.moment()
    )
    #expect(desk.view.inside == 5 && desk.view.capacity == nil)
    guard case .offline(_, waiting: 3) = desk.view.link else {
      Issue.record("\(desk.view.link)")
      return
    }
  }

  @Test("Says the most pressing of what is amiss, and what the operator did before that")
  func notices() {
    var desk = Self.desk()
    let amiss = Self.standing {
      ($0.trouble, $0.notice) = (Sentence(.laneServerSilent), Sentence(.laneDiskFull))
    }
    desk.refresh(amiss, at: Self.moment())
    #expect(desk.view.notice == Phrasebook.of(.english).text(.laneServerSilent))
    _ = desk.press(.function(5), at: Self.moment())
    desk.refresh(amiss, at: Self.moment())
    #expect(desk.view.notice == Phrasebook.of(.english).text(.noticeNoScan))
    desk.refresh(
      Self.standing {
        ($0.state, $0.waiting) = (.revoked, 2)
      },
      at: Self.moment()
    )
    #expect(desk.view.link == .revoked(waiting: 2))
    #expect(desk.view.notice == Phrasebook.of(.english).text(.laneRevoked))
  }
}
