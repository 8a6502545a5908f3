import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardScanner

@Suite("The width of a text")
struct TextWidthTests {
  @Test(
    "is its columns on a terminal",
    arguments: [
      ("", 0), ("Anna", 4), ("Müller", 6), ("Mu\u{308}ller", 6), ("加藤桃子", 8), ("김민준", 6), ("ひらがな", 8), ("ｶﾀｶﾅ", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("محمد", 4), ("دָוִד", 3), ("😀", 2), ("🎉!", 3), ("🇨🇭", 2),
      ("\u{2068}דוד\u{2069}", 3),
      ("ＡＢ", 4), ("Nguyễn", 6), ("สมชาย", 5), ("สิริ", 2), ("。", 2), ("█▀▄", 3), ("✓→✗•…", 5), ("𠮷", 2),
      ("a\u{200C}b", 2),
    ]
  )
  func columns(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test(
    "is kept by cutting, never within a wide character",
    arguments: [
      ("Anna", 4, "Anna"), ("Anna", 3, "An…"), ("加藤桃子", 8, "加藤桃子"), ("加藤桃子", 7, "加藤桃…"), ("加藤桃子", 6, "加藤…"),
      ("Anna", 1, "…"), ("Anna", 0, ""), ("u\u{308}u\u{308}u\u{308}", 2, "u\u{308}…"),
    ]
  )
  func cutting(text: String, limit: Int, expected: String) {
    #expect(TextWidth.cut(text, to: limit) == expected)
  }

  @Test("is kept by wrapping, at spaces where there are any")
  func wrapping() {
    #expect(TextWidth.wrapped("Scan it again, please", to: 10) == ["Scan it", "again,", "please"])
    #expect(TextWidth.wrapped("加藤桃子さん", to: 5) == ["加藤", "桃子", "さん"])
    #expect(TextWidth.wrapped("", to: 5).isEmpty)
    #expect(TextWidth.wrapped("ab", to: 0).isEmpty)
  }

  @Test("is never exceeded by generated texts", arguments: 0..<4 as Range<UInt64>)
  func generated(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let text = ShownText.neutral(anyText(using: &random))
      let limit = Int.random(in: 2...30, using: &random)
      #expect(TextWidth.columns(of: TextWidth.cut(text, to: limit)) <= limit)
      #expect(TextWidth.columns(of: TextWidth.tail(text, to: limit)) <= limit)
      #expect(TextWidth.wrapped(text, to: limit).allSatisfy { TextWidth.columns(of: $0) <= limit })
    }
  }
}

@Suite("A shown text")
struct ShownTextTests {
  @Test(
    "cannot move the cursor, hide or reorder",
    arguments: [
      ("\u{1B}[2JAnna", "�[2JAnna"), ("Anna\nMüller", "Anna Müller"), ("a\tb", "a b"), ("\u{9B}2J", "�2J"),
      ("\u{7}", "�"),
      ("a\u{202E}b", "ab"), ("a\u{2066}b\u{2069}", "ab"), ("a\u{200F}b", "ab"), ("\u{FEFF}a", "a"),
      ("a\u{2028}b", "a b"),
      ("a\u{E000}b", "a�b"), ("a\u{0378}b", "a�b"), ("a\u{3000}b", "a b"), ("\u{301}a", "a"), ("a\u{AD}b", "ab"),
    ]
  )
  func neutral(text: String, expected: String) {
    #expect(ShownText.neutral(text) == expected)
  }

  @Test("keeps the joiners of Persian and Indic names, and drops what only changes an emoji")
  func joiners() {
    #expect(ShownText.neutral("علی\u{200C}رضا") == "علی\u{200C}رضا")
    #expect(ShownText.neutral("ක්\u{200D}ෂ") == "ක්\u{200D}ෂ")
    #expect(ShownText.neutral("👩\u{200D}🚀👍🏽❤\u{FE0F}") == "👩🚀👍❤")
  }

  @Test("carries at most six marks on a character and a thousand code points")
  func limits() {
    let stacked = "a" + String(repeating: "\u{301}", count: 50) + "b"
    #expect(ShownText.neutral(stacked).unicodeScalars.count == 8)
    #expect(ShownText.neutral(String(repeating: "a", count: 5000)).count == 1000)
  }

  @Test("is isolated where it runs right to left, and only there")
  func isolation() {
    #expect(ShownText.isolated("محمد") == "\u{2068}محمد\u{2069}")
    #expect(ShownText.isolated("Anna דוד") == "\u{2068}Anna דוד\u{2069}")
    #expect(ShownText.isolated("加藤 Anna") == "加藤 Anna")
  }
}
