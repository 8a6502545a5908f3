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
    self.check = check
  }

  package static let all: [StoreRule] =
    programme + registrations + imports + erasure + attendees + badges + checkIns + ledger + lanes + bookings + devices
    + rosters + feeds + tokens + pages
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
    StoreRule("stakeholder groups may only be added to at the end, and a refused import changes nothing") { store in
      var programme = try SampleData.programme()
      programme.events[0].event.title = "Changed"
      programme.events[1].event.stakeholderGroups.reverse()
      await #expect {
        try await store.importProgramme(.test(), programme)
      } throws: { error in
        guard case StoreError.invalid(let input) = error else { return false }
        return input.violations.map(\.field) == ["events[1].stakeholder_groups"]
      }
      #expect(try await store.event("wsis20-ocp").event.title != "Changed")
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

  static let tokens: [StoreRule] = [
    StoreRule("a token is found by its id, and revoking it keeps the first time") { store in
      let token = StoredToken(id: "0a", hash: .init(repeating: 7, count: 32), role: "desk", label: "d", createdAt: now)
      try await store.addToken(.test(), token)
      #expect(try await store.token("0a") == token)
      #expect(try await store.token("0b") == nil)
      #expect(try await store.revokeToken(.test(now), "0a"))
      #expect(try await store.revokeToken(.test(now + .seconds(5)), "0a"))
      #expect(try await store.revokeToken(.test(now), "0b") == false)
      #expect(try await store.tokens().map(\.revokedAt) == [now])
    }
  ]
}
