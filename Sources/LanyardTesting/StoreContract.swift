import LanyardDomain
package import LanyardStore
import Testing

/// What every store must do: each rule runs against a new store with the sample programme loaded.
package struct StoreRule: Sendable, CustomStringConvertible {
  /// The rule as a sentence.
  package let description: String
  package let check: @Sendable (any Store) async throws -> Void

  init(_ description: String, _ check: @escaping @Sendable (any Store) async throws -> Void) {
    self.description = description
    self.check = { store in
      try await check(store)
      // Whatever a rule did, the trail tells of it and no more.
      #expect(try await store.verifyTrail { _ in }.broken == nil)
    }
  }

  package static let all: [StoreRule] =
    programme + programmeByHand + registrations + byHand + imports + erasure + attendees + badges + badgeLists + keys
    + prints
    + checkIns + ledger + summaries + sessionFills
    + missedExits
    + lanes
    + questions + quotas + mails + inPublic + remote + bookings + devices + doorRules + afterwards + rosters + feeds
    + tokens + signIns + personalLinks + pages + standing
}

extension StoreRule {
  static let now = SampleData.firstMorning
  static let forum = SampleData.forum

  /// The forum with room for `capacity` people on site.
  static func forum(capacity: Int) throws -> Programme {
    var programme = try SampleData.programme()
    programme.events = programme.events.filter { $0.event.slug == forum }
    programme.events[0].event.onsiteCapacity = capacity
    return programme
  }

  /// Validated details of a person.
  static func details(_ form: RegistrationForm, _ store: any Store) async throws -> RegistrationDetails {
    try form.validated(for: try await store.event(forum).event)
  }

  /// Registers a person.
  static func register(_ form: RegistrationForm, _ store: any Store) async throws -> Registration {
    try await store.register(.test(now), details(form, store), for: forum, request: nil)
  }

  /// Runs `body` for each number at once and collects what comes of it.
  static func atOnce<Value: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (Int) async throws -> Value
  ) async -> [Result<Value, any Error>] {
    await withTaskGroup(of: Result<Value, any Error>.self) { group in
      for number in 0..<count {
        group.addTask {
          do {
            return .success(try await body(number))
          } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  static let programme: [StoreRule] = [
    StoreRule("the same programme again changes nothing") { store in
      let again = try await store.importProgramme(.test(), SampleData.programme())
      #expect(again.map(\.isChanged) == [false, false])
      #expect(again.map(\.sessions) == [4, 90])
      #expect(again.map(\.checkpoints) == [3, 16])
    },
    StoreRule("each session keeps the time zone of its place") { store in
      let kyoto = try await store.session("ocp-1", of: "wsis20-ocp")
      #expect(kyoto.timeZone == "Asia/Tokyo")
      let door = try await store.checkpoint(CheckpointAddress(event: "wsis20-ocp", checkpoint: kyoto.checkpoint))
      #expect(door.timeZone == "Asia/Tokyo")
      #expect(try await store.session("ocp-2", of: "wsis20-ocp").timeZone == "Europe/Zurich")
    },
    StoreRule("a session that the programme no longer has is withdrawn") { store in
      var programme = try SampleData.programme()
      programme.events[1].sessions.removeFirst()
      _ = try await store.importProgramme(.test(), programme)
      await #expect(throws: StoreError.notFound(.session("s001", of: forum))) {
        try await store.session("s001", of: forum)
      }
      #expect(try await store.sessions(of: forum, PageRequest(size: 1000)).items.count == 89)
    },
    StoreRule("a refused import changes nothing") { store in
      for number in 0..<3 { _ = try await register(SampleData.person(number), store) }
      var programme = try SampleData.programme()
      programme.events[0].event.title = "Changed"
      programme.events[1].event.onsiteCapacity = 2
      await #expect {
        try await store.importProgramme(.test(), programme)
      } throws: { error in
        guard case StoreError.invalid(let input) = error else { return false }
        return input.violations.map(\.field) == ["events[1].onsite_capacity"]
      }
      #expect(try await store.event("wsis20-ocp").event.title != "Changed")
    },
    StoreRule("groups keep their numbers in another order, withdrawn, and when they come back") { store in
      let names = try SampleData.programme().events[1].event.stakeholderGroups.ids
      let member = try await register(SampleData.person(1, group: names[2]), store)
      struct Outcome: Equatable {
        let isChanged: Bool
        let numbers: [String: Int]
        let choices: [String]
      }
      func imported(_ groups: [Term]) async throws -> Outcome {
        var programme = try SampleData.programme()
        programme.events[1].event.stakeholderGroups = groups
        let isChanged = try await store.importProgramme(.test(), programme)[1].isChanged
        let stored = try await store.event(forum).event.stakeholderGroups
        let numbers = Dictionary(uniqueKeysWithValues: stored.map { ($0.id, $0.number) })
        return Outcome(isChanged: isChanged, numbers: numbers, choices: stored.choices.ids)
      }
      let numbers = Dictionary(uniqueKeysWithValues: zip(names, 1...))
      let first = try await imported(names.map { Term(id: $0) })
      #expect(first == Outcome(isChanged: false, numbers: numbers, choices: names))
      let fewer = ["New"] + names.reversed().filter { $0 != names[2] }
      let after = numbers.merging(["New": names.count + 1]) { $1 }
      for isChanged in [true, false] {
        let second = try await imported(fewer.map { Term(id: $0) })
        #expect(second == Outcome(isChanged: isChanged, numbers: after, choices: fewer))
      }
      // Who has the group keeps it, and nobody else gets it.
      #expect(try await store.registration(member.id, of: forum).details.stakeholderGroup == names[2])
      await #expect(throws: InvalidInput.self) { try await register(SampleData.person(2, group: names[2]), store) }
      #expect(try await store.event(forum).event.groupNumber(names[2]) == 3)
      let labels: [Language: String] = [.french: "Établissements"]
      let back = [Term(id: names[2], labels: labels)] + names.filter { $0 != names[2] }.map { Term(id: $0) }
      let third = try await imported(back)
      #expect(third == Outcome(isChanged: true, numbers: after, choices: back.ids))
      #expect(try await store.event(forum).event.stakeholderGroups[0] == Term(id: names[2], number: 3, labels: labels))
    },
    StoreRule("titles by language are kept as they are") { store in
      var programme = try SampleData.programme()
      let title = LocalizedText("Le forum", translations: [.french: "Le forum", .arabic: "المنتدى"])
      programme.events[1].event.title = title
      programme.events[1].sessions[0].title = title
      #expect(try await store.importProgramme(.test(), programme).map(\.isChanged) == [false, true])
      #expect(try await store.event(forum).event.title == title)
      #expect(try await store.session(programme.events[1].sessions[0].id, of: forum).title == title)
      #expect(try await store.importProgramme(.test(), programme).map(\.isChanged) == [false, false])
    },
    StoreRule("capacity cannot be set below the places that were given") { store in
      for number in 0..<3 { _ = try await register(SampleData.person(number), store) }
      await #expect {
        try await store.importProgramme(.test(), forum(capacity: 2))
      } throws: { error in
        guard case StoreError.invalid(let input) = error else { return false }
        return input.violations.first?.field == "events[0].onsite_capacity"
      }
    },
    StoreRule("pages follow one another without a gap or a double") { store in
      var seen: [String] = []
      var page = PageRequest(size: 40)
      repeat {
        let found = try await store.sessions(of: forum, page)
        seen += found.items.map(\.code)
        page.after = found.next
      } while page.after != nil
      #expect(seen.count == 90)
      #expect(Set(seen).count == 90)
    },
  ]

  package static let tokens: [StoreRule] = [
    StoreRule("a token is found by its id, and revoking it keeps the first time") { store in
      let token = StoredToken(id: "0a", hash: .init(repeating: 7, count: 32), role: .desk, label: "d", createdAt: now)
      try await store.addToken(.test(), token)
      #expect(try await store.token("0a") == token)
      #expect(try await store.token("0b") == nil)
      #expect(try await store.revokeToken(.test(now), "0a"))
      #expect(try await store.revokeToken(.test(now + .seconds(5)), "0a"))
      #expect(try await store.revokeToken(.test(now), "0b") == false)
      #expect(try await store.tokens().map(\.revokedAt) == [now])
    },
    StoreRule("a token for one event is found with it, and one for an event that is not there is none") { store in
      let hash = [UInt8](repeating: 7, count: 32)
      let token = StoredToken(id: "0c", hash: hash, role: .desk, event: forum, label: "", createdAt: now)
      try await store.addToken(.test(), token)
      #expect(try await store.token("0c") == token)
      let lost = StoredToken(id: "0d", hash: hash, role: .desk, event: "nowhere", label: "", createdAt: now)
      await #expect(throws: StoreError.notFound(.event("nowhere"))) { try await store.addToken(.test(), lost) }
      #expect(try await store.tokens() == [token])
    },
  ]

  static let signIns: [StoreRule] = [
    StoreRule("who signed in is found with their token, until they sign out or the token is revoked") { store in
      let hash = [UInt8](repeating: 7, count: 32)
      let token = StoredToken(id: "0e", hash: hash, role: .desk, event: forum, label: "Desk 2", createdAt: now)
      try await store.addToken(.test(), token)
      func signIn(_ id: String, with token: String = "0e") -> StoredSignIn {
        StoredSignIn(id: id, hash: hash, token: token, createdAt: now, expiresAt: now + SignIns.lifetime)
      }
      for id in ["01", "02"] { try await store.addSignIn(.test(now), signIn(id)) }
      let found = try #require(try await store.signIn("01"))
      #expect(found.signIn == signIn("01") && found.token == token)
      #expect(try await store.signIns().map(\.id) == ["01", "02"])
      #expect(try await store.endSignIn(.test(now), "01"))
      #expect(try await store.endSignIn(.test(now), "01") == false)
      #expect(try await store.signIn("01") == nil)
      _ = try await store.revokeToken(.test(now), "0e")
      #expect(try await store.signIn("02") == nil)
      for id in ["0e", "0f"] {
        await #expect(throws: StoreError.notFound(.token(id))) {
          try await store.addSignIn(.test(now), signIn("03", with: id))
        }
      }
    },
    StoreRule("one more sign-in of a token than may be at once ends the oldest, and forgets those that ran out") {
      store in
      let hash = [UInt8](repeating: 7, count: 32)
      try await store.addToken(
        .test(),
        StoredToken(id: "0e", hash: hash, role: .organiser, label: "", createdAt: now)
      )
      func add(_ number: Int, at moment: Instant, for life: Duration = SignIns.lifetime) async throws {
        try await store.addSignIn(
          .test(moment),
          StoredSignIn(id: "s\(number)", hash: hash, token: "0e", createdAt: moment, expiresAt: moment + life)
        )
      }
      try await add(0, at: now, for: .seconds(1))
      for number in 1...SignIns.limit { try await add(number, at: now + .seconds(number + 2)) }
      #expect(try await store.signIn("s0") == nil)
      #expect(try await store.signIn("s1") != nil)
      try await add(SignIns.limit + 1, at: now + .seconds(1000))
      #expect(try await store.signIn("s1") == nil)
      #expect(try await store.signIns().count == SignIns.limit)
    },
  ]

  static let personalLinks: [StoreRule] = [
    StoreRule("a personal link is found by its id until it is ended; the sixth ends the first") { store in
      let person = try await store.register(.test(), details(SampleData.person(1), store), for: forum, request: nil).id
      func link(_ number: UInt8, of registration: String, for duration: Duration = .seconds(60)) -> StoredPersonalLink {
        StoredPersonalLink(
          id: "0\(number)",
          hash: .init(repeating: number, count: 32),
          registration: registration,
          event: forum,
          createdAt: now + .seconds(Int64(number)),
          expiresAt: now + .seconds(Int64(number)) + duration
        )
      }
      let other = try await store.register(.test(), details(SampleData.person(2), store), for: forum, request: nil).id
      let kept = link(9, of: other)
      try await store.addPersonalLink(.test(now), kept)
      let links = (1...6).map { link($0, of: person) }
      for link in links { try await store.addPersonalLink(.test(now), link) }
      #expect(try await store.personalLink("01") == nil)
      for link in links.dropFirst() { #expect(try await store.personalLink(link.id) == link) }
      #expect(try await store.endPersonalLinks(.test(now), of: person, event: forum) == 5)
      #expect(try await store.endPersonalLinks(.test(now), of: person, event: forum) == 0)
      for link in links { #expect(try await store.personalLink(link.id) == nil) }
      #expect(try await store.personalLink(kept.id) == kept)
      await #expect(throws: StoreError.self) { try await store.addPersonalLink(.test(now), link(7, of: "nobody")) }
      _ = try await store.erase(.test(now), other, of: forum, etag: nil)
      await #expect(throws: StoreError.erased(.registration(other, of: forum))) {
        try await store.addPersonalLink(.test(now), link(8, of: other))
      }
    },
    StoreRule("links that have run out are forgotten when a new one is made") { store in
      let person = try await store.register(.test(), details(SampleData.person(1), store), for: forum, request: nil).id
      func link(_ id: String, at moment: Instant) -> StoredPersonalLink {
        StoredPersonalLink(
          id: id,
          hash: .init(repeating: 1, count: 32),
          registration: person,
          event: forum,
          createdAt: moment,
          expiresAt: moment + .seconds(60)
        )
      }
      try await store.addPersonalLink(.test(now), link("0a", at: now))
      try await store.addPersonalLink(.test(now + .seconds(60)), link("0b", at: now + .seconds(60)))
      #expect(try await store.personalLink("0a") == nil)
      #expect(try await store.personalLink("0b") != nil)
    },
  ]
}
