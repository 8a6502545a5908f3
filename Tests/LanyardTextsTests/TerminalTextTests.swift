import LanyardDomain
import LanyardTexts
import Testing

@Suite("Text for a terminal")
struct TerminalTextTests {
  @Test("moves no cursor, rings no bell, breaks no line and reorders nothing, and stays legible")
  func escaped() {
    for (text, shown) in [
      ("\u{1B}[31mred\u{7}", "\\u001B[31mred\\u0007"), ("one\ntwo\r\tthree", "one\\ntwo\\r\\tthree"),
      ("a\u{202E}b\u{2066}c\u{9B}d\u{7F}", "a\\u202Eb\\u2066c\\u009Bd\\u007F"),
      ("\u{2028}\u{FEFF}\u{E0001}", "\\u2028\\uFEFF\\uDB40\\uDC01"),
    ] {
      #expect(TerminalText.line(text) == shown)
    }
    for text in ["Zoë Wu", "محمد Nº 1", "王伟", "नि\u{200D}", "C:\\new", "👩‍🔬 – “quoted”"] {
      #expect(TerminalText.line(text) == text && TerminalText.lines(text) == text)
    }
    #expect(TerminalText.lines("one\n\u{1B}two") == "one\n\\u001Btwo")
  }

  @Test("comes of every sentence, whose facts are of one line but where they are sentences themselves")
  func facts() {
    let phrasebook = Phrasebook.of(.english)
    let hostile = "\u{1B}]0;x\u{7}\na\u{202E}b"
    for sentence in [
      Sentence(.doneNobodyFits, ["text": .text(hostile)]),
      Sentence(.doneWhichEvent, ["events": .list(["a", hostile])]),
    ] {
      let text = phrasebook.text(sentence)
      #expect(text.contains("\\u001B]0;x\\u0007\\na\\u202Eb") && TerminalText.line(text) == text, "\(text)")
    }
    #expect(phrasebook.text(.told("one\ntwo\u{7}")) == "one\ntwo\\u0007")
  }
}
