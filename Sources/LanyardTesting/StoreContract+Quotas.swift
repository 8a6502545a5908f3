import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// The forum with so many places, of which some are for governments.
  private static func forum(capacity: Int, governments: Int?, movesUp: Bool = true) throws -> Programme {
    var programme = try forum(capacity: capacity)
    let groups = programme.events[0].event.stakeholderGroups
    programme.events[0].event.stakeholderGroups = groups.map { term in
      var term = term
      if term.id == "Government" { term.quota = governments }
      return term
    }
    programme.events[0].event.reviewedStakeholderGroups = []
    programme.events[0].event.movingUp = MovingUp(isOn: movesUp)
    return programme
  }

  private static func register(_ number: Int, _ group: String, _ store: any Store) async throws -> Registration {
    try await register(SampleData.person(number, group: group), store)
  }

  private static func state(_ registration: Registration, _ store: any Store) async throws -> RegistrationState {
    try await store.registration(registration.id, of: forum).state
  }

  static let quotas: [StoreRule] = [
    StoreRule("a group has no more people confirmed on site than its quota, whatever arrives at once") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 100, governments: 7))
      let made = await atOnce(30) { number in
        try await register(number + 1, number.isMultiple(of: 2) ? "Government" : "Academia", store)
      }.compactMap { result -> Registration? in
        if case .success(let registration) = result { registration } else { nil }
      }
      let confirmed = made.filter { $0.state == .confirmed }
      #expect(confirmed.count { $0.details.stakeholderGroup == "Government" } == 7)
      #expect(confirmed.count { $0.details.stakeholderGroup == "Academia" } == 15)
    },
    StoreRule("who waits for a quota keeps no other group waiting, and moves up when one of the group goes") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 3, governments: 1))
      let first = try await register(1, "Government", store)
      let second = try await register(2, "Government", store)
      let third = try await register(3, "Academia", store)
      let fourth = try await register(4, "Academia", store)
      let fifth = try await register(5, "Academia", store)
      #expect(
        [first, second, third, fourth, fifth].map(\.state) == [
          .confirmed, .waitlisted, .confirmed, .confirmed, .waitlisted,
        ]
      )
      // A place of the event goes past who waits for the quota; then one of the quota goes to the group.
      _ = try await store.take(.test(now), .cancel, on: third.id, of: forum, etag: nil)
      #expect(try await state(second, store) == .waitlisted)
      #expect(try await state(fifth, store) == .confirmed)
      _ = try await store.take(.test(now), .cancel, on: first.id, of: forum, etag: nil)
      #expect(try await state(second, store) == .confirmed)
      #expect(try await store.event(forum).onsiteConfirmed == 3)
    },
    StoreRule("a larger quota moves people up, and none is set below who is confirmed") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 10, governments: 1))
      var made: [Registration] = []
      for number in 1...4 { made.append(try await register(number, "Government", store)) }
      _ = try await store.importProgramme(.test(), forum(capacity: 10, governments: 3))
      var states: [RegistrationState] = []
      for person in made { states.append(try await state(person, store)) }
      #expect(states == [.confirmed, .confirmed, .confirmed, .waitlisted])
      let below = InvalidInput(field: "events[0].stakeholder_groups", .belowConfirmed(count: 3))
      await #expect(throws: StoreError.invalid(below)) {
        try await store.importProgramme(.test(), forum(capacity: 10, governments: 2))
      }
      #expect(try await store.event(forum).event.stakeholderGroups.quotas == ["Government": 3])
    },
    StoreRule("who comes to another group needs a place of its quota, and gives back the one before") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 10, governments: 1))
      let first = try await register(1, "Government", store)
      let other = try await register(2, "Academia", store)
      let event = try await store.event(forum).event
      func change(_ person: Registration, to group: String) async throws -> Registration {
        var form = RegistrationForm()
        form.stakeholderGroup = group
        let change = try RegistrationChange(of: [.stakeholderGroup], form, for: event)
        return try await store.change(.test(now), person.id, of: forum, by: change, etag: nil, as: .organiser)
      }
      await #expect(throws: StoreError.noPlace) { try await change(other, to: "Government") }
      #expect(try await change(first, to: "Academia").state == .confirmed)
      #expect(try await change(other, to: "Government").state == .confirmed)
      #expect(try await register(3, "Government", store).state == .waitlisted)
    },
    StoreRule("a preview of an import says what quotas leave of it") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 10, governments: 1))
      var rows: [ImportRow] = []
      for number in 1...3 { rows.append(ImportRow(try await details(SampleData.person(number), store))) }
      let preview = try await store.previewImport(of: rows, for: forum, after: nil, updating: false, at: now)
      #expect(preview.outcomes == [.imported(.confirmed), .imported(.waitlisted), .imported(.waitlisted)])
      let outcomes = try await store.importRegistrations(.test(now), rows, for: forum, updating: false)
      #expect(outcomes == preview.outcomes)
    },
  ]
}
