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

  private let refused = LaneControls.Subject(refused: scan(1, "Ada"), undoable: scan(1, "REFUSED Ada"))
  private let admitted = LaneControls.Subject(undoable: scan(2, "ADMITTED Bo"))

  /// Types a text.
  private func type(_ text: String, _ controls: inout LaneControls, _ subject: LaneControls.Subject) {
    for character in text { _ = controls.press(.character(character), subject) }
  }

  @Test("take back the scan that was asked about, though another was answered meanwhile")
  func undo() {
    var controls = LaneControls(direction: .unspecified, operatorName: "", in: .of(.english))
    #expect(controls.press(.function(5), refused) == nil)
    #expect(controls.prompt?.label == "Take back: REFUSED Ada?")
    #expect(controls.press(.enter, admitted) == .undo(UUIDBytes(high: 0, low: 1)))
    #expect(controls.prompt == nil)
  }

  @Test("override the refusal that was asked about, with a reason and a name, though another was answered meanwhile")
  func override() {
    var controls = LaneControls(direction: .unspecified, operatorName: "AB", in: .of(.english))
    #expect(controls.press(.function(4), refused) == nil)
    #expect(controls.press(.enter, refused) == nil && controls.notice == "Say why; it is recorded.")
    type("known by face", &controls, admitted)
    #expect(controls.press(.enter, admitted) == nil)
    let done = controls.press(.enter, admitted)
    #expect(done == .override(of: UUIDBytes(high: 0, low: 1), note: "known by face", operatorName: "AB"))
  }

  @Test("say so where there is nothing to override or to take back")
  func nothing() {
    var controls = LaneControls(direction: .unspecified, operatorName: "", in: .of(.english))
    #expect(controls.press(.function(4), admitted) == nil && controls.notice == "There is no refusal to override.")
    #expect(controls.press(.function(5), .init()) == nil && controls.notice == "There is no scan to take back.")
    #expect(controls.prompt == nil)
  }

  @Test("take a badge that is scanned while something is asked as a scan")
  func scanned() throws {
    var controls = LaneControls(direction: .unspecified, operatorName: "", in: .of(.english))
    _ = controls.press(.function(4), refused)
    var random = SeededGenerator(seed: 3)
    let code = try badgeCode(using: &random)
    type(code, &controls, refused)
    #expect(controls.press(.enter, refused) == .scan(code))
    #expect(controls.prompt == nil)
  }
}
