import LanyardDomain
import LanyardStore
import Testing

/// Lists that change while they are read: what was there all the time is on one page, once.
extension StoreRule {
  /// Reads a list page by page, changes it after the first page, and compares what was seen with what was there all the time.
  ///
  /// - Parameters:
  ///   - size: Of a page; the list has more.
  ///   - read: One page, as the names of its items.
  private static func expectHolds(
    size: Int,
    _ read: (PageRequest) async throws -> Page<String>,
    through change: () async throws -> Void
  ) async throws {
    let before = try await read(PageRequest(size: 1000)).items
    let first = try await read(PageRequest(size: size))
    #expect(first.items == Array(before.prefix(size)) && first.next != nil)
    try await change()
    let after = try await read(PageRequest(size: 1000)).items
    #expect(Set(before) != Set(after), "nothing was added or removed")
    var (seen, page) = (first.items, PageRequest(size: size, after: first.next))
    while page.after != nil {
      let found = try await read(page)
      #expect(found.items.count == size || found.next == nil)
      seen += found.items
      page.after = found.next
    }
    #expect(Set(seen).count == seen.count, "somebody is there twice")
    #expect(Set(before).intersection(after).isSubset(of: seen), "somebody was passed over")
    #expect(seen.filter(after.contains).suffix(1) == after.suffix(1))
  }

  private static func importForum(_ store: any Store, _ change: (inout ProgrammeEvent) -> Void) async throws {
    var programme = try SampleData.programme()
    programme.events = programme.events.filter { $0.event.slug == forum }
    change(&programme.events[0])
    _ = try await store.importProgramme(.test(), programme)
  }

  /// Copies of the other event, without its sessions.
  private static func importEvents(_ slugs: [(slug: String, day: Int)], _ store: any Store) async throws {
    let sample = try #require(try SampleData.programme().events.first { $0.event.slug != forum })
    let copies = slugs.map { slug, day in
      var event = ProgrammeEvent(event: sample.event, sessions: [], checkpoints: Array(sample.checkpoints.prefix(1)))
      event.event.slug = slug
      event.event.deadlines = [:]
      (event.event.startDate, event.event.endDate) = (SampleData.day(day), SampleData.day(day))
      return event
    }
    _ = try await store.importProgramme(.test(), Programme(events: copies))
  }

  package static let pages: [StoreRule] = [
    StoreRule("events that are added between pages double and skip none") { store in
      try await importEvents((2...6).map { ("event-\($0)", $0) }, store)
      try await expectHolds(size: 2) {
        try await store.events($0).map(\.event.slug)
      } through: {
        try await importEvents([("earlier", 1), ("between", 4), ("later", 28)], store)
      }
    },
    StoreRule("sessions that are added and withdrawn between pages double and skip none") { store in
      let codes = try await store.sessions(of: forum, PageRequest(size: 1000)).items.map(\.code)
      try await importForum(store) { $0.sessions.removeAll { [codes[1], codes[60]].contains($0.code) } }
      try await expectHolds(size: 10) {
        try await store.sessions(of: forum, $0).map(\.code)
      } through: {
        try await importForum(store) { event in
          event.sessions.removeAll { [codes[0], codes[5], codes[10], codes[11], codes[40]].contains($0.code) }
        }
      }
    },
    StoreRule("checkpoints that are added between pages double and skip none, though all others move") { store in
      for event in [forum, nil] {
        let name = event == nil ? "first" : "front"
        try await expectHolds(size: 3) {
          try await store.checkpoints(of: event, $0).map { "\($0.event) \($0.checkpoint.id)" }
        } through: {
          try await importForum(store) { event in
            var added = event.checkpoints[0]
            (added.id, added.displayName) = (name, name)
            event.checkpoints.insert(added, at: 0)
            (added.id, added.displayName) = ("\(name)-door", "\(name) door")
            event.checkpoints.append(added)
          }
        }
      }
    },
    StoreRule("registrations that come and go between pages double and skip none") { store in
      var people: [Registration] = []
      for number in 1...9 { people.append(try await register(SampleData.person(number), store)) }
      var filter = RegistrationFilter()
      filter.state = .confirmed
      try await expectHolds(size: 3) {
        try await store.registrations(of: forum, matching: filter, $0).page.map(\.id)
      } through: {
        for index in [0, 2, 3, 6] {
          _ = try await store.take(.test(now), .cancel, on: people[index].id, of: forum, etag: nil)
        }
        _ = try await register(SampleData.person(10), store)
      }
    },
    StoreRule("people that are found by name double and skip none where some come between pages") { store in
      for number in 1...9 { _ = try await register(SampleData.person(number), store) }
      try await expectHolds(size: 4) {
        try await store.attendees(of: forum, matching: ["organisation"], at: now, $0).page.map(\.attendee.registration)
      } through: {
        for number in 10...12 { _ = try await register(SampleData.person(number), store) }
      }
    },
    StoreRule("badges that are issued between pages double and skip none, in the list and in the roster") { store in
      _ = try await badgeHolders(6, store)
      func issue(_ number: Int) async throws {
        let person = try await register(SampleData.person(number), store)
        _ = try await store.issue(.test(now), [draft(for: person, code: "CODE\(number)")], of: forum)
      }
      try await expectHolds(size: 2) {
        try await store.badges(of: forum, registration: nil, $0).map(\.code)
      } through: {
        try await issue(20)
      }
      try await expectHolds(size: 2) {
        try await store.rosterBadges(of: forum, $0).map(\.code)
      } through: {
        try await issue(21)
      }
    },
    StoreRule("bookings that are made and taken back between pages double and skip none") { store in
      let people = try await badgeHolders(9, store).map(\.id)
      let place = BookingPlace.checkpoint(CheckpointAddress(event: forum, checkpoint: "entrance-lane-1"))
      _ = try await store.book(.test(now), [0, 2, 3, 4, 5, 6, 7].map { people[$0] }, for: place)
      try await expectHolds(size: 3) {
        try await store.bookings(for: place, $0)
      } through: {
        _ = try await store.unbook(.test(now), [0, 3, 4, 6].map { people[$0] }, for: place)
        _ = try await store.book(.test(now), [people[1], people[8]], for: place)
      }
    },
    StoreRule("scans and presences that come between pages double and skip none") { store in
      _ = try await badgeHolders(9, store)
      for number in [9, 2, 7, 4, 5] { _ = try await admit(laneScan("CODE\(number)"), at: now, store) }
      try await expectHolds(size: 2) {
        try await store.scans(of: forum, checkpoint: "entrance-lane-1", $0).map(\.id.description)
      } through: {
        _ = try await admit(laneScan("CODE1"), at: now, store)
      }
      var newest = ScanFilter()
      newest.isNewestFirst = true
      let filter = newest
      try await expectHolds(size: 2) {
        try await store.scans(of: forum, matching: filter, $0).map(\.id.description)
      } through: {
        _ = try await admit(laneScan("CODE1"), at: now, store)
      }
      try await expectHolds(size: 2) {
        try await store.rosterPresences(of: forum, $0).map(\.registration)
      } through: {
        for number in [3, 8] { _ = try await admit(laneScan("CODE\(number)"), at: now, store) }
      }
    },
    StoreRule("conflicts that arise and are settled between pages double and skip none") { store in
      _ = try await badgeHolders(8, store)
      func conflict(_ number: Int) async throws -> SubmittedScan {
        let scans = (1...2).map { laneScan("CODE\(number)", lane: $0) }
        _ = try await upload(scans.enumerated().map { ($1, .admitted, now + .seconds($0 * 60)) }, store)
        return scans[1]
      }
      var scans: [SubmittedScan] = []
      for number in 1...6 { scans.append(try await conflict(number)) }
      try await expectHolds(size: 2) {
        try await store.conflicts(of: forum, $0).map(\.id.description)
      } through: {
        for settled in [scans[4], scans[3]] {
          let request = UndoRequest(scan: settled.id, event: forum, reporter: "device", isSupervisor: true, note: "")
          _ = try await store.undo(.test(now), request)
        }
        _ = try await conflict(7)
      }
    },
    StoreRule("devices that are enrolled between pages double and skip none") { store in
      func enrol(_ byte: UInt8) async throws {
        let code = StoredEnrolmentCode(
          hash: .init(repeating: byte, count: 32),
          event: forum,
          displayName: "Tablet",
          profile: .door,
          checkpoints: [],
          isSupervisor: false,
          expiresAt: now + .seconds(600)
        )
        try await store.addEnrolmentCode(.test(now), code)
        let device = try await store.enrol(.test(now), codeHash: code.hash, request: 1)
        _ = try await store.confirmDevice(.test(now), device.id)
      }
      for byte: UInt8 in 1...5 { try await enrol(byte) }
      try await expectHolds(size: 2) {
        try await store.devices(of: forum, $0).map(\.id)
      } through: {
        try await enrol(6)
      }
    },
    StoreRule("a cursor with keys of other kinds is refused by the name of its field") { store in
      let other = PageRequest(size: 2, after: PageCursor(.text("x")))
      let refusal = StoreError.invalid(PageCursor.refusal)
      await #expect(throws: refusal) { try await store.events(other) }
      await #expect(throws: refusal) { try await store.sessions(of: forum, other) }
      await #expect(throws: refusal) { try await store.checkpoints(of: forum, other) }
      await #expect(throws: refusal) { try await store.devices(of: forum, other) }
      await #expect(throws: refusal) { try await store.registrations(of: forum, matching: .init(), other) }
      await #expect(throws: refusal) { try await store.badges(of: forum, registration: nil, other) }
      await #expect(throws: refusal) { try await store.scans(of: forum, checkpoint: nil, other) }
      await #expect(throws: refusal) { try await store.conflicts(of: forum, other) }
      await #expect(throws: refusal) { try await store.attendees(of: forum, matching: ["nobody"], at: now, other) }
    },
  ]
}
