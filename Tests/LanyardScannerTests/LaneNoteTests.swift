import LanyardAPI
import LanyardDomain
import LanyardScanner
import LanyardTesting
import LanyardTexts
import Testing

@Suite("A note or a name that a lane asks for")
struct LaneNoteTests {
  private static let scan = LaneControls.Subject.Scan(id: UUIDBytes(high: 0, low: 1), name: "Ada")

  private var controls = LaneControls(direction: nil, operatorName: "", in: .of(.english))
  private var now = Instant(seconds: 1000)
  private let subject: LaneControls.Subject = {
    var subject = LaneControls.Subject(refused: scan, inside: scan)
    subject.mayLetOutAndIn = true
    return subject
  }()

  private func text(_ key: Sentence.Key) -> String { Phrasebook.of(.english).text(key) }

  @discardableResult
  private mutating func press(_ key: KeyPress) -> LaneControls.Action? { controls.press(key, subject, at: now) }

  /// Types a text after a moment, a character every so often: at once, where nothing else is said.
  private mutating func type(_ text: String, every pause: Duration = .zero) {
    now = now + .milliseconds(300)
    for character in text {
      now = now + pause
      press(.character(character))
    }
  }

  private mutating func rest() -> LaneControls.Action? {
    now = now + .seconds(2)
    return controls.rest(at: now)
  }

  /// The note that is recorded with an override; nil where the text was taken for something else.
  private mutating func note(_ words: [String]) -> String? {
    press(.function(4))
    for word in words { type(word) }
    guard rest() == nil, press(.enter) == nil else { return nil }
    type("AB", every: .milliseconds(90))
    guard case .override(_, let note, "AB")? = press(.enter) else { return nil }
    return note
  }

  @Test(
    "is what an input method gives at once in letters that no scanner types",
    arguments: ["身份已核实无误", "本人確認しました", "신분증을확인함", "ตรวจบัตรแล้ว", "पहचानदेखी", "تمالتحقق", "זוהתה"]
  )
  mutating func inputMethod(note: String) {
    #expect(self.note([note]) == note)
    press(.function(6))
    type(note)
    #expect(rest() == nil && press(.enter) == .outAndIn(of: Self.scan.id, note: note))
    press(.function(4))
    type("why", every: .milliseconds(90))
    press(.enter)
    type(note)
    #expect(press(.enter) == .override(of: Self.scan.id, note: "why", operatorName: note))
  }

  @Test("is a sentence that is pasted, and a word that comes with the blank behind it")
  mutating func words() {
    #expect(note(["Her passport was checked at 12:30"]) == "Her passport was checked at 12:30")
    #expect(note(["colleague "]) == "colleague")
    #expect(note(["known ", "by ", "face ", "since yesterday"]) == "known by face since yesterday")
    #expect(note(["known ", "colleague"]) == "known colleague")
  }

  @Test(
    "is not what comes at once and may be a scanner's, beside what is a person's too",
    arguments: ["", "身份已核", "seen "]
  )
  mutating func reading(before: String) {
    for typed in ["4006381333931", "A1B2"] {
      press(.function(4))
      type(before)
      type(typed)
      #expect(press(.enter) == .scan(typed) && controls.prompt == nil)
    }
  }

  @Test("is nothing of the length of a code, whatever keyboard it came through")
  mutating func unknownKeyboard() {
    let typed = String(repeating: "شسيبلاتنمك", count: 15)
    press(.function(4))
    type(typed)
    #expect(rest() == .scan(typed) && controls.prompt == nil)
  }

  @Test("stays where a key for something else is pressed meanwhile, which says to leave the question first")
  mutating func otherKeys() {
    press(.function(4))
    type("known by", every: .milliseconds(90))
    for key in 2...6 {
      #expect(press(.function(key)) == nil && controls.notice == text(.noticeLeaveFirst))
      #expect(controls.prompt?.text == "known by" && controls.direction == nil)
    }
    press(.escape)
    press(.function(2))
    #expect(controls.direction == .into && controls.notice == nil)
  }

  @Test("is refused where it cannot be recorded, said, and kept to be mended")
  mutating func broken() {
    let long = String(repeating: "why so ", count: 40)
    for (typed, notice) in [
      (long, Sentence(.faultTooLong, ["limit": .count(OverrideNote.noteLimit)])),
      ("broken \u{FFFD}", Sentence(.faultHiddenCharacter, ["code": .text("FFFD")])),
      ("private \u{E000}", Sentence(.faultHiddenCharacter, ["code": .text("E000")])),
    ] {
      for key in [4, 6] {
        press(.function(key))
        type(typed, every: .milliseconds(90))
        #expect(press(.enter) == nil && controls.notice == Phrasebook.of(.english).text(notice))
        #expect(controls.prompt?.text == typed)
        press(.escape)
      }
    }
    press(.function(4))
    type("why", every: .milliseconds(90))
    press(.enter)
    type(String(repeating: "x", count: OverrideNote.operatorLimit + 1), every: .milliseconds(90))
    #expect(press(.enter) == nil && controls.prompt?.label == text(.promptYourName))
    press(.backspace)
    guard case .override? = press(.enter) else {
      Issue.record("a name of the longest length is not taken")
      return
    }
  }

  @Test(
    "leaves what was said once, that the scanner sends no Enter, over the next reading, though one comes at that moment"
  )
  mutating func noEnter() throws {
    var random = SeededGenerator(seed: 8)
    func rest(_ pause: Duration) -> LaneControls.Action? {
      now = now + pause
      return controls.rest(at: now)
    }
    type(try badgeCode(using: &random), every: .milliseconds(1))
    #expect(rest(.milliseconds(50)) != nil)
    now = now + .milliseconds(450)
    type(try badgeCode(using: &random), every: .milliseconds(1))
    // The second code is whole in the same moment in which the time for the first one's Enter is over.
    #expect(rest(.milliseconds(500)) != nil && controls.notice == text(.noticeNoEnter))
    type(try badgeCode(using: &random), every: .milliseconds(1))
    #expect(rest(.milliseconds(50)) != nil && controls.notice == text(.noticeNoEnter))
    type(try badgeCode(using: &random), every: .milliseconds(1))
    #expect(rest(.milliseconds(50)) != nil && controls.notice == nil)
  }
}
