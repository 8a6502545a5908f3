import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// Registers people with these names, given and family, in this order.
  private static func people(_ names: [(given: String, family: String)], _ store: any Store) async throws {
    let event = try await store.event(forum).event
    let rows = try names.enumerated().map { number, name in
      var form = SampleData.person(number)
      (form.givenName, form.familyName, form.organisation) = (name.given, name.family, "Org")
      form.email = "am\(number)@gmail.com"
      return try form.validated(for: event)
    }
    _ = try await store.importRegistrations(.test(now), rows, for: forum)
  }

  private static func names(_ words: String, _ store: any Store) async throws -> [String] {
    let words = SearchText.words(of: words)
    return try await store.attendees(of: forum, matching: words, at: now, PageRequest(size: 50)).page.items.map(
      \.attendee.displayName
    )
  }

  /// Everybody, as at a moment.
  private static func found(at moment: Instant, _ store: any Store) async throws -> [FoundAttendee] {
    try await store.attendees(of: forum, matching: ["organisation"], at: moment, PageRequest(size: 10)).page.items
  }

  static let attendees: [StoreRule] = [
    StoreRule("people are found by name among many whose e-mail address has the same letters") { store in
      try await people((1...510).map { ("No \($0)", "Body") } + [("Mai", "Nguyen")], store)
      #expect(try await names("Mai", store) == ["Mai Nguyen"])
      #expect(try await names("gmail", store).isEmpty)
      #expect(try await names("am", store).isEmpty)
    },
    StoreRule("two letters find everybody who has them, page after page, and nobody twice") { store in
      try await people((1...120).map { ($0.isMultiple(of: 2) ? "Amina" : "Liam", "Nº \($0)") }, store)
      var found: [FoundAttendee] = []
      var page = PageRequest(size: 50)
      repeat {
        let part = try await store.attendees(of: forum, matching: ["am"], at: now, page)
        #expect(part.total == 120)
        found += part.page.items
        page.after = part.page.next
      } while page.after != nil
      #expect(Set(found.map(\.attendee.registration)).count == 120 && found.count == 120)
      // Those whose name begins with it come first.
      #expect(found.prefix(60).allSatisfy { $0.attendee.displayName.hasPrefix("Amina") })
    },
    StoreRule("people are found in every script, without case and marks, by whole words, parts and initials") { store in
      let everyone = [
        ("Émilie", "Prévost"), ("明", "王"), ("प्रिया", "जोशी"), ("محمد", "الحدّاد"), ("O\"Neil", "d'Arc"), ("Ａｎｎａ", "Phạm"),
      ]
      try await people(everyone.map { (given: $0.0, family: $0.1) }, store)
      #expect(try await names("EMILIE prevost", store) == ["Émilie Prévost"])
      #expect(try await names("evos", store) == ["Émilie Prévost"])
      #expect(try await names("王 明", store) == ["王明"])
      #expect(try await names("王明", store) == ["王明"])
      #expect(try await names("जोश", store) == ["प्रिया जोशी"])
      #expect(try await names("الحداد", store) == ["محمد الحدّاد"])
      #expect(try await names("o\"ne", store) == ["O\"Neil d'Arc"])
      #expect(try await names("anna pham", store).count == 1)
      #expect(try await names("e p", store) == ["Émilie Prévost"])
      #expect(try await names("emilie x", store).isEmpty)
      #expect(try await names("\" OR \"a", store).isEmpty)
      #expect(try await names("an%", store).isEmpty)
      #expect(try await names("event : *", store).isEmpty)
    },
    StoreRule("people are found as others type their names, and by one letter that is a syllable") { store in
      let everyone = [
        ("小明", "王"), ("Søren", "Müller-Lüdenscheidt"), ("Sinéad", "O’Brien"), ("مح\u{200D}مد", "على"), ("さくら", "タナカ"),
      ]
      try await people(everyone.map { (given: $0.0, family: $0.1) }, store)
      for query in ["王", "明", "王小"] { #expect(try await names(query, store) == ["王小明"]) }
      for query in ["soren", "soeren mueller", "müllerlüdenscheidt", "muller ludenscheidt"] {
        #expect(try await names(query, store) == ["Søren Müller-Lüdenscheidt"])
      }
      for query in ["obrien", "O'Brien", "o`brien"] { #expect(try await names(query, store) == ["Sinéad O’Brien"]) }
      for query in ["محمد", "علي", "علی"] { #expect(try await names(query, store) == ["مح\u{200D}مد على"]) }
      for query in ["た", "ら", "サクラ"] { #expect(try await names(query, store).count == 1) }
      var filter = RegistrationFilter()
      filter.words = SearchText.words(of: "soeren, AM1@gmail")
      #expect(try await store.registrations(of: forum, matching: filter, PageRequest(size: 5)).total == 1)
    },
    StoreRule("names come before organisations, also where a word stands within one, and whole pages of them") {
      store in
      let event = try await store.event(forum).event
      let everyone = [("Joanna", "Body", "Org"), ("No", "Body", "Anna Institute"), ("Anna", "Body", "Org")]
      let rows = try everyone.enumerated().map { number, person in
        var form = SampleData.person(number)
        (form.givenName, form.familyName, form.organisation) = person
        return try form.validated(for: event)
      }
      _ = try await store.importRegistrations(.test(now), rows, for: forum)
      for words in ["anna", "an", "anna b"] {
        #expect(try await names(words, store) == ["Anna Body", "Joanna Body", "No Body"], "\(words)")
      }
      for words in ["institute", "stitu"] { #expect(try await names(words, store) == ["No Body"]) }
      // A single letter begins a word: it stands nowhere within.
      #expect(try await names("a", store) == ["Anna Body", "No Body"])
      #expect(try await names("o", store) == ["Joanna Body", "Anna Body"])
      var found: [String] = []
      var page = PageRequest(size: 1)
      repeat {
        let part = try await store.attendees(of: forum, matching: ["an"], at: now, page).page
        found += part.items.map(\.attendee.displayName)
        page.after = part.next
      } while page.after != nil
      #expect(found == ["Anna Body", "Joanna Body", "No Body"])
    },
    StoreRule("who is found comes with what tells them from others: country, state, and whether they are inside") {
      store in
      let holders = try await badgeHolders(3, store)
      #expect(try await admit([laneScan("CODE1")], store) == [.admitted])
      _ = try await store.take(.test(now), .cancel, on: holders[1].id, of: forum, etag: nil)
      let people = try await found(at: now, store)
      #expect(people.map(\.isInside) == [true, false, false])
      #expect(people.map(\.state) == [.confirmed, .cancelled, .confirmed])
      #expect(people.map(\.country) == holders.map(\.details.person.country))
      // Who did not scan out the day before is not inside today.
      #expect(try await found(at: now + .seconds(86_400), store).map(\.isInside) == [false, false, false])
    },
    StoreRule("who is found comes with the badge that counts, and is of the event") { store in
      let holders = try await badgeHolders(2, store)
      let badge = try await store.badges(of: forum, registration: holders[0].id, PageRequest(size: 1)).items[0]
      _ = try await store.revoke(.test(), badge.serial, of: forum)
      let found = try await store.attendees(of: forum, matching: ["organisation"], at: now, PageRequest(size: 10)).page
        .items
      #expect(found.map(\.attendee.registration) == holders.map(\.id))
      #expect(found[0].attendee.badge == nil)
      let other = try await store.badges(of: forum, registration: holders[1].id, PageRequest(size: 1)).items[0]
      #expect(found[1].attendee.badge == other.serial)
      #expect(
        try await store.attendees(of: "wsis20-ocp", matching: ["organisation"], at: now, PageRequest(size: 10)).total
          == 0
      )
    },
  ]
}
