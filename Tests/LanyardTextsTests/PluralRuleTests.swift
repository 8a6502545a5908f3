import LanyardDomain
import Testing

@testable import LanyardTexts

@Suite("Plural forms")
struct PluralRuleTests {
  /// The form of a number by the rules of CLDR for integers, in the order in which gettext counts the forms.
  private static func known(_ number: Int, _ language: Language) -> Int {
    let (tens, hundreds) = (number % 10, number % 100)
    switch language {
    case .chinese: return 0
    case .english, .spanish: return number == 1 ? 0 : 1
    case .french: return number <= 1 ? 0 : 1
    case .russian:
      if tens == 1 && hundreds != 11 { return 0 }
      return (2...4).contains(tens) && !(12...14).contains(hundreds) ? 1 : 2
    case .arabic:
      if number <= 2 { return number }
      return (3...10).contains(hundreds) ? 3 : (11...99).contains(hundreds) ? 4 : 5
    }
  }

  @Test("Are those of each language, for generated numbers", arguments: Language.allCases)
  func generated(language: Language) throws {
    let rule = try Catalogue.embedded(language).pluralRule
    var random = SeededGenerator(seed: 7)
    let numbers = Array(0...1200) + (0..<500).map { _ in Int.random(in: 0...2_000_000_000, using: &random) }
    for number in numbers {
      let expected = Self.known(number, language)
      #expect(rule.form(of: number) == expected, "\(number)")
      #expect(expected < rule.count)
    }
  }

  @Test(
    "Make the sentences that speakers say",
    arguments: [
      (.english, 1, "1 scan waits"), (.english, 12, "12 scans wait"), (.french, 0, "0 scan en"),
      (.french, 2, "2 scans en"), (.spanish, 1, "1 escaneo"), (.russian, 21, "ожидает отправки 21 сканирование"),
      (.russian, 3, "ожидают отправки 3 сканирования"), (.russian, 12, "ожидают отправки 12 сканирований"),
      (.arabic, 0, "لا عمليات مسح"), (.arabic, 1, "عملية مسح واحدة"), (.arabic, 2, "عمليتا مسح"),
      (.arabic, 103, "103 عمليات مسح"), (.arabic, 11, "11 عملية مسح"), (.arabic, 100, "100 عملية مسح"),
      (.chinese, 5, "5 次扫描"),
    ] as [(Language, Int, String)]
  )
  func sentences(language: Language, count: Int, words: String) {
    let sentence = Sentence(.linkOffline, ["time": .text("09:14"), "count": .count(count)])
    #expect(Phrasebook.of(language).text(sentence).contains(words))
  }

  @Test(
    "Are worked out as C works them out",
    arguments: [
      ("n", 5, 0), ("n%2", 5, 1), ("1-1-1+1", 0, 0), ("n*2/2%3", 5, 2), ("!n", 0, 1), ("!!n", 7, 1),
      ("n>1 ? n>2 ? 2 : 1 : 0", 2, 1), ("n==1||n==2&&n==3", 1, 1), ("(n==1||n==2)&&n==3", 1, 0), ("n<2==1", 1, 1),
      ("n>=2 && n<=4", 4, 1), ("n != 1", 1, 0),
    ]
  )
  func expressions(text: String, number: Int, value: Int) {
    let expected = text == "n" ? number : value
    #expect(PluralExpression(text)?.value(at: number) == expected)
  }

  @Test(
    "Are refused where they cannot be read, or lead nowhere",
    arguments: [
      "", "nplurals=2", "plural=n", "nplurals=0; plural=0;", "nplurals=7; plural=0;", "nplurals=1; plural=n;",
      "nplurals=2; plural=n/0;", "nplurals=2; plural=(n;", "nplurals=2; plural=n n;", "nplurals=2; plural=x;",
      "nplurals=2; plural=n ? 1;", "nplurals=2; plural=n &;", "nplurals=2; plural=99999999999999999999;", "words",
    ]
  )
  func refused(text: String) {
    #expect(PluralRule(text) == nil)
  }

  @Test("Do not exhaust the stack")
  func deep() {
    #expect(PluralExpression(String(repeating: "(", count: 500) + "n" + String(repeating: ")", count: 500)) == nil)
    #expect(PluralExpression(String(repeating: "!", count: 900) + "n") == nil)
  }
}
