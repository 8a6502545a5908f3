import LanyardDomain
import LanyardStore
import Testing

/// What two callers ask for in the same moment, each through a handle of its own: whichever comes first, what is on record
/// must be what one after the other would have made.
extension SharedStoreRule {
  private static let forum = StoreRule.forum
  private static let now = StoreRule.now

  static let races: [SharedStoreRule] =
    [
      SharedStoreRule("a scan that is taken back through both is taken back once") { first, second in
        _ = try await StoreRule.badgeHolders(2, first)
        let scans = [StoreRule.laneScan("CODE1"), StoreRule.laneScan("CODE2")]
        _ = try await first.admit(.test(now), scans, reader: { _ in .unreadable })
        let outcomes = await StoreRule.atOnce(20) { number in
          try await (number.isMultiple(of: 2) ? first : second).undo(.test(now), undo(scans[0].id))
        }
        for outcome in outcomes { #expect(try outcome.get()?.id == scans[0].id) }
        #expect(try await words("check_in.undone", second).count == 1)
        #expect(try await inside(second) == 1)
      },
      SharedStoreRule("a scan that is taken back while it comes in counts for nobody") { first, second in
        _ = try await StoreRule.badgeHolders(10, first)
        for round in 1...10 {
          let scan = StoreRule.laneScan("CODE\(round)")
          let outcomes = await StoreRule.atOnce(2) { number in
            if number == 0 { return try await first.admit(.test(now), [scan], reader: { _ in .unreadable }).count }
            return try await second.undo(.test(now), undo(scan.id)) == nil ? 0 : 1
          }
          for outcome in outcomes { _ = try outcome.get() }
          #expect(try await inside(first) == 0)
        }
      },
      SharedStoreRule("nothing that is noted of a badge stays when its bearer is erased meanwhile") { first, second in
        let holders = try await StoreRule.badgeHolders(10, first)
        for holder in holders {
          let badges = try await first.badges(of: forum, registration: holder.id, PageRequest(size: 5)).items
          let badge = try #require(badges.first)
          let outcomes = await StoreRule.atOnce(6) { number in
            if number == 3 {
              _ = try await second.erase(.test(now), holder.id, of: forum, etag: nil)
              return
            }
            let mark = AttentionChange(attention: .specialNeeds, note: "needs a ramp \(number)")
            _ = try await first.mark(.test(now), badge.serial, of: forum, mark, etag: nil)
          }
          for outcome in outcomes {
            guard case .failure(let error) = outcome else { continue }
            guard case StoreError.erased = error else { throw error }
          }
          let left = try await first.badge(badge.serial, of: forum)
          #expect(left.mark == .none && left.state == .revoked)
        }
      },
    ] + programmeRaces

  private static let programmeRaces: [SharedStoreRule] = [
    SharedStoreRule("no more are booked for an area than it takes, through whichever of its doors") { first, second in
      let ids = try await StoreRule.badgeHolders(12, first).map(\.id)
      try await StoreRule.limitEntrance(to: 5, first)
      let outcomes = await StoreRule.atOnce(12) { number in
        let store = number.isMultiple(of: 2) ? first : second
        return try await store.book(.test(), [ids[number]], for: StoreRule.entrance(1 + number % 3))
      }
      for case .failure(let error) in outcomes {
        #expect(error as? StoreError == .bookedOut(BookedOut(capacity: 5, booked: 5, asked: 1)))
      }
      var booked: [String] = []
      for lane in 1...3 {
        booked += try await second.bookings(for: StoreRule.entrance(lane), PageRequest(size: 20)).items
      }
      #expect(booked.count == 5 && Set(booked).count == 5)
    },
    SharedStoreRule("people that are imported through both are registered once") { first, second in
      let event = try await first.event(forum).event
      let rows = try (0..<20).map { try SampleData.person($0).validated(for: event) }
      let imports = await StoreRule.atOnce(6) { number in
        try await (number.isMultiple(of: 2) ? first : second).importRegistrations(.test(now), rows, for: forum)
      }
      let made = try imports.flatMap { try $0.get() }
      #expect(made.count { if case .imported = $0 { true } else { false } } == 20)
      #expect(made.count { $0 == .unchanged } == 100)
      #expect(try await first.event(forum).onsiteConfirmed == 20)
    },
    SharedStoreRule("a place that is given back goes to who waited longest, not to who registers meanwhile") {
      first,
      second in
      _ = try await first.importProgramme(.test(), StoreRule.forum(capacity: 1))
      var confirmed = try await StoreRule.register(SampleData.person(0), first)
      var waiting: [Registration] = []
      for number in 1...5 { waiting.append(try await StoreRule.register(SampleData.person(number), first)) }
      for round in 1...5 {
        let outcomes = await StoreRule.atOnce(7) { [confirmed] number in
          if number == 3 {
            return try await second.take(.test(now), .cancel, on: confirmed.id, of: forum, etag: nil)
          }
          return try await StoreRule.register(SampleData.person(round * 10 + number), first)
        }
        let states = try outcomes.map { try $0.get().state }
        #expect(states.count { $0 == .waitlisted } == 6 && states.count { $0 == .cancelled } == 1)
        confirmed = try await second.registration(waiting.removeFirst().id, of: forum)
        #expect(confirmed.state == .confirmed)
        #expect(try await first.event(forum).onsiteConfirmed == 1)
      }
    },
  ]

  private static func undo(_ scan: UUIDBytes) -> UndoRequest {
    UndoRequest(scan: scan, event: forum, reporter: "device", isSupervisor: false, note: "")
  }

  private static func inside(_ store: any Store) async throws -> Int {
    try await store.attendance(of: forum, checkpoint: nil, at: now).peopleInside
  }

  private static func changes(_ store: any Store) async throws -> [AuditEntry] {
    try await store.auditEntries(AuditFilter(event: forum), PageRequest(size: 1000)).items
  }

  /// The entries of a name.
  private static func words(_ name: String, _ store: any Store) async throws -> [AuditEntry] {
    try await changes(store).filter { $0.name == name }
  }
}
