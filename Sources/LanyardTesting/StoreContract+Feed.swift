import LanyardDomain
package import LanyardStore
import Testing

/// What must hold where two handles have one store, as two processes have: each rule runs against a new store with the
/// sample programme loaded.
package struct SharedStoreRule: Sendable, CustomStringConvertible {
  /// The rule as a sentence.
  package let description: String
  package let check: @Sendable (any Store, any Store) async throws -> Void

  init(
    _ description: String,
    _ check: @escaping @Sendable (any Store, any Store) async throws -> Void
  ) {
    self.description = description
    self.check = check
  }

  package static let all: [SharedStoreRule] = feeds + devices + races

  private static let feeds: [SharedStoreRule] = [
    SharedStoreRule("who follows a feed misses nothing, whichever handle commits late") { first, second in
      let start = try await first.feedHead(of: StoreRule.forum)
      let writes = 40
      try await withThrowingTaskGroup(of: [FeedEntry].self) { group in
        for number in 0..<writes {
          group.addTask {
            let store = number.isMultiple(of: 2) ? first : second
            _ = try await StoreRule.register(SampleData.person(number), store)
            _ = try await store.admit(
              .test(StoreRule.now),
              [StoreRule.laneScan("garbage")],
              reader: { _ in .unreadable }
            )
            return []
          }
        }
        for store in [first, second] {
          group.addTask {
            var (cursor, seen): (FeedCursor, [FeedEntry]) = (start, [])
            while seen.count < 2 * writes {
              let batch = try #require(try await store.feedEntries(of: StoreRule.forum, after: cursor, limit: 3))
              seen += batch.entries
              cursor = batch.cursor
              await Task.yield()
            }
            return seen
          }
        }
        let whole = { try await first.feedEntries(of: StoreRule.forum, after: start, limit: 1000)?.entries }
        for try await seen in group where !seen.isEmpty {
          let all = try await whole()
          #expect(seen == all)
        }
      }
    },
    SharedStoreRule("a badge is admitted once, whichever handle it is scanned through") { first, second in
      let holders = try await StoreRule.badgeHolders(3, first)
      #expect(holders.count == 3)
      let outcomes = await StoreRule.atOnce(60) { number in
        try await (number.isMultiple(of: 2) ? first : second).admit(
          .test(StoreRule.now),
          [StoreRule.laneScan("CODE\(number % 3 + 1)")],
          reader: { _ in .unreadable }
        )
      }
      let answers = try outcomes.flatMap { try $0.get() }.map { outcome in
        guard case .recorded(let scan) = outcome else { throw StoreError.failed(.programmer) }
        return scan.answer
      }
      #expect(answers.count { $0 == .admitted } == 3)
      #expect(answers.count { $0 == .refused(.alreadyInside) } == 57)
      #expect(try await second.attendance(of: StoreRule.forum, checkpoint: nil, at: StoreRule.now).peopleInside == 3)
    },
    SharedStoreRule("no more places are given than there are, and one to a person, whichever handle is asked") {
      first,
      second in
      _ = try await first.importProgramme(.test(), StoreRule.forum(capacity: 10))
      let outcomes = await StoreRule.atOnce(60) { number in
        // Each person comes in through both.
        try await StoreRule.register(SampleData.person(number / 2), number.isMultiple(of: 2) ? first : second)
      }
      let made = outcomes.compactMap { try? $0.get() }
      #expect(made.count == 30)
      #expect(made.count { $0.state == .confirmed } == 10)
      #expect(made.count { $0.state == .waitlisted } == 20)
      #expect(try await second.event(StoreRule.forum).onsiteConfirmed == 10)
    },
    SharedStoreRule("a commit is told to its own process, and the other finds it by looking") { first, second in
      var rings = first.feedSignal.rings().makeAsyncIterator()
      _ = try await StoreRule.register(SampleData.person(1), first)
      await rings.next()
      let head = try await second.feedHead(of: StoreRule.forum)
      #expect(first.feedSignal.head(of: StoreRule.forum) == head.sequence)
      #expect(second.feedSignal.head(of: StoreRule.forum) == nil)
    },
  ]
}

extension StoreRule {
  /// What an entry of a feed is, in a word.
  private static func word(_ entry: FeedEntry) -> String {
    switch entry.content {
    case .change(let change): change.name
    case .scan(let scan): scan.answer.refusal?.rawValue ?? scan.answer.kind.rawValue
    }
  }

  static let feeds: [StoreRule] = [
    StoreRule("a feed has the changes and scans of its event in order, whatever parts it is read in") { store in
      let start = try await store.feedHead(of: forum)
      let holder = try await badgeHolders(1, store)[0]
      let live = laneScan("CODE1")
      _ = try await store.admit(
        .test(now),
        [live, laneScan("CODE1"), laneScan("garbage")],
        reader: { _ in .unreadable }
      )
      let request = UndoRequest(scan: live.id, event: forum, reporter: "device", isSupervisor: false, note: "mistake")
      _ = try await store.undo(.test(now), request)
      _ = try await store.take(.test(now), .cancel, on: holder.id, of: forum, etag: nil)
      let all = try #require(try await store.feedEntries(of: forum, after: start, limit: 100))
      #expect(
        all.entries.map(word) == [
          "registration.created", "badge.issued", "ADMITTED", "ALREADY_INSIDE", "UNREADABLE", "check_in.undone",
          "registration.cancelled",
        ]
      )
      #expect(all.isLast)
      #expect(try await store.feedHead(of: forum) == all.cursor)
      #expect(zip(all.entries, all.entries.dropFirst()).allSatisfy { $0.sequence < $1.sequence })
      guard case .scan(let scan) = all.entries[2].content else {
        Issue.record("is no scan")
        return
      }
      #expect(scan.id == live.id && scan.checkpoint == "entrance-lane-1" && scan.registration == holder.id)
      for limit in 1...3 {
        var (cursor, seen, isLast): (FeedCursor, [FeedEntry], Bool) = (start, [], false)
        while !isLast {
          let part = try #require(try await store.feedEntries(of: forum, after: cursor, limit: limit))
          #expect(part.entries.count <= limit)
          seen += part.entries
          (cursor, isLast) = (part.cursor, part.isLast)
        }
        #expect(seen == all.entries)
      }
    },
    StoreRule("each event has numbers of its own, and what happens to one moves no other on") { store in
      let other = try await store.feedHead(of: "wsis20-ocp")
      let before = try await store.feedHead(of: forum)
      _ = try await register(SampleData.person(1), store)
      #expect(try await store.feedHead(of: "wsis20-ocp") == other)
      #expect(try await store.feedHead(of: forum).sequence > before.sequence)
      #expect(try await store.feedEntries(of: "wsis20-ocp", after: other, limit: 10)?.entries == [])
      await #expect(throws: StoreError.notFound(.event("none"))) { try await store.feedHead(of: "none") }
    },
    StoreRule(
      "a feed tells of the end of who may have called: of devices and links the event's, of tokens the whole one"
    ) {
      store in
      let person = try await register(SampleData.person(1), store).id
      let link = StoredPersonalLink(
        id: "0a",
        hash: .init(repeating: 1, count: 32),
        registration: person,
        event: forum,
        createdAt: now,
        expiresAt: now + .seconds(60)
      )
      let token = StoredToken(id: "0a", hash: .init(repeating: 7, count: 32), role: .desk, label: "", createdAt: now)
      let code = StoredEnrolmentCode(
        hash: .init(repeating: 1, count: 32),
        event: forum,
        displayName: "Tablet",
        profile: .lane,
        checkpoints: [],
        isSupervisor: false,
        expiresAt: now + .seconds(600)
      )
      try await store.addPersonalLink(.test(now), link)
      try await store.addToken(.test(now), token)
      try await store.addEnrolmentCode(.test(now), code)
      let device = try await store.enrol(.test(now), codeHash: code.hash, request: 1).id
      _ = try await store.confirmDevice(.test(now), device)
      /// The events, nil for the whole installation, whose feeds tell of an end by what is done.
      func ends(_ body: () async throws -> Void) async throws -> [String?] {
        let events = [forum, "wsis20-ocp", nil]
        var heads: [Int64] = []
        for event in events { heads.append(try await store.feedHead(of: event).sequence) }
        try await body()
        var ends: [String?] = []
        for (event, head) in zip(events, heads) {
          let found = try await store.callerEndings(of: event, after: head)
          #expect(try await store.feedHead(of: event).sequence == found.head)
          if found.isAny { ends.append(event) }
        }
        return ends
      }
      #expect(try await ends { _ = try await register(SampleData.person(2), store) } == [])
      #expect(try await ends { _ = try await store.endPersonalLinks(.test(now), of: person, event: forum) } == [forum])
      var change = DeviceChange()
      change.isSupervisor = true
      let changing = change
      #expect(
        try await ends { _ = try await store.change(.test(now), device: device, of: forum, changing) } == [forum]
      )
      #expect(try await ends { _ = try await store.revokeDevice(.test(now), device, of: forum) } == [forum])
      #expect(try await ends { _ = try await store.revokeToken(.test(now), "0a") } == [nil])
      #expect(try await ends { _ = try await store.revokeToken(.test(now), "0a") } == [])
    },
    StoreRule("a cursor of other data, or of what has not happened, is of no use") { store in
      let head = try await store.feedHead(of: forum)
      for cursor in [
        FeedCursor(store: "other", event: head.event, sequence: head.sequence), head.moved(to: head.sequence + 1),
        head.moved(to: -1),
      ] {
        #expect(try await store.feedEntries(of: forum, after: cursor, limit: 10) == nil)
      }
    },
    StoreRule("a cursor of another event is of no use, for the feed and for the roster") { store in
      let other = try await store.rosterHead(of: "wsis20-ocp").cursor
      _ = try await register(SampleData.person(1), store)
      #expect(try await store.feedHead(of: forum).sequence > other.sequence)
      #expect(try await store.feedEntries(of: forum, after: other.feed, limit: 10) == nil)
      #expect(try await store.rosterChanges(of: forum, since: other, upTo: nil) == nil)
    },
    StoreRule("the trail is listed page by page, with the links of scans or without, of one resource or of all") {
      store in
      let holder = try await badgeHolders(1, store)[0]
      _ = try await store.admit(.test(now), [laneScan("CODE1")], reader: { _ in .unreadable })
      _ = try await store.take(.test(now), .cancel, on: holder.id, of: forum, etag: nil)
      func names(_ filter: AuditFilter) async throws -> [String] {
        var (names, page): ([String], PageRequest) = ([], PageRequest(size: 2))
        repeat {
          let found = try await store.auditEntries(filter, page)
          names += found.items.map(\.name)
          page.after = found.next
        } while page.after != nil
        return names
      }
      var filter = AuditFilter(event: forum)
      let changes = try await names(filter)
      #expect(changes.suffix(3) == ["registration.created", "badge.issued", "registration.cancelled"])
      filter.includesScans = true
      #expect(try await names(filter).count == changes.count + 1)
      filter.resource = .named(.registration(holder.id, of: forum))
      #expect(try await names(filter) == ["registration.created", "registration.cancelled"])
      filter.includesScans = false
      #expect(try await names(filter) == ["registration.created", "registration.cancelled"])
      #expect(try await names(AuditFilter(event: nil)).allSatisfy { !$0.hasPrefix("registration.") })
    },
  ]
}
