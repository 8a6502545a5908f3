import LanyardAPI
import LanyardDomain
import LanyardScanner
import LanyardTesting
import LanyardTexts
import Testing

@Suite("The keys of a lane")
struct LaneControlsTests {
  private static func scan(_ number: UInt64, _ name: String) -> LaneControls.Subject.Scan {
    LaneControls.Subject.Scan(id: UUIDBytes(high: 0, low: number), name: name)
  }

  private let refused = LaneControls.Subject(refused: scan(1, "Ada"), undoable: [scan(1, "REFUSED Ada")])
  private let admitted = LaneControls.Subject(undoable: [scan(2, "ADMITTED Bo"), scan(1, "REFUSED Ada")])
  private var controls = LaneControls(direction: nil, operatorName: "", in: .of(.english))
  private var now = Instant(seconds: 1000)

  private func text(_ key: Sentence.Key) -> String { Phrasebook.of(.english).text(key) }

  @discardableResult
  private mutating func press(_ key: KeyPress, _ subject: LaneControls.Subject = .init()) -> LaneControls.Action? {
    controls.press(key, subject, at: now)
  }

  /// Types a text, a character every so often.
  private mutating func type(_ text: String, every pause: Duration = .milliseconds(90)) {
    for character in text {
      now = now + pause
      press(.character(character))
    }
  }

  private mutating func rest(_ pause: Duration) -> LaneControls.Action? {
    now = now + pause
    return controls.rest(at: now)
  }

  @Test("take back the scan that was asked about, though another was answered meanwhile")
  mutating func undo() {
    #expect(press(.function(5), refused) == nil)
    #expect(controls.prompt?.label == "Take back: REFUSED Ada?")
    #expect(press(.enter, admitted) == .undo(UUIDBytes(high: 0, low: 1)))
    #expect(controls.prompt == nil)
  }

  @Test("offer what can be taken back with the first chosen, name Enter, and take back what is chosen")
  mutating func undoOther() throws {
    press(.function(5), admitted)
    let prompt = try #require(controls.prompt)
    #expect(prompt.choices == ["ADMITTED Bo", "REFUSED Ada"] && prompt.chosen == 0 && prompt.hint.contains("Enter"))
    press(.down, admitted)
    press(.down, admitted)
    #expect(controls.prompt?.label == "Take back: REFUSED Ada?")
    #expect(press(.enter, admitted) == .undo(UUIDBytes(high: 0, low: 1)))
  }

  @Test(
    "take nothing back and do not quit where something was typed before Enter: it is a reading",
    arguments: [5, 10]
  )
  mutating func typedBeforeEnter(key: Int) {
    press(.function(key), admitted)
    type("4006381333931", every: .milliseconds(5))
    #expect(press(.enter, admitted) == .scan("4006381333931"))
    #expect(controls.prompt == nil)
  }

  @Test(
    "quit when they were asked to and Enter says so, not before",
    arguments: [.function(10), .control("c"), .end] as [KeyPress]
  )
  mutating func quit(key: KeyPress) {
    #expect(press(key) == nil && controls.prompt?.label == text(.promptQuit))
    #expect(press(.escape) == nil && controls.prompt == nil)
    #expect(press(key) == nil && press(.enter) == .quit)
  }

  @Test(
    "quit at y with Enter or without, at a person's speed, and go on at n",
    arguments: ["y", "Y", "n"],
    [true, false]
  )
  mutating func quitByLetter(letter: String, endsWithEnter: Bool) {
    press(.function(10))
    type(letter)
    #expect(rest(.milliseconds(400)) == nil && controls.prompt?.label == text(.promptQuit))
    let expected: LaneControls.Action? = letter == "n" ? nil : .quit
    #expect((endsWithEnter ? press(.enter) : rest(.milliseconds(100))) == expected)
    #expect(controls.prompt == nil)
  }

  @Test("quit at the letter that says yes in the operator's language")
  mutating func quitInRussian() {
    controls = LaneControls(direction: nil, operatorName: "", in: .of(.russian))
    press(.function(10))
    type("д")
    #expect(press(.enter) == .quit)
  }

  @Test(
    "keep a question open at what is no answer to it, and scan nothing",
    arguments: [5, 10],
    ["x", "what is this"]
  )
  mutating func noAnswer(key: Int, typed: String) {
    press(.function(key), admitted)
    let asked = controls.prompt?.label
    type(typed)
    #expect(rest(.seconds(2)) == nil)
    #expect(press(.enter, admitted) == nil)
    #expect(controls.prompt?.label == asked && controls.prompt?.text == "")
    #expect(press(.enter, admitted) == (key == 10 ? .quit : .undo(UUIDBytes(high: 0, low: 2))))
  }

  @Test("override the refusal that was asked about, with a reason and a name, though another was answered meanwhile")
  mutating func override() {
    #expect(press(.function(4), refused) == nil)
    #expect(press(.enter, refused) == nil && controls.notice == "Say why; it is recorded.")
    type("known by face")
    #expect(press(.enter, admitted) == nil)
    #expect(press(.enter, admitted) == nil && controls.notice == text(.noticeSayWho))
    type("AB")
    let done = press(.enter, admitted)
    #expect(done == .override(of: UUIDBytes(high: 0, low: 1), note: "known by face", operatorName: "AB"))
  }

  @Test("ask for initials anew each time: a second supervisor's stand alone")
  mutating func initials() {
    for name in ["AB", "CD"] {
      press(.function(4), refused)
      type("known by face")
      press(.enter, refused)
      #expect(controls.prompt?.text == "")
      type(name)
      let done = press(.enter, refused)
      #expect(done == .override(of: UUIDBytes(high: 0, low: 1), note: "known by face", operatorName: name))
    }
  }

  @Test("take Enter alone for the operator that the command names, and say so")
  mutating func namedOperator() throws {
    controls = LaneControls(direction: nil, operatorName: "AB", in: .of(.english))
    press(.function(4), refused)
    type("known by face")
    press(.enter, refused)
    let prompt = try #require(controls.prompt)
    #expect(prompt.text == "" && prompt.hint.contains("AB"))
    let done = press(.enter, refused)
    #expect(done == .override(of: UUIDBytes(high: 0, low: 1), note: "known by face", operatorName: "AB"))
  }

  @Test("say so where there is nothing to override, to take back or to let out")
  mutating func nothing() {
    #expect(press(.function(4), admitted) == nil && controls.notice == "There is no refusal to override.")
    #expect(press(.function(5)) == nil && controls.notice == "There is no scan to take back.")
    #expect(press(.function(6), admitted) == nil && controls.notice == text(.noticeMissedExitDenied))
    var subject = admitted
    subject.mayLetOutAndIn = true
    #expect(press(.function(6), subject) == nil && controls.notice == text(.noticeNobodyInside))
    #expect(controls.prompt == nil)
  }

  @Test("let out and in again who is inside by the record, with one key, and a note or the usual one")
  mutating func outAndIn() {
    var subject = LaneControls.Subject(refused: Self.scan(1, "Ada"), inside: Self.scan(1, "Ada"))
    subject.mayLetOutAndIn = true
    press(.function(6), subject)
    #expect(controls.prompt?.label.contains("Ada") == true)
    #expect(press(.enter, subject) == .outAndIn(of: UUIDBytes(high: 0, low: 1), note: text(.promptMissedExitNote)))
    press(.function(6), subject)
    type("lunch")
    #expect(press(.enter, subject) == .outAndIn(of: UUIDBytes(high: 0, low: 1), note: "lunch"))
  }

  @Test("choose nobody of several who were found, so that Enter twice lets no stranger in")
  mutating func severalFound() {
    press(.function(3))
    type("ada")
    #expect(press(.enter) == .search("ada"))
    controls.found(["Ada A", "Ada B"], by: "ada", of: 2)
    #expect(controls.prompt?.chosen == nil)
    #expect(press(.enter) == nil && controls.notice == text(.noticeChoose))
    press(.down)
    #expect(controls.prompt?.chosen == 0 && press(.enter) == .choose(0))
    press(.function(3))
    type("ada")
    press(.enter)
    controls.found(["Ada A", "Ada B"], by: "ada", of: 2)
    press(.up)
    #expect(press(.enter) == .choose(1))
  }

  @Test("ask for further people below the last who was found, as long as there are any")
  mutating func moreFound() {
    press(.function(3))
    type("ada")
    press(.enter)
    controls.found(["Ada A", "Ada B"], by: "ada", of: 3)
    press(.down)
    #expect(press(.down) == nil)
    #expect(controls.prompt?.chosen == 1 && press(.down) == .searchOn("ada"))
    #expect(controls.prompt?.chosen == 1 && controls.prompt?.total == 3)
    controls.foundMore(["Ada C"], of: 3)
    #expect(controls.prompt?.choices == ["Ada A", "Ada B", "Ada C"] && controls.prompt?.chosen == 2)
    #expect(press(.down) == nil && press(.enter) == .choose(2))
  }

  @Test("say that Enter lets in under the name that is known only while no other is typed")
  mutating func nameBeside() {
    controls = LaneControls(direction: nil, operatorName: "Z", in: .of(.english))
    press(.function(4), refused)
    type("why")
    press(.enter, refused)
    #expect(controls.prompt?.hint.contains("as Z") == true)
    type("Q")
    #expect(controls.prompt?.hint == text(.promptHintLetIn))
    press(.backspace)
    #expect(controls.prompt?.hint.contains("as Z") == true)
  }

  @Test("choose the only one who was found")
  mutating func oneFound() {
    press(.function(3))
    type("ada")
    press(.enter)
    controls.found(["Ada A"], by: "ada", of: 1)
    #expect(press(.enter) == .choose(0))
  }

  @Test("take a badge that is scanned while something is asked as a scan", arguments: [3, 4, 5, 10])
  mutating func scanned(key: Int) throws {
    var random = SeededGenerator(seed: 3)
    let code = try badgeCode(using: &random)
    for endsWithEnter in [true, false] {
      press(.function(key), refused)
      type(code, every: .milliseconds(5))
      #expect((endsWithEnter ? press(.enter, refused) : rest(.milliseconds(50))) == .scan(code))
      #expect(controls.prompt == nil)
    }
  }

  @Test(
    "take what a scanner types while a note or a name is asked for as a scan, with Enter or without, never as the answer",
    arguments: [4, 6],
    ["4006381333931", "A1B2"]
  )
  mutating func burst(key: Int, typed: String) throws {
    var subject = LaneControls.Subject(refused: Self.scan(1, "Ada"), inside: Self.scan(1, "Ada"))
    subject.mayLetOutAndIn = true
    for (note, endsWithEnter) in [("", true), ("", false), ("known by ", true), ("known by ", false)] {
      press(.function(key), subject)
      type(note)
      now = now + .milliseconds(90)
      type(typed, every: .milliseconds(5))
      #expect((endsWithEnter ? press(.enter, subject) : rest(.milliseconds(500))) == .scan(typed))
      #expect(controls.prompt == nil)
    }
    press(.function(4), subject)
    type("known by face")
    press(.enter, subject)
    type(typed, every: .milliseconds(5))
    #expect(press(.enter, subject) == .scan(typed) && controls.prompt == nil)
  }

  @Test("take for a note what a person types after deleting what a scanner typed")
  mutating func deletedBurst() {
    press(.function(4), refused)
    type("4006381333931", every: .milliseconds(5))
    for _ in "4006381333931" { press(.backspace) }
    type("known by face")
    #expect(press(.enter, refused) == nil && controls.prompt?.label == text(.promptYourName))
    type("AB", every: .milliseconds(20))
    let done = press(.enter, refused)
    #expect(done == .override(of: UUIDBytes(high: 0, low: 1), note: "known by face", operatorName: "AB"))
  }

  @Test("take a whole code without its Enter after a short silence, not before, and say once that there was none")
  mutating func withoutEnter() throws {
    var random = SeededGenerator(seed: 4)
    let codes = [try badgeCode(using: &random), try badgeCode(using: &random)]
    for (number, code) in codes.enumerated() {
      type(String(code.dropLast()), every: .milliseconds(5))
      #expect(rest(.milliseconds(50)) == nil)
      type(String(code.suffix(1)), every: .milliseconds(5))
      #expect(controls.readingSince == now)
      #expect(rest(.milliseconds(10)) == nil)
      #expect(rest(.milliseconds(30)) == .scan(code))
      #expect(controls.readingSince == nil && controls.notice == nil)
      #expect(rest(.seconds(1)) == nil)
      #expect(controls.notice == (number == 0 ? text(.noticeNoEnter) : nil))
      controls.say(nil)
    }
  }

  @Test("say nothing of a scanner whose Enter comes late, and take it for nothing")
  mutating func lateEnter() throws {
    var random = SeededGenerator(seed: 5)
    type(try badgeCode(using: &random), every: .milliseconds(5))
    #expect(rest(.milliseconds(50)) != nil)
    #expect(press(.enter) == nil)
    #expect(rest(.seconds(2)) == nil && controls.notice == nil)
  }

  @Test("say once of a scanner whose Enter came that it sends none any more, where several codes in a row had none")
  mutating func enterGone() throws {
    var random = SeededGenerator(seed: 6)
    func said(_ controls: LaneControls) -> Bool { controls.notice == text(.noticeNoEnter) }
    var notices: [Bool] = []
    // With an Enter in between the count begins anew.
    for (number, hasEnter) in [true, false, false, true, false, false, false, false, false, false].enumerated() {
      type(try badgeCode(using: &random), every: .milliseconds(5))
      if hasEnter {
        guard case .scan = press(.enter) else {
          Issue.record("reading \(number) is not taken")
          return
        }
      } else {
        #expect(rest(.milliseconds(50)) != nil)
      }
      #expect(rest(.seconds(2)) == nil)
      notices.append(said(controls))
      controls.say(nil)
    }
    #expect(notices == [false, false, false, false, false, false, true, false, false, false])
  }

  @Test("count codes without Enter that follow each other at once, and take no person's Enter for the scanner's")
  mutating func enterNever() throws {
    var random = SeededGenerator(seed: 7)
    press(.function(3))
    type("anna")
    press(.enter)
    press(.escape)
    for number in 0..<3 {
      type(try badgeCode(using: &random), every: .milliseconds(1))
      #expect(rest(.milliseconds(50)) != nil)
      // The second shows that the first had none, before the time for it is over.
      #expect(rest(.milliseconds(50)) == nil && (controls.notice == text(.noticeNoEnter)) == (number == 1))
      controls.say(nil)
    }
    #expect(rest(.seconds(5)) == nil && controls.notice == nil)
  }

  @Test("take what was typed as fast as no person types, after a longer silence; what a person types waits for Enter")
  mutating func otherTexts() {
    type("4006381333931", every: .milliseconds(5))
    #expect(rest(.milliseconds(400)) == nil)
    #expect(rest(.milliseconds(100)) == .scan("4006381333931"))
    type("4006381333931")
    #expect(rest(.seconds(5)) == nil)
    #expect(press(.enter) == .scan("4006381333931"))
    press(.function(3))
    type("4006381333931", every: .milliseconds(5))
    #expect(rest(.seconds(5)) == nil && controls.prompt?.text == "4006381333931")
  }
}
