import LanyardTesting
import LanyardTexts
import Testing

@testable import LanyardDomain

@Suite("The JSON reader") struct JSONReaderTests {
  private func read(_ text: String) throws(InvalidInput) -> JSONValue { try JSONReader.value(of: Array(text.utf8)) }

  @Test("reads every kind of value as it was written") func values() throws {
    let value = try read(
      #" {"a": [1, -0.5e+3, true, false, null], "b": {"": "é\u00e9\ud83d\ude00\n\/"}, "a": "\"\\"} "#
    )
    #expect(
      value
        == .object([
          JSONMember(name: "a", value: .list([.number("1"), .number("-0.5e+3"), .flag(true), .flag(false), .null])),
          JSONMember(name: "b", value: .object([JSONMember(name: "", value: .text("éé😀\n/"))])),
          JSONMember(name: "a", value: .text("\"\\")),
        ])
    )
  }

  @Test(
    "tells the line and column of the first fault",
    arguments: [
      ("", 1, 1), ("{\"a\": 1,}", 1, 9), ("{\"a\": 1\n  \"b\": 2}", 2, 3), ("[1,\r\n2,\r\n]", 3, 1), ("[1\r2]", 2, 1),
      ("[01]", 1, 3), ("[1.]", 1, 4), ("[1e]", 1, 4), ("[-]", 1, 3), ("tru", 1, 1), ("[1] 2", 1, 5),
      ("[\"é\" x]", 1, 6),
      ("[\"a\nb\"]", 1, 4), ("[\"a", 1, 4), ("[\"\\x\"]", 1, 4), ("[\"\\u12g4\"]", 1, 5), ("[\"\\ud800\"]", 1, 9),
      ("{a: 1}", 1, 2), ("{\"a\" 1}", 1, 6), ("[1, // two\n2]", 1, 5), ("{'a': 1}", 1, 2), ("[NaN]", 1, 2),
    ]
  )
  func faults(_ text: String, _ line: Int, _ column: Int) {
    let found = violations { () throws(InvalidInput) in _ = try read(text) }
    #expect(found.map(\.field) == ["line \(line), column \(column)"], "\(text): \(found)")
  }

  @Test("tells the line of the first byte that is not UTF-8") func notUTF8() {
    let bytes = Array("[\n\"é".utf8) + [0xFF] + Array("\"]".utf8)
    let found = violations { () throws(InvalidInput) in _ = try JSONReader.value(of: bytes) }
    #expect(found.map(\.field) == ["line 2, column 3"])
    #expect(found.first?.reason.contains("UTF-8") == true)
  }

  @Test("goes 64 deep and no deeper") func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try read(nested(64))
    #expect(throws: InvalidInput.self) { try read(nested(65)) }
    #expect(throws: InvalidInput.self) { try read(String(repeating: "{\"a\":", count: 100_000)) }
  }

  @Test("never crashes on a damaged document") func damaged() {
    var generator = SeededGenerator(seed: 1)
    let whole = ProgrammeText.make()
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        if Bool.random(using: &generator) {
          bytes[index] = .random(in: 0...255, using: &generator)
        } else {
          bytes.removeSubrange(index..<min(index + 3, bytes.count))
        }
      }
      let found = violations { () throws(InvalidInput) in _ = try Programme.reading(bytes) }
      #expect(found.allSatisfy { !$0.field.isEmpty && !$0.reason.isEmpty })
    }
  }
}
