import LanyardDomain
import Testing

@testable import LanyardTexts

@Suite("A phrasebook")
struct PhrasebookTests {
  @Test("Isolates on a page what runs against its language, and nothing on a terminal")
  func isolation() {
    let sentence = { (place: String) in Sentence(.laneIsOpen, ["place": .text(place)]) }
    let (english, arabic) = (Phrasebook.of(.english), Phrasebook.of(.arabic))
    #expect(english.text(sentence("المدخل"), for: .page) == "\u{2068}المدخل\u{2069} is open. Scan a badge.")
    #expect(english.text(sentence("Salle"), for: .page) == "Salle is open. Scan a badge.")
    #expect(arabic.text(sentence("Room A"), for: .page).hasPrefix("\u{2068}Room A\u{2069}: "))
    #expect(arabic.text(sentence("المدخل"), for: .page).hasPrefix("المدخل: "))
    for text in [english.text(sentence("المدخل")), arabic.text(sentence("Room A"))] {
      #expect(!text.unicodeScalars.contains("\u{2068}"))
    }
  }

  @Test("Isolates the items of a list, and has as many ends as beginnings", arguments: Language.allCases)
  func lists(language: Language) {
    let sentence = Sentence(.operatorNotAdmittedHereFor, ["groups": .list(["UN Agency", "حكومة", "政府"])])
    let page = Phrasebook.of(language).text(sentence, for: .page).unicodeScalars
    #expect(page.filter { $0 == "\u{2068}" }.count == page.filter { $0 == "\u{2069}" }.count)
    #expect(page.contains("\u{2068}"))
    #expect(!Phrasebook.of(language).text(sentence).unicodeScalars.contains("\u{2068}"))
  }

  @Test("Calls countries as the United Nations do")
  func countries() {
    let english = Phrasebook.of(.english)
    let names = [
      "CN": "China", "PS": "State of Palestine", "MM": "Myanmar", "TR": "Türkiye", "BA": "Bosnia and Herzegovina",
    ]
    for (code, name) in names { #expect(english.country(code) == name) }
    #expect(Phrasebook.of(.french).country("CD") == "République démocratique du Congo")
    #expect(Phrasebook.of(.russian).country("GB") == "Соединенное Королевство")
    #expect(Phrasebook.of(.chinese).country("KR") == "大韩民国" && english.country("CH") == "Switzerland")
  }

  @Test("Has a word for each country, which a file of registrations may say", arguments: Language.allCases)
  func countriesRead(language: Language) {
    for code in Country.codes {
      let name = Phrasebook.of(language).country(code)
      #expect(name != code && Country.meant(by: name) == code, "\(code): \(name)")
    }
  }

  @Test("Takes facts as they are, braces and all")
  func braces() {
    let text = Phrasebook.of(.english).text(Sentence(.laneIsOpen, ["place": .text("{time} {{")]))
    #expect(text == "{time} {{ is open. Scan a badge.")
  }

  @Test("Puts sentences into sentences")
  func nested() {
    let said = Sentence(.laneSay, ["sentence": .sentence(Sentence(.participantDesk))])
    #expect(Phrasebook.of(.french).text(said) == "Dites\u{202F}: Veuillez vous rendre au bureau des inscriptions.")
  }

  @Test("Says in English what its language does not say yet")
  func untranslated() throws {
    let entries = """
      msgctxt "lane.scanABadge"
      msgid "Scan a badge."
      msgstr ""

      #, fuzzy
      msgctxt "headline.ready"
      msgid "READY"
      msgstr "PRES"
      """
    let french = try Phrasebook(.french, catalogue(entries))
    #expect(french.text(.laneScanABadge) == "Scan a badge.")
    #expect(french.text(.headlineReady) == "READY")
    #expect(french.text(.headlineStop) == "STOP")
  }

  @Test("Reads templates as Python's format does", arguments: ["{", "}", "{}", "{a b}", "{a}}", "{0}", "{{a}"])
  func brokenTemplates(text: String) {
    #expect(Template(text) == nil)
  }
}

@Suite("A language")
struct LanguageTests {
  @Test(
    "Is chosen by an accept-language",
    arguments: [
      ("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", .french), ("de, es;q=0.3, ru;q=0.7", .russian), ("zh-Hant-TW", .chinese),
      ("EN", .english), ("ar;q=0, fr;q=0.1", .french), ("de", nil), ("*", nil), ("", nil), ("fr;q=2", nil),
      ("fr;q=nan", nil), ("fr;x=1", nil), (";;,,=", nil), ("fr ; q = 0.5", .french),
      (String(repeating: "x", count: 600) + ",fr", nil),
    ] as [(String, Language?)]
  )
  func acceptLanguage(header: String, language: Language?) {
    #expect(Language(acceptLanguage: header) == language)
  }

  @Test(
    "Is chosen by the system's locale",
    arguments: [
      (["LANG": "fr_CH.UTF-8"], .french), (["LANG": "C.UTF-8"], nil), (["LANG": "POSIX"], nil), ([:], nil),
      (["LANG": "fr_FR", "LC_MESSAGES": "es_ES", "LC_ALL": ""], .spanish), (["LC_ALL": "C", "LANG": "fr"], nil),
      (["LANG": "sr_RS@latin"], nil), (["LANG": "ru_RU.KOI8-R@x"], .russian),
    ] as [([String: String], Language?)]
  )
  func environment(variables: [String: String], language: Language?) {
    #expect(Language(environment: variables) == language)
  }

  @Test("Has a tag that leads back to it", arguments: Language.allCases)
  func tags(language: Language) {
    #expect(Language(tag: language.tag) == language)
    #expect(!language.name.isEmpty)
  }

  @Test("Say a day with its weekday as their readers do")
  func days() throws {
    let day = try #require(LocalDate("2024-05-27"))
    #expect(Phrasebook.of(.english).day(day) == "Monday 27 May" && Phrasebook.of(.english).weekday(day) == "Mon")
    #expect(Phrasebook.of(.french).day(day) == "lundi 27 mai")
    #expect(Phrasebook.of(.russian).day(day) == "понедельник, 27 мая")
  }

  @Test("Order pairs of texts by the second where the first are the same")
  func pairs() {
    let names = [
      ("Lé", "Zoe"), ("Lee", "Bo"), ("Li", "Anna"), ("li", "Zoe"), ("Liang", "An"), ("Öberg", "A"), ("Zorn", "A"),
    ]
    let phrasebook = Phrasebook.of(.english)
    let sorted = names.reversed().sorted { phrasebook.precedes($0, $1) }
    #expect(sorted.map(\.0) == names.map(\.0) && sorted.map(\.1) == names.map(\.1))
  }
}
