import LanyardTesting
import Testing

@testable import LanyardDomain

/// A forum with a question of each kind, some asked of some alone.
private let forum: Event = {
  var event = RegistrationFixture.forum
  func ask(_ id: String, _ kind: QuestionKind, _ edit: (inout EventQuestion) -> Void = { _ in }) {
    var question = EventQuestion(id: id, kind: kind, labels: [.english: "\(id)?"])
    question.position = event.questions.count
    edit(&question)
    event.questions.append(question)
  }
  ask("hope", .text) { $0.isRequired = true }
  ask("story", .longText)
  ask("dinner", .choice) {
    $0.choices = [
      QuestionChoice(id: "fish", labels: [.english: "Grilled fish", .french: "Poisson grillé"], places: 2),
      QuestionChoice(id: "none"), QuestionChoice(id: "meat", isWithdrawn: true),
    ]
  }
  ask("topics", .choices) { $0.choices = ["ai", "access", "data"].map { QuestionChoice(id: $0) } }
  ask("nights", .number)
  ask("arrival", .date)
  ask("visa", .yesNo) { $0.condition.participations = [.onsite] }
  ask("passport", .text) {
    $0.isRequired = true
    $0.condition.answers = [.init(question: "visa", values: ["yes"])]
  }
  ask("convoy", .yesNo) { ($0.condition.groups, $0.condition.roles) = (["UN Agency"], ["Minister"]) }
  ask("terms", .consent) { $0.isRequired = true }
  ask("old", .text) { $0.isWithdrawn = true }
  return event
}()

@Suite("An answer to an event's own question")
struct QuestionTests {
  private static func form(_ answers: [String: String], _ participation: Participation = .onsite) -> RegistrationForm {
    var form = SampleData.person(1, participation: participation)
    form.answers.own = ["hope": "peace", "terms": "yes"].merging(answers) { $1 }
    return form
  }

  private static func answers(_ answers: [String: String], _ way: Participation = .onsite) throws -> [String: String] {
    try form(answers, way).validated(for: forum).answers.own
  }

  private static func faults(_ answers: [String: String], _ way: Participation = .onsite) -> [FieldViolation] {
    violations { () throws(InvalidInput) in _ = try form(answers, way).validated(for: forum) }
  }

  @Test(
    "Is kept in one form, however it is written",
    arguments: [
      ("hope", " un café ", "un café"), ("hope", "cafe\u{301}", "café"),
      ("story", "\n one\r\ntwo \u{2028}three\n\n", "one\ntwo\nthree"),
      ("dinner", "fish", "fish"), ("dinner", "POISSON GRILLE", "fish"), ("dinner", "Grilled fish", "fish"),
      ("topics", "data ai", "ai data"), ("topics", "Data; access", "access data"), ("topics", "access", "access"),
      ("nights", "+007.50", "7.5"), ("nights", "-0", "0"), ("nights", "12", "12"),
      ("arrival", "2024-05-26", "2024-05-26"), ("visa", "No", "no"), ("terms", "TRUE", "yes"),
    ]
  )
  func forms(_ question: String, _ text: String, _ answer: String) throws {
    #expect(try Self.answers([question: text])[question] == answer)
  }

  @Test(
    "Is refused by the name of its field",
    arguments: [
      ("hope", "", QuestionFault.unanswered), ("terms", "", .consentNeeded), ("terms", "no", .consentNeeded),
      ("nights", "two", .noNumber), ("nights", "1e3", .noNumber), ("nights", "1.", .noNumber),
      ("nights", "1234567890123456", .noNumber),
    ]
  )
  func refused(_ question: String, _ text: String, _ fault: QuestionFault) {
    #expect(Self.faults([question: text]) == [FieldViolation(field: "answers.\(question)", .question(fault))])
  }

  @Test("Is refused where it is too long, hidden, of no choice, no date, or to no question")
  func others() {
    #expect(Self.faults(["hope": String(repeating: "é", count: 501)]).map(\.fault) == [.tooLong(limit: 500)])
    #expect(Self.faults(["story": String(repeating: "é\n", count: 2501)]).map(\.fault) == [.tooLong(limit: 5000)])
    #expect(Self.faults(["story": "a\u{202E}"]).map(\.field) == ["answers.story"])
    let choices = Fault.unknownChoice(choices: ["Grilled fish", "none"])
    for text in ["soup", "fish none", "meat"] { #expect(Self.faults(["dinner": text]).map(\.fault) == [choices]) }
    #expect(Self.faults(["topics": "ai, law"]).map(\.field) == ["answers.topics"])
    #expect(Self.faults(["arrival": "2024-02-30"]).map(\.fault) == [.noDate])
    #expect(Self.faults(["visa": "maybe"]).map(\.fault) == [.table(.noYesOrNo)])
    let unknown = Self.faults(["Hats": "two"])
    #expect(unknown.map(\.field) == ["answers.Hats"] && unknown.count == 1)
  }

  @Test("Is dropped where the question is not asked of the person, and required where it is")
  func conditions() throws {
    #expect(try Self.answers(["visa": "no", "passport": "X1"])["passport"] == nil)
    #expect(try Self.answers(["visa": "yes", "passport": "X1"])["passport"] == "X1")
    #expect(Self.faults(["visa": "yes"]).map(\.field) == ["answers.passport"])
    // What is asked by an answer that is dropped itself is not asked.
    let remote = try Self.answers(["visa": "yes", "passport": "X1"], .remote)
    #expect(remote == ["hope": "peace", "terms": "yes"])
    #expect(try Self.answers(["convoy": "yes", "old": "x"]) == ["hope": "peace", "terms": "yes"])
    var minister = Self.form(["convoy": "yes"])
    minister.guestRole = "Minister"
    #expect(try minister.validated(for: forum).answers.own["convoy"] == "yes")
  }

  private static func change(
    _ fields: [RegistrationField],
    of own: [String: String],
    isOwn: Bool = false,
    _ edit: (inout RegistrationForm) -> Void
  ) throws -> [String: String] {
    var details = try Self.form([:]).validated(for: forum)
    details.answers.own = own
    var form = RegistrationForm()
    edit(&form)
    return try RegistrationChange(of: fields, form, for: forum).applied(to: details, isOwn: isOwn).answers.own
  }

  @Test("Is changed by itself; what is asked no more of the person goes, and of nobody stays")
  func changes() throws {
    let before = ["hope": "peace", "terms": "yes", "visa": "yes", "passport": "X1", "dinner": "meat", "old": "x"]
    let nights = try Self.change([.ownAnswer("nights")], of: before) { $0.answers.own = ["nights": "3"] }
    #expect(nights == before.merging(["nights": "3"]) { $1 })
    let remote = try Self.change([.participation], of: before) { $0.participation = .remote }
    #expect(remote == ["hope": "peace", "terms": "yes", "dinner": "meat", "old": "x"])
    let none = try Self.change([.ownAnswer("old"), .ownAnswer("dinner")], of: before) {
      $0.answers.own = ["dinner": "meat"]
    }
    #expect(none == before)
    #expect(throws: InvalidInput(field: "answers.hope", .question(.unanswered))) {
      try Self.change([.ownAnswer("hope")], of: before) { _ in }
    }
    #expect(throws: InvalidInput.self) {
      try Self.change([.ownAnswer("dinner")], of: ["hope": "peace"]) { $0.answers.own = ["dinner": "meat"] }
    }
  }

  @Test("Is asked of a person who comes to be asked by their own change, and not by an organiser's")
  func newlyAsked() throws {
    let visa = { (form: inout RegistrationForm) in form.answers.own = ["visa": "yes"] }
    #expect(throws: InvalidInput(field: "answers.passport", .question(.unanswered))) {
      try Self.change([.ownAnswer("visa")], of: ["hope": "peace"], isOwn: true, visa)
    }
    #expect(try Self.change([.ownAnswer("visa")], of: ["hope": "peace"], visa)["visa"] == "yes")
    // What they were asked before and left out keeps nobody from another change.
    let hopeless = try Self.change([.ownAnswer("nights")], of: [:], isOwn: true) { $0.answers.own = ["nights": "1"] }
    #expect(hopeless == ["nights": "1"])
  }

  @Test("Has a column of its own, which imports read and exports write")
  func columns() throws {
    let rows = try RegistrationTable.rows(
      csv: Array(
        "email,family_name,stakeholder_group,participation,answer:nights\na@b.example,A,Government,onsite,2\n".utf8
      )
    )
    #expect(try rows[0].content.get().answers.own == ["nights": "2"] && rows[0].said.last == .ownAnswer("nights"))
    #expect(RegistrationTable.exportedColumns(forum.questions).contains("answer:nights"))
    let row = ImportRow(
      try rows[0].content.get().validated(for: forum, isRow: true),
      saying: rows[0].said,
      forum.questions
    )
    #expect(try row.newDetails().answers.own == ["nights": "2"])
  }

  @Test("Takes a place of its choice, which is never given twice", arguments: 1...20 as ClosedRange<UInt64>)
  func places(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (fish, wine) = (
      ChoicePlaces.Choice(question: "dinner", id: "fish"), ChoicePlaces.Choice(question: "topics", id: "ai")
    )
    var fold = RegistrationFold(
      review: forum.review,
      places: Places(capacity: 5, taken: 0),
      choices: ChoicePlaces(limits: [fish: 2, wine: 3])
    )
    var people: [Registration] = []
    for number in 0..<200 {
      let before = fold.choices
      do throws(RegistrationRefused) {
        if people.isEmpty || Bool.random(using: &random) {
          var details = RegistrationFixture.details(number)
          details.answers.own =
            [["dinner": "fish"], ["topics": "access ai"], ["dinner": "none"]].randomElement(using: &random) ?? [:]
          guard case .made(let state) = try fold.register(details, request: nil, earlier: nil, last: nil) else {
            continue
          }
          people.append(RegistrationFixture.registration(details, state))
        } else {
          let index = Int.random(in: people.indices, using: &random)
          let step: RegistrationStep = [.cancel, .restore, .moveUp].randomElement(using: &random) ?? .cancel
          people[index].state = try fold.take(step, on: people[index], etag: nil)
        }
      } catch {
        #expect(fold.choices == before, "\(error)")
      }
      let live = people.filter(\.state.isLive)
      let counted = live.count { $0.details.answers.own["dinner"] == "fish" }
      #expect(fold.choices.taken[fish, default: 0] == counted && counted <= 2)
      #expect(fold.choices.taken[wine, default: 0] == live.count { $0.details.answers.own["topics"] != nil })
    }
  }

  @Test("Loses a choice that filled up before its address was confirmed, and nothing else")
  func confirmed() throws {
    let fish = ChoicePlaces.Choice(question: "dinner", id: "fish")
    var fold = RegistrationFold(
      review: forum.review,
      places: Places(capacity: nil, taken: 0),
      choices: ChoicePlaces(limits: [fish: 0])
    )
    var details = RegistrationFixture.details()
    details.answers.own = ["dinner": "fish", "nights": "2"]
    let verified = try fold.verify(details, last: nil)
    #expect(verified.details.answers.own == ["nights": "2"] && verified.state == .confirmed)
  }
}

@Suite("A question of an event")
struct QuestionDefinitionTests {
  private static func questions(_ text: String) throws -> [EventQuestion]? {
    try Programme.reading(ProgrammeText.make(event: "\"questions\": \(text)")).events[0].questions
  }

  @Test("Is read from a programme, which says nothing of questions where it has none")
  func read() throws {
    #expect(try Programme.reading(ProgrammeText.make()).events[0].questions == nil)
    let read = try #require(
      try Self.questions(
        #"""
        [{"id": "dinner", "kind": "choice", "labels": {"en": "Dinner?", "fr": "Dîner ?"}, "required": true,
          "choices": ["none", {"id": "fish", "labels": "Fish", "places": 40}], "retention_days": 30},
         {"id": "allergies", "kind": "long-text", "labels": "Allergies?", "help": "Only what the kitchen must know.",
          "shown_for": {"stakeholder_groups": ["UN"], "participation": ["onsite"],
            "answers": [{"question": "dinner", "values": ["fish"]}]}}]
        """#
      )
    )
    #expect(read.map(\.id) == ["dinner", "allergies"] && read.map(\.position) == [0, 1])
    #expect(read[0].isRequired && read[0].retentionDays == 30 && read[0].choices.map(\.places) == [nil, 40])
    #expect(
      read[0].label(in: .french, of: .english) == "Dîner ?"
        && read[1].help == [.english: "Only what the kitchen must know."]
    )
    #expect(read[1].condition.groups == ["UN"] && read[1].condition.answers[0].values == ["fish"])
  }

  @Test(
    "Is refused by the path of what is wrong with it",
    arguments: [
      (#"[{"id": "Dinner", "kind": "text", "labels": "D"}]"#, "questions[0].id"),
      (#"[{"id": "d", "kind": "poem", "labels": "D"}]"#, "questions[0].kind"),
      (#"[{"id": "d", "kind": "text"}]"#, "questions[0].labels"),
      (#"[{"id": "d", "kind": "choice", "labels": "D"}]"#, "questions[0].choices"),
      (#"[{"id": "d", "kind": "text", "labels": "D", "choices": ["a"]}]"#, "questions[0].choices"),
      (#"[{"id": "d", "kind": "choice", "labels": "D", "choices": ["a", "a"]}]"#, "questions[0].choices[1]"),
      (#"[{"id": "d", "kind": "text", "labels": "D", "retention_days": -1}]"#, "questions[0].retention_days"),
      (#"[{"id": "d", "kind": "text", "labels": "D"}, {"id": "d", "kind": "text", "labels": "D"}]"#, "questions[1].id"),
      (
        #"[{"id": "d", "kind": "text", "labels": "D", "shown_for": {"stakeholder_groups": ["X"]}}]"#,
        "questions[0].shown_for.stakeholder_groups"
      ),
      (
        #"[{"id": "d", "kind": "text", "labels": "D", "shown_for": {"answers": [{"question": "e", "values": ["a"]}]}}]"#,
        "questions[0].shown_for.answers"
      ),
    ]
  )
  func refused(_ text: String, _ field: String) {
    let found = violations { () throws(InvalidInput) in
      do { _ = try Self.questions(text) } catch let error as InvalidInput { throw error } catch {}
    }
    #expect(found.map(\.field).contains("events[0].\(field)"), "\(found)")
  }

  @Test("Keeps its kind once somebody has answered, and choices that were taken out for who has them")
  func steps() throws {
    let dinner = try #require(forum.questions.question("dinner"))
    var fewer = dinner
    fewer.choices = [QuestionChoice(id: "none")]
    let steps = try QuestionStep.steps(to: [fewer], from: [dinner], answered: ["dinner": 3]) { "questions[\($0)]" }
    #expect(steps.first?.question.choices.filter(\.isWithdrawn).map(\.id) == ["fish", "meat"] && steps.count == 1)
    var other = dinner
    (other.kind, other.choices) = (.text, [])
    #expect(throws: InvalidInput(field: "questions[0].kind", .question(.answered))) {
      try QuestionStep.steps(to: [other], from: [dinner], answered: ["dinner": 1]) { "questions[\($0)]" }
    }
    #expect(try QuestionStep.steps(to: [other], from: [dinner], answered: [:]) { "questions[\($0)]" }.count == 1)
    #expect(try QuestionStep.steps(to: [], from: [dinner], answered: [:]) { "questions[\($0)]" } == [.withdraw(dinner)])
  }

  @Test("Is not taken away, nor changed to another kind, while another goes by its answers")
  func followed() throws {
    #expect(throws: InvalidInput(field: "name", .question(.goneBy(question: "passport")))) {
      try forum.withoutQuestion("visa")
    }
    let text = EventQuestion(id: "visa", kind: .text, labels: [:])
    #expect(throws: InvalidInput(field: "question", .question(.goneBy(question: "passport")))) {
      try forum.changing("visa", by: QuestionChange(of: [.kind], text))
    }
    #expect(throws: InvalidInput(field: "question_id", .question(.taken))) {
      try forum.asking(EventQuestion(id: "visa", kind: .text, labels: [.english: "Again?"]))
    }
    #expect(try forum.asking(EventQuestion(id: "new", kind: .text, labels: [.english: "New?"])).last?.position == 10)
  }
}
