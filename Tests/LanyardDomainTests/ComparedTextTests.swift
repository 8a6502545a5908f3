import LanyardTesting
import Testing

@testable import LanyardDomain

@Suite("Domains and names as they are compared and seen")
struct ComparedTextTests {
  @Test(
    "Labels become the letters of RFC 3492, section 7.1",
    arguments: [
      ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
      ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
      ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
      ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
      ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
      ("यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd"),
      ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
      ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
      ("PorquénopuedensimplementehablarenEspañol", "PorqunopuedensimplementehablarenEspaol-fmd56a"),
      ("TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"),
      ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
      ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
      ("Hello-Another-Way-それぞれの場所", "Hello-Another-Way--fc4qua05auwb3674vfr0b"),
      ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"),
      ("MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e"),
      ("パフィーdeルンバ", "de-jg4avhby1noc0d"),
      ("そのスピードで", "d9juau41awczczp"),
      ("-> $1.00 <-", "-> $1.00 <--"),
    ]
  )
  func punycode(label: String, letters: String) {
    #expect(Punycode.encoded(Array(label.unicodeScalars)) == letters)
  }

  @Test("A label that no domain can have has no letters")
  func tooLong() {
    #expect(Punycode.encoded(Array(String(repeating: "ü", count: 64).unicodeScalars)) == nil)
  }

  @Test(
    "Domains are compared in ASCII, whatever way they are written in, and what stands before them without case alone"
  )
  func keys() {
    let key = "a@xn--mnchen-3ya.example"
    for address in [
      "a@münchen.example", "A@MÜNCHEN.Example", "a@XN--MNCHEN-3YA.example", "a@mu\u{308}nchen.example",
      "a@ｍünchen.example",
      "a@münchen\u{3002}example",
    ] {
      #expect(EmailAddress.key(address) == key, "\(address)")
    }
    #expect(EmailAddress.key("a@例え.テスト") == "a@xn--r8jz45g.xn--zckzah")
    #expect(EmailAddress.key("Ü@münchen.example") == "ü@xn--mnchen-3ya.example")
    #expect(EmailAddress.key("a@munchen.example") != key)
    #expect(EmailAddress.key("without") == "without")
  }

  @Test(
    "A name of what nobody sees is refused, alone and beside another",
    arguments: [
      "\u{3164}", "\u{2060}", "\u{AD}", "\u{2800}", "\u{200B}\u{115F}", "\u{FFA0}", "\u{1D159}", "\u{301}",
      "\u{2800} \u{3164}",
    ]
  )
  func invisible(name: String) throws {
    let event = Event(
      slug: "forum",
      title: "Forum",
      startDate: day("2024-05-27"),
      endDate: day("2024-05-31"),
      timeZone: "Europe/Zurich"
    )
    var open = event
    open.stakeholderGroups = ["Academia"]
    for family in ["", "Wu"] {
      var form = RegistrationForm()
      (form.email, form.givenName, form.familyName) = ("a@b.org", name, family)
      (form.stakeholderGroup, form.participation) = ("Academia", .onsite)
      let fault = FieldViolation(field: "given_name", .invisibleName)
      #expect(throws: InvalidInput([fault])) { try form.validated(for: open) }
    }
  }

  @Test(
    "A name of any script is seen, with joiners and marks in it",
    arguments: ["Zoë", "نور", "王", "क्‍ष", "O’Neil", "X", "7", "★", "ㅎ"]
  )
  func visible(name: String) { #expect(DisplayName.fault(of: name) == nil) }

  @Test(
    "Zones are named as the IANA database does",
    arguments: [
      ("Europe/Zurich", true), ("UTC", true), ("Etc/GMT+2", true), ("EST", true), ("Asia/Calcutta", true),
      ("PST", false),
      ("GMT+2", false), ("UTC+2", false), ("IST", false), ("BST", false), ("CEST", false), ("SystemV/PST8", false),
      ("Mars/Olympus", false), ("europe/zurich", false), ("", false),
    ]
  )
  func zones(name: String, isName: Bool) { #expect((ZoneID(iana: name) != nil) == isName) }
}
