import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  static let standing: [StoreRule] = [
    StoreRule("data is for what it was marked with first, and is not taken for the other") { store in
      #expect(try await store.mode() == nil)
      try await store.dedicate(.test(), to: .rehearsal)
      try await store.dedicate(.test(), to: .rehearsal)
      await #expect(throws: StoreError.otherMode(dataIsRehearsal: true)) {
        try await store.dedicate(.test(), to: .real)
      }
      #expect(try await store.mode() == .rehearsal)
      let marked = try await store.auditEntries(AuditFilter(event: nil), PageRequest(size: 100)).items
      #expect(marked.filter { $0.name == ChangeName.storeMarked.rawValue }.count == 1)
    },
    StoreRule("a store that is named anew is as far as before, and no cursor of before is good for it") { store in
      let (before, cursor) = (try await store.standing(), try await store.feedHead(of: forum))
      #expect(before.store.count == 32 && before.sequence > 0)
      try await store.takeNewName(.test())
      let after = try await store.standing()
      #expect(after.store != before.store && after.store.count == 32)
      // The change is told of itself.
      #expect(after.sequence == before.sequence + 1)
      let head = try await store.feedHead(of: forum)
      #expect(head != cursor && head.sequence == cursor.sequence)
    },
    StoreRule("of a copy that becomes a rehearsal nobody has a token or a link any more") { store in
      try await store.dedicate(.test(), to: .real)
      let token = StoredToken(id: "0a", hash: .init(repeating: 7, count: 32), role: .desk, label: "d", createdAt: now)
      try await store.addToken(.test(), token)
      let person = try await register(SampleData.person(1), store)
      let link = StoredPersonalLink(
        id: "0b",
        hash: .init(repeating: 1, count: 32),
        registration: person.id,
        event: forum,
        createdAt: now,
        expiresAt: now + .seconds(60)
      )
      try await store.addPersonalLink(.test(), link)
      try await store.becomeRehearsal(.test())
      #expect(try await store.mode() == .rehearsal)
      #expect(try await store.token("0a") == nil)
      #expect(try await store.personalLink("0b") == nil)
      #expect(try await store.registration(person.id, of: forum) == person)
    },
  ]
}
