import LanyardDomain
import LanyardTesting
import Testing

@Suite("An import of a programme") struct ProgrammeUpdateTests {
  private typealias Entry = ProgrammeRecord.Entry

  private static let zone: ZoneID = "Europe/Zurich"

  private static func event(_ change: (inout Event) -> Void = { _ in }) -> Event {
    var event = Event(
      slug: "forum",
      title: "Forum",
      startDate: day("2024-05-27"),
      endDate: day("2024-05-31"),
      timeZone: zone
    )
    event.stakeholderGroups = ["UN", "Academia"].numbered()
    change(&event)
    return event
  }

  private static func door(_ id: String) -> Checkpoint {
    Checkpoint(id: id, displayName: id, kind: .sessionDoor, area: id, timeZone: zone)
  }

  private static func session(
    _ code: String,
    at hour: Int,
    in room: String = "a",
    title: LocalizedText = "T"
  ) -> Session {
    let start = at("2024-05-27T00:00:00Z") + .seconds(hour * 3600)
    return Session(
      code: code,
      title: title,
      span: start..<start + .seconds(3600),
      timeZone: zone,
      room: room,
      checkpoint: room
    )
  }

  private static func start(_ hour: Int) -> Instant { session("S", at: hour).span.lowerBound }

  private static func programme(
    _ event: Event = event(),
    _ checkpoints: [Checkpoint] = [door("a"), door("b")],
    _ sessions: [Session] = []
  ) -> ProgrammeEvent {
    ProgrammeEvent(event: event, sessions: sessions, checkpoints: checkpoints)
  }

  private static func record(
    _ checkpoints: [Checkpoint] = [door("a"), door("b")],
    _ sessions: [Entry] = [],
    confirmed: Int = 0,
    hasBadges: Bool = false
  ) -> ProgrammeRecord {
    ProgrammeRecord(
      event: event(),
      onsiteConfirmed: confirmed,
      hasBadges: hasBadges,
      checkpoints: checkpoints.enumerated().map { PlacedCheckpoint($1, at: $0) },
      sessions: sessions
    )
  }

  private static func update(_ programme: ProgrammeEvent, on record: ProgrammeRecord?) throws -> ProgrammeUpdate {
    try ProgrammeUpdate(programme, on: record, path: "events[0]")
  }

  /// What is on record once an update is written.
  private static func written(_ update: ProgrammeUpdate, on record: ProgrammeRecord?) -> ProgrammeRecord {
    var record = record ?? Self.record([], [])
    switch update.event {
    case .create(let event), .update(let event, _): record.event = event
    case nil: break
    }
    for step in update.checkpoints {
      switch step {
      case .create(let placed): record.checkpoints.append(placed)
      case .update(let placed, let before):
        record.checkpoints = record.checkpoints.map { $0 == before ? placed : $0 }
      }
    }
    for step in update.sessions {
      switch step {
      case .create(let session): record.sessions.append(Entry(session))
      case .update(let session, let before):
        record.sessions = record.sessions.map { $0 == Entry(before) ? Entry(session) : $0 }
      case .restore(let session, let before):
        record.sessions = record.sessions.map { $0 == Entry(before, isWithdrawn: true) ? Entry(session) : $0 }
      case .withdraw(let session):
        record.sessions = record.sessions.map { $0 == Entry(session) ? Entry(session, isWithdrawn: true) : $0 }
      }
    }
    return record
  }

  @Test("Creates what is not there, and changes nothing where all is there")
  func createsOnce() throws {
    let programme = Self.programme(sessions: [Self.session("S1", at: 9)])
    let update = try Self.update(programme, on: nil)
    #expect(update.event == .create(programme.event) && update.isChanged && update.checkpointCount == 2)
    #expect(update.checkpoints.map { $0.change(of: "forum").name } == [.checkpointCreated, .checkpointCreated])
    #expect(update.sessions == [.create(programme.sessions[0])] && update.moves.isEmpty)
    #expect(try !Self.update(programme, on: Self.written(update, on: nil)).isChanged)
  }

  @Test("Keeps the number of each group, gives new ones the next, and withdraws those that the programme has no more")
  func groups() throws {
    var record = Self.record()
    let programme = Self.programme(Self.event { $0.stakeholderGroups = ["Press", "UN"] })
    guard case .update(let event, _)? = try Self.update(programme, on: record).event else {
      Issue.record("the event is not updated")
      return
    }
    #expect(event.stakeholderGroups.ids == ["Press", "UN", "Academia"])
    #expect(event.stakeholderGroups.map(\.number) == [3, 1, 2])
    #expect(event.stakeholderGroups.map(\.isWithdrawn) == [false, false, true])
    record.event = event
    #expect(try !Self.update(programme, on: record).isChanged)
  }

  @Test(
    "Takes no more groups, roles or tracks than may have numbers, withdrawn ones among them",
    arguments: ["tracks", "stakeholder_groups", "guest_roles"]
  )
  func tooMany(list: String) throws {
    func event(_ terms: [Term]) -> Event {
      var event = Self.event()
      switch list {
      case "tracks": event.tracks = terms
      case "guest_roles": event.guestRoles = terms
      default: event.stakeholderGroups = terms
      }
      return event
    }
    var record = Self.record()
    record.event = event((1..<Term.limit).map { Term(id: "\($0)") }.numbered())
    record = Self.written(try Self.update(Self.programme(event(["Last"])), on: record), on: record)
    let found = violations { () throws(InvalidInput) in
      _ = try ProgrammeUpdate(Self.programme(event(["Other"])), on: record, path: "events[0]")
    }
    #expect(found == [FieldViolation(field: "events[0].\(list)", .tooManyTerms(limit: Term.limit))])
  }

  @Test(
    "Moves the days of an event until badges are valid for them, and adds days afterwards too",
    arguments: [
      { @Sendable in $0.startDate = day("2024-05-28") }, { $0.endDate = day("2024-05-30") },
      {
        $0.startDate = day("2024-05-26"); $0.endDate = day("2024-05-30")
      }, { $0.timeZone = "Asia/Tokyo" },
    ] as [@Sendable (inout Event) -> Void]
  )
  func days(change: @Sendable (inout Event) -> Void) throws {
    let moved = Self.programme(Self.event(change))
    #expect(try Self.update(moved, on: Self.record()).isChanged)
    let found = violations { () throws(InvalidInput) in
      _ = try ProgrammeUpdate(moved, on: Self.record(hasBadges: true), path: "events[0]")
    }
    #expect(found.map(\.field) == ["events[0].start_date"])
    let longer = Self.programme(Self.event { ($0.startDate, $0.endDate) = (day("2024-05-26"), day("2024-06-01")) })
    #expect(try Self.update(longer, on: Self.record(hasBadges: true)).isChanged)
    let renamed = Self.programme(Self.event { $0.title = "Other" })
    #expect(try Self.update(renamed, on: Self.record(hasBadges: true)).isChanged)
  }

  @Test("Sets no capacity below the places that were given")
  func capacity() throws {
    let event = Self.event { $0.onsiteCapacity = 10 }
    #expect(try Self.update(Self.programme(event), on: Self.record(confirmed: 10)).isChanged)
    let found = violations { () throws(InvalidInput) in
      _ = try ProgrammeUpdate(Self.programme(event), on: Self.record(confirmed: 11), path: "events[0]")
    }
    #expect(found.map(\.field) == ["events[0].onsite_capacity"])
  }

  @Test("Keeps checkpoints that the programme no longer has, and those closed that were closed on the day")
  func checkpoints() throws {
    var closed = Self.door("b")
    closed.isClosed = true
    let record = Self.record([Self.door("a"), closed])
    let kept = try Self.update(Self.programme(Self.event(), [Self.door("a")]), on: record)
    #expect(!kept.isChanged && kept.checkpointCount == 2)
    var planned = Self.door("b")
    planned.capacity = 5
    let update = try Self.update(Self.programme(Self.event(), [planned, Self.door("c")]), on: record)
    closed.capacity = 5
    #expect(
      update.checkpoints == [
        .update(PlacedCheckpoint(closed, at: 0), from: record.checkpoints[1]),
        .create(PlacedCheckpoint(Self.door("c"), at: 1)),
      ]
    )
    #expect(update.checkpointCount == 3)
  }

  @Test("Withdraws sessions that the programme no longer has, and restores those that it has again")
  func withdraws() throws {
    let (first, second) = (Self.session("S1", at: 9), Self.session("S2", at: 10))
    let record = Self.record(sessions: [Entry(first), Entry(second, isWithdrawn: true)])
    let update = try Self.update(Self.programme(sessions: [second]), on: record)
    #expect(update.sessions == [.restore(second, from: second), .withdraw(first)])
    #expect(update.moves.isEmpty && update.rehoused.isEmpty)
    #expect(try !Self.update(Self.programme(sessions: [second]), on: Self.written(update, on: record)).isChanged)
  }

  @Test("Refuses a session in a room that nobody knows")
  func unknownRoom() {
    let programme = Self.programme(sessions: [Self.session("S1", at: 9, in: "nowhere")])
    let found = violations { () throws(InvalidInput) in
      _ = try ProgrammeUpdate(programme, on: nil, path: "events[0]")
    }
    #expect(found.map(\.field) == ["events[0].sessions"])
  }

  @Test("Lets who is inside a session go with it in time, also where sessions change places")
  func moves() throws {
    let record = Self.record(
      sessions: [
        Entry(Self.session("S1", at: 9)), Entry(Self.session("S2", at: 10)), Entry(Self.session("S3", at: 11)),
      ]
    )
    let sessions = [Self.session("S1", at: 10), Self.session("S2", at: 9), Self.session("S3", at: 11, title: "Other")]
    let update = try Self.update(Self.programme(sessions: sessions), on: record)
    let swapped = [Self.start(9): Self.start(10), Self.start(10): Self.start(9)]
    #expect(update.moves.map(\.door) == ["a"] && update.moves.map(\.starts) == [swapped])
  }

  @Test("Lets each presence count for the new start of its session, and the headcounts with it")
  func carriedOver() throws {
    let record = Self.record(sessions: [Entry(Self.session("S1", at: 9)), Entry(Self.session("S2", at: 10))])
    let sessions = [Self.session("S1", at: 10), Self.session("S2", at: 9)]
    let update = try Self.update(Self.programme(sessions: sessions), on: record)
    let move = try #require(update.moves.first)
    func presence(_ hour: Int, isInside: Bool) -> Presence {
      Presence(
        checkpoint: Key(1),
        isInside: isInside,
        admittedAt: Self.start(hour),
        period: Self.start(hour),
        day: 20_270_525
      )
    }
    let before = [
      presence(9, isInside: true), presence(9, isInside: true), presence(10, isInside: true),
      presence(10, isInside: false), presence(12, isInside: true),
    ]
    let people = before.indices.map { Key<Registration>(Int64($0)) }
    let effects = move.effects(on: Array(zip(people, before)).map { (person: $0, presence: $1) })
    let periods = people.map { effects.presences[.init(registration: $0, checkpoint: Key(1))]?.period }
    #expect(periods == [Self.start(10), Self.start(10), Self.start(9), Self.start(9), nil])
    for (person, old) in zip(people, before) {
      guard var new = effects.presences[.init(registration: person, checkpoint: Key(1))] else { continue }
      new.period = old.period
      #expect(new == old)
    }
    let nine = AdmissionFold.OccupancyKey(checkpoint: Key(1), period: Self.start(9))
    let ten = AdmissionFold.OccupancyKey(checkpoint: Key(1), period: Self.start(10))
    #expect(effects.occupancy == [nine: -1, ten: 1])
  }

  @Test("Lets who is booked for a session go with it to another room, and leaves who is inside where they are")
  func rehoused() throws {
    let record = Self.record(sessions: [Entry(Self.session("S1", at: 9))])
    let moved = Self.session("S1", at: 10, in: "b")
    let update = try Self.update(Self.programme(sessions: [moved]), on: record)
    #expect(update.rehoused == [moved] && update.moves.isEmpty)
  }

  @Test("Takes nobody out of a session for another that was held there at that time once")
  func restoredBesideAnother() throws {
    let record = Self.record(
      sessions: [Entry(Self.session("S1", at: 9)), Entry(Self.session("S2", at: 9), isWithdrawn: true)]
    )
    let update = try Self.update(
      Self.programme(sessions: [Self.session("S1", at: 9, title: "Other"), Self.session("S2", at: 11)]),
      on: record
    )
    #expect(update.sessions.count == 2 && update.moves.isEmpty)
    let untouched = try Self.update(
      Self.programme(sessions: [Self.session("S1", at: 9), Self.session("S2", at: 11)]),
      on: record
    )
    #expect(untouched.sessions.count == 1 && untouched.moves.isEmpty)
  }

  @Test(
    "Comes to what the programme says, and then to nothing more, whatever was there",
    arguments: 0..<20 as Range<UInt64>
  )
  func whatever(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var record: ProgrammeRecord?
    for _ in 0..<20 {
      let rooms = ["a", "b", "c"].filter { _ in Bool.random(using: &generator) }
      let sessions = rooms.flatMap { room in
        (0..<6).shuffled(using: &generator).prefix(3).enumerated().map { number, hour in
          Self.session(
            "\(room)\(number)",
            at: hour,
            in: room,
            title: ["T", "U"].randomElement(using: &generator) ?? "T"
          )
        }
      }
      let event = Self.event { $0.onsiteCapacity = Int.random(in: 1...3, using: &generator) }
      let programme = Self.programme(event, rooms.map(Self.door), sessions)
      let update = try Self.update(programme, on: record)
      let after = Self.written(update, on: record)
      #expect(after.event == event)
      #expect(Set(after.sessions.filter { !$0.isWithdrawn }.map(\.session)) == Set(sessions))
      #expect(Set(after.checkpoints.map(\.checkpoint.id)).isSuperset(of: rooms))
      #expect(after.checkpoints.count == update.checkpointCount)
      // Each that is inside has a session's start, and no two sessions share theirs.
      for move in update.moves { #expect(Set(move.starts.values).count == move.starts.count) }
      #expect(try !Self.update(programme, on: after).isChanged)
      record = after
    }
  }
}

extension ProgrammeUpdateTests {
  private static func programme(sessions: [Session]) -> ProgrammeEvent {
    programme(event(), [door("a"), door("b")], sessions)
  }

  private static func record(sessions: [Entry]) -> ProgrammeRecord {
    record([door("a"), door("b")], sessions)
  }
}
