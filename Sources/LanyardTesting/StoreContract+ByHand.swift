import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  static let byHand: [StoreRule] = [
    StoreRule("fields of a registration are changed, and lists and badges follow") { store in
      let made = try await badgeHolders(1, store)[0]
      let head = try await store.rosterHead(of: forum).cursor
      let changed = try await change(made, store, [.person(.familyName), .stakeholderGroup, .answer(.photoConsent)]) {
        ($0.familyName, $0.stakeholderGroup, $0.answers.photoConsent) = ("Prévost", "Academia", true)
      }
      #expect(changed.details.familyName == "Prévost" && changed.details.answers.photoConsent && changed.revision == 2)
      #expect(try await store.registration(made.id, of: forum) == changed)
      var filter = RegistrationFilter()
      (filter.words, filter.group) = (["prevost"], "Academia")
      #expect(try await store.registrations(of: forum, matching: filter, PageRequest(size: 5)).total == 1)
      let badge = try #require(try await store.rosterChanges(of: forum, since: head, upTo: nil)?.badges.first)
      #expect(badge.code == "CODE1" && badge.holder?.group == "Academia" && badge.displayName.contains("Prévost"))
      // The same again changes nothing.
      let again = try await change(changed, store, [.person(.familyName)]) { $0.familyName = "Prévost" }
      #expect(again == changed)
    },
    StoreRule("an address is changed unless another person has it") { store in
      let first = try await register(SampleData.person(1), store)
      let second = try await register(SampleData.person(2), store)
      await #expect(throws: StoreError.alreadyRegistered) {
        try await change(second, store, [.person(.email)]) { $0.email = first.details.email.uppercased() }
      }
      let changed = try await change(second, store, [.person(.email)]) { $0.email = "new@example.org" }
      var filter = RegistrationFilter()
      filter.email = "NEW@example.org"
      let found = try await store.registrations(of: forum, matching: filter, PageRequest(size: 5))
      #expect(found.page.items == [changed])
    },
    StoreRule("who takes part remotely gives a place back, and comes back on site while there is one") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 1))
      let first = try await register(SampleData.person(1), store)
      let second = try await register(SampleData.person(2), store)
      #expect(second.state == .waitlisted)
      let remote = try await change(first, store, [.participation]) { $0.participation = .remote }
      #expect(remote.state == .confirmed)
      #expect(try await store.registration(second.id, of: forum).state == .confirmed)
      await #expect(throws: StoreError.noPlace) {
        try await change(remote, store, [.participation]) { $0.participation = .onsite }
      }
      let third = try await register(SampleData.person(3), store)
      let waited = try await change(third, store, [.participation]) { $0.participation = .remote }
      #expect(third.state == .waitlisted && waited.state == .confirmed)
      #expect(try await store.event(forum).onsiteConfirmed == 1)
    },
    StoreRule("a cancelled registration comes back while there is room, and its badge with it") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 1))
      let first = try await register(SampleData.person(1), store)
      _ = try await store.take(.test(now), .cancel, on: first.id, of: forum, etag: nil)
      #expect(try await store.take(.test(now), .restore, on: first.id, of: forum, etag: nil).state == .confirmed)
      _ = try await store.take(.test(now), .cancel, on: first.id, of: forum, etag: nil)
      let second = try await register(SampleData.person(2), store)
      #expect(try await store.take(.test(now), .restore, on: first.id, of: forum, etag: nil).state == .waitlisted)
      _ = try await store.take(.test(now), .cancel, on: second.id, of: forum, etag: nil)
      #expect(try await store.registration(first.id, of: forum).state == .confirmed)
      _ = try await store.take(.test(now), .cancel, on: first.id, of: forum, etag: nil)
      _ = try await register(SampleData.person(1), store)
      await #expect(throws: StoreError.alreadyRegistered) {
        try await store.take(.test(now), .restore, on: first.id, of: forum, etag: nil)
      }
    },
    StoreRule("an address is one person's in whichever script its domain is written") { store in
      var form = SampleData.person(1)
      form.email = "a@münchen.example"
      let first = try await register(form, store)
      form.email = "A@xn--mnchen-3ya.EXAMPLE"
      await #expect(throws: StoreError.alreadyRegistered) { try await register(form, store) }
      var filter = RegistrationFilter()
      filter.email = form.email
      let found = try await store.registrations(of: forum, matching: filter, PageRequest(size: 5))
      #expect(found.page.items == [first])
    },
    StoreRule("an organiser lets one person in over the capacity, which is on record, and nobody moves up past it") {
      store in
      _ = try await store.importProgramme(.test(), forum(capacity: 1))
      _ = try await register(SampleData.person(1), store)
      let (second, third) = (
        try await register(SampleData.person(2), store), try await register(SampleData.person(3), store)
      )
      let details = try await details(SampleData.person(4), store)
      let fourth = try await store.register(.test(now), details, for: forum, request: nil, overCapacity: true)
      #expect(fourth.state == .confirmed)
      var going = Discretion.organiser.goingOver
      going.note = "speaks on Monday"
      let moved = try await store.take(.test(now), .moveUp, on: third.id, of: forum, etag: nil, as: going)
      #expect(moved.state == .confirmed)
      #expect(try await store.placeNote(of: third.id, forum) == "speaks on Monday")
      #expect(try await store.placeNote(of: second.id, forum) == "")
      #expect(try await store.event(forum).onsiteConfirmed == 3)
      let entries = try await store.auditEntries(AuditFilter(event: forum), PageRequest(size: 1000)).items
      #expect(
        entries.filter { $0.after?.contains("\"over_capacity\":true") == true }.map(\.name).sorted() == [
          "registration.created", "registration.moved_up",
        ]
      )
      #expect(!entries.contains { "\($0)".contains("speaks on Monday") })
      // The same programme again takes nothing away, and less would.
      var programme = try forum(capacity: 1)
      programme.events[0].event.city = "Bern"
      _ = try await store.importProgramme(.test(), programme)
      _ = try await store.take(.test(now), .cancel, on: fourth.id, of: forum, etag: nil)
      _ = try await store.take(.test(now), .cancel, on: third.id, of: forum, etag: nil)
      #expect(try await store.registration(second.id, of: forum).state == .waitlisted)
      _ = try await store.erase(.test(now), third.id, of: forum, etag: nil)
      #expect(try await store.placeNote(of: third.id, forum) == "")
    },
    StoreRule("where moving up is off or has ended nobody moves up by themselves, whatever gives a place back") {
      store in
      for movingUp in [MovingUp(isOn: false), MovingUp(ends: now)] {
        var programme = try forum(capacity: 3)
        programme.events[0].event.movingUp = movingUp
        _ = try await store.importProgramme(.test(), programme)
        #expect(try await store.event(forum).event.movingUp == movingUp)
        var people: [Registration] = []
        for number in 1...5 { people.append(try await register(SampleData.person(number), store)) }
        _ = try await store.take(.test(now), .cancel, on: people[0].id, of: forum, etag: nil)
        _ = try await store.erase(.test(now), people[1].id, of: forum, etag: nil)
        _ = try await change(people[2], store, [.participation]) { $0.participation = .remote }
        programme.events[0].event.onsiteCapacity = 4
        _ = try await store.importProgramme(.test(now), programme)
        #expect(try await store.event(forum).onsiteConfirmed == 0)
        let moved = try await store.take(.test(now), .moveUp, on: people[4].id, of: forum, etag: nil)
        #expect(moved.state == .confirmed)
        #expect(try await store.registration(people[3].id, of: forum).state == .waitlisted)
        for person in people[2...] {
          _ = try await store.take(.test(now), .cancel, on: person.id, of: forum, etag: nil)
        }
      }
    },
    StoreRule("a list is narrowed by country and organisation, and comes by name page by page") { store in
      let names = [
        ("Zoë", "FR", "Müller AG"), ("Émile", "FR", "World Health Organization"), ("Ada", "GB", "Müller AG"),
        ("Adam", "GB", ""),
      ]
      for (number, (name, country, organisation)) in names.enumerated() {
        var form = SampleData.person(number)
        (form.givenName, form.familyName, form.country, form.organisation) = (name, "Müller", country, organisation)
        _ = try await register(form, store)
      }
      var filter = RegistrationFilter()
      filter.order = .name
      var (shown, page): ([String], PageRequest) = ([], PageRequest(size: 2))
      repeat {
        let found = try await store.registrations(of: forum, matching: filter, page)
        #expect(found.total == 4)
        shown += found.page.items.map(\.details.givenName)
        page.after = found.page.next
      } while page.after != nil
      #expect(shown == ["Ada", "Adam", "Émile", "Zoë"])
      func count(_ change: (inout RegistrationFilter) -> Void) async throws -> Int {
        var filter = RegistrationFilter()
        change(&filter)
        let found = try await store.registrations(of: forum, matching: filter, PageRequest(size: 10))
        return found.total
      }
      #expect(try await count { $0.country = "FR" } == 2)
      // A name that an organisation has too is looked for in the organisation alone.
      #expect(try await count { $0.organisation = ["muller"] } == 2)
      #expect(try await count { ($0.organisation, $0.country) = (["health"], "FR") } == 1)
      #expect(try await count { $0.role = "Minister" } == 0)
    },
  ]

  /// Changes fields of a registration.
  private static func change(
    _ registration: Registration,
    _ store: any Store,
    _ fields: [RegistrationField],
    _ edit: (inout RegistrationForm) -> Void
  ) async throws -> Registration {
    var form = RegistrationForm()
    edit(&form)
    let change = try RegistrationChange(of: fields, form, for: await store.event(forum).event)
    return try await store.change(.test(now), registration.id, of: forum, by: change, etag: nil, as: .organiser)
  }
}
