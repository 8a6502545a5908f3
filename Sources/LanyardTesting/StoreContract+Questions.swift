import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  private static func question(
    _ id: String,
    _ kind: QuestionKind,
    _ edit: (inout EventQuestion) -> Void = { _ in }
  ) -> EventQuestion {
    var question = EventQuestion(id: id, kind: kind, labels: [.english: "\(id)?"])
    edit(&question)
    return question
  }

  /// A dinner with so many places for fish.
  private static func dinner(places: Int?) -> EventQuestion {
    question("dinner", .choices) {
      $0.choices = [QuestionChoice(id: "fish", places: places), QuestionChoice(id: "wine")]
    }
  }

  private static func register(
    _ number: Int,
    _ answers: [String: String],
    _ store: any Store
  ) async throws -> Registration {
    var form = SampleData.person(number)
    form.answers.own = answers
    return try await register(form, store)
  }

  private static func taken(_ store: any Store) async throws -> Int? {
    try await store.event(forum).taken[ChoicePlaces.Choice(question: "dinner", id: "fish")]
  }

  static let questions: [StoreRule] = [
    StoreRule("questions are asked, changed and asked no more, and an import says what is asked") { store in
      _ = try await store.ask(.test(now), question("hope", .text), of: forum)
      var visa = question("visa", .yesNo) { $0.condition.participations = [.onsite] }
      visa = try await store.ask(.test(now), visa, of: forum).question
      #expect(try await store.event(forum).event.questions.map(\.id) == ["hope", "visa"] && visa.position == 1)
      let change = QuestionChange(of: [.required], question("hope", .date) { $0.isRequired = true })
      let changed = try await store.change(.test(now), "hope", of: forum, by: change).question
      #expect(changed.isRequired && changed.kind == .text)
      let etag = try await store.event(forum).etag
      _ = try await store.importProgramme(.test(), forum(capacity: 100))
      #expect(try await store.event(forum).event.questions.map(\.id) == ["hope", "visa"])
      var programme = try forum(capacity: 100)
      programme.events[0].questions = [visa]
      programme.events[0].questions?[0].position = 0
      _ = try await store.importProgramme(.test(), programme)
      #expect(try await store.event(forum).event.questions.map(\.id) == ["visa"])
      #expect(try await store.event(forum).etag != etag)
      #expect(try await store.importProgramme(.test(), programme).map(\.isChanged) == [false])
      try await store.withdraw(.test(now), "visa", of: forum)
      #expect(try await store.questions(of: forum) == [])
      await #expect(throws: StoreError.notFound(.question("visa", of: forum))) {
        try await store.withdraw(.test(now), "visa", of: forum)
      }
    },
    StoreRule("answers are kept, listed and changed with their registration, and erased with the person") { store in
      _ = try await store.ask(.test(now), question("hope", .text), of: forum)
      _ = try await store.ask(.test(now), question("nights", .number), of: forum)
      let made = try await register(1, ["hope": "peace", "nights": "02"], store)
      #expect(try await store.registration(made.id, of: forum).details.answers.own == ["hope": "peace", "nights": "2"])
      let listed = try await store.registrations(of: forum, matching: RegistrationFilter(), PageRequest(size: 5))
      #expect(listed.page.items == [made])
      var form = RegistrationForm()
      form.familyName = "Other"
      let event = try await store.event(forum).event
      let named = try RegistrationChange(of: [.person(.familyName), .ownAnswer("nights")], form, for: event)
      let changed = try await store.change(.test(now), made.id, of: forum, by: named, etag: nil, as: .organiser)
      #expect(changed.details.answers.own == ["hope": "peace"])
      try await store.withdraw(.test(now), "hope", of: forum)
      let old = try await store.questions(of: forum)
      #expect(old.map(\.question.id) == ["nights", "hope"] && old.map(\.question.isWithdrawn) == [false, true])
      #expect(try await store.registration(made.id, of: forum).details.answers.own == ["hope": "peace"])
      let erased = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      #expect(erased.details.answers == Answers())
      #expect(try await store.registration(made.id, of: forum).details.answers == Answers())
    },
    StoreRule("a choice has no more people than places, whatever arrives at once, and who goes gives theirs back") {
      store in
      _ = try await store.ask(.test(now), dinner(places: 5), of: forum)
      let made = await atOnce(20) { try await register($0 + 1, ["dinner": "fish wine"], store) }
      let full = InvalidInput(field: "answers.dinner", .question(.choiceFull(choice: "fish")))
      let refused = made.compactMap { result -> StoreError? in
        if case .failure(let error) = result { error as? StoreError } else { nil }
      }
      #expect(refused.count == 15 && refused.allSatisfy { $0 == .invalid(full) })
      #expect(try await taken(store) == 5)
      let people = made.compactMap { result -> Registration? in
        if case .success(let registration) = result { registration } else { nil }
      }
      _ = try await store.take(.test(now), .cancel, on: people[0].id, of: forum, etag: nil)
      _ = try await store.erase(.test(now), people[1].id, of: forum, etag: nil)
      #expect(try await taken(store) == 3)
      _ = try await register(31, ["dinner": "fish"], store)
      _ = try await register(32, ["dinner": "fish"], store)
      await #expect(throws: StoreError.invalid(full)) {
        try await store.take(.test(now), .restore, on: people[0].id, of: forum, etag: nil)
      }
      #expect(try await store.registration(people[0].id, of: forum).state == .cancelled)
    },
    StoreRule("places of a choice are counted anew when they change, and none is taken away") { store in
      _ = try await store.ask(.test(now), dinner(places: nil), of: forum)
      for number in 1...3 { _ = try await register(number, ["dinner": "fish"], store) }
      #expect(try await taken(store) == nil)
      for places in [2, 4] {
        let change = QuestionChange(of: [.choices], dinner(places: places))
        _ = try await store.change(.test(now), "dinner", of: forum, by: change)
        #expect(try await taken(store) == 3)
      }
      _ = try await register(4, ["dinner": "fish"], store)
      await #expect(throws: StoreError.self) { try await register(5, ["dinner": "fish"], store) }
      var row = try await details(SampleData.person(6), store)
      row.answers.own = ["dinner": "fish"]
      let event = try await store.event(forum).event
      let rows = [ImportRow(row, saying: [.ownAnswer("dinner")], event.questions)]
      let outcomes = try await store.importRegistrations(.test(now), rows, for: forum, updating: false)
      guard case .notUpdated(.invalid)? = outcomes.first else {
        Issue.record("an import gave a place that there is not")
        return
      }
    },
    StoreRule("all answers to a question are erased at once, its places are free again, and nobody is") { store in
      _ = try await store.ask(.test(now), dinner(places: 1), of: forum)
      _ = try await store.ask(.test(now), question("hope", .text), of: forum)
      let made = try await register(1, ["dinner": "fish", "hope": "peace"], store)
      #expect(try await store.forgetAnswers(.test(now), to: "dinner", of: forum) == 1)
      #expect(try await taken(store) == 0)
      #expect(try await store.registration(made.id, of: forum).details.answers.own == ["hope": "peace"])
      #expect(try await store.forgetAnswers(.test(now), to: "dinner", of: forum) == 0)
      #expect(try await store.knownRegistrations(of: forum, limit: 5) == [made.id])
      // What is asked no more is gone with its last answer.
      try await store.withdraw(.test(now), "hope", of: forum)
      #expect(try await store.forgetAnswers(.test(now), to: "hope", of: forum) == 1)
      #expect(try await store.questions(of: forum).map(\.question.id) == ["dinner"])
      _ = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      #expect(try await store.knownRegistrations(of: forum, limit: 5) == [])
    },
  ]
}
