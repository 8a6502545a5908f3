import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@testable import LanyardScanner

@Suite("A line of a keyboard-wedge scanner")
struct WedgeReadingTests {
  private var random = SeededGenerator(seed: 1)

  @Test("is a code in its one spelling, in upper and in lower case")
  mutating func plain() throws {
    let code = try badgeCode(using: &random)
    #expect(WedgeReading.readings(in: code) == [.code(code, layout: nil)])
    #expect(WedgeReading.readings(in: code.lowercased()) == [.code(code, layout: nil)])
  }

  @Test(
    "is nothing where it is blank, or the one key that somebody pressed",
    arguments: ["", "y", " \u{434}\r", "e\u{301}", " ", "\t\t", "\u{02}\u{03}", "\u{0}", " \u{1D}\n"]
  )
  func blank(line: String) {
    #expect(WedgeReading.readings(in: line).isEmpty)
  }

  @Test(
    "keeps its code whatever stands around it",
    arguments: [
      ("]Q3", ""), ("]Q1", "\r"), ("\u{02}", "\u{03}"), ("\t", "\t\t"), ("", "\u{1D}"), ("]d2 ", " "), ("ABC-", "#1"),
      ("\u{FFFD}", "\u{FFFD}"), ("é", "\u{301}"), ("LY", "="), ("", "]Q1"), ("\u{1B}[200~", "\u{1B}[201~"),
    ]
  )
  mutating func garbage(before: String, after: String) throws {
    let code = try badgeCode(using: &random)
    #expect(WedgeReading.readings(in: before + code + after) == [.code(code, layout: nil)])
    #expect(WedgeReading.readings(in: before + code.lowercased() + after) == [.code(code, layout: nil)])
  }

  @Test("is two readings where two codes lost their line break", arguments: ["", " ", "\t", "]Q3", "\u{0}"])
  mutating func twoCodes(between: String) throws {
    let (first, second) = (try badgeCode(using: &random), try badgeCode(using: &random))
    let line = first + between + second
    #expect(WedgeReading.readings(in: line) == [.code(first, layout: nil), .code(second, layout: nil)])
  }

  @Test("is two readings where the codes came through two keyboards", arguments: KeyboardLayout.allCases)
  mutating func twoKeyboards(layout: KeyboardLayout) throws {
    let (first, second) = (try badgeCode(using: &random).lowercased(), try badgeCode(using: &random))
    let other = typed(first, through: layout)
    for line in [other + second, other + "]Q3" + second] {
      #expect(WedgeReading.readings(in: line).map(\.code) == [first.uppercased(), second])
    }
    #expect(WedgeReading.readings(in: second + other).map(\.code) == [second, first.uppercased()])
    // Half of one is somebody's badge too.
    let half = typed(String(first.prefix(60)), through: layout)
    #expect(WedgeReading.readings(in: half + second).map(\.code) == [half, second])
    #expect(WedgeReading.readings(in: second + half).map(\.code) == [second, half])
  }

  @Test("answers what came through a keyboard that is not known beside a good code too")
  mutating func unknownKeyboard() throws {
    let (code, other) = (try badgeCode(using: &random), try badgeCode(using: &random))
    let hebrew = Dictionary(uniqueKeysWithValues: zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "שנבגקכעיןחלךצמםפ/רדאוה'סטז"))
    let unknown = String(other.map { hebrew[$0] ?? $0 })
    #expect(WedgeReading.readings(in: unknown + code).map(\.code) == [unknown, code])
    #expect(WedgeReading.readings(in: code + unknown).map(\.code) == [code, unknown])
  }

  @Test("keeps its code whatever text follows it without a break, and is not over while that comes")
  mutating func textBehind() throws {
    for _ in 0..<20 {
      let code = try badgeCode(using: &random)
      for behind in ["4006381333931", "hello", "A", "2", "WIFI:S:x;;", "LY", "MECARD:N"] {
        #expect(WedgeReading.readings(in: code + behind) == [.code(code, layout: nil)])
        #expect(!WedgeReading.endsWithCode(code + behind))
      }
      #expect(WedgeReading.readings(in: code + "https://e.org/x") == [.code(code, layout: nil), .noCode(.webAddress)])
      #expect(WedgeReading.endsWithCode(code) && WedgeReading.endsWithCode("]Q3" + code + code))
      #expect(!WedgeReading.endsWithCode(String(code.dropLast())))
    }
  }

  @Test("is one reading where the same code came twice")
  mutating func twice() throws {
    let (code, other) = (try badgeCode(using: &random), try badgeCode(using: &random))
    #expect(WedgeReading.readings(in: code + code.lowercased()) == [.code(code, layout: nil)])
    let alternating = WedgeReading.readings(in: code + other + code)
    #expect(alternating == [.code(code, layout: nil), .code(other, layout: nil)])
  }

  @Test("answers a damaged code beside a good one too")
  mutating func damagedBesideGood() throws {
    let (code, other) = (try badgeCode(using: &random), try badgeCode(using: &random))
    let damaged = String(other.prefix(60))
    #expect(WedgeReading.readings(in: damaged + code) == [.code(damaged, layout: nil), .code(code, layout: nil)])
    #expect(WedgeReading.readings(in: code + damaged) == [.code(code, layout: nil), .code(damaged, layout: nil)])
  }

  @Test(
    "is the text as it came where it is no code",
    arguments: ["hello", "LY1", "LY1ABC", "LY1 LY1", "LZ1ABC", "4006381333931", "LY&ABC", "加藤桃子", "WIFI:S:x;;"]
  )
  func otherTexts(line: String) {
    #expect(WedgeReading.readings(in: line) == [.code(line, layout: nil)])
    #expect(WedgeReading.readings(in: "\u{02} \(line)\t") == [.code(line, layout: nil)])
  }

  @Test(
    "is a web address, whatever the layout",
    arguments: ["http://itu.int", "HTTPS://ITU.INT/wsis?x=1", "www.itu.int", "]Q1https://itu.int", "\u{02}WWW.ITU.INT"]
  )
  func webAddress(line: String) {
    #expect(WedgeReading.readings(in: line) == [.noCode(.webAddress)])
    for layout in KeyboardLayout.allCases {
      #expect(WedgeReading.readings(in: typed(line, through: layout)) == [.noCode(.webAddress)])
    }
  }

  @Test("keeps the code that follows a web address")
  mutating func webAddressAndCode() throws {
    let code = try badgeCode(using: &random)
    #expect(WedgeReading.readings(in: "https://itu.int/" + code) == [.noCode(.webAddress), .code(code, layout: nil)])
  }

  @Test("is too long from 1025 bytes on")
  func tooLong() {
    #expect(WedgeReading.readings(in: String(repeating: "A", count: 1025)) == [.noCode(.tooLong)])
    #expect(WedgeReading.readings(in: String(repeating: "é", count: 513)) == [.noCode(.tooLong)])
    let longest = String(repeating: "A", count: 1024)
    #expect(WedgeReading.readings(in: longest) == [.code(longest, layout: nil)])
  }

  @Test(
    "is sent without what was read where that is no code, and the operator is told why",
    arguments: Language.allCases
  )
  func withoutCode(language: Language) throws {
    let address = "https://example.org/registrations/of-somebody"
    for line in [address, String(repeating: "A", count: 1025)] {
      let reading = try #require(WedgeReading.readings(in: line).first)
      #expect(["WEB_ADDRESS", "TOO_LONG"].contains(reading.code))
      let notice = Phrasebook.of(language).text(try #require(reading.notice(isAlone: true)))
      #expect(!notice.contains(reading.code) && !notice.contains(line))
    }
    #expect(WedgeReading.code("LY1", layout: nil).notice(isAlone: true) == nil)
  }

  @Test("Generated lines are survived, and none of them becomes a code", arguments: 0..<8 as Range<UInt64>)
  func noise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["LY1", "ly&", "LZ1", "http", "://", "]Q3", "\u{301}", "A", "7", ",", "?", "\u{0}", "é", "😀", "ＬＹ１"]
    for _ in 0..<300 {
      let count = Int.random(in: 0...40, using: &random)
      let line = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
      for case .code(_, let layout) in WedgeReading.readings(in: line) { #expect(layout == nil) }
    }
  }
}
