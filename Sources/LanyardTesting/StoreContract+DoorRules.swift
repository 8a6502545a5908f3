import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// Imports the programme with the forum as `change` leaves it.
  private static func changeForum(_ store: any Store, _ change: (inout ProgrammeEvent) -> Void) async throws {
    var programme = try SampleData.programme()
    change(&programme.events[1])
    _ = try await store.importProgramme(.test(), programme)
  }

  /// Changes all entrance lanes.
  private static func changeLanes(_ store: any Store, _ change: (inout Checkpoint) -> Void) async throws {
    try await changeForum(store) { event in
      for index in event.checkpoints.indices where event.checkpoints[index].kind == .entrance {
        change(&event.checkpoints[index])
      }
    }
  }

  private static func onlyBadge(of registration: Registration, _ store: any Store) async throws -> Badge {
    try await store.badges(of: forum, registration: registration.id, PageRequest(size: 1)).items[0]
  }

  static let doorRules: [StoreRule] = [
    StoreRule("who is inside stays inside when hours are changed, and nobody comes back from before a closing") {
      store in
      _ = try await badgeHolders(2, store)
      func open(until closes: Int, at time: String) async throws {
        var programme = try SampleData.programme()
        var event = programme.events[1]
        for index in event.checkpoints.indices where event.checkpoints[index].kind == .entrance {
          event.checkpoints[index].hours = try #require(DailyHours(opens: 480, closes: closes))
        }
        let zone: ZoneID = "Europe/Zurich"
        var lounge = Checkpoint(id: "lounge", displayName: "Lounge", kind: .zone, area: "lounge", timeZone: zone)
        lounge.hours = try #require(DailyHours(opens: 480, closes: 120))
        event.checkpoints.append(lounge)
        programme.events[1] = event
        _ = try await store.importProgramme(.test(moment(time)), programme)
      }
      func moment(_ time: String) -> Instant { SampleData.moment("2024-05-27T\(time):00+02:00") }
      func inside(_ time: String) async throws -> Int? {
        let counts = try await store.attendance(of: forum, checkpoint: "lounge", at: moment(time))
        return counts.checkpoints.first?.inside
      }
      func pass(_ code: String, _ time: String) async throws -> RecordedScan.Answer? {
        try await admit([scan(code, at: "lounge")], store, at: moment(time))[0]
      }
      try await open(until: 20 * 60, at: "08:00")
      #expect(try await pass("CODE1", "19:00") == .admitted)
      #expect(try await pass("CODE2", "20:30") == .admitted)
      #expect(try await inside("20:30") == 1)
      try await open(until: 22 * 60, at: "21:00")
      #expect(try await inside("21:00") == 1)
      #expect(try await pass("CODE2", "21:10") == .refused(.alreadyInside))
      #expect(try await pass("CODE1", "21:20") == .admitted)
      #expect(try await inside("21:59") == 2)
      // Hours that were over already put nobody out at once.
      try await open(until: 21 * 60, at: "21:40")
      #expect(try await inside("21:50") == 2)
      #expect(try await pass("CODE1", "21:55") == .refused(.alreadyInside))
      try await open(until: 22 * 60, at: "21:57")
      #expect(try await inside("21:59") == 2)
      #expect(try await inside("22:00") == 0)
      #expect(try await store.verifyTrail { _ in }.broken == nil)
    },
    StoreRule("where nobody need scan out, who comes again is admitted and counted once, live and from a lane offline")
    {
      store in
      _ = try await badgeHolders(1, store)
      try await changeLanes(store) { $0.reentry = .unscanned }
      #expect(try await store.checkpoint(laneScan("CODE1").checkpoint).reentry == .unscanned)
      let scans = [scan("CODE1"), scan("CODE1"), scan("CODE1", at: "entrance-lane-2")]
      #expect(try await admit(scans, store) == [.admitted, .admitted, .admitted])
      #expect(try await inside(store) == 1)
      let late = (scan: laneScan("CODE1", lane: 3), answer: RecordedScan.Answer.admitted, at: now + .seconds(60))
      #expect(try await upload([late], store).map { $0?.conflicts } == [[]])
      #expect(try await inside(store) == 1)
      let counts = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(counts.admitted == 1)
    },
    StoreRule("so many entries are counted over batches and days, one taken back is given back, and lanes are told") {
      store in
      _ = try await badgeHolders(1, store)
      try await changeLanes(store) { ($0.reentry, $0.mostEntries) = (.unscanned, 3) }
      let both = [scan("CODE1"), scan("CODE1", at: "entrance-lane-2")]
      #expect(try await admit(both, store) == [.admitted, .admitted])
      let day = Duration.seconds(86_400)
      let last = laneScan("CODE1", lane: 2)
      #expect(try await admit(last, at: now + day, store)?.answer == .admitted)
      let refused = scan("CODE1")
      let first = try await store.admit(.test(now + day), [refused], reader: unrecorded)
      guard case .recorded(let recorded)? = first.first else {
        Issue.record("not decided")
        return
      }
      #expect(recorded.answer == .refused(.alreadyAdmitted) && recorded.explanation.used == .entries(3))
      #expect(try await store.admit(.test(now + day), [refused], reader: unrecorded) == first)
      let presences = try await store.rosterPresences(of: forum, PageRequest(size: 10)).items.map(\.presence)
      #expect(presences.compactMap(\.self).map(\.entries).sorted() == [1, 2])
      #expect(presences.compactMap(\.self).map(\.earlierDays).sorted { $0.count < $1.count } == [[], [20_240_527]])
      let undo = UndoRequest(scan: last.id, event: forum, reporter: "device", isSupervisor: true, note: "")
      _ = try await store.undo(.test(now + day), undo)
      let after = try await store.rosterPresences(of: forum, PageRequest(size: 10)).items.compactMap(\.presence)
      #expect(after.map(\.entries) == [1, 1] && after.allSatisfy { $0.earlierDays.isEmpty })
      #expect(try await admit([scan("CODE1")], store, at: now + day) == [.admitted])
    },
    StoreRule("a pause is kept between two batches, and how many days somebody came is counted") { store in
      _ = try await badgeHolders(1, store)
      try await changeLanes(store) { ($0.pause, $0.mostDays) = (.seconds(600), 1) }
      #expect(try await admit([scan("CODE1"), scan("CODE1", .out)], store).count == 2)
      let soon = try await admit(laneScan("CODE1"), at: now + .seconds(599), store)
      #expect(soon?.answer == .refused(.tooSoon) && soon?.opensAt == now + .seconds(600))
      #expect(try await admit(laneScan("CODE1"), at: now + .seconds(600), store)?.answer == .admitted)
      let other = try await admit(laneScan("CODE1"), at: now + .seconds(86_400), store)
      #expect(other?.answer == .refused(.alreadyAdmitted) && other?.explanation.used == .days(1))
    },
    StoreRule("what helps who is refused is recorded with the answer") { store in
      _ = try await badgeHolders(1, store)
      try await changeForum(store) { event in
        event.checkpoints[0].admits = AdmissionList(groups: ["Nobody"])
      }
      let scans = [scan("CODE1"), scan("CODE1", at: "room-a")]
      let first = try await store.admit(.test(now), scans, reader: unrecorded)
      #expect(try await store.admit(.test(now), scans, reader: unrecorded) == first)
      let said = first.map { outcome in
        if case .recorded(let recorded) = outcome { recorded.explanation } else { RecordedScan.Explanation.none }
      }
      #expect(said[0].doors.map(\.checkpoint) == (2...5).map { "entrance-lane-\($0)" })
      #expect(said[1].nextSession != nil)
    },
    StoreRule("a badge that is held opens nothing and stays its registration's, until it is released or replaced") {
      store in
      let holders = try await badgeHolders(2, store)
      let badge = try await onlyBadge(of: holders[0], store)
      for _ in 0..<2 { #expect(try await store.hold(.test(now), badge.serial, of: forum).state == .held) }
      let both = [scan("CODE1"), scan("CODE1", .out)]
      #expect(try await admit(both, store) == [.refused(.held), .left(wasInside: false)])
      let again = try await store.issue(.test(now), [draft(for: holders[0], code: "OTHER")], of: forum)
      #expect(again.map(\.isNew) == [false])
      let words = SearchText.words(of: holders[0].details.displayName)
      let found = try await store.attendees(of: forum, matching: words, at: now, PageRequest(size: 10)).page.items
      #expect(found.contains { $0.attendee.badge == badge.serial })
      let changed = try await store.changedRosterBadges(of: forum, since: 0)
      #expect(!changed.isEmpty)
      for _ in 0..<2 { #expect(try await store.release(.test(now), badge.serial, of: forum).state == .active) }
      #expect(try await admit([scan("CODE1")], store) == [.admitted])
      _ = try await store.hold(.test(now), badge.serial, of: forum)
      _ = try await store.replace(.test(now), badge.serial, of: forum, with: draft(for: holders[0], code: "NEW"))
      await #expect(throws: StoreError.self) { try await store.release(.test(now), badge.serial, of: forum) }
      await #expect(throws: StoreError.self) { try await store.hold(.test(now), badge.serial, of: forum) }
      #expect(try await admit([scan("NEW", .out)], store) == [.left(wasInside: true)])
    },
    StoreRule("a registration for some days is kept, and told to lanes") { store in
      var form = SampleData.person(1)
      form.days = ["2024-05-28"]
      let made = try await register(form, store)
      _ = try await store.addSigningKey(
        .test(),
        .test(now)
      )
      _ = try await store.issue(.test(now), [draft(for: made, code: "CODE1")], of: forum)
      #expect(try await store.registration(made.id, of: forum) == made)
      #expect(made.details.days.map(\.description) == ["2024-05-28"])
      let told = try await store.rosterBadges(of: forum, PageRequest(size: 10)).items
      #expect(told.map(\.holder?.days) == [made.details.days])
      #expect(try await admit([scan("CODE1")], store) == [.refused(.otherDay)])
      #expect(try await admit([scan("CODE1")], store, at: now + .seconds(86_400)) == [.admitted])
    },
    StoreRule("who named a need that the event lists shows for attention, also where the list changes later") { store in
      try await changeForum(store) { $0.event.listedNeeds = ["wheelchair"] }
      var forms = (1...3).map { SampleData.person($0) }
      forms[0].accessibilityNeeds = "I use a wheelchair"
      forms[1].accessibilityNeeds = "Guide dog"
      var people: [Registration] = []
      for form in forms { people.append(try await register(form, store)) }
      _ = try await store.addSigningKey(
        .test(),
        .test(now)
      )
      let drafts = zip(people, 1...).map { draft(for: $0, code: "CODE\($1)") }
      _ = try await store.issue(.test(now), drafts, of: forum)
      func shown(_ registration: String? = nil) async throws -> [String] {
        let page = PageRequest(size: 10)
        return try await store.badges(of: forum, registration: registration, withAttention: true, in: nil, page).items
          .map(\.listedNeeds)
      }
      #expect(try await shown() == ["wheelchair"])
      let marks = try await store.rosterBadges(of: forum, PageRequest(size: 10)).items.map(\.mark)
      #expect(marks == [AttentionMark(attention: .specialNeeds, note: "wheelchair"), .none, .none])
      let admitted = try await admit(laneScan("CODE1"), at: now, store)
      #expect(admitted?.attendee?.mark == marks[0])
      let before = try await store.rosterHead(of: forum).cursor.sequence
      try await changeForum(store) { $0.event.listedNeeds = ["guide dog", "chair"] }
      #expect(try await shown() == ["guide dog"])
      #expect(try await shown(people[1].id) == ["guide dog"])
      #expect(try await shown(people[0].id).isEmpty)
      #expect(try await store.changedRosterBadges(of: forum, since: before).count == 2)
      // No door lets in whom this is about.
      _ = try await store.take(.test(now), .cancel, on: people[1].id, of: forum, etag: nil)
      #expect(try await shown().isEmpty)
      _ = try await store.take(.test(now), .restore, on: people[1].id, of: forum, etag: nil)
      _ = try await store.take(.test(now), .approve, on: people[1].id, of: forum, etag: nil)
      #expect(try await shown() == ["guide dog"])
      _ = try await store.erase(.test(now), people[1].id, of: forum, etag: nil)
      #expect(try await shown().isEmpty)
    },
  ]
}
