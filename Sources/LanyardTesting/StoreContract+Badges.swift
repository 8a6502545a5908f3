package import LanyardDomain
package import LanyardStore
import Testing

extension StoreRule {
  /// A draft whose code stands for itself: stores do not look into codes.
  static func draft(for registration: Registration, code: String, keyID: UInt32 = 1) -> BadgeDraft {
    let start = SampleData.moment("2024-05-27T00:00:00+02:00")
    return BadgeDraft(
      serial: .random(),
      registration: registration.id,
      code: code,
      keyID: keyID,
      validity: start..<(start + .seconds(5 * 86_400))
    )
  }

  /// Registers people and issues badges with the codes `CODE1`, `CODE2` …
  package static func badgeHolders(_ count: Int, _ store: any Store) async throws -> [Registration] {
    _ = try await store.addSigningKey(
      .test(),
      .test(now)
    )
    var registrations: [Registration] = []
    for number in 1...count { registrations.append(try await register(SampleData.person(number), store)) }
    let drafts = zip(registrations, 1...).map { draft(for: $0, code: "CODE\($1)") }
    _ = try await store.issue(.test(now), drafts, of: forum)
    return registrations
  }

  static let badges: [StoreRule] = [
    StoreRule("issuing again returns the active badge") { store in
      let holder = try await badgeHolders(1, store)[0]
      let again = try await store.issue(.test(now), [draft(for: holder, code: "OTHER")], of: forum)
      #expect(again.map(\.isNew) == [false])
      #expect(again.map(\.badge.code) == ["CODE1"])
      let listed = try await store.badges(of: forum, registration: holder.id, PageRequest(size: 10)).items
      #expect(listed == again.map(\.badge))
      #expect(try await store.badge(listed[0].serial, of: forum) == listed[0])
    },
    StoreRule("who was revoked gets no new badge when badges are issued to all, only when it is said of them") {
      store in
      let holders = try await badgeHolders(2, store)
      let old = try await store.badges(of: forum, registration: holders[0].id, PageRequest(size: 1)).items[0]
      _ = try await store.revoke(.test(), old.serial, of: forum)
      func issue(_ round: Int, renewingRevoked: Bool) async throws -> [IssuedBadge] {
        let drafts = holders.enumerated().map { draft(for: $1, code: "ROUND\(round)-\($0)") }
        return try await store.issue(.test(now), drafts, of: forum, renewingRevoked: renewingRevoked)
      }
      let all = try await issue(1, renewingRevoked: false)
      #expect(all.map(\.isNew) == [false, false])
      #expect(all.map(\.badge.state) == [.revoked, .active] && all[0].badge.serial == old.serial)
      #expect(try await issue(2, renewingRevoked: true).map(\.isNew) == [true, false])
      #expect(try await issue(3, renewingRevoked: false).map(\.badge.state) == [.active, .active])
    },
    StoreRule("a cancelled registration is issued no badge, not even the one that it has") { store in
      let holder = try await badgeHolders(1, store)[0]
      _ = try await store.take(.test(now), .cancel, on: holder.id, of: forum, etag: nil)
      await #expect(
        throws: StoreError.notConfirmed(.registration(holder.id, of: forum), state: .cancelled)
      ) {
        try await store.issue(.test(now), [draft(for: holder, code: "OTHER")], of: forum)
      }
    },
    StoreRule("the days of an event stay once badges are valid for them") { store in
      _ = try await badgeHolders(1, store)
      var programme = try SampleData.programme()
      programme.events[1].event.endDate = programme.events[1].event.startDate
      await #expect {
        try await store.importProgramme(.test(), programme)
      } throws: { error in
        guard case StoreError.invalid(let input) = error else { return false }
        return input.violations.first?.field == "events[1].start_date"
      }
    },
    StoreRule("of many issues at once each registration gets one badge") { store in
      let holder = try await register(SampleData.person(1), store)
      _ = try await store.addSigningKey(
        .test(),
        .test(now)
      )
      let results = await atOnce(10) { number in
        try await store.issue(.test(now), [draft(for: holder, code: "C\(number)")], of: forum)[0]
      }
      let issued = try results.map { try $0.get() }
      #expect(issued.count(where: \.isNew) == 1)
      #expect(Set(issued.map(\.badge.serial)).count == 1)
    },
    StoreRule("of two who mark one badge at once neither undoes the other's, and an old etag is refused") { store in
      let holder = try await badgeHolders(1, store)[0]
      let badge = try await store.badges(of: forum, registration: holder.id, PageRequest(size: 1)).items[0]
      _ = try await store.mark(.test(), badge.serial, of: forum, AttentionChange(attention: .escort), etag: badge.etag)
      let changes = [AttentionChange(attention: .specialNeeds), AttentionChange(note: "ramp")]
      let results = await atOnce(2) { try await store.mark(.test(), badge.serial, of: forum, changes[$0], etag: nil) }
      for result in results { _ = try result.get() }
      let marked = try await store.badge(badge.serial, of: forum)
      #expect(marked.mark == AttentionMark(attention: .specialNeeds, note: "ramp"))
      await #expect(throws: StoreError.etagMismatch) {
        try await store.mark(.test(), badge.serial, of: forum, AttentionChange(note: "late"), etag: badge.etag)
      }
      let same = try await store.mark(
        .test(),
        badge.serial,
        of: forum,
        AttentionChange(note: "ramp"),
        etag: marked.etag
      )
      #expect(same == marked)
      let bare = try await store.mark(
        .test(),
        badge.serial,
        of: forum,
        AttentionChange(attention: Attention.none),
        etag: nil
      )
      // What the note says is to be seen to whatever it is of.
      #expect(bare.mark == AttentionMark(attention: .none, note: "ramp") && bare.etag != marked.etag)
      #expect(try await store.badge(badge.serial, of: forum) == bare)
      #expect(try await admit(laneScan("CODE1"), at: now, store)?.attendee?.mark == bare.mark)
      let none = try await store.mark(.test(), badge.serial, of: forum, AttentionChange(note: ""), etag: nil)
      #expect(none.mark == .none)
    },
    StoreRule("a batch with a registration that is not confirmed issues nothing") { store in
      _ = try await badgeHolders(1, store)
      let good = try await register(SampleData.person(8), store)
      let cancelled = try await register(SampleData.person(9), store)
      _ = try await store.take(.test(now), .cancel, on: cancelled.id, of: forum, etag: nil)
      await #expect(
        throws: StoreError.notConfirmed(.registration(cancelled.id, of: forum), state: .cancelled)
      ) {
        try await store.issue(
          .test(now),
          [draft(for: good, code: "G"), draft(for: cancelled, code: "X")],
          of: forum
        )
      }
      #expect(try await store.badges(of: forum, registration: nil, PageRequest(size: 10)).items.count == 1)
    },
  ]
}
