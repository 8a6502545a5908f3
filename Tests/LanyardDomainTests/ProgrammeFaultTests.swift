import LanyardDomain
import LanyardTexts
import Testing

@Suite("A fault of a programme") struct ProgrammeFaultTests {
  private func faults(_ document: [UInt8]) -> [FieldViolation] {
    violations { () throws(InvalidInput) in _ = try Programme.reading(document) }
  }

  @Test(
    "of the event's own keys is told with its path",
    arguments: [
      (#""slug": "forum""#, #""slug": "Forum 24""#, "events[0].slug", "a-z"),
      (#""title": "Forum""#, #""title": """#, "events[0].title", "empty"),
      (#""title": "Forum", "#, "", "events[0].title", "missing"),
      (#""title": "Forum""#, #""title": 7"#, "events[0].title", "a number"),
      (#""title": "Forum""#, #""title": "a\u202eb""#, "events[0].title", "U+202E"),
      ("2024-05-31", "2024-05-26", "events[0].end_date", "before start_date"),
      ("2024-05-31", "2025-07-01", "events[0].end_date", "400 days"),
      ("2024-05-31", "2024-02-30", "events[0].end_date", "2024-05-27"),
      ("Europe/Zurich", "Europe/Geneva", "events[0].time_zone", "IANA"),
      ("Europe/Zurich", "PST", "events[0].time_zone", "IANA"),
      ("Europe/Zurich", "UTC+2", "events[0].time_zone", "IANA"),
      ("Europe/Zurich", "GMT+2", "events[0].time_zone", "IANA"),
      (#"["UN", "Academia"]"#, "[]", "events[0].stakeholder_groups", "at least one"),
      (#"["UN", "Academia"]"#, #"["UN", "UN"]"#, "events[0].stakeholder_groups[1]", "before"),
      (#"["UN", "Academia"]"#, #"["UN", ""]"#, "events[0].stakeholder_groups[1]", "empty"),
      (#"["UN", "Academia"]"#, #"["UN", 3]"#, "events[0].stakeholder_groups[1]", "a number"),
      (#"["UN", "Academia"]"#, #""UN""#, "events[0].stakeholder_groups", "a list"),
    ]
  )
  func ofEvent(_ old: String, _ new: String, _ field: String, _ reason: String) {
    let found = faults(ProgrammeText.replacing(old, new))
    #expect(found.contains { $0.field == field && $0.reason.contains(reason) }, "\(found)")
  }

  @Test(
    "of where a zone or a room stands is told with its path",
    arguments: [
      (#""zones": [{"name": "Bar", "within": "launge"}, {"name": "Lounge"}]"#, "zones[0]", "did you mean lounge?"),
      (#""zones": [{"name": "Bar", "within": "bar"}]"#, "zones[0]", "into itself"),
      (
        #""zones": [{"name": "Bar", "within": "inn"}, {"name": "Inn", "within": "bar"}]"#, "zones[1]", "into itself"
      ),
      (#""entrances": [{"name": "Gate", "within": "x"}]"#, "entrances[0]", "known are"),
    ]
  )
  func within(_ text: String, _ place: String, _ reason: String) {
    let found = faults(ProgrammeText.make(event: text))
    #expect(found.contains { $0.field == "events[0].\(place).within" && $0.reason.contains(reason) }, "\(found)")
  }

  @Test(
    "of an optional key is told with its path",
    arguments: [
      (#""city": ["Geneva"]"#, "events[0].city", "a list"),
      (#""country": "Schweiz""#, "events[0].country", "ISO 3166-1"),
      (#""country": "EU""#, "events[0].country", "ISO 3166-1"),
      (#""moving_up": "no""#, "events[0].moving_up", "true or false"),
      (#""moving_up_ends": "2024-05-29T09:00:00+02:00""#, "events[0].moving_up_ends", "has begun"),
      (#""moving_up_ends": "2024-05-20""#, "events[0].moving_up_ends", "offset"),
      (#""moving_up_ends": "2024-05-20T09:00:00+01:00""#, "events[0].moving_up_ends", "+02:00"),
      (#""onsite_capacity": 0"#, "events[0].onsite_capacity", "1 to 1000000"),
      (#""onsite_capacity": 10.5"#, "events[0].onsite_capacity", "whole number"),
      (#""onsite_capacity": "300""#, "events[0].onsite_capacity", "whole number"),
      (#""remote_participation": "yes""#, "events[0].remote_participation", "true or false"),
      (#""deadlines": {"papers": "soon"}"#, "events[0].deadlines.papers", "2024-05-27"),
      (#""deadlines": []"#, "events[0].deadlines", "an object"),
      (#""reviewed_stakeholder_groups": ["UNN"]"#, "events[0].reviewed_stakeholder_groups[0]", "did you mean"),
      (#""reviewed_guest_roles": ["Mayor"]"#, "events[0].reviewed_guest_roles[0]", "not one that the event lists"),
      (#""tittle": "x""#, "events[0].tittle", "did you mean title?"),
      (#""colour": "x""#, "events[0].colour", "known are: slug, title"),
      (#""city": "Bern", "city": "Geneva""#, "events[0].city", "twice"),
      (#""tracks": ["AI"], "rooms": [{"name": "Room B"}]"#, "events[0].sessions[0].room", "did you mean Room B?"),
      (#""rooms": [{"name": "Room A"}, {"name": "Room A", "id": "b"}]"#, "events[0].rooms[1].name", "before"),
      (#""rooms": [{"name": "Room A"}, {"name": "room-a"}]"#, "events[0].rooms[1].id", "\"Room A\""),
      (#""rooms": [{"name": "Room A", "early_entry_minutes": 241}]"#, "events[0].rooms[0].early_entry_minutes", "240"),
      (#""rooms": [{"name": "Room A", "directions": "bot"}]"#, "events[0].rooms[0].directions", "mean both?"),
      (
        #""rooms": [{"name": "Room A", "id": "venue"}], "entrances": [{"name": "Gate"}]"#, "events[0].rooms[0].id",
        "area"
      ),
      (#""entrances": [{"name": "Room A"}]"#, "events[0].sessions[0].id", "\"Room A\""),
      (#""entrances": [{"nam": "Gate"}]"#, "events[0].entrances[0].name", "missing"),
      (#""entrances": ["Gate"]"#, "events[0].entrances[0]", "an object"),
      (#""entrances": [{"name": "Gate", "area": "North Wing"}]"#, "events[0].entrances[0].area", "a-z"),
      (
        #""entrances": [{"name": "G", "admits_guest_roles": ["X"]}]"#, "events[0].entrances[0].admits_guest_roles[0]",
        "event lists"
      ),
    ]
  )
  func ofOptionalKey(_ text: String, _ field: String, _ reason: String) {
    let found = faults(ProgrammeText.make(event: text))
    #expect(found.contains { $0.field == field && $0.reason.contains(reason) }, "\(found)")
  }

  @Test(
    "of a session is told with its path",
    arguments: [
      (ProgrammeText.session(code: "S 1"), "code", "a-z"),
      (ProgrammeText.session(room: ""), "room", "empty"),
      (ProgrammeText.session(start: "2024-05-27 09:00"), "start", "2024-05-27T09:00:00+02:00"),
      (ProgrammeText.session(start: "2024-05-27T09:00:00+01:00"), "start", "Europe/Zurich is at +02:00"),
      (ProgrammeText.session(end: "2024-05-27T08:00:00Z"), "end", "Europe/Zurich is at +02:00"),
      (ProgrammeText.session(end: "2024-05-27T09:00:00+02:00"), "end", "not after start"),
      (ProgrammeText.session(end: "2024-05-28T09:00:01+02:00"), "end", "24 hours"),
      (ProgrammeText.session(start: "2024-05-25T23:00:00+02:00"), "start", "outside the event's days"),
      (
        ProgrammeText.session(start: "2024-06-01T23:00:00+02:00", end: "2024-06-02T01:00:00+02:00"), "end",
        "outside the event's days"
      ),
      (ProgrammeText.session(extra: #""time_zone": "Asia/Tokyo""#), "start", "Asia/Tokyo is at +09:00"),
      (ProgrammeText.session(extra: #""time_zone": "Tokyo""#), "time_zone", "IANA"),
      (ProgrammeText.session(extra: #""capacity": -1"#), "capacity", "whole number"),
      (ProgrammeText.session(extra: #""sample": 1"#), "sample", "true or false"),
      (
        ProgrammeText.session(extra: #""admits_stakeholder_groups": ["Press"]"#), "admits_stakeholder_groups[0]",
        "lists"
      ),
      ("[]", "code", "missing"),
    ]
  )
  func ofSession(_ session: String, _ key: String, _ reason: String) {
    let found = faults(ProgrammeText.make(sessions: [session]))
    #expect(found.contains { $0.field == "events[0].sessions[0].\(key)" && $0.reason.contains(reason) }, "\(found)")
  }

  @Test(
    "of two sessions together names both",
    arguments: [
      (ProgrammeText.session(code: "s1", room: "B"), "code", ["s1", "S1"]),
      (
        ProgrammeText.session(code: "S2", start: "2024-05-27T09:59:00+02:00", end: "2024-05-27T11:00:00+02:00"),
        "start",
        ["S1", "S2", "Room A"]
      ),
      (
        ProgrammeText.session(
          code: "S2",
          start: "2024-05-28T10:00:00+09:00",
          end: "2024-05-28T11:00:00+09:00",
          extra: #""time_zone": "Asia/Tokyo""#
        ), "time_zone", ["S1", "Asia/Tokyo", "Europe/Zurich"]
      ),
    ]
  )
  func ofTwoSessions(_ session: String, _ key: String, _ words: [String]) {
    let found = faults(ProgrammeText.make(sessions: [ProgrammeText.session(), session]))
    #expect(found.count == 1)
    #expect(found.first?.field == "events[0].sessions[1].\(key)")
    #expect(words.allSatisfy { found.first?.reason.contains($0) == true }, "\(found)")
  }

  @Test("of a track is told where the event lists tracks") func ofTrack() {
    let session = ProgrammeText.session(extra: #""track": "Workshop""#)
    #expect(faults(ProgrammeText.make(sessions: [session])).isEmpty)
    let found = faults(ProgrammeText.make(event: #""tracks": ["Workshops"]"#, sessions: [session]))
    #expect(found.map(\.field) == ["events[0].sessions[0].track"])
    #expect(found.first?.reason.contains("did you mean Workshops?") == true)
  }

  @Test(
    "of a rule that names a group or a role by its label says which id to write",
    arguments: [
      (#""reviewed_stakeholder_groups": ["Governments"]"#, "gov"), (#""reviewed_guest_roles": ["гость"]"#, "vip"),
      (#""entrances": [{"name": "Gate", "admits_stakeholder_groups": ["governments"]}]"#, "gov"),
      (#""zones": [{"name": "Bar", "admits_guest_roles": ["Guest of Honour"]}]"#, "vip"),
    ]
  )
  func ofLabel(rule: String, id: String) {
    let roles = #""guest_roles": [{"id": "vip", "labels": {"en": "Guest of honour", "ru": "Гость"}}]"#
    let groups = #"[{"id": "gov", "labels": {"en": "Governments"}}, "UN"]"#
    let text = String(decoding: ProgrammeText.make(event: "\(roles), \(rule)"), as: UTF8.self)
    let found = faults(Array(text.replacing(#"["UN", "Academia"]"#, with: groups).utf8))
    #expect(found.count == 1 && found.first?.reason.hasSuffix("write its id, \(id)") == true, "\(found)")
  }

  @Test("of a session whose track is written by its label says which id to write") func ofTrackLabel() {
    let session = ProgrammeText.session(extra: #""track": "workshops for all""#)
    let tracks = #""tracks": [{"id": "work", "labels": {"en": "Workshops for all"}}]"#
    let found = faults(ProgrammeText.make(event: tracks, sessions: [session]))
    #expect(found.map(\.field) == ["events[0].sessions[0].track"])
    #expect(found.first?.reason.contains("write its id, work") == true, "\(found)")
  }

  @Test("never hides another, up to fifty of them") func allAreTold() {
    let sessions = (0..<80).map { ProgrammeText.session(code: "S_\($0)", room: "R\($0)") }
    let found = faults(ProgrammeText.make(event: #""onsite_capacity": 0"#, sessions: sessions))
    #expect(found.count == 50)
    #expect(found.first?.field == "events[0].onsite_capacity" && found.last?.field == "events[0].sessions[48].code")
  }

  @Test("of the whole document says what to write instead") func ofDocument() {
    #expect(faults(Array("[]".utf8)).map(\.field) == ["events"])
    #expect(faults(Array("{}".utf8)) == [FieldViolation(field: "events", .document(.missing))])
    #expect(faults(Array(#"{"event": [], "events": []}"#.utf8)).first?.reason.contains("mean events?") == true)
    #expect(faults([UInt8](repeating: 0x20, count: Programme.byteLimit + 1)).map(\.field) == ["events"])
    let event = String(decoding: ProgrammeText.make(), as: UTF8.self).dropFirst(12).dropLast(2)
    #expect(faults(Array(#"{"events": [\#(event), \#(event)]}"#.utf8)).map(\.field) == ["events[1].slug"])
  }

  @Test("of too many events or sessions gives the number allowed") func ofNumber() {
    let events = Array("{\"events\": [\(Array(repeating: "1", count: 101).joined(separator: ","))]}".utf8)
    #expect(faults(events).first?.reason.contains("at most 100") == true)
    let sessions = faults(ProgrammeText.make(sessions: Array(repeating: "1", count: 2001)))
    #expect(
      sessions.first
        == FieldViolation(
          field: "events[0].sessions",
          .document(.tooManyEntries(count: 2001, limit: 2000))
        )
    )
  }
}
