import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@testable import LanyardScanner

@Suite("The screen of a lane")
struct LaneViewTests {
  private func text(_ view: LaneView, _ width: Int = 100, _ height: Int = 32) -> String {
    view.rows(width: width, height: height, colour: false).joined(separator: "\n")
  }

  @Test("fits every size with any content, and no text leaves its place", arguments: 0..<16 as Range<UInt64>)
  func generated(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let view = anyScreen(using: &random)
      let (width, height) = (Int.random(in: 1...200, using: &random), Int.random(in: 1...60, using: &random))
      let coloured = view.rows(width: width, height: height, colour: true).map(withoutStyles)
      #expect(coloured.count == height)
      #expect(coloured.allSatisfy { TextWidth.columns(of: $0) == width })
      let controls = coloured.joined().unicodeScalars.filter { $0.properties.generalCategory == .control }
      #expect(controls.isEmpty)
      let isolates = coloured.map { row in row.unicodeScalars.reduce(0) { $0 + isolateDepth($1) } }
      #expect(isolates.allSatisfy { $0 == 0 })
    }
  }

  /// The text without blanks and marks of direction.
  private func letters(_ text: String) -> String {
    String(text.filter { $0 != " " && $0 != "\u{2068}" && $0 != "\u{2069}" && $0 != "\u{202F}" && $0 != "\u{A0}" })
  }

  private func isolateDepth(_ scalar: Unicode.Scalar) -> Int {
    scalar == "\u{2068}" ? 1 : scalar == "\u{2069}" ? -1 : 0
  }

  @Test("is empty where there is no room", arguments: [(0, 0), (-1, -1), (10, 0)])
  func noRoom(width: Int, height: Int) {
    #expect(LaneView.entrance.rows(width: width, height: height, colour: true).isEmpty)
  }

  @Test("says the same in words with and without colours", arguments: [(100, 32), (60, 20), (40, 12)])
  func withoutColours(width: Int, height: Int) {
    let plain = LaneView.entrance.rows(width: width, height: height, colour: false)
    #expect(plain.allSatisfy { !$0.contains("\u{1B}") })
    #expect(LaneView.entrance.rows(width: width, height: height, colour: true).map(withoutStyles) == plain)
  }

  @Test(
    "says answer, person and link in words at every usual size",
    arguments: [(200, 60), (80, 24), (60, 20), (40, 12)]
  )
  func essentials(width: Int, height: Int) {
    var view = LaneView.entrance
    view.last?.attention = "SPECIAL NEEDS: wheelchair"
    view.link = .offline(since: "09:14", waiting: 12)
    view.rehearsal = .text("2024-05-27 08:31")
    view.notice = "The scanner types through AZERTY."
    let shown = text(view, width, height)
    for words in [
      "✓ ADMITTED", "Anna Müller", "ATTENTION  SPECIAL NEEDS", "OFFLINE", "12", "REHEARSAL", "Note:", "F10 quit",
    ] {
      #expect(shown.contains(words))
    }
  }

  @Test(
    "says a long notice to its end, where what helps stands, on a screen of the usual size",
    arguments: Language.allCases
  )
  func longNotice(language: Language) {
    var view = LaneView.entrance
    view.language = language
    for key in [Sentence.Key.noticeKeyboardUnknown, .noticeSeveralBadges, .noticeNoEnter] {
      let notice = Phrasebook.of(language).text(key)
      view.notice = notice
      let rows = view.rows(width: 80, height: 24, colour: false)
      #expect(rows.count == 24 && letters(rows.joined()).contains(letters(notice).suffix(20)))
      #expect(view.rows(width: 40, height: 12, colour: false).count == 12)
    }
  }

  @Test(
    "draws whom Enter takes, and what explains that, at every size at which it draws anything",
    arguments: [(40, 10), (40, 8), (40, 6), (40, 4), (80, 5), (20, 10), (40, 12), (80, 24)]
  )
  func chosenIsDrawn(width: Int, height: Int) {
    var view = LaneView.entrance
    view.last = LaneView.Answer(headline: "REFUSED", tone: .stop, time: "08:31:05")
    view.last?.explanation = ["Already inside since 08:30.", "Ask at the desk."]
    view.notice = "The scanner types through AZERTY."
    let people = (0..<12).map { "Person \($0)" }
    for chosen in [nil] + (0..<12).map(Optional.some) {
      view.prompt = LaneView.Prompt(
        label: "Look up",
        text: "per",
        hint: "Down chooses, Enter admits, Esc ends.",
        choices: people,
        chosen: chosen
      )
      let rows = view.rows(width: width, height: height, colour: false)
      #expect(rows.count == height)
      let shown = rows.joined(separator: "\n")
      #expect(shown.contains("Down chooses"), "\(shown)")
      if let chosen {
        #expect(rows.contains { $0.hasPrefix(" ▶ Person \(chosen)") }, "\(shown)")
      } else {
        #expect(rows.contains { $0.hasPrefix("   Person 0") }, "\(shown)")
      }
    }
    view.prompt?.choices = []
    #expect(view.rows(width: width, height: height, colour: false).count == height)
  }

  @Test("draws the headline in letters as large as they fit")
  func headline() throws {
    let letters = try #require(BigText.rows("✓ ADMITTED", gap: 2, scale: 1))
    #expect(letters.allSatisfy(text(.entrance, 80, 24).contains))
    let larger = try #require(BigText.rows("✓ ADMITTED", gap: 2, scale: 2))
    #expect(larger.allSatisfy(text(.entrance, 140, 30).contains))
    #expect(!text(.entrance, 40, 12).contains("█"))
  }

  @Test("draws a headline of two words below each other where they do not fit beside each other")
  func stackedHeadline() throws {
    var view = LaneView.entrance
    view.last = LaneView.Answer(headline: "NOT RECORDED", tone: .stop, time: "08:31:05")
    let letters = try #require(BigText.rows("RECORDED", gap: 1, scale: 1))
    #expect(letters.allSatisfy(text(view, 50, 24).contains))
    #expect(text(view, 50, 24).contains("✗ NOT RECORDED"))
  }

  @Test("gives every tone a symbol and a colour of its own")
  func tones() {
    #expect(Set(LaneView.Tone.allCases.map(\.symbol)).count == LaneView.Tone.allCases.count)
    #expect(Set(LaneView.Tone.allCases.map(\.style)).count == LaneView.Tone.allCases.count)
  }

  @Test("lists the ten answers before the last, the newest first, and marks those made offline")
  func recent() {
    var view = LaneView.entrance
    view.recent[1].isOffline = true
    view.recent[2].isMarked = true
    let rows = view.rows(width: 100, height: 40, colour: false).filter { $0.contains("Guest") }
    #expect(rows.count == 10)
    #expect(rows[0].contains("08:30:10  → LEFT  Guest 0"))
    #expect(rows[1].contains("offline") && !rows[0].contains("offline"))
    #expect(rows[2].contains("not on roster"))
  }

  @Test("isolates a name that runs right to left from its row")
  func rightToLeft() {
    var view = LaneView.entrance
    view.recent[0].name = "محمد روحانی"
    view.recent[0].group = "Academia"
    #expect(text(view).contains("→ LEFT  \u{2068}محمد روحانی\u{2069}"))
  }

  @Test("invites to scan before the first scan")
  func ready() {
    var view = LaneView.entrance
    view.last = nil
    #expect(text(view).contains("READY") && text(view).contains("Scan a badge."))
    view.link = .connecting
    #expect(text(view).contains("Waiting for the server."))
  }

  @Test(
    "says how it stands with the server",
    arguments: [
      (.online, "online"), (.connecting, "connecting to the server"),
      (.offline(since: "09:14", waiting: 12), "OFFLINE since 09:14, 12 scans wait to be uploaded"),
      (.offline(since: "09:14", waiting: 1), "OFFLINE since 09:14, 1 scan waits to be uploaded"),
      (.uploading(waiting: 3), "online again, uploading 3 scans"),
      (.refused(waiting: 2), "OFFLINE since the server refuses this lane, 2 scans wait to be uploaded"),
      (.revoked(waiting: 0), "OFFLINE since the device was revoked, 0 scans wait to be uploaded"),
    ] as [(LaneView.Link, String)]
  )
  func link(link: LaneView.Link, words: String) {
    var view = LaneView.entrance
    view.link = link
    #expect(text(view).contains(words))
  }

  @Test("says occupancy, direction and time, as far as they are known")
  func status() {
    var view = LaneView.entrance
    #expect(text(view).contains("212 inside of 300  ·  direction IN  ·  08:31:09"))
    view.capacity = nil
    #expect(text(view).contains("212 inside  ·  direction IN"))
    view.inside = nil
    #expect(!text(view).contains("inside"))
  }
}

@Suite("A prompt on the screen of a lane")
struct LanePromptTests {
  private func view(choices: Int, chosen: Int?) -> LaneView {
    var view = LaneView.entrance
    view.prompt = LaneView.Prompt(
      label: "Look up",
      text: "mül",
      hint: "Enter scans",
      choices: (0..<choices).map { "Choice \($0)." },
      chosen: chosen
    )
    return view
  }

  @Test("takes the place of the recent answers", arguments: [(100, 32), (60, 20), (40, 12)])
  func replacesRecent(width: Int, height: Int) {
    let shown = view(choices: 3, chosen: 1).rows(width: width, height: height, colour: false).joined()
    #expect(!shown.contains("Guest"))
    for words in ["Look up", "> mül_", "▶ Choice 1.", "✓ ADMITTED"] { #expect(shown.contains(words)) }
  }

  @Test("keeps the chosen one in sight among many", arguments: [0, 1, 17, 39])
  func manyChoices(chosen: Int) {
    let shown = view(choices: 40, chosen: chosen).rows(width: 60, height: 20, colour: false)
    #expect(shown.contains { $0.hasPrefix(" ▶ Choice \(chosen).") })
  }

  @Test("keeps what explains the keys in sight, whatever else has no room", arguments: [(80, 24), (40, 15), (40, 12)])
  func hint(width: Int, height: Int) {
    for choices in [0, 1, 40] {
      let shown = view(choices: choices, chosen: nil).rows(width: width, height: height, colour: false)
      #expect(shown.contains { $0.contains("Enter scans") })
    }
  }

  @Test("shows the end of a long text, where typing goes on")
  func longText() {
    var view = view(choices: 0, chosen: nil)
    view.prompt?.text = String(repeating: "a", count: 200) + "end"
    #expect(view.rows(width: 60, height: 20, colour: false).contains { $0.contains("aend_") })
  }
}
