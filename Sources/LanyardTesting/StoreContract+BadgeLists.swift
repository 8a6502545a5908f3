import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// What statements pick out of many badges, a rule of the domain says of one.
  static let badgeLists: [StoreRule] = [
    StoreRule("the badges that are outdated, or show something to see to, are those of which the rules say so") {
      store in
      var programme = try forum(capacity: 100)
      programme.events[0].event.listedNeeds = ["ramp"]
      _ = try await store.importProgramme(.test(), programme)
      let days = try #require(try await store.event(forum).event.span)
      _ = try await store.addSigningKey(
        .test(),
        .test(now)
      )
      var random = SeededGenerator(seed: 8)
      for number in 0..<60 { try await makeBadge(number, lasting: days, store, &random) }
      let registrations = try await store.registrations(
        of: forum,
        matching: RegistrationFilter(),
        PageRequest(size: 200)
      )
      let states = Dictionary(uniqueKeysWithValues: registrations.page.items.map { ($0.id, $0.state) })
      let all = try await store.badges(of: forum, registration: nil, PageRequest(size: 200)).items
      for way in [OutdatedBadges.byRecord, .byCode, .signed(by: 1)] {
        let outdated = try all.filter {
          $0.isOutdated(way, for: days, of: try #require(states[$0.registration]))
        }
        let told = try await store.outdatedBadges(of: forum, way, limit: 200)
        #expect(told.badges.map(\.serial) == outdated.map(\.serial) && told.count == outdated.count)
        #expect(!outdated.isEmpty && outdated.count < all.count)
      }
      let marked = try await store.badges(
        of: forum,
        registration: nil,
        withAttention: true,
        in: nil,
        PageRequest(size: 200)
      ).items
      let shown = try all.filter { $0.showsAttention(of: try #require(states[$0.registration])) }
      #expect(marked.map(\.serial) == shown.map(\.serial))
      for state in BadgeState.allCases {
        let page = PageRequest(size: 200)
        let listed = try await store.badges(of: forum, registration: nil, withAttention: false, in: state, page)
        #expect(listed.items.map(\.serial) == all.filter { $0.state == state }.map(\.serial))
      }
      // Of each kind there are some, and some that are of none.
      #expect(!marked.isEmpty && marked.count < all.count)
      #expect(Set(all.map(\.state)) == [.active, .held, .replaced, .revoked])
      #expect(states.values.contains(.cancelled) && registrations.page.items.contains { $0.erasedAt != nil })
    }
  ]

  /// A person's badge that ends a moment before, with or after the days, with a mark or none, and what became of it.
  private static func makeBadge(
    _ number: Int,
    lasting days: Range<Instant>,
    _ store: any Store,
    _ random: inout SeededGenerator
  ) async throws {
    let moments: [Duration] = [.microseconds(-1), .zero, .microseconds(1)]
    func pick<Value>(_ values: [Value]) throws -> Value { try #require(values.randomElement(using: &random)) }
    var form = SampleData.person(number + 1)
    form.accessibilityNeeds = try pick(["", "", "a ramp", "quiet"])
    let holder = try await register(form, store)
    func draft(_ code: String) throws -> BadgeDraft {
      BadgeDraft(
        serial: .random(),
        registration: holder.id,
        code: code,
        keyID: 1,
        validity: (days.lowerBound + (try pick(moments)))..<(days.upperBound + (try pick(moments)))
      )
    }
    let issued = try await store.issue(.test(now), [draft("LIST\(number)")], of: forum)
    let serial = try #require(issued.first).badge.serial
    let mark = try pick([
      nil, nil, AttentionChange(attention: .escort), AttentionChange(note: "ask first"),
      AttentionChange(attention: .specialNeeds, note: "lift"),
    ])
    if let mark { _ = try await store.mark(.test(), serial, of: forum, mark, etag: nil) }
    switch try pick(Array(0..<9)) {
    case 0: _ = try await store.revoke(.test(), serial, of: forum)
    case 1: _ = try await store.hold(.test(), serial, of: forum)
    case 2: _ = try await store.replace(.test(now), serial, of: forum, with: draft("OTHER\(number)"))
    case 3: _ = try await store.take(.test(now), .cancel, on: holder.id, of: forum, etag: nil)
    case 4: _ = try await store.erase(.test(now), holder.id, of: forum, etag: nil)
    default: break
    }
  }
}
