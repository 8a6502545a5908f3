import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// A generator of which each seed gives other numbers, and the same each time (Knuth's MMIX).
  struct Generator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private static let countries = ["CH", "KE", "CH", "", "JP", "KE", "CH", "BR"]

  /// Eight people of some countries, groups and days, one of them over the network only, with the codes `CODE1` to `CODE8`,
  /// and one without a badge.
  static func visitors(_ store: any Store) async throws -> [Registration] {
    let groups = try await store.event(forum).event.stakeholderGroups.choices.ids
    _ = try await store.addSigningKey(
      .test(),
      .test(now)
    )
    var people: [Registration] = []
    for (index, country) in (countries + ["CH"]).enumerated() {
      var form = SampleData.person(
        index,
        group: groups[index % 3],
        participation: index == 4 ? .remote : .onsite
      )
      form.country = country
      if index % 4 == 1 { form.days = ["2024-05-28", "2024-05-29"] }
      people.append(try await register(form, store))
    }
    let drafts = zip(people, 1...8).map { draft(for: $0, code: "CODE\($1)") }
    _ = try await store.issue(.test(now), drafts, of: forum)
    return people
  }

  /// Scans at lanes and rooms through two days and a night, every one recorded; some are taken back.
  static func scanAllDay(_ seed: UInt64, _ store: any Store) async throws {
    var generator = Generator(seed: seed)
    for step in 0..<100 {
      let moment = now + .seconds(step * 19 * 60)
      let code = step % 9 == 8 ? "NONE" : "CODE\(Int.random(in: 1...8, using: &generator))"
      let door = ["entrance-lane-1", "entrance-lane-2", "plenary-hall", "room-a"].randomElement(using: &generator)
      let scan = Self.scan(code, at: door ?? "", Bool.random(using: &generator) ? .into : .out)
      #expect(try await admit([scan], store, at: moment) != [nil])
      guard Int.random(in: 0..<4, using: &generator) == 0 else { continue }
      let undo = UndoRequest(scan: scan.id, event: forum, reporter: "desk", isSupervisor: true, note: "")
      _ = try await store.undo(.test(moment + .seconds(30)), undo)
    }
    // What a lane did before midnight and told of after it.
    let late = SampleData.moment("2024-05-27T23:50:00+02:00")
    let entry = OfflineScan(
      undone: nil,
      at: late,
      answered: .init(
        scan: laneScan("CODE8", lane: 5, scannedAt: late),
        answer: .admitted,
        happenedAt: late,
        notInRoster: false
      )
    )
    _ = try await store.record(
      .test(now + .seconds(40 * 3600)),
      [entry],
      of: forum,
      reporter: "device",
      isSupervisor: false,
      reader: unrecorded
    )
  }

  /// A reading of the ledger of its own: who was let in on a day in Geneva's summer, and each time when and to what.
  private static func admissions(
    _ ledger: [RecordedScan],
    on date: String
  ) -> [(registration: String, hour: Int64, session: String?)] {
    ledger.compactMap { scan in
      guard scan.answer == .admitted, scan.undo == nil, let person = scan.attendee?.registration else { return nil }
      let local = (scan.offline?.happenedAt ?? scan.receivedAt).seconds + 7200
      guard "\(LocalDate(daysSince1970: Int(local / 86_400)))" == date else { return nil }
      return (person, local % 86_400 / 3600, scan.session)
    }
  }

  /// What a reading of the ledger and the list of people make of a day.
  private static func expected(
    _ ledger: [RecordedScan],
    _ people: [Registration],
    on date: String,
    by grouping: AttendanceGrouping
  ) -> [String: AttendanceSummary.Counts] {
    let admitted = admissions(ledger, on: date)
    var counts: [String: AttendanceSummary.Counts] = [:]
    switch grouping {
    case .session:
      for (session, scans) in Dictionary(grouping: admitted, by: \.session) {
        if let session { counts[session] = .init(came: Set(scans.map(\.registration)).count) }
      }
    case .hour:
      for scans in Dictionary(grouping: admitted, by: \.registration).values {
        let hour = scans.map(\.hour).min() ?? 0
        counts[(hour < 10 ? "0" : "") + "\(hour):00", default: .init()].came += 1
      }
    case .country, .group, .participation:
      let came = Set(admitted.map(\.registration))
      for person in people {
        let details = person.details
        let key =
          switch grouping {
          case .country: details.person.country
          case .participation: details.participation.rawValue
          default: details.countedGroup
          }
        var group = counts[key] ?? .init(confirmed: 0, expected: 0)
        if came.contains(person.id) { group.came += 1 }
        if person.state == .confirmed {
          let isExpected = LocalDate(date).map { details.isExpected(on: $0, as: person.state) } ?? false
          group.confirmed = (group.confirmed ?? 0) + 1
          if isExpected { group.expected = (group.expected ?? 0) + 1 }
        }
        counts[key] = group
      }
      counts = counts.filter { $0.value.came > 0 || $0.value.confirmed != 0 }
    }
    return counts
  }

  static let summaries: [StoreRule] = [
    StoreRule("who came on a day are the people whom the ledger let in between its midnights, each once") { store in
      var people = try await visitors(store)
      try await scanAllDay(7, store)
      people[5] = try await store.take(.test(now), .cancel, on: people[5].id, of: forum, etag: nil)
      let ledger = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 1000)).items
      #expect(ledger.contains { $0.answer == .admitted && $0.undo != nil })
      #expect(Set(ledger.map(\.answer.kind)) == Set(AnswerKind.allCases))
      let later = now + .seconds(48 * 3600)
      for date in ["2024-05-27", "2024-05-28", "2024-05-30"] {
        let admitted = admissions(ledger, on: date)
        #expect((Set(admitted.map(\.registration)).count < admitted.count) == (date != "2024-05-30"))
        let all = try await store.summary(of: forum, on: LocalDate(date), by: nil, at: later).summary
        #expect(all.rows.isEmpty && all.all.came == Set(admitted.map(\.registration)).count)
        let onSite = people.count { $0.state == .confirmed && $0.details.participation == .onsite }
        #expect(all.all.confirmed == people.count { $0.state == .confirmed })
        #expect(
          all.all.expected
            == (date == "2024-05-28"
              ? onSite : onSite - (people.count { !$0.details.days.isEmpty && $0.state == .confirmed }))
        )
        for grouping in AttendanceGrouping.allCases {
          let found = try await store.summary(of: forum, on: LocalDate(date), by: grouping, at: later)
          let counts = Dictionary(uniqueKeysWithValues: found.summary.rows.map { ($0.key, $0.counts) })
          #expect(counts == expected(ledger, people, on: date, by: grouping), "\(date) \(grouping)")
          #expect(found.summary.all == all.all && found.timeZone == "Europe/Zurich")
        }
      }
      let late = admissions(ledger, on: "2024-05-27").filter { $0.registration == people[7].id }
      #expect(late.contains { $0.hour == 23 })
    },
    StoreRule("the day that is counted is the one at the place, and one of the event where it is named") { store in
      _ = try await badgeHolders(1, store)
      let midnight = SampleData.moment("2024-05-28T00:00:00+02:00")
      #expect(try await admit([scan("CODE1")], store, at: midnight - .seconds(1)) == [.admitted])
      let before = try await store.summary(of: forum, on: nil, by: .hour, at: midnight - .seconds(1)).summary
      #expect(before.day == LocalDate("2024-05-27") && before.rows.map(\.key) == ["23:00"] && before.all.came == 1)
      let after = try await store.summary(of: forum, on: nil, by: .hour, at: midnight).summary
      #expect(after.day == LocalDate("2024-05-28") && after.rows.isEmpty && after.all.came == 0)
      await #expect(throws: StoreError.notFound(.event("none"))) {
        _ = try await store.summary(of: "none", on: nil, by: nil, at: now)
      }
      await #expect {
        _ = try await store.summary(of: forum, on: LocalDate("2024-06-01"), by: nil, at: now)
      } throws: { error in
        guard case StoreError.invalid(let input) = error else { return false }
        return input.violations.map(\.field) == ["day"]
      }
    },
    StoreRule("who has not come are those whom no scan of the ledger let in that stands") { store in
      let people = try await visitors(store)
      func notCome(_ change: (inout RegistrationFilter) -> Void = { _ in }) async throws -> [String] {
        var filter = RegistrationFilter()
        filter.hasNotCome = true
        change(&filter)
        let found = try await store.registrations(of: forum, matching: filter, PageRequest(size: 20))
        #expect(found.total == found.page.items.count)
        return found.page.items.map(\.id)
      }
      #expect(try await notCome() == people.map(\.id))
      try await scanAllDay(5, store)
      let ledger = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 1000)).items
      let came = Set(
        ledger.filter { $0.answer == .admitted && $0.undo == nil }.compactMap { $0.attendee?.registration }
      )
      let missing = people.filter { !came.contains($0.id) }
      #expect(!came.isEmpty && missing.contains { $0.details.participation == .remote })
      #expect(try await notCome() == missing.map(\.id))
      let awaited = try await notCome {
        $0.state = .confirmed
        $0.participation = .onsite
      }
      #expect(awaited == missing.filter { $0.details.participation == .onsite }.map(\.id))
      // Who only came by a scan that was taken back has not come.
      for scan in ledger where scan.answer == .admitted && scan.undo == nil {
        let undo = UndoRequest(scan: scan.id, event: forum, reporter: "desk", isSupervisor: true, note: "")
        _ = try await store.undo(.test(now + .seconds(49 * 3600)), undo)
      }
      #expect(try await notCome() == people.map(\.id))
    },
    StoreRule("headcounts say which doors are closed, their limits, and the session to which each leads") { store in
      let hall = CheckpointAddress(event: forum, checkpoint: "plenary-hall")
      func counts(at moment: Instant) async throws -> AttendanceCounts.Checkpoint {
        let counts = try await store.attendance(of: forum, checkpoint: hall.checkpoint, at: moment)
        return counts.checkpoints[0]
      }
      let session = try await store.session("s001", of: forum)
      let during = try await counts(at: session.span.lowerBound + .seconds(60))
      #expect(during.session == .init(id: "s001", title: session.title.text(in: .english)) && !during.isClosed)
      #expect(during.capacity == 1800)
      var change = CheckpointChange()
      (change.isClosed, change.capacity) = (true, 40)
      _ = try await store.change(.test(now), hall, change)
      let closed = try await counts(at: session.span.lowerBound + .seconds(60))
      #expect(closed.isClosed && closed.capacity == 40)
      let lane = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(lane.session == nil && !lane.isClosed)
    },
    StoreRule("scans are listed by whatever is asked of them, and with the newest first") { store in
      let people = try await visitors(store)
      try await scanAllDay(11, store)
      let ledger = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 1000)).items
      let noon = now + .seconds(12 * 3600)
      func moment(_ scan: RecordedScan) -> Instant { scan.offline?.happenedAt ?? scan.receivedAt }
      let narrowings: [(set: (inout ScanFilter) -> Void, fits: (RecordedScan) -> Bool)] = [
        ({ $0.checkpoint = "plenary-hall" }, { $0.checkpoint.checkpoint == "plenary-hall" }),
        ({ $0.registration = people[2].id }, { $0.attendee?.registration == people[2].id }),
        ({ $0.answer = .refused }, { $0.answer.kind == .refused }),
        ({ $0.reason = .remoteOnly }, { $0.answer == .refused(.remoteOnly) }),
        ({ $0.direction = .out }, { $0.direction == .out }), ({ $0.reporter = "device" }, { $0.reporter == "device" }),
        ({ $0.start = noon }, { moment($0) >= noon }), ({ $0.end = noon }, { moment($0) < noon }),
      ]
      // Each alone, and each with each.
      for (number, one) in narrowings.enumerated() {
        for other in narrowings[number...] {
          var filter = ScanFilter()
          one.set(&filter)
          other.set(&filter)
          let fitting = ledger.filter { one.fits($0) && other.fits($0) }.map(\.id)
          let found = try await store.scans(of: forum, matching: filter, PageRequest(size: 1000))
          #expect(found.items.map(\.id) == fitting && found.next == nil)
          filter.isNewestFirst = true
          var (pages, page): ([UUIDBytes], PageRequest) = ([], PageRequest(size: 7))
          repeat {
            let part = try await store.scans(of: forum, matching: filter, page)
            pages += part.items.map(\.id)
            page.after = part.next
          } while page.after != nil
          #expect(pages == fitting.reversed())
        }
      }
      #expect(narrowings.allSatisfy { narrowing in ledger.contains(where: narrowing.fits) })
      await #expect(throws: StoreError.notFound(.registration("none", of: forum))) {
        var unknown = ScanFilter()
        unknown.registration = "none"
        _ = try await store.scans(of: forum, matching: unknown, PageRequest(size: 1))
      }
    },
    StoreRule("conflicts are listed by why, where and when, page after page") { store in
      let holders = try await badgeHolders(9, store)
      for number in 7...9 {
        let badge = try await store.badges(of: forum, registration: holders[number - 1].id, PageRequest(size: 1)).items[
          0
        ]
        _ = try await store.revoke(.test(), badge.serial, of: forum)
      }
      let apart = (1...6).flatMap { number in
        [1, 2 + number % 3].enumerated().map { index, lane in
          (
            laneScan("CODE\(number)", lane: lane), RecordedScan.Answer.admitted,
            now + .seconds(number * 200 + index * 60)
          )
        }
      }
      let revoked = (7...9).map {
        (laneScan("CODE\($0)", lane: $0 - 6), RecordedScan.Answer.admitted, now + .seconds($0 * 100))
      }
      _ = try await upload(apart + revoked, store)
      _ = try await store.record(
        .test(now + .seconds(3600)),
        [
          OfflineScan(
            undone: nil,
            at: now + .seconds(900),
            answered: OfflineScan.Answered(
              scan: laneScan("CODE1", lane: 4, override: OverrideNote(note: "known by face", operatorName: "AB")),
              answer: .admitted,
              happenedAt: now + .seconds(900),
              notInRoster: false,
              missingRights: [.overriding]
            )
          )
        ],
        of: forum,
        reporter: "device",
        isSupervisor: false,
        reader: unrecorded
      )
      let all = try await store.conflicts(of: forum, PageRequest(size: 100)).items
      #expect(all.map(\.id) == all.map(\.id).sorted(by: >) && all.count == 10)
      let middle = now + .seconds(800)
      func moment(_ conflict: StoredConflict) -> Instant {
        conflict.scan.offline?.happenedAt ?? conflict.scan.receivedAt
      }
      let narrowings: [(set: (inout ConflictFilter) -> Void, fits: (StoredConflict) -> Bool)] = [
        ({ $0.reason = .alreadyInside }, { $0.cause == .refused(.alreadyInside) }),
        ({ $0.reason = .revoked }, { $0.cause == .refused(.revoked) }),
        ({ $0.kind = .withoutRight }, { $0.cause.kind == .withoutRight }),
        ({ $0.kind = .againstRules }, { $0.cause.kind == .againstRules }),
        (
          { $0.checkpoint = "entrance-lane-1" },
          { ([$0.scan] + [$0.earlier].compactMap(\.self)).contains { $0.checkpoint.checkpoint == "entrance-lane-1" } }
        ),
        ({ $0.checkpoint = "entrance-lane-4" }, { $0.scan.checkpoint.checkpoint == "entrance-lane-4" }),
        ({ $0.registration = holders[0].id }, { $0.scan.attendee?.registration == holders[0].id }),
        ({ $0.start = middle }, { moment($0) >= middle }), ({ $0.end = middle }, { moment($0) < middle }),
      ]
      for reporter in ["device", "other"] {
        for (direction, answer) in [(Direction.into, AnswerKind.admitted), (.out, .admitted), (.into, .left)] {
          var filter = ConflictFilter()
          (filter.reporter, filter.direction, filter.answer) = (reporter, direction, answer)
          let found = try await store.conflicts(of: forum, matching: filter, PageRequest(size: 100)).items.count
          #expect(found == (reporter == "device" && direction == .into && answer == .admitted ? all.count : 0))
        }
      }
      for (number, one) in narrowings.enumerated() {
        #expect(all.contains(where: one.fits) && !all.allSatisfy(one.fits), "\(number)")
        for other in narrowings[number...] {
          var (filter, reversed) = (ConflictFilter(), ConflictFilter())
          one.set(&filter)
          other.set(&filter)
          other.set(&reversed)
          one.set(&reversed)
          // Two that ask for different ones of the same are not asked for together.
          guard filter == reversed else { continue }
          var (pages, page): ([Int64], PageRequest) = ([], PageRequest(size: 2))
          repeat {
            let part = try await store.conflicts(of: forum, matching: filter, page)
            pages += part.items.map(\.id)
            page.after = part.next
          } while page.after != nil
          #expect(pages == all.filter { one.fits($0) && other.fits($0) }.map(\.id))
        }
      }
    },
  ]
}
