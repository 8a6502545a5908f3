import LanyardDomain
import LanyardTexts
import Testing

@Suite("A group, role or track") struct TermTests {
  private static let terms: [Term] = [
    Term(id: "civil-society", labels: [.english: "Civil society", .french: "Société civile"]), "Government",
    Term(id: "academia", labels: [.russian: "Научные круги"]),
  ]

  private func event(_ event: String) throws -> Event {
    try #require(Programme.reading(ProgrammeText.make(event: event)).events.first).event
  }

  @Test("Is read as a text, which is its id, or as an id with labels by language") func reading() throws {
    let text = #"["Press", {"id": "ngo", "labels": {"fr": " Société civile", "en": "Civil society"}}, {"id": "x"}]"#
    let read = try event(#""guest_roles": \#(text), "tracks": \#(text), "reviewed_guest_roles": ["ngo"]"#)
    let labels: [Language: String] = [.french: "Société civile", .english: "Civil society"]
    #expect(read.guestRoles == ["Press", Term(id: "ngo", labels: labels), "x"])
    #expect(read.tracks == read.guestRoles && read.stakeholderGroups == ["UN", "Academia"])
    #expect(read.reviews(group: "UN", role: "ngo") && !read.reviews(group: "UN", role: "Press"))
  }

  @Test(
    "Is refused with its path where it is at fault",
    arguments: [
      (#"[{"labels": {}}]"#, "guest_roles[0].id", "missing"),
      (#"[{"id": " "}]"#, "guest_roles[0].id", "empty"),
      (#"[{"id": "a", "label": "A"}]"#, "guest_roles[0].label", "did you mean labels?"),
      (#"[{"id": "a", "labels": ["A"]}]"#, "guest_roles[0].labels", "a list"),
      (#"[{"id": "a", "labels": {"de": "A"}}]"#, "guest_roles[0].labels.de", "known are: ar, en"),
      (#"[{"id": "a", "labels": {"fr": ""}}]"#, "guest_roles[0].labels.fr", "empty"),
      (#"[{"id": "a", "labels": {"fr": 1}}]"#, "guest_roles[0].labels.fr", "a number"),
      (#"[{"id": "a", "labels": {"fr": "A", "fr": "B"}}]"#, "guest_roles[0].labels.fr", "twice"),
      (#"[{"id": "a", "labels": {"fr": "a\u202eb"}}]"#, "guest_roles[0].labels.fr", "U+202E"),
      (#"["a", {"id": "a"}]"#, "guest_roles[1]", "before"),
      (#"["Élus", {"id": "a", "labels": {"fr": "elus"}}]"#, "guest_roles[1].labels.fr", "\"Élus\""),
      (#"[{"id": "a", "labels": {"fr": "elus"}}, "Élus"]"#, "guest_roles[1]", "\"a\""),
      (
        #"[{"id": "a", "labels": {"fr": "X"}}, {"id": "b", "labels": {"en": "x"}}]"#, "guest_roles[1].labels.en",
        "call each otherwise"
      ),
      ("[7]", "guest_roles[0]", "an object with the keys id, labels"),
    ]
  )
  func faults(list: String, field: String, reason: String) {
    let found = violations { () throws(InvalidInput) in
      _ = try Programme.reading(ProgrammeText.make(event: #""guest_roles": \#(list)"#))
    }
    #expect(found.contains { $0.field == "events[0].\(field)" && $0.reason.contains(reason) }, "\(found)")
  }

  @Test("Keeps its number in another order, while it is withdrawn, and when it comes back") func numbers() {
    let first = ["A", "B", "C"].map { Term(id: $0) }.numbered()
    #expect(first.map(\.number) == [1, 2, 3])
    let second = ["C", "D", "A"].map { Term(id: $0) }.numbered(after: first)
    #expect(second.ids == ["C", "D", "A", "B"] && second.map(\.number) == [3, 4, 1, 2])
    #expect(second.choices.ids == ["C", "D", "A"] && second.last?.isWithdrawn == true)
    #expect(second.choices.numbered(after: second) == second)
    let third = [Term(id: "B", labels: [.french: "Bé"]), "E"].numbered(after: second)
    #expect(third.ids == ["B", "E", "C", "D", "A"] && third.map(\.number) == [2, 5, 3, 4, 1])
    #expect(third.choices.ids == ["B", "E"] && third[0].labels == [.french: "Bé"])
    #expect(third.term(numbered: 4)?.id == "D" && third.term(numbered: 6) == nil)
  }

  @Test(
    "Is meant by its id, or by a label in any language, without regard to case and accents",
    arguments: [
      ("civil-society", "civil-society"), ("Civil society", "civil-society"), ("SOCIETE CIVILE", "civil-society"),
      ("government", "Government"), ("научные круги", "academia"), ("Press", nil), ("", nil),
    ] as [(String, String?)]
  )
  func meaning(text: String, id: String?) {
    #expect(Self.terms.meant(by: text)?.id == id)
  }

  @Test("Is not meant where several may be, nor when it is withdrawn") func ambiguous() {
    let terms: [Term] = ["Press", "PRESS"]
    #expect(terms.meant(by: "press") == nil && terms.meant(by: "PRESS")?.id == "PRESS")
    #expect(["Other"].numbered(after: terms.numbered()).meant(by: "Press") == nil)
  }

  @Test("Is called in the reader's language, else the event's, else in English, else by what there is, else by its id")
  func label() {
    let (society, government, academia) = (Self.terms[0], Self.terms[1], Self.terms[2])
    #expect(society.name(in: .french, of: .english) == "Société civile")
    #expect(society.name(in: .chinese, of: .french) == "Société civile")
    #expect(society.name(in: .chinese, of: .arabic) == "Civil society")
    #expect(academia.name(in: .chinese, of: .arabic) == "Научные круги")
    #expect(
      government.name(in: .french, of: .french) == "Government" && government.label(in: .french, of: .french) == nil
    )
    let terms = EventTerms(
      groups: Self.terms,
      roles: [Term(id: "vip", labels: [.french: "Invité"])],
      language: .english
    )
    #expect(
      terms.names(["civil-society", "Government", "vip"], in: .french) == ["Société civile", "Government", "Invité"]
    )
    #expect(terms.groupLabel("gone", in: .french) == nil && EventTerms.none.names(["x"], in: .french) == ["x"])
  }

  @Test("Is kept by its id, whatever the form says, and faults name what people call it") func form() throws {
    var event = try event(#""language": "fr", "guest_roles": [{"id": "mp", "labels": {"fr": "Député", "en": "MP"}}]"#)
    event.stakeholderGroups = Self.terms.numbered()
    var form = RegistrationForm()
    (form.email, form.givenName, form.participation) = ("a@b.org", "Ann", .onsite)
    (form.stakeholderGroup, form.guestRole) = ("Société civile", "depute")
    let details = try form.validated(for: event)
    #expect(details.stakeholderGroup == "civil-society" && details.guestRole == "mp")
    (form.stakeholderGroup, form.guestRole) = ("", "King")
    let found = violations { () throws(InvalidInput) in _ = try form.validated(for: event) }
    #expect(
      found == [
        FieldViolation(
          field: "stakeholder_group",
          .noChoice(choices: ["Société civile", "Government", "Научные круги"])
        ),
        FieldViolation(field: "guest_role", .unknownChoice(choices: ["Député"])),
      ]
    )
  }
}

@Suite("A title") struct TitleTests {
  private func titles(_ title: String, language: String) throws -> (event: LocalizedText, session: LocalizedText) {
    let text = String(decoding: ProgrammeText.make(event: #""language": "\#(language)""#), as: UTF8.self)
      .replacing(#""title": "Forum""#, with: #""title": \#(title)"#).replacing(
        #""title": "T""#,
        with: #""title": \#(title)"#
      )
    let read = try #require(Programme.reading(Array(text.utf8)).events.first)
    return (read.event.title, try #require(read.sessions.first).title)
  }

  @Test("May be a text for all, or texts by language") func reading() throws {
    let plain = try titles(#""Forum""#, language: "fr")
    #expect(plain.event == "Forum" && plain.session == "Forum" && plain.event.text(in: .arabic) == "Forum")
    let several = try titles(#"{"ru": "Форум", "en": "Forum", "fr": "Le forum"}"#, language: "fr")
    #expect(several.event == several.session)
    #expect(several.event.text(in: .russian) == "Форум" && several.event.text(in: .chinese) == "Le forum")
    #expect(try titles(#"{"ru": "Форум", "en": "Forum"}"#, language: "fr").event.text(in: .chinese) == "Forum")
    #expect(try titles(#"{"ru": "Форум", "ar": "منتدى"}"#, language: "fr").event.text(in: .chinese) == "Форум")
  }

  @Test(
    "Is refused with its path where it is at fault",
    arguments: [
      ("{}", "title", "texts by language"), (#"{"en": ""}"#, "title.en", "empty"),
      (#"{"en": null}"#, "title.en", "missing"),
      (#"{"english": "Forum"}"#, "title.english", "known are: ar, en"), ("[]", "title", "a list"),
    ]
  )
  func faults(title: String, field: String, reason: String) {
    let found = violations { () throws(InvalidInput) in
      _ = try Programme.reading(ProgrammeText.replacing(#""title": "Forum""#, #""title": \#(title)"#))
    }
    #expect(found.contains { $0.field == "events[0].\(field)" && $0.reason.contains(reason) }, "\(found)")
  }
}
