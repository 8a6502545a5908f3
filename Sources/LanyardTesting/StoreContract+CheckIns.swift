import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// A scan with an id of its own.
  static func scan(
    _ code: String,
    at checkpoint: String = "entrance-lane-1",
    _ direction: Direction? = nil,
    fingerprint: Int64 = 1,
    event: String = forum,
    badge: BadgeSerial? = nil
  ) -> SubmittedScan {
    SubmittedScan(
      id: .timeOrdered(at: now),
      checkpoint: CheckpointAddress(event: event, checkpoint: checkpoint),
      code: code,
      badge: badge,
      direction: direction,
      scannedAt: now,
      fingerprint: fingerprint,
      reporter: "test"
    )
  }

  /// Admits scans of codes that nobody signed: what is not on record is unreadable.
  static func admit(
    _ scans: [SubmittedScan],
    _ store: any Store,
    at moment: Instant = now
  ) async throws -> [RecordedScan.Answer?] {
    try await store.admit(.test(moment), scans, reader: { _ in .unreadable }).map { outcome in
      if case .recorded(let recorded) = outcome { recorded.answer } else { nil }
    }
  }

  /// The checkpoints through which each person that the ledger has inside came, by a reading of its own: what was let in
  /// through a lane, or into a room, and did not leave since.
  private static func inside(_ ledger: [RecordedScan]) -> [[String]] {
    let people = Dictionary(grouping: ledger) { $0.attendee?.registration ?? "" }
    let first = Dictionary(ledger.enumerated().map { ($1.attendee?.registration ?? "", $0) }) { first, _ in first }
    return people.sorted { (first[$0.key] ?? 0) < (first[$1.key] ?? 0) }.compactMap { _, scans in
      let places = scans.reduce(into: [String]()) { places, scan in
        let (place, isRoom) = (scan.checkpoint.checkpoint, !scan.checkpoint.checkpoint.hasPrefix("entrance"))
        switch scan.answer {
        case .admitted: places = places.filter { $0.hasPrefix("entrance") == isRoom } + [place]
        case .left: places = isRoom ? places.filter { $0 != place } : []
        case .refused: break
        }
      }
      return places.isEmpty ? nil : places
    }
  }

  static let checkIns: [StoreRule] = [
    StoreRule("who is found by name is let in by the serial of their badge, once, and nobody else is") { store in
      let people = try await badgeHolders(2, store)
      let badge = try await store.badges(of: forum, registration: people[0].id, PageRequest(size: 1)).items[0].serial
      let unknown = BadgeSerial(badge.rawValue ^ 1)
      let scans = [scan("", badge: badge), scan("CODE1"), scan("", badge: unknown), scan("")]
      let refusals = [RefusalReason.alreadyInside, .unknownBadge, .unreadable].map(RecordedScan.Answer.refused)
      #expect(try await admit(scans, store) == [.admitted] + refusals)
      let later = [scan("", badge: badge), scan("CODE2")]
      #expect(try await admit(later, store) == [.refused(.alreadyInside), .admitted])
    },
    StoreRule("within a batch and between batches a badge is admitted once until it leaves") { store in
      _ = try await badgeHolders(1, store)
      #expect(
        try await admit([scan("CODE1"), scan("CODE1", at: "entrance-lane-2")], store)
          == [.admitted, .refused(.alreadyInside)]
      )
      #expect(try await admit([scan("CODE1", at: "entrance-lane-3")], store) == [.refused(.alreadyInside)])
      #expect(try await admit([scan("CODE1", at: "entrance-lane-4", .out)], store) == [.left(wasInside: true)])
      #expect(try await admit([scan("CODE1", .out)], store) == [.left(wasInside: false)])
      #expect(try await admit([scan("CODE1")], store) == [.admitted])
    },
    StoreRule("a badge scanned at many lanes in the same instant is admitted exactly once") { store in
      _ = try await badgeHolders(1, store)
      let results = await atOnce(32) { number in
        try await admit([scan("CODE1", at: "entrance-lane-\(number % 8 + 1)")], store)[0]
      }
      let answers = try results.map { try $0.get() }
      #expect(answers.count { $0 == .admitted } == 1)
      #expect(answers.count { $0 == .refused(.alreadyInside) } == 31)
    },
    StoreRule("a scan sent again gets the whole same answer again and counts once") { store in
      _ = try await badgeHolders(1, store)
      let scans = [
        scan("CODE1"), scan("CODE1", at: "entrance-lane-2"), scan("NO BADGE"), scan("CODE1", at: "room-a"),
        scan("CODE1", .out),
      ]
      let reader: @Sendable (String) -> CodeReading = { _ in .forged }
      let first = try await store.admit(.test(now), scans, reader: reader)
      let again = try await store.admit(.test(now + .seconds(60)), scans, reader: reader)
      #expect(first == again)
      let counts = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(counts.admitted == 1)
      #expect(counts.left == 1)
      #expect(counts.refused == [.forged: 1])
    },
    StoreRule("an id that stands for another scan is refused and records nothing") { store in
      _ = try await badgeHolders(1, store)
      let first = scan("CODE1")
      let other = SubmittedScan(
        id: first.id,
        checkpoint: first.checkpoint,
        code: "CODE1",
        direction: .out,
        scannedAt: now,
        fingerprint: 2,
        reporter: "test"
      )
      #expect(try await admit([first], store) == [.admitted])
      #expect(
        try await store.admit(.test(now), [other], reader: { _ in .unreadable }) == [.failed(.idReused)]
      )
      #expect(try await store.attendance(of: forum, checkpoint: nil, at: now).peopleInside == 1)
    },
    StoreRule("an id that stands twice in a batch gets one answer, and another scan under it none") { store in
      _ = try await badgeHolders(1, store)
      let first = scan("CODE1")
      let other = SubmittedScan(
        id: first.id,
        checkpoint: first.checkpoint,
        code: "CODE1",
        direction: .out,
        scannedAt: now,
        fingerprint: 2,
        reporter: "test"
      )
      let reader: @Sendable (String) -> CodeReading = { _ in .unreadable }
      let outcomes = try await store.admit(.test(now), [first, first, other, scan("CODE1", .out)], reader: reader)
      #expect(outcomes[0] == outcomes[1] && outcomes[2] == .failed(.idReused))
      #expect(try await store.admit(.test(now), [first], reader: reader) == [outcomes[0]])
      let counts = try await store.attendance(of: forum, checkpoint: "entrance-lane-1", at: now).checkpoints[0]
      #expect(counts.admitted == 1 && counts.left == 1 && counts.inside == 0)
    },
    StoreRule("an unknown checkpoint fails alone") { store in
      _ = try await badgeHolders(1, store)
      #expect(try await admit([scan("CODE1", at: "nowhere"), scan("CODE1")], store) == [nil, .admitted])
    },
    StoreRule("a cancelled registration that was used says cancelled, and still may leave") { store in
      let holder = try await badgeHolders(1, store)[0]
      #expect(try await admit([scan("CODE1")], store) == [.admitted])
      _ = try await store.take(.test(now), .cancel, on: holder.id, of: forum, etag: nil)
      #expect(try await admit([scan("CODE1")], store) == [.refused(.cancelled)])
      #expect(try await admit([scan("CODE1", .out)], store) == [.left(wasInside: true)])
    },
    StoreRule("headcounts count people, and the next morning begins at nobody") { store in
      _ = try await badgeHolders(3, store)
      for code in ["CODE1", "CODE2", "CODE3"] { #expect(try await admit([scan(code)], store) == [.admitted]) }
      #expect(
        try await admit([scan("CODE1", .out), scan("CODE1"), scan("CODE2", .out)], store)
          == [.left(wasInside: true), .admitted, .left(wasInside: true)]
      )
      let counts = try await store.attendance(of: forum, checkpoint: nil, at: now)
      #expect(counts.peopleInside == 2)
      #expect(counts.checkpoints[0].inside == 2)
      #expect(counts.checkpoints[0].admitted == 3)
      let nextMorning = now + .seconds(86_400)
      #expect(try await store.attendance(of: forum, checkpoint: nil, at: nextMorning).peopleInside == 0)
      #expect(try await admit([scan("CODE1")], store, at: nextMorning) == [.admitted])
    },
    StoreRule("who is inside, page after page, are those whom the ledger has last let in") { store in
      let holders = try await badgeHolders(5, store)
      let nine = SampleData.moment("2024-05-27T09:00:00+02:00")
      // In by one lane and out by another of its area, in again, two who stay, one who goes on to a room, one who never came.
      let scans: [SubmittedScan] = [
        scan("CODE1"), scan("CODE1", at: "entrance-lane-2", .out), scan("CODE2"), scan("CODE3"), scan("CODE2", .out),
        scan("CODE2", at: "entrance-lane-2"), scan("CODE4"), scan("CODE4", at: "room-c"), scan("CODE3"),
      ]
      for (minute, scan) in scans.enumerated() {
        #expect(try await admit([scan], store, at: nine + .seconds(60 * minute)) != [nil])
      }
      let ten = nine + .seconds(600)
      let ledger = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 100)).items
      #expect(ledger.count == scans.count)
      let expected = inside(ledger)
      #expect(expected.map(\.count) == [1, 1, 2])
      var (found, page): ([PersonInside], PageRequest) = ([], PageRequest(size: 1))
      repeat {
        let part = try await store.peopleInside(of: forum, checkpoint: nil, at: ten, page)
        #expect(part.total == 3 && part.page.items.count == 1)
        found += part.page.items
        page.after = part.page.next
      } while page.after != nil
      #expect(found.map(\.attendee.registration) == holders[1...3].map(\.id))
      #expect(found.map { $0.places.map(\.checkpoint) } == expected)
      #expect(found.map(\.country) == holders[1...3].map(\.details.person.country))
      let room = try await store.peopleInside(of: forum, checkpoint: "room-c", at: ten, PageRequest(size: 10))
      #expect(room.total == 1 && room.page.items.map(\.attendee.registration) == [holders[3].id])
      #expect(room.page.items.map { $0.places.map(\.checkpoint) } == [["room-c"]])
      // Another lane leads to the same area.
      let area = try await store.peopleInside(of: forum, checkpoint: "entrance-lane-3", at: ten, PageRequest(size: 10))
      #expect(area.total == 3)
      let morning = ten + .seconds(86_400)
      #expect(try await store.peopleInside(of: forum, checkpoint: nil, at: morning, PageRequest(size: 1)).total == 0)
      await #expect(throws: StoreError.notFound(.checkpoint("none", of: forum))) {
        _ = try await store.peopleInside(of: forum, checkpoint: "none", at: ten, PageRequest(size: 1))
      }
    },
    StoreRule("entering one room leaves the other, and a session's capacity holds") { store in
      var programme = try forum(capacity: 3000)
      for index in programme.events[0].sessions.indices where programme.events[0].sessions[index].code == "S003" {
        programme.events[0].sessions[index].capacity = 1
      }
      _ = try await store.importProgramme(.test(), programme)
      _ = try await badgeHolders(2, store)
      let nine = SampleData.moment("2024-05-27T09:00:00+02:00")
      func door(_ code: String, _ room: String) async throws -> RecordedScan.Answer? {
        try await admit([scan(code, at: room)], store, at: nine)[0]
      }
      #expect(try await door("CODE1", "room-c") == .admitted)
      #expect(try await door("CODE2", "room-c") == .refused(.full))
      #expect(try await door("CODE1", "plenary-hall") == .admitted)
      #expect(try await door("CODE2", "room-c") == .admitted)
      #expect(try await door("CODE1", "room-a") == .refused(.notAdmittedHere))
      let counts = try await store.attendance(of: forum, checkpoint: nil, at: nine)
      #expect(counts.peopleInside == 2)
      #expect(counts.checkpoints.first { $0.id == "room-c" }?.inside == 1)
    },
    StoreRule("who is inside a session stays inside when the session is moved in time") { store in
      _ = try await badgeHolders(2, store)
      let nine = SampleData.moment("2024-05-27T09:00:00+02:00")
      #expect(try await admit([scan("CODE1", at: "room-c")], store, at: nine) == [.admitted])
      var programme = try SampleData.programme()
      for index in programme.events[1].sessions.indices where programme.events[1].sessions[index].code == "S003" {
        let span = programme.events[1].sessions[index].span
        programme.events[1].sessions[index].span = (span.lowerBound + .seconds(300))..<span.upperBound
      }
      _ = try await store.importProgramme(.test(), programme)
      let later = nine + .seconds(600)
      #expect(
        try await admit([scan("CODE1", at: "room-c"), scan("CODE2", at: "room-c")], store, at: later)
          == [.refused(.alreadyInside), .admitted]
      )
      let counts = try await store.attendance(of: forum, checkpoint: "room-c", at: later)
      #expect(counts.checkpoints[0].inside == 2)
    },
    StoreRule("sessions of a room that are all moved by one keep their people apart") { store in
      _ = try await badgeHolders(2, store)
      var programme = try SampleData.programme()
      let event = programme.events.firstIndex { $0.event.slug == forum } ?? 0
      let first = try #require(programme.events[event].sessions.first { $0.code == "S003" })
      let hour = Duration.seconds(3600)
      func sessions(from start: Instant) -> [Session] {
        (0..<3).map { number in
          var session = first
          session.code = "MOVED\(number)"
          session.span = (start + hour * number)..<(start + hour * (number + 1))
          return session
        }
      }
      let nine = SampleData.moment("2024-05-27T09:00:00+02:00")
      let others = programme.events[event].sessions.filter { $0.checkpoint != first.checkpoint }
      programme.events[event].sessions = others + sessions(from: nine)
      _ = try await store.importProgramme(.test(), programme)
      #expect(try await admit([scan("CODE1", at: first.checkpoint)], store, at: nine) == [.admitted])
      #expect(try await admit([scan("CODE2", at: first.checkpoint)], store, at: nine + hour) == [.admitted])
      programme.events[event].sessions = others + sessions(from: nine + hour)
      _ = try await store.importProgramme(.test(), programme)
      func inside(_ number: Int) async throws -> Int? {
        let moment = nine + hour * number + .seconds(600)
        let counts = try await store.attendance(of: forum, checkpoint: first.checkpoint, at: moment)
        return counts.checkpoints.first?.inside
      }
      #expect(try await [inside(1), inside(2), inside(3)] == [1, 1, 0])
      let again = scan("CODE1", at: first.checkpoint)
      #expect(try await admit([again], store, at: nine + hour + .seconds(700)) == [.refused(.alreadyInside)])
    },
    StoreRule("a badge of another event is refused as such") { store in
      _ = try await badgeHolders(1, store)
      let kyoto = scan("CODE1", at: "room-l", event: "wsis20-ocp")
      #expect(try await admit([kyoto], store) == [.refused(.otherEvent)])
      // Sent again, too, it shows nobody to the door of another event.
      guard case .recorded(let scan) = try await store.admit(.test(now), [kyoto], reader: { _ in .unreadable })[0]
      else {
        Issue.record("the scan was not recorded")
        return
      }
      #expect(scan.attendee == nil)
    },
  ]
}
