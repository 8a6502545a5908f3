import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  private static let lane = CheckpointAddress(event: forum, checkpoint: "entrance-lane-1")

  /// The sample with one more event, a copy of the first, under a slug.
  private static func programme(with slug: String) throws -> Programme {
    var programme = try SampleData.programme()
    var copy = programme.events[0]
    copy.event.slug = slug
    programme.events = [copy]
    return programme
  }

  static let programmeByHand: [StoreRule] = [
    StoreRule("an import asks before it takes back what was changed by hand, and does so where it is told to") {
      store in
      let planned = try await store.checkpoint(lane).capacity
      var change = CheckpointChange()
      change.capacity = .some(61)
      change.isClosed = true
      _ = try await store.change(.test(), lane, change)
      let question = ImportQuestion.undoes(lane, .capacity, from: "61", to: planned.map { "\($0)" } ?? "–")
      await #expect(throws: StoreError.importQuestioned([question])) {
        try await store.importProgramme(.test(), SampleData.programme(), insisting: false)
      }
      #expect(try await store.checkpoint(lane).capacity == 61)
      // What the file says by now is not taken back.
      var agreeing = try SampleData.programme()
      let (event, place) = (1, try #require(agreeing.events[1].checkpoints.firstIndex { $0.id == lane.checkpoint }))
      agreeing.events[event].checkpoints[place].capacity = 61
      _ = try await store.importProgramme(.test(), agreeing, insisting: false)
      await #expect(throws: StoreError.importQuestioned([question])) {
        try await store.importProgramme(.test(), SampleData.programme(), insisting: false)
      }
      #expect(try await store.importProgramme(.test(), SampleData.programme(), insisting: true)[1].isChanged)
      #expect(try await store.checkpoint(lane).capacity == planned)
      #expect(try await store.checkpoint(lane).isClosed)
      // What an import has set is nobody's change by hand any more.
      _ = try await store.importProgramme(.test(), agreeing, insisting: false)
      _ = try await store.importProgramme(.test(), SampleData.programme(), insisting: false)
    },
    StoreRule("an event whose slug differs little from one that is there is asked about") { store in
      let misspelt = "wsis20-forum-2042"
      let question = ImportQuestion.resembles(slug: misspelt, other: forum)
      await #expect(throws: StoreError.importQuestioned([question])) {
        try await store.importProgramme(.test(), programme(with: misspelt), insisting: false)
      }
      await #expect(throws: StoreError.notFound(.event(misspelt))) { try await store.event(misspelt) }
      _ = try await store.importProgramme(.test(), programme(with: "another-congress"), insisting: false)
      // Nobody means one any more that is archived.
      let next = "another-congress-2"
      await #expect(throws: StoreError.importQuestioned([.resembles(slug: next, other: "another-congress")])) {
        try await store.importProgramme(.test(), programme(with: next), insisting: false)
      }
      _ = try await store.archive(.test(), "another-congress", true)
      _ = try await store.importProgramme(.test(), programme(with: next), insisting: false)
      _ = try await store.importProgramme(.test(), programme(with: misspelt), insisting: true)
      // It is there by now.
      _ = try await store.importProgramme(.test(), programme(with: misspelt), insisting: false)
    },
    StoreRule("an archived event is in no list, and is as before for who names it") { store in
      let page = PageRequest(size: 1000)
      let all = try await store.events(page).items.map(\.event.slug)
      #expect(try await store.archive(.test(), forum, true).isArchived)
      #expect(try await store.events(page).items.map(\.event.slug) == all.filter { $0 != forum })
      #expect(try await store.events(page, includingArchived: true).items.map(\.event.slug) == all)
      #expect(try await !store.checkpoints(of: nil, page).items.contains { $0.event == forum })
      #expect(try await !store.checkpoints(of: forum, page).items.isEmpty)
      _ = try await badgeHolders(1, store)
      #expect(try await admit(laneScan("CODE1"), at: now, store)?.answer == .admitted)
      // An import brings it back into no list; again is no change.
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let revision = try await store.event(forum).revision
      #expect(try await store.archive(.test(), forum, true).revision == revision)
      #expect(try await !store.archive(.test(), forum, false).isArchived)
      #expect(try await store.events(page).items.map(\.event.slug) == all)
    },
    StoreRule("an event is deleted while nobody registered, and its slug is free again") { store in
      let slug = "another-congress"
      _ = try await store.importProgramme(.test(), programme(with: slug))
      try await store.deleteEvent(.test(), slug)
      let page = PageRequest(size: 1000)
      #expect(try await store.events(page, includingArchived: true).items.map(\.event.slug) == SampleData.slugs)
      #expect(try await !store.checkpoints(of: nil, page).items.contains { !SampleData.slugs.contains($0.event) })
      await #expect(throws: StoreError.notFound(.event(slug))) { try await store.event(slug) }
      await #expect(throws: StoreError.notFound(.event(slug))) { try await store.deleteEvent(.test(), slug) }
      let told = try await store.auditEntries(AuditFilter(event: nil), page).items.map(\.name)
      #expect(told.contains("event.deleted"))
      // What comes under its slug is another event.
      #expect(try await store.importProgramme(.test(), programme(with: slug))[0].isChanged)
      #expect(try await store.sessions(of: slug, page).items.count == SampleData.programme().events[0].sessions.count)
      #expect(try await store.verifyTrail { _ in }.broken == nil)
    },
    StoreRule("an event that anybody registered for is not deleted, whatever became of the registration") { store in
      let person = try await register(SampleData.person(1), store)
      let refusal = StoreError.eventInUse(EventInUse(forum, EventUse(registrations: 1)))
      await #expect(throws: refusal) { try await store.deleteEvent(.test(), forum) }
      _ = try await store.erase(.test(), person.id, of: forum, etag: nil)
      await #expect(throws: refusal) { try await store.deleteEvent(.test(), forum) }
      #expect(try await store.event(forum).event.slug == forum)
    },
  ]
}
