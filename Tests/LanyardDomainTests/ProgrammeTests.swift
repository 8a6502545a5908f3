import LanyardDomain
import LanyardTesting
import Testing

@Suite("A programme") struct ProgrammeTests {
  @Test("of the sample loads with its events, sessions and checkpoints") func sampleLoads() throws {
    let events = try Sample.programme().events
    #expect(events.map(\.event.slug) == ["wsis20-ocp", "wsis20-forum-2024"])
    #expect(events.map(\.sessions.count) == [4, 90])
    #expect(events.map(\.checkpoints.count) == [3, 16])
    #expect(events.map(\.event.allowsRemote) == [true, true])
  }

  @Test("keeps the zone of each session and gives it to the room's door") func zones() throws {
    let ocp = try #require(Sample.programme().events.first)
    #expect(ocp.sessions.map(\.timeZone) == ["Asia/Tokyo", "Europe/Zurich", "Europe/Zurich", "Europe/Zurich"])
    #expect(ocp.sessions.map(\.checkpoint) == ["workshop-room-8", "room-l", "room-l", "room-a"])
    #expect(ocp.checkpoints.map(\.timeZone) == ["Asia/Tokyo", "Europe/Zurich", "Europe/Zurich"])
    #expect(ocp.sessions.first?.span.lowerBound == at("2023-10-11T02:00:00Z"))
  }

  @Test("puts entrances first, all of one area, then rooms with their limits") func checkpoints() throws {
    let forum = try #require(Sample.programme().events.last)
    #expect(forum.checkpoints.prefix(8).allSatisfy { $0.kind == .entrance && $0.area == Checkpoint.venueArea })
    #expect(forum.checkpoints.first?.id == "entrance-lane-1")
    let plenary = try #require(forum.checkpoints.dropFirst(8).first)
    #expect(plenary.id == "plenary-hall" && plenary.area == "plenary-hall" && plenary.capacity == 1800)
    #expect(forum.sessions.allSatisfy { session in forum.checkpoints.contains { $0.id == session.checkpoint } })
  }

  @Test("reads every rule of entrances and rooms") func rules() throws {
    let document = ProgrammeText.make(
      event: #"""
        "guest_roles": ["Minister"], "reviewed_guest_roles": ["Minister"], "reviewed_stakeholder_groups": ["UN"],
        "deadlines": {"papers": "2024-01-31"}, "remote_participation": false, "language": "fr-CH",
        "missed_exits": true,
        "entrances": [{"name": "北門", "area": "north", "capacity": 5, "admits_stakeholder_groups": ["UN"],
          "admits_guest_roles": ["Minister"], "directions": "by_turns", "re_entry": false}],
        "rooms": [{"name": "Room A", "id": "a", "early_entry_minutes": 0, "directions": "in", "re_entry": false}]
        """#
    )
    let read = try #require(Programme.reading(document).events.first)
    let entrance = try #require(read.checkpoints.first)
    #expect(
      entrance.id == ResourceID.made(of: "北門", kind: "entrance") && entrance.displayName == "北門"
        && entrance.area == "north"
    )
    #expect(entrance.capacity == 5 && entrance.directions == .byTurns && !entrance.allowsReentry)
    #expect(entrance.admits == AdmissionList(groups: ["UN"], roles: ["Minister"]))
    let room = try #require(read.checkpoints.last)
    #expect(room.id == "a" && room.earlyEntry == .zero && room.directions == .inOnly && !room.allowsReentry)
    #expect(read.sessions.first?.checkpoint == "a")
    #expect(read.event.reviews(group: "Academia", role: "Minister") && read.event.reviews(group: "UN", role: ""))
    #expect(
      read.event.deadlines == ["papers": day("2024-01-31")] && !read.event.allowsRemote && read.event.allowsMissedExits
    )
    #expect(read.event.language == .french)
  }

  @Test("reads each word as commands write it, and as programmes of before have it") func words() throws {
    let cases: [(String, Checkpoint.Directions, Checkpoint.Reentry, [Participation])] = [
      (
        #""directions": "by-turns", "re_entry": "after-leaving", "admits_participation": ["onsite", "remote"]"#,
        .byTurns, .afterLeaving, [.onsite, .remote]
      ),
      (
        #""directions": "by_turns", "re_entry": true, "admits_participation": ["ONSITE", "REMOTE"]"#,
        .byTurns, .afterLeaving, [.onsite, .remote]
      ),
      (#""directions": "BOTH", "re_entry": "never", "admits_participation": ["remote"]"#, .both, .never, [.remote]),
      (#""directions": "out", "re_entry": false"#, .outOnly, .never, [.onsite]),
      (#""directions": "in", "re_entry": "unscanned""#, .inOnly, .unscanned, [.onsite]),
    ]
    for (rules, directions, reentry, participations) in cases {
      let document = ProgrammeText.make(event: #""entrances": [{"name": "Gate", \#(rules)}]"#)
      let gate = try #require(Programme.reading(document).events.first?.checkpoints.first)
      #expect(gate.directions == directions && gate.reentry == reentry && gate.admits.participations == participations)
    }
    for ways in [#"["onsite", "ONSITE"]"#, #"["online"]"#, #"["remote", "remote"]"#] {
      let document = ProgrammeText.make(event: #""entrances": [{"name": "Gate", "admits_participation": \#(ways)}]"#)
      let fault = #expect(throws: InvalidInput.self) { try Programme.reading(document) }
      #expect(fault?.violations.first?.field.hasPrefix("events[0].entrances[0].admits_participation") == true)
    }
  }

  @Test("reads whether and until when people who wait move up by themselves") func movingUp() throws {
    func read(_ keys: String) throws -> MovingUp? {
      try Programme.reading(ProgrammeText.make(event: keys)).events.first?.event.movingUp
    }
    #expect(try read(#""city": "Bern""#) == .always)
    #expect(try read(#""moving_up": false"#) == MovingUp(isOn: false))
    let ends = #""moving_up": true, "moving_up_ends": "2024-05-24T18:00:00+02:00""#
    #expect(try read(ends) == MovingUp(ends: Instant(seconds: 1_716_566_400)))
  }

  @Test("reads in which zone or room a zone or a room stands") func within() throws {
    let document = ProgrammeText.make(
      event: #"""
        "zones": [{"name": "Lounge"}, {"name": "Bar", "area": "bar", "within": "lounge"},
          {"name": "Booth", "within": "a"}],
        "rooms": [{"name": "Room A", "id": "a", "within": "bar"}]
        """#
    )
    let read = try #require(Programme.reading(document).events.first)
    #expect(read.checkpoints.map(\.id) == ["lounge", "bar", "booth", "a"])
    #expect(read.checkpoints.map(\.within) == ["", "lounge", "a", "bar"])
  }

  @Test("reads the rules on coming again, the grace of a room and listed needs") func comingAgain() throws {
    let document = ProgrammeText.make(
      event: #"""
        "listed_needs": ["wheelchair", "轮椅"],
        "zones": [{"name": "Lunch", "re_entry": "unscanned", "pause_minutes": 10, "most_entries": 3, "most_days": 2},
          {"name": "Garden", "re_entry": true}],
        "rooms": [{"name": "Room A", "grace_minutes": 5}]
        """#
    )
    let read = try #require(Programme.reading(document).events.first)
    #expect(read.event.listedNeeds == ["wheelchair", "轮椅"])
    #expect(read.checkpoints.map(\.reentry) == [.unscanned, .afterLeaving, .afterLeaving])
    #expect(read.checkpoints.map(\.pause) == [.seconds(600), .zero, .zero])
    #expect(read.checkpoints.map(\.mostEntries) == [3, nil, nil] && read.checkpoints.map(\.mostDays) == [2, nil, nil])
    #expect(read.checkpoints.map(\.grace) == [.zero, .zero, .seconds(300)])
    let faulty = ProgrammeText.make(
      event: #"""
        "zones": [{"name": "Lunch", "re_entry": "always", "pause_minutes": 0.5, "most_entries": 0, "most_days": 401}],
        "rooms": [{"name": "Room A", "grace_minutes": 241, "most_days": 2}]
        """#
    )
    let fields = violations { () throws(InvalidInput) in _ = try Programme.reading(faulty) }.map(\.field)
    #expect(
      fields == [
        "events[0].zones[0].re_entry", "events[0].zones[0].pause_minutes", "events[0].zones[0].most_entries",
        "events[0].zones[0].most_days", "events[0].rooms[0].most_days", "events[0].rooms[0].grace_minutes",
      ]
    )
  }

  @Test("makes two rooms of one name at two venues") func roomsOfOneName() throws {
    let document = ProgrammeText.make(
      sessions: [
        ProgrammeText.session(), ProgrammeText.session(code: "S2", extra: #""venue": "Annex""#),
        ProgrammeText.session(code: "S3", room: "会議室"),
      ])
    let read = try #require(Programme.reading(document).events.first)
    #expect(read.checkpoints.map(\.id) == ["room-a", "room-a-annex", ResourceID.made(of: "会議室 ", kind: "room")])
    #expect(read.sessions.map(\.checkpoint) == ["room-a", "room-a-annex", ResourceID.made(of: "会議室 ", kind: "room")])
    #expect(read.checkpoints.map(\.displayName) == ["Room A", "Room A", "会議室"])
  }

  @Test("may begin with a byte order mark") func byteOrderMark() throws {
    #expect(try Programme.reading([0xEF, 0xBB, 0xBF] + ProgrammeText.make()).events.count == 1)
  }
}

/// Programme documents for tests.
enum ProgrammeText {
  static func session(
    code: String = "S1",
    room: String = "Room A",
    start: String = "2024-05-27T09:00:00+02:00",
    end: String = "2024-05-27T10:00:00+02:00",
    extra: String = ""
  ) -> String {
    #"{"code": "\#(code)", "title": "T", "room": "\#(room)", "start": "\#(start)", "end": "\#(end)""#
      + (extra.isEmpty ? "}" : ", \(extra)}")
  }

  /// A document of one event in Zurich on 27 to 31 May 2024 with the groups UN and Academia.
  static func make(event: String = "", sessions: [String] = [session()]) -> [UInt8] {
    Array(
      #"""
      {"events": [{"slug": "forum", "title": "Forum", "start_date": "2024-05-27", "end_date": "2024-05-31",
      "time_zone": "Europe/Zurich", "stakeholder_groups": ["UN", "Academia"],
      \#(event.isEmpty ? "" : event + ",")
      "sessions": [\#(sessions.joined(separator: ",\n"))]}]}
      """#.utf8
    )
  }

  /// The same document with one text in place of another.
  static func replacing(_ old: String, _ new: String) -> [UInt8] {
    Array(String(decoding: make(), as: UTF8.self).replacing(old, with: new).utf8)
  }
}
