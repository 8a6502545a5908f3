import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  private static func changes(
    _ cursor: RosterCursor,
    upTo limit: Int64? = nil,
    _ store: any Store
  ) async throws -> RosterChanges {
    try #require(try await store.rosterChanges(of: forum, since: cursor, upTo: limit))
  }

  private static func undo(_ scan: SubmittedScan, _ store: any Store) async throws {
    let request = UndoRequest(scan: scan.id, event: forum, reporter: "device", isSupervisor: false, note: "")
    _ = try await store.undo(.test(now), request)
  }

  package static let rosters: [StoreRule] = [
    StoreRule("a roster is read in parts, each badge and person once") { store in
      _ = try await badgeHolders(5, store)
      for number in 1...3 { _ = try await admit(laneScan("CODE\(number)"), at: now, store) }
      var (badges, people): ([RosterBadge], [RosterPresence]) = ([], [])
      var page = PageRequest(size: 2)
      repeat {
        let found = try await store.rosterBadges(of: forum, page)
        badges += found.items
        page.after = found.next
      } while page.after != nil
      #expect(badges.map(\.code).sorted() == (1...5).map { "CODE\($0)" })
      #expect(badges.map(\.key) == badges.map(\.key).sorted())
      repeat {
        let found = try await store.rosterPresences(of: forum, page)
        people += found.items
        page.after = found.next
      } while page.after != nil
      #expect(people.count == 3 && Set(people.map(\.registration)).count == 3)
      #expect(people.allSatisfy { $0.checkpoint == "entrance-lane-1" && $0.presence?.isInside == true })
    },
    StoreRule("a roster goes on from its cursor with what has changed, and nothing where nothing has") { store in
      let holder = try await badgeHolders(2, store)[0]
      let first = try await store.rosterHead(of: forum).cursor
      let none = try await changes(first, store)
      #expect(none.badges.isEmpty && none.presences.isEmpty && none.cursor == first && !none.isPlanNew)
      let live = laneScan("CODE2", lane: 3)
      _ = try await admit(live, at: now, store)
      let moved = try await changes(first, store)
      #expect(moved.badges.isEmpty && moved.presences.map(\.presence?.isInside) == [true])
      #expect(try await store.changedRosterBadges(of: forum, since: first.sequence).isEmpty)
      _ = try await store.take(.test(now), .cancel, on: holder.id, of: forum, etag: nil)
      let cancelled = try await changes(moved.cursor, store)
      #expect(cancelled.badges.map(\.holder?.registrationState) == [.cancelled] && cancelled.presences.isEmpty)
      #expect(
        try await store.changedRosterBadges(of: forum, since: first.sequence) == cancelled.badges.map(\.key)
      )
      try await undo(live, store)
      let undone = try await changes(cancelled.cursor, store)
      #expect(undone.presences.map(\.presence) == [nil])
      let again = laneScan("CODE2", lane: 3)
      _ = try await admit(again, at: now, store)
      let inAgain = try await changes(undone.cursor, store)
      try await undo(again, store)
      var closed = CheckpointChange()
      closed.isClosed = true
      _ = try await store.change(.test(), CheckpointAddress(event: forum, checkpoint: "entrance-lane-1"), closed)
      let replanned = try await changes(undone.cursor, store)
      #expect(replanned.isPlanNew && replanned.plan.checkpoints.values.contains { $0.isClosed })
      // A new plan keeps nothing back that happened before it.
      #expect(try await changes(inAgain.cursor, store).presences.map(\.presence) == [nil])
      let other = RosterCursor(
        feed: FeedCursor(store: "other", event: first.feed.event, sequence: first.sequence),
        plan: first.plan
      )
      #expect(try await store.rosterChanges(of: forum, since: other, upTo: nil) == nil)
    },
    StoreRule("a roster is told up to a number of the feed, and who is ahead of that is told nothing") { store in
      _ = try await badgeHolders(2, store)
      let first = try await store.rosterHead(of: forum).cursor
      _ = try await admit(laneScan("CODE1"), at: now, store)
      let limit = try await store.rosterHead(of: forum).cursor
      _ = try await admit(laneScan("CODE2"), at: now, store)
      let last = try await store.rosterHead(of: forum).cursor
      let part = try await changes(first, upTo: limit.sequence, store)
      #expect(part.presences.count == 1 && part.cursor == limit && part.isLast)
      let ahead = try await changes(last, upTo: limit.sequence, store)
      #expect(ahead.presences.isEmpty && ahead.cursor == last && ahead.isLast)
    },
    StoreRule("a lane that is far behind is told in parts, of which each has its cursor") { store in
      _ = try await badgeHolders(2, store)
      let first = try await store.rosterHead(of: forum).cursor
      _ = try await admit(laneScan("CODE1"), at: now, store)
      _ = try await store.admit(.test(now), (0..<6000).map { _ in laneScan("garbage") }, reader: { _ in .unreadable })
      _ = try await admit(laneScan("CODE2"), at: now, store)
      let part = try await changes(first, store)
      #expect(!part.isLast && part.presences.count == 1)
      let rest = try await changes(part.cursor, store)
      #expect(rest.isLast && rest.presences.count == 1 && rest.presences != part.presences)
      #expect(rest.cursor == (try await store.rosterHead(of: forum).cursor))
    },
  ]
}
