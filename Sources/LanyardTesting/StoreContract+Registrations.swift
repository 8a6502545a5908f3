import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  package static let registrations: [StoreRule] = [
    StoreRule("capacity is a hard limit whatever arrives at once, and the rest waits in order") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 10))
      let results = await atOnce(40) { try await register(SampleData.person($0), store) }
      let states = try results.map { try $0.get().state }
      #expect(states.count { $0 == .confirmed } == 10)
      #expect(states.count { $0 == .waitlisted } == 30)
      #expect(try await store.event(forum).onsiteConfirmed == 10)
    },
    StoreRule("of many registrations of one e-mail address at once exactly one is made") { store in
      let results = await atOnce(20) { number in
        var form = SampleData.person(1)
        form.email = number.isMultiple(of: 2) ? "Same@Example.org" : "same@example.ORG"
        return try await register(form, store)
      }
      // Those that failed are looked at below.
      let made = results.compactMap { try? $0.get() }
      #expect(made.count == 1)
      let refusals = results.compactMap { result in
        if case .failure(let error) = result { error as? StoreError } else { nil }
      }
      #expect(refusals == Array(repeating: .alreadyRegistered, count: 19))
    },
    StoreRule("a place given back goes to the first who waits") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 1))
      let first = try await register(SampleData.person(1), store)
      let second = try await register(SampleData.person(2), store)
      let third = try await register(SampleData.person(3), store)
      #expect([first, second, third].map(\.state) == [.confirmed, .waitlisted, .waitlisted])
      _ = try await store.take(.test(now), .cancel, on: first.id, of: forum, etag: nil)
      #expect(try await store.registration(second.id, of: forum).state == .confirmed)
      #expect(try await store.registration(third.id, of: forum).state == .waitlisted)
      #expect(try await store.event(forum).onsiteConfirmed == 1)
    },
    StoreRule("more capacity moves those up who wait") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 1))
      for number in 1...4 { _ = try await register(SampleData.person(number), store) }
      _ = try await store.importProgramme(.test(), forum(capacity: 3))
      #expect(try await store.event(forum).onsiteConfirmed == 3)
    },
    StoreRule("all who wait move up where there is no limit any more, however many they are") { store in
      var programme = try forum(capacity: 1)
      _ = try await store.importProgramme(.test(), programme)
      let event = try await store.event(forum).event
      let rows = try (0..<231).map { try SampleData.person($0).validated(for: event) }
      let outcomes = try await store.importRegistrations(.test(now), rows, for: forum)
      #expect(outcomes.count { $0 == .imported(.waitlisted) } == 230)
      programme.events[0].event.onsiteCapacity = nil
      _ = try await store.importProgramme(.test(), programme)
      #expect(try await store.event(forum).onsiteConfirmed == 231)
    },
    StoreRule("remote participation takes no place") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 1))
      _ = try await register(SampleData.person(1), store)
      #expect(try await register(SampleData.person(2, participation: .remote), store).state == .confirmed)
    },
    StoreRule("a person may register again after cancelling") { store in
      let first = try await register(SampleData.person(1), store)
      _ = try await store.take(.test(now), .cancel, on: first.id, of: forum, etag: nil)
      let again = try await store.take(.test(now), .cancel, on: first.id, of: forum, etag: nil)
      #expect(again.state == .cancelled)
      #expect(try await register(SampleData.person(1), store).id != first.id)
    },
    StoreRule("a request sent again returns what it made, and its id cannot stand for another") { store in
      let details = try await details(SampleData.person(1), store)
      let request = RequestIdentity(id: .timeOrdered(at: now), fingerprint: 1)
      let first = try await store.register(.test(now), details, for: forum, request: request)
      #expect(try await store.register(.test(now), details, for: forum, request: request) == first)
      await #expect(throws: StoreError.requestIDReused) {
        try await store.register(
          .test(now),
          details,
          for: forum,
          request: RequestIdentity(id: request.id, fingerprint: 2)
        )
      }
    },
    StoreRule("a step is refused where the etag or the state does not fit") { store in
      let made = try await register(SampleData.person(1), store)
      await #expect(throws: StoreError.etagMismatch) {
        try await store.take(.test(now), .cancel, on: made.id, of: forum, etag: "\"9\"")
      }
      await #expect(throws: StoreError.stepRefused(RegistrationStepRefused(step: .reject, state: .confirmed))) {
        try await store.take(.test(now), .reject, on: made.id, of: forum, etag: made.etag)
      }
    },
    StoreRule("groups under review wait for a decision, and approval keeps the capacity") { store in
      var programme = try forum(capacity: 1)
      programme.events[0].event.reviewedStakeholderGroups = ["UN Agency"]
      _ = try await store.importProgramme(.test(), programme)
      let reviewed = try await register(SampleData.person(1, group: "UN Agency"), store)
      #expect(reviewed.state == .submitted)
      _ = try await register(SampleData.person(2), store)
      let approved = try await store.take(.test(now), .approve, on: reviewed.id, of: forum, etag: nil)
      #expect(approved.state == .waitlisted)
    },
    StoreRule("a list is narrowed by state, group, participation and words without case and accents") { store in
      var form = SampleData.person(1)
      (form.givenName, form.familyName, form.organisation) = ("Émilie", "Prévost", "الحدّاد")
      _ = try await register(form, store)
      _ = try await register(SampleData.person(2, group: "Academia"), store)
      _ = try await register(SampleData.person(3, participation: .remote), store)
      func count(_ change: (inout RegistrationFilter) -> Void) async throws -> Int {
        var filter = RegistrationFilter()
        change(&filter)
        let found = try await store.registrations(of: forum, matching: filter, PageRequest(size: 10))
        #expect(found.page.items.count == found.total)
        return found.total
      }
      #expect(try await count { $0.words = ["EMILIE", "prevost"] } == 1)
      #expect(try await count { $0.words = ["الحداد"] } == 1)
      for sign in ["%", "_", "!", "\\"] { #expect(try await count { $0.words = [sign] } == 0) }
      #expect(try await count { $0.group = "Academia" } == 1)
      #expect(try await count { $0.participation = .remote } == 1)
      #expect(try await count { $0.state = .cancelled } == 0)
      #expect(try await count { $0.state = .confirmed } == 3)
    },
  ]

  static let imports: [StoreRule] = [
    StoreRule("the 4,500 registrations of the sample import, and importing again changes nothing") { store in
      let event = try await store.event(forum).event
      let rows = try RegistrationTable.rows(csv: SampleData.bytes("participants.csv"))
        .map { try $0.content.get().validated(for: event) }
      let outcomes = try await store.importRegistrations(.test(now), rows, for: forum)
      #expect(outcomes.count { $0 == .imported(.confirmed) } == 4500)
      let again = try await store.importRegistrations(.test(now), rows, for: forum)
      #expect(again.allSatisfy { $0 == .unchanged })
      #expect(try await store.event(forum).onsiteConfirmed == 3000)
    },
    StoreRule("a preview of an import says what the import would come to, over several parts, and changes nothing") {
      store in
      var forms = (1...4).map { SampleData.person($0) }
      forms[1].participation = .remote
      var rows: [RegistrationDetails] = []
      for form in forms { rows.append(try await details(form, store)) }
      _ = try await store.importRegistrations(.test(now), [rows[3]], for: forum)
      var programme = try SampleData.programme()
      for index in programme.events.indices { programme.events[index].event.onsiteCapacity = 2 }
      _ = try await store.importProgramme(.test(now), programme)
      let first = try await store.previewImport(
        of: [ImportRow(rows[0]), ImportRow(rows[1])],
        for: forum,
        after: nil,
        updating: false,
        at: now
      )
      #expect(first.outcomes == [.imported(.confirmed), .imported(.confirmed)])
      let second = try await store.previewImport(
        of: [ImportRow(rows[2]), ImportRow(rows[3])],
        for: forum,
        after: first.left,
        updating: false,
        at: now
      )
      #expect(second.outcomes == [.imported(.waitlisted), .unchanged])
      #expect(try await store.event(forum).onsiteConfirmed == 1)
      let outcomes = try await store.importRegistrations(.test(now), rows, for: forum)
      #expect(outcomes == first.outcomes + second.outcomes)
    },
    StoreRule("an import brings nobody back whose registration has ended") { store in
      let made = try await register(SampleData.person(1), store)
      _ = try await store.take(.test(now), .cancel, on: made.id, of: forum, etag: nil)
      let row = try await details(SampleData.person(1), store)
      #expect(try await store.importRegistrations(.test(now), [row], for: forum) == [.ended(.cancelled)])
      #expect(try await register(SampleData.person(1), store).state == .confirmed)
    },
    StoreRule("an imported row that corrects changes what it says, and a place that it gives back goes to who waits") {
      store in
      _ = try await store.importProgramme(.test(), forum(capacity: 1))
      let first = try await register(SampleData.person(1), store)
      let second = try await register(SampleData.person(2), store)
      _ = try await store.addSigningKey(.test(), .test(now))
      _ = try await store.issue(.test(now), [draft(for: first, code: "CODE1")], of: forum)
      var form = SampleData.person(1)
      (form.familyName, form.organisation, form.participation) = ("Corrected", "", .remote)
      let row = ImportRow(try await details(form, store), saying: [.person(.familyName), .participation])
      let preview = try await store.previewImport(of: [row], for: forum, after: nil, updating: true, at: now)
      #expect(try await store.registration(first.id, of: forum) == first)
      let outcomes = try await store.importRegistrations(.test(now), [row], for: forum, updating: true)
      #expect(outcomes == preview.outcomes)
      guard case .updated(let update)? = outcomes.first else {
        Issue.record("not changed")
        return
      }
      #expect(update.movedUp == 1 && update.reachesBadge)
      let changed = try await store.registration(first.id, of: forum)
      #expect(changed.details.familyName == "Corrected" && changed.details.organisation == first.details.organisation)
      #expect(changed.state == .confirmed && changed.revision > first.revision)
      #expect(try await store.registration(second.id, of: forum).state == .confirmed)
      let again = try await store.importRegistrations(.test(now), [row], for: forum, updating: true)
      #expect(again == [.unchanged])
      // Who has no badge, or of whose badge nothing is shown otherwise.
      for (number, field) in [(2, PersonField.familyName), (1, .position)] {
        var other = SampleData.person(number)
        other.person[field] = "Other"
        let row = ImportRow(try await details(other, store), saying: [.person(field)])
        let found = try await store.importRegistrations(.test(now), [row], for: forum, updating: true)
        guard case .updated(let update)? = found.first else {
          Issue.record("not changed: \(found)")
          return
        }
        #expect(!update.reachesBadge)
      }
      let entries = try await store.auditEntries(AuditFilter(event: forum), PageRequest(size: 1000)).items
      #expect(entries.count { $0.name == "registration.updated" } == 3)
    },
    StoreRule("a preview moves up whom the import moves up, over several parts, and neither overtakes who waits") {
      store in
      /// Where each person is then, and who came up.
      func results(_ outcomes: [ImportOutcome]) -> [String] {
        outcomes.map { outcome in
          guard case .updated(let update) = outcome else { return "\(outcome)" }
          return "\(update.registration.state) \(update.state) \(update.movedUp)"
        }
      }
      for isOn in [true, false] {
        // Where nobody moves up by themselves, places stay free beside the one who waits since the first turn.
        var programme = try forum(capacity: isOn ? 2 : 4)
        programme.events[0].event.movingUp = MovingUp(isOn: isOn)
        _ = try await store.importProgramme(.test(), programme)
        let people = (0..<6).map { SampleData.person($0 + (isOn ? 1 : 101)) }
        var states: [RegistrationState] = []
        for person in people.prefix(5) { states.append(try await register(person, store).state) }
        #expect(states.map { $0 == .waitlisted } == (0..<5).map { !isOn || $0 > 1 })
        #expect(try await store.event(forum).onsiteConfirmed == 2)
        // The first two give their places back, where they have one; the third goes on remotely; the last is new.
        var rows: [ImportRow] = []
        for number in [0, 2, 1, 5] {
          var form = people[number]
          if number < 5 { form.participation = .remote }
          rows.append(ImportRow(try await details(form, store)))
        }
        let one = try await store.previewImport(of: Array(rows[..<2]), for: forum, after: nil, updating: true, at: now)
        let two = try await store.previewImport(
          of: Array(rows[2...]),
          for: forum,
          after: one.left,
          updating: true,
          at: now
        )
        let outcomes = try await store.importRegistrations(.test(now), rows, for: forum, updating: true)
        #expect(results(outcomes) == results(one.outcomes + two.outcomes))
        let changed = isOn ? "confirmed confirmed 1" : "waitlisted confirmed 0"
        #expect(results(outcomes).prefix(3) == [changed, changed, changed] && outcomes[3] == .imported(.waitlisted))
      }
    },
    StoreRule("a preview counts those who would move up of its own rows, behind who waits on record") { store in
      func moved(_ outcomes: [ImportOutcome]) -> [Int?] {
        outcomes.map { if case .updated(let update) = $0 { update.movedUp } else { nil } }
      }
      _ = try await store.importProgramme(.test(), forum(capacity: 2))
      // The first two have the places, the third waits on record; the fourth and the fifth wait by the file.
      for number in 1...3 { _ = try await register(SampleData.person(number), store) }
      var rows: [ImportRow] = []
      for (number, participation) in [(4, Participation.onsite), (5, .onsite), (1, .remote), (2, .remote)] {
        rows.append(ImportRow(try await details(SampleData.person(number, participation: participation), store)))
      }
      let one = try await store.previewImport(of: Array(rows[..<2]), for: forum, after: nil, updating: true, at: now)
      let two = try await store.previewImport(
        of: Array(rows[2...]),
        for: forum,
        after: one.left,
        updating: true,
        at: now
      )
      #expect(one.outcomes == [.imported(.waitlisted), .imported(.waitlisted)])
      #expect(moved(two.outcomes) == [1, 1])
      let outcomes = try await store.importRegistrations(.test(now), rows, for: forum, updating: true)
      #expect(moved(outcomes) == [nil, nil, 1, 1])
      let confirmed = try await store.registrations(
        of: forum,
        matching: RegistrationFilter(),
        PageRequest(size: 10)
      ).page.items.filter {
        $0.state == .confirmed && $0.details.participation == .onsite
      }
      #expect(confirmed.map(\.details.email) == ["person3@example.org", "person4@example.org"])
    },
    StoreRule("the countries of an event are those of its people, each once, in order") { store in
      #expect(try await store.countries(of: forum).isEmpty)
      var people: [Registration] = []
      for (number, country) in ["KE", "CH", "", "KE", "BR"].enumerated() {
        var form = SampleData.person(number)
        form.person.country = country
        people.append(try await register(form, store))
      }
      #expect(try await store.countries(of: forum) == ["BR", "CH", "KE"])
      _ = try await store.erase(.test(), people[4].id, of: forum, etag: nil)
      #expect(try await store.countries(of: forum) == ["CH", "KE"])
      #expect(try await store.countries(of: SampleData.slugs[0]).isEmpty)
    },
    StoreRule("the organisations of an event are those of its people, those of the most people first") { store in
      #expect(try await store.organisations(of: forum, limit: 9).isEmpty)
      for (number, organisation) in ["WHO", "ITU", "", "UNESCO", "WHO"].enumerated() {
        var form = SampleData.person(number)
        form.person.organisation = organisation
        _ = try await register(form, store)
      }
      #expect(try await store.organisations(of: forum, limit: 9) == ["WHO", "ITU", "UNESCO"])
      #expect(try await store.organisations(of: forum, limit: 1) == ["WHO"])
    },
    StoreRule("people are found by whole words of their names, and by none of an organisation or an address") { store in
      for (number, name) in ["Ada", "Adalbert", "Jean-Pierre", "Müller", "WHO"].enumerated() {
        var form = SampleData.person(number)
        (form.givenName, form.familyName, form.organisation) = (name, "", "Ada WHO")
        form.email = "mueller.ada\(number)@example.org"
        _ = try await register(form, store)
      }
      func found(_ text: String) async throws -> [String] {
        var filter = RegistrationFilter()
        filter.nameWords = SearchText.namingWords(of: text)
        return try await store.registrations(of: forum, matching: filter, PageRequest(size: 10)).page.items.map {
          $0.details.givenName
        }
      }
      for (text, names) in [
        ("ada", ["Ada"]), ("ADALBERT", ["Adalbert"]), ("pierre jean", ["Jean-Pierre"]), ("jeanpierre", ["Jean-Pierre"]),
        ("mueller", ["Müller"]), ("who", ["WHO"]), ("ad", []), ("example", []), ("a%a", []),
      ] {
        #expect(try await found(text) == names, "\(text)")
      }
    },
    StoreRule("an imported row that differs from the live registration says in which field") { store in
      var form = SampleData.person(1)
      let first = try await details(form, store)
      form.email = form.email.uppercased()
      form.position = "Minister"
      let second = try await details(form, store)
      let outcomes = try await store.importRegistrations(.test(now), [first, second, first], for: forum)
      #expect(outcomes == [.imported(.confirmed), .differs(field: "position"), .unchanged])
    },
  ]
}
