import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  static let bookings: [StoreRule] = [
    StoreRule("a place for who is booked admits those and refuses the others as NOT_BOOKED") { store in
      let people = try await badgeHolders(2, store)
      var programme = try SampleData.programme()
      let index = try #require(programme.events[1].checkpoints.firstIndex { $0.id == "entrance-lane-1" })
      programme.events[1].checkpoints[index].requiresBooking = true
      _ = try await store.importProgramme(.test(), programme)
      let place = BookingPlace.checkpoint(CheckpointAddress(event: forum, checkpoint: "entrance-lane-1"))
      #expect(try await store.book(.test(), [people[0].id], for: place) == 1)
      #expect(try await store.book(.test(), [people[0].id], for: place) == 0)
      #expect(try await store.bookings(for: place, PageRequest(size: 10)).items == [people[0].id])
      #expect(try await admit(laneScan("CODE1"), at: now, store)?.answer == .admitted)
      #expect(try await admit(laneScan("CODE2"), at: now, store)?.answer == .refused(.notBooked))
      await #expect(throws: StoreError.notFound(.registration("none", of: forum))) {
        try await store.book(.test(), [people[1].id, "none"], for: place)
      }
      #expect(try await store.unbook(.test(), people.map(\.id), for: place) == 1)
      #expect(try await store.bookings(for: place, PageRequest(size: 10)).items.isEmpty)
    },
    StoreRule("a checkpoint that is changed on the day follows at once, and stays closed through an import") { store in
      _ = try await badgeHolders(1, store)
      let lane = CheckpointAddress(event: forum, checkpoint: "entrance-lane-1")
      var change = CheckpointChange()
      change.isClosed = true
      #expect(try await store.change(.test(), lane, change).isClosed)
      #expect(try await admit(laneScan("CODE1"), at: now, store)?.answer == .refused(.checkpointClosed))
      _ = try await store.importProgramme(.test(), SampleData.programme())
      #expect(try await store.checkpoint(lane).isClosed)
      change.isClosed = false
      _ = try await store.change(.test(), lane, change)
      #expect(try await admit(laneScan("CODE1"), at: now, store)?.answer == .admitted)
    },
    StoreRule("a badge that is replaced or revoked stops working at once; the new one keeps the mark") { store in
      let holder = try await badgeHolders(1, store)[0]
      let old = try await store.badges(of: forum, registration: holder.id, PageRequest(size: 1)).items[0]
      let mark = AttentionMark(attention: .escort, note: "call")
      let change = AttentionChange(attention: .escort, note: "call")
      #expect(try await store.mark(.test(), old.serial, of: forum, change, etag: nil).mark == mark)
      let new = try await store.replace(.test(now), old.serial, of: forum, with: draft(for: holder, code: "NEW"))
      #expect(new.mark == mark && new.state == .active)
      for registration in [nil, holder.id] {
        let shown = try await store.badges(
          of: forum,
          registration: registration,
          withAttention: true,
          in: nil,
          PageRequest(size: 5)
        )
        #expect(shown.items.map(\.serial) == [new.serial])
      }
      #expect(try await admit(laneScan("CODE1"), at: now, store)?.answer == .refused(.replaced))
      #expect(try await admit(laneScan("NEW"), at: now, store)?.attendee?.mark == mark)
      await #expect(throws: StoreError.badgeNotActive(.badge(old.serial, of: forum), .replaced)) {
        try await store.replace(.test(now), old.serial, of: forum, with: draft(for: holder, code: "THIRD"))
      }
      #expect(try await store.revoke(.test(), new.serial, of: forum).state == .revoked)
      #expect(try await store.revoke(.test(), old.serial, of: forum).state == .replaced)
      #expect(try await admit(laneScan("NEW"), at: now, store)?.answer == .refused(.revoked))
    },
    StoreRule("who is booked for a session is booked for it in the room that it moves to") { store in
      let people = try await badgeHolders(2, store)
      _ = try await store.importProgramme(.test(), sessions { $0 = [booked(in: "room-c")] })
      let place = BookingPlace.session("booked", event: forum)
      #expect(try await store.book(.test(), [people[0].id], for: place) == 1)
      _ = try await store.importProgramme(.test(), sessions { $0 = [booked(in: "room-e")] })
      #expect(try await store.bookings(for: place, PageRequest(size: 10)).items == [people[0].id])
      let scans = [scan("CODE1", at: "room-e"), scan("CODE2", at: "room-e")]
      #expect(try await admit(scans, store, at: nine) == [.admitted, .refused(.notBooked)])
    },
    StoreRule("the doors of an area share its places: who is booked for two of them takes one") { store in
      let ids = try await badgeHolders(4, store).map(\.id)
      try await limitEntrance(to: 2, store)
      let (first, second) = (entrance(1), entrance(2))
      #expect(try await store.book(.test(), [ids[0]], for: first) == 1)
      let both = try await store.book(.test(), [ids[0], ids[1]], for: second, insisting: false)
      #expect(both.answer.added == [ids[0], ids[1]] && both.count == 2 && both.capacity == 2)
      await #expect(throws: StoreError.bookedOut(BookedOut(capacity: 2, booked: 2, asked: 1))) {
        try await store.book(.test(), [ids[1], ids[2]], for: first)
      }
      #expect(try await store.book(.test(), [ids[1]], for: first) == 1)
      #expect(try await store.unbook(.test(), [ids[1]], for: second) == 1)
      await #expect(throws: StoreError.self) { try await store.book(.test(), [ids[2]], for: second) }
      #expect(try await store.unbook(.test(), [ids[1]], for: first) == 1)
      #expect(try await store.book(.test(), [ids[2]], for: second) == 1)
      #expect(try await store.bookings(for: second, PageRequest(size: 10)).items == [ids[0], ids[2]])
      // A session's places are its own.
      _ = try await store.importProgramme(.test(), sessions { $0 = [booked(in: "room-c")] })
      #expect(try await store.book(.test(), [ids[3]], for: .session("booked", event: forum)) == 1)
    },
    StoreRule("a room and its session share their places, and who is booked for both takes one") { store in
      let ids = try await badgeHolders(4, store).map(\.id)
      var programme = try sessions { $0 = [booked(in: "room-c")] }
      let room = try #require(programme.events[1].checkpoints.firstIndex { $0.id == "room-c" })
      programme.events[1].checkpoints[room].capacity = 2
      _ = try await store.importProgramme(.test(), programme)
      let session = BookingPlace.session("booked", event: forum)
      let door = BookingPlace.checkpoint(CheckpointAddress(event: forum, checkpoint: "room-c"))
      #expect(try await store.book(.test(), [ids[0], ids[1]], for: session) == 2)
      await #expect(throws: StoreError.bookedOut(BookedOut(capacity: 2, booked: 2, asked: 2))) {
        try await store.book(.test(), [ids[2], ids[3]], for: door)
      }
      #expect(try await store.book(.test(), [ids[0]], for: door) == 1)
      #expect(try await store.unbook(.test(), [ids[0], ids[1]], for: session) == 2)
      #expect(try await store.book(.test(), [ids[2]], for: session) == 1)
      await #expect(throws: StoreError.bookedOut(BookedOut(capacity: 2, booked: 2, asked: 1))) {
        try await store.book(.test(), [ids[3]], for: session)
      }
      let insisted = try await store.book(.test(), [ids[3]], for: session, insisting: true)
      #expect(insisted.count == 3 && insisted.capacity == 2)
      // When the session is over, the room takes as many as ever.
      #expect(try await store.unbook(.test(), [ids[0]], for: door) == 1)
      #expect(try await store.book(.test(nine + .seconds(7200)), [ids[0], ids[1]], for: door) == 2)
    },
    StoreRule("a session that asks nobody for a booking takes none, and gives back what it has") { store in
      let people = try await badgeHolders(2, store)
      _ = try await store.importProgramme(.test(), sessions { $0 = [booked(in: "room-c")] })
      let place = BookingPlace.session("booked", event: forum)
      #expect(try await store.book(.test(), [people[0].id], for: place) == 1)
      var open = booked(in: "room-c")
      open.requiresBooking = false
      _ = try await store.importProgramme(.test(), sessions { $0 = [open] })
      await #expect(throws: StoreError.takesNoBookings(.session("booked", of: forum))) {
        try await store.book(.test(), [people[1].id], for: place)
      }
      #expect(try await store.bookings(for: place, PageRequest(size: 10)).items == [people[0].id])
      #expect(try await store.unbook(.test(), [people[0].id], for: place) == 1)
    },
    StoreRule("a session at another time or in another room takes nothing from how often people came") { store in
      _ = try await badgeHolders(1, store)
      func hold(from start: Instant, in door: String = "room-c") async throws {
        var programme = try sessions { $0 = [held("first", from: start, in: door)] }
        for index in programme.events[1].checkpoints.indices {
          let id = programme.events[1].checkpoints[index].id
          if id == "room-c" || id == "room-e" { programme.events[1].checkpoints[index].mostEntries = 2 }
        }
        _ = try await store.importProgramme(.test(), programme)
      }
      let day = Duration.seconds(86_400)
      try await hold(from: nine)
      let came = [scan("CODE1", at: "room-c"), scan("CODE1", at: "room-c", .out)]
      #expect(try await admit(came, store, at: nine) == [.admitted, .left(wasInside: true)])
      try await hold(from: nine + day)
      #expect(try await admit([scan("CODE1", at: "room-c")], store, at: nine + day) == [.admitted])
      try await hold(from: nine + day + .seconds(1800))
      let presence = try await store.rosterPresences(of: forum, PageRequest(size: 10)).items.compactMap(\.presence)
      #expect(presence.map(\.entries) == [2] && presence.map(\.earlierDays) == [[20_240_527]])
      #expect(presence.map(\.period) == [nine + day + .seconds(1800)])
      _ = try await admit([scan("CODE1", at: "room-c", .out)], store, at: nine + day + .seconds(1900))
      try await hold(from: nine + day + .seconds(1800), in: "room-e")
      try await hold(from: nine + day + .seconds(1800))
      let again = scan("CODE1", at: "room-c")
      #expect(try await admit([again], store, at: nine + day + .seconds(2000)) == [.refused(.alreadyAdmitted)])
    },
    StoreRule("a session takes no more than the least of its own limit and those of its room's other doors") { store in
      let people = try await badgeHolders(3, store)
      var programme = try sessions { $0 = [booked(in: "room-c")] }
      for (door, limit) in [("room-c", 3), ("room-e", 2)] {
        let place = try #require(programme.events[1].checkpoints.firstIndex { $0.id == door })
        programme.events[1].checkpoints[place].area = "hall"
        programme.events[1].checkpoints[place].capacity = limit
      }
      _ = try await store.importProgramme(.test(), programme)
      let place = BookingPlace.session("booked", event: forum)
      await #expect(throws: StoreError.bookedOut(BookedOut(capacity: 2, booked: 0, asked: 3))) {
        _ = try await store.book(.test(), people.map(\.id), for: place)
      }
    },
    StoreRule("a session that is withdrawn is not there, and comes back without who is inside another") { store in
      _ = try await badgeHolders(1, store)
      _ = try await store.importProgramme(.test(), sessions { $0 = [held("first", from: nine)] })
      _ = try await store.importProgramme(.test(), sessions { $0 = [held("other", from: nine)] })
      await #expect(throws: StoreError.notFound(.session("first", of: forum))) {
        try await store.session("first", of: forum)
      }
      #expect(try await admit([scan("CODE1", at: "room-c")], store, at: nine) == [.admitted])
      let later = nine + .seconds(7200)
      let both = try sessions { $0 = [held("other", from: nine), held("first", from: later)] }
      _ = try await store.importProgramme(.test(), both)
      #expect(try await store.session("first", of: forum).span.lowerBound == later)
      let again = scan("CODE1", at: "room-c")
      #expect(try await admit([again], store, at: nine + .seconds(60)) == [.refused(.alreadyInside)])
    },
  ]

  /// A lane of the entrance, as a place that can be booked.
  static func entrance(_ lane: Int) -> BookingPlace {
    .checkpoint(CheckpointAddress(event: forum, checkpoint: "entrance-lane-\(lane)"))
  }

  /// Lets so many into the area of the entrance at once.
  static func limitEntrance(to capacity: Int, _ store: any Store) async throws {
    var programme = try SampleData.programme()
    let index = try #require(programme.events[1].checkpoints.firstIndex { $0.kind == .entrance })
    programme.events[1].checkpoints[index].capacity = capacity
    _ = try await store.importProgramme(.test(), programme)
  }

  private static let nine = SampleData.moment("2024-05-27T09:00:00+02:00")

  /// The sample programme with other sessions of the forum.
  private static func sessions(_ change: (inout [Session]) -> Void) throws -> Programme {
    var programme = try SampleData.programme()
    change(&programme.events[1].sessions)
    return programme
  }

  /// A session of an hour in Room C.
  private static func held(_ code: String, from start: Instant, in door: String = "room-c") -> Session {
    Session(
      code: code,
      title: "A session",
      span: start..<start + .seconds(3600),
      timeZone: "Europe/Zurich",
      room: door,
      checkpoint: door
    )
  }

  /// One for who is booked alone.
  private static func booked(in door: String) -> Session {
    var session = held("booked", from: nine, in: door)
    session.requiresBooking = true
    return session
  }
}
