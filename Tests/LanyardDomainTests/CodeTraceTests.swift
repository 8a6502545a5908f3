import LanyardDomain
import Testing

@Suite("What is kept of a code that is no badge's on record")
struct CodeTraceTests {
  @Test("Is the serial and the event that it names, and of an unreadable text a few characters and how many it has")
  func traces() {
    let code = CodeTrace(serial: BadgeSerial(7), event: "forum")
    #expect(code == .code(serial: BadgeSerial(7), event: "forum"))
    #expect(
      CodeTrace(serial: BadgeSerial(7), event: "Jane <jane@example.org>") == .code(serial: BadgeSerial(7), event: "")
    )
    for word in WithheldCode.allCases { #expect(CodeTrace(ofUnreadable: word.rawValue) == .withheld(word)) }
    #expect(CodeTrace(ofUnreadable: "\u{0}\u{202E}שלום עולם") == .text(beginning: "\u{FFFD}\u{FFFD}שלו", length: 11))
    #expect(CodeTrace(ofUnreadable: "BEGIN:VCARD\nN:Doe;Jane") == .text(beginning: "BEGIN:", length: 22))
    #expect(CodeTrace(ofUnreadable: "जोशी") == .text(beginning: "जो", length: 4))
    #expect(CodeTrace(ofUnreadable: "") == nil)
  }
}
