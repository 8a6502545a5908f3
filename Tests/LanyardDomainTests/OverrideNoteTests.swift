import LanyardDomain
import Testing

@Suite("An operator's note") struct OverrideNoteTests {
  @Test("is refused where it is none, too long, or has what may not be written")
  func refused() {
    for note in ["", "  ", String(repeating: "x", count: 201), "broken \u{FFFD}", "private \u{E000}", "\u{202E}turned"]
    {
      #expect(throws: InvalidInput.self) { try OverrideNote(validating: note, operatorName: "AB", under: "") }
    }
    #expect(throws: InvalidInput.self) {
      try OverrideNote(validating: "why", operatorName: String(repeating: "x", count: 101), under: "")
    }
  }

  @Test("that is a fact is kept as far as it may be, and shows what is missing")
  func kept() throws {
    for (note, kept) in [
      (" known by face ", "known by face"), ("broken \u{FFFD}\u{E000} off", "broken □□ off"), ("", "□"), (" ", "□"),
      (String(repeating: "é", count: 201), String(repeating: "é", count: 199) + "…"),
      (String(repeating: "x", count: 200), String(repeating: "x", count: 200)),
      ("a\u{301}", "\u{E1}"),
    ] {
      let fact = OverrideNote(keeping: note, operatorName: "AB")
      #expect(fact.note == kept && fact.operatorName == "AB")
      #expect(
        try OverrideNote(validating: fact.note, operatorName: "", under: "") == .init(note: kept, operatorName: "")
      )
    }
    // Marks without end over one letter are cut too.
    let stacked = OverrideNote(keeping: "e" + String(repeating: "\u{302}", count: 5000), operatorName: "\u{FFFD}")
    #expect(throws: Never.self) {
      try OverrideNote(validating: stacked.note, operatorName: stacked.operatorName, under: "")
    }
  }
}
