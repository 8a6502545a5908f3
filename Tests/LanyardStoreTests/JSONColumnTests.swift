import LanyardDomain
import Testing

@testable import LanyardStore

@Suite("A list in one column") struct JSONColumnTests {
  @Test("Is written as earlier versions wrote it, with names in order")
  func written() throws {
    #expect(try JSONColumn.text([String]()) == "[]")
    let words = ["UN/IGO", #"the "Hub""#, "Société civile"]
    #expect(try JSONColumn.text(words) == #"["UN\/IGO","the \"Hub\"","Société civile"]"#)
    let day = try #require(LocalDate("2024-01-31"))
    #expect(try JSONColumn.text([day]) == #"["2024-01-31"]"#)
    #expect(try JSONColumn.text(["papers": day, "badges": day]) == #"{"badges":"2024-01-31","papers":"2024-01-31"}"#)
  }

  @Test("Is read as it was written", arguments: [[], ["UN/IGO"], [#"the "Hub""#, "北門", "\u{0}\n"]])
  func read(words: [String]) throws {
    let read: [String] = try JSONColumn.value(JSONColumn.text(words), "event", "tracks")
    #expect(read == words)
  }

  @Test("Is an error that names table and column where it is something else", arguments: ["", "{}", "[1]", #"["a""#])
  func other(text: String) {
    #expect(throws: StoreError.unknownValue(table: "event", column: "tracks")) {
      let _: [String] = try JSONColumn.value(text, "event", "tracks")
    }
  }
}
