import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("A lane's screen where there is little room, or something was typed that is no reading")
struct LaneRoomTests {
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

  private var moment: DeviceMoment {
    DeviceMoment(wall: SampleData.firstMorning + now, running: Instant(seconds: 3600) + now, boot: "b")
  }

  private mutating func refresh() {
    var standing = Lane.Standing(now: moment.wall)
    standing.state = .online
    desk.refresh(standing, at: moment)
  }

  private mutating func type(_ text: String, each pause: Duration) {
    for character in text {
      now += pause
      #expect(desk.press(.character(character), at: moment) == nil)
    }
  }

  @Test(
    "Forgets what was typed slowly without Enter when it is ready again, and says so: the next reading is by itself"
  )
  mutating func typedGone() throws {
    type("hello", each: .milliseconds(300))
    now += .milliseconds(7_999)
    #expect(desk.rest(at: moment) == nil && desk.controls.notice == nil)
    refresh()
    #expect(desk.view.isReading)
    now += .milliseconds(1)
    #expect(desk.rest(at: moment) == nil)
    refresh()
    #expect(!desk.view.isReading && desk.view.notice == Phrasebook.of(.english).text(.noticeTypedGone))
    type("4006381333931", each: .milliseconds(5))
    now += .milliseconds(500)
    guard case .submit(let readings)? = desk.rest(at: moment) else {
      Issue.record("nothing is handed in")
      return
    }
    #expect(readings.map(\.code) == ["4006381333931"])
    #expect(desk.press(.enter, at: moment) == nil)
  }

  private mutating func found(_ people: (name: String, organisation: String, ending: String)...) {
    for key in [KeyPress.function(3), .character("a"), .character("d"), .enter] { _ = desk.press(key, at: moment) }
    desk.found(
      .with {
        $0.matches = people.map { person in
          .with {
            ($0.attendee.displayName, $0.attendee.organisation) = (person.name, person.organisation)
            ($0.attendee.stakeholderGroup, $0.country, $0.inside) = ("Civil society", "QA", true)
            ($0.registrationState, $0.participation) = (.confirmed, .onsite)
            ($0.badge, $0.badgeEnding) = ("events/forum/badges/\(person.ending)", person.ending)
          }
        }
      },
      by: "ad"
    )
    refresh()
  }

  @Test("Tells people of one long name apart on each width: the name gives way, and the badge never")
  mutating func choices() throws {
    let name = "Mohammad Abdulrahman bin Khalid Al-Maktoum Al-Hashimi Al-Qurashi"
    found((name, "Qatar Foundation", "9f3e"), (name, "Ministry of Transport", "77ab"))
    for width in [80, 60, 42, 40] {
      let rows = desk.view.rows(width: width, height: 24, colour: false).filter { $0.contains("Mohammad") }
      #expect(rows.count == 2 && rows[0] != rows[1], "\(width)")
      #expect(rows.first?.contains("9f3e") == true && rows.last?.contains("77ab") == true, "\(width)")
      #expect(rows.allSatisfy { $0.contains("INSIDE") && $0.contains("QA") }, "\(width)")
      #expect(rows.allSatisfy { TextWidth.columns(of: $0) == width })
    }
    let wide = desk.view.rows(width: 80, height: 24, colour: false).filter { $0.contains("Mohammad") }
    #expect(wide.first?.contains("Qatar") == true && wide.last?.contains("Ministry") == true)
  }

  @Test("Shows a short name whole, with the badge")
  mutating func shortName() {
    found(("Ada O'Brien", "Trinity College Dublin", "9f3e"), ("Ada O'Brien", "Trinity College Dublin", "77ab"))
    let rows = desk.view.rows(width: 42, height: 24, colour: false).filter { $0.contains("Ada O'Brien") }
    #expect(rows.count == 2 && rows.first?.contains("9f3e") == true && rows.last?.contains("77ab") == true)
    let all = desk.view.rows(width: 100, height: 24, colour: false).filter { $0.contains("Trinity College Dublin") }
    #expect(all.count == 2)
  }

  @Test("Names F6 among the keys with the answer that asks for it, in every language", arguments: Language.allCases)
  mutating func outAndInKey(language: Language) {
    var view = LaneView(title: "Gate", event: "forum", clock: "09:00", direction: "", link: .online)
    view.language = language
    view.offersOutAndIn = true
    for width in [40, 42, 60] {
      view.last = LaneView.Answer(headline: "STOP", tone: .lookAgain, time: "09:00")
      let before = view.rows(width: width, height: 20, colour: false).last
      #expect(before?.contains("F10") == true)
      view.last?.asksForOutAndIn = true
      let keys = view.rows(width: width, height: 20, colour: false).last
      #expect(keys?.contains("F6") == true && keys?.contains("F10") == true, "\(width)")
      #expect(keys?.contains("…") == false, "\(width)")
    }
  }
}
