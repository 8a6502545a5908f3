import LanyardDomain
import Testing

@Suite("Lines of tables for spreadsheets")
struct CSVWriterTests {
  @Test("Fields are quoted where they have to be, by scalars and not by letters")
  func quotes() {
    #expect(CSVWriter.line(["a", "", "b c"]) == "a,,b c")
    #expect(
      CSVWriter.line(["Doe, Jane", "the \"one\"", "two\nlines"]) == "\"Doe, Jane\",\"the \"\"one\"\"\",\"two\nlines\""
    )
    #expect(CSVWriter.line([",\u{301}x"]) == "\",\u{301}x\"")
  }

  @Test("What a spreadsheet would calculate is text", arguments: ["=1+1", "+41", "-1", "@SUM(A1)"])
  func formulas(text: String) {
    #expect(CSVWriter.line([text]) == "'" + text)
  }

  @Test("Formulas with commas are quoted too")
  func quotedFormula() {
    #expect(CSVWriter.line(["=A1,\"b\""]) == "\"'=A1,\"\"b\"\"\"")
  }
}
