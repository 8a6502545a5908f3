import LanyardDomain
import LanyardScanner
import LanyardTesting
import Testing

@testable import lanyard

/// The keys of the bytes that come at once, before any silence.
private func keys(_ text: String) -> [KeyPress] {
  keys(Array(text.utf8))
}

private func keys(_ bytes: [UInt8]) -> [KeyPress] {
  var reader = KeyReader()
  return reader.read(bytes)
}

private func characters(_ text: String) -> [KeyPress] {
  text.map(KeyPress.character)
}

@Suite("The keys of a terminal")
struct KeyReaderTests {
  @Test("are the characters of any script", arguments: ["LY1ABC", "é加😀", "&é\"'(-è_çà", "ß´ö", " ~"])
  func text(text: String) {
    #expect(keys(text) == characters(text))
  }

  @Test(
    "are arrows and function keys in every form that terminals send",
    arguments: [
      ("\u{1B}[A", .up), ("\u{1B}[B", .down), ("\u{1B}[C", .right), ("\u{1B}[D", .left), ("\u{1B}OA", .up),
      ("\u{1B}OD", .left),
      ("\u{1B}[1;5A", .up), ("\u{1B}OP", .function(1)), ("\u{1B}OQ", .function(2)), ("\u{1B}OR", .function(3)),
      ("\u{1B}OS", .function(4)), ("\u{1B}[P", .function(1)), ("\u{1B}[1;2S", .function(4)),
      ("\u{1B}[11~", .function(1)),
      ("\u{1B}[12~", .function(2)), ("\u{1B}[13~", .function(3)), ("\u{1B}[14~", .function(4)),
      ("\u{1B}[15~", .function(5)),
      ("\u{1B}[17~", .function(6)), ("\u{1B}[18~", .function(7)), ("\u{1B}[19~", .function(8)),
      ("\u{1B}[20~", .function(9)),
      ("\u{1B}[21~", .function(10)), ("\u{1B}[23~", .function(11)), ("\u{1B}[24~", .function(12)),
      ("\u{1B}[15;2~", .function(5)),
      ("\u{1B}[[A", .function(1)), ("\u{1B}[[E", .function(5)), ("\u{1B}OM", .enter), ("\u{1B}O2P", .function(1)),
    ] as [(String, KeyPress)]
  )
  func sequences(text: String, key: KeyPress) {
    #expect(keys(text) == [key])
    #expect(keys("a" + text + "b") == [.character("a"), key, .character("b")])
  }

  @Test(
    "are nothing for sequences of another use, which leak no character",
    arguments: [
      "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[F", "\u{1B}[H", "\u{1B}[3~", "\u{1B}[4~", "\u{1B}[5;5~", "\u{1B}[99~",
      "\u{1B}[Z",
      "\u{1B}[24;80R", "\u{1B}[?62;22c", "\u{1B}[>0;276;0c", "\u{1B}[<0;10;10M", "\u{1B}[M !!", "\u{1B}[I",
      "\u{1B}[97;5u",
      "\u{1B}[?2026;2$y", "\u{1B}]11;rgb:0/0/0\u{7}", "\u{1B}]0;LY1\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\",
      "\u{1B}_x\u{1B}\\",
      "\u{1B}OF", "\u{1B}Oj", "\u{1B}x", "\u{1B}(B", "\u{1B}[[Z", "\u{9B}", "\u{85}",
    ]
  )
  func unknown(text: String) {
    #expect(keys("a" + text + "b") == characters("ab"))
  }

  @Test("keep what was pasted, without the marks around it")
  func pasted() {
    #expect(keys("\u{1B}[200~LY1\u{1B}[201~\r") == characters("LY1") + [.enter])
  }

  @Test(
    "are control keys and those that have their own names",
    arguments: [
      ([0x0D], [.enter]), ([0x0A], [.enter]), ([0x0D, 0x0A], [.enter]), ([0x0D, 0x0D], [.enter, .enter]),
      ([0x0A, 0x0A], [.enter, .enter]), ([0x7F], [.backspace]), ([0x08], [.backspace]), ([0x03], [.control("c")]),
      ([0x04], [.end]), ([0x09], [.control("i")]), ([0x15], [.control("u")]), ([0x00], [.control("@")]),
      ([0x1D], [.control("]")]), ([0x1F], [.control("_")]),
    ] as [([UInt8], [KeyPress])]
  )
  func controls(bytes: [UInt8], expected: [KeyPress]) {
    #expect(keys(bytes) == expected)
  }

  @Test("are Escape after a silence only")
  func escape() {
    var reader = KeyReader()
    #expect(reader.read([0x1B]).isEmpty)
    #expect(reader.flush() == [.escape])
    #expect(reader.flush().isEmpty)
    #expect(reader.read("[A".utf8) == characters("[A"))
  }

  @Test("are Escape where a second one or another control key follows")
  func escapeThenControl() {
    #expect(keys("\u{1B}\u{1B}[A") == [.escape, .up])
    #expect(keys("\u{1B}\r") == [.escape, .enter])
  }

  @Test(
    "lose what is incomplete after a silence, and nothing that follows",
    arguments: ["\u{1B}[", "\u{1B}[1;", "\u{1B}O", "\u{1B}[[", "\u{1B}]0;x", "\u{1B}[M"]
  )
  func incomplete(text: String) {
    var reader = KeyReader()
    #expect(reader.read(text.utf8).isEmpty)
    #expect(reader.flush().isEmpty)
    #expect(reader.read("LY1".utf8) == characters("LY1"))
  }

  @Test("are not lost to a sequence that a control key or another sequence cuts")
  func cutSequences() {
    #expect(keys("\u{1B}[1\rA") == [.enter, .character("A")])
    #expect(keys("\u{1B}[1\u{1B}[A") == [.up])
    #expect(keys("\u{1B}O\r") == [.enter])
    #expect(keys("\u{1B}[[\u{3}") == [.control("c")])
    #expect(keys("\u{1B}[1é") == [.character("é")])
  }

  @Test(
    "show broken UTF-8 as such, and go on",
    arguments: [[0xFF], [0xC3, 0x41], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x41]]
  )
  func brokenUTF8(bytes: [UInt8]) {
    let found = keys(bytes + [0x42])
    #expect(found.first == .character("\u{FFFD}"))
    #expect(found.last == .character("B"))
  }

  @Test("come again after a sequence or a text without end")
  func limits() {
    let parameters = String(repeating: "1", count: 100_000)
    #expect(keys("\u{1B}[\(parameters)Ab") == characters("b"))
    #expect(keys("\u{1B}]\(parameters)").count == 100_000 - 4097)
  }

  @Test("are the same however the bytes are cut into pieces", arguments: 0..<8 as Range<UInt64>)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let parts = [
      "\u{1B}", "[", "O", "A", "1", "5", "~", ";", "é", "加", "😀", "\r", "\n", "LY1", "\u{9B}", "]", "\u{7}", "M", "P",
    ]
    for _ in 0..<200 {
      var bytes = (0..<30).flatMap { _ in Array((parts.randomElement(using: &random) ?? "").utf8) }
      bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      let whole = keys(bytes)
      var reader = KeyReader()
      var pieced: [KeyPress] = []
      while !bytes.isEmpty {
        let count = Int.random(in: 1...bytes.count, using: &random)
        pieced += reader.read(bytes.prefix(count))
        bytes.removeFirst(count)
      }
      #expect(pieced == whole)
    }
  }
}
