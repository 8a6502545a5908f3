import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Messages of an event's plan") struct PlanMessageTests {
  private static func date(_ text: String) -> LocalDate {
    guard let date = LocalDate(text) else { preconditionFailure("\(text) is no date") }
    return date
  }

  private static let event: Event = {
    var event = Event(
      slug: "wsis20",
      title: "Forum",
      startDate: date("2026-07-06"),
      endDate: date("2026-07-10"),
      timeZone: "Europe/Zurich"
    )
    event.city = "Geneva"
    event.language = .french
    event.onsiteCapacity = 3000
    event.allowsRemote = true
    event.allowsMissedExits = true
    event.title = LocalizedText("Forum", translations: [.french: "Le forum"])
    event.stakeholderGroups = [Term(id: "states", labels: [.french: "États"]), "civil society"]
      .numbered(after: ["gone", "civil society"].map { Term(id: $0) }.numbered())
    event.guestRoles = [Term(id: "speaker", labels: [.arabic: "متحدث"])].numbered()
    event.tracks = ["AI"].numbered()
    event.reviewedGuestRoles = ["speaker"]
    event.deadlines = ["registration": date("2026-06-30")]
    return event
  }()

  private static var checkpoints: [Checkpoint] {
    Checkpoint.Kind.allCases.flatMap { kind in
      Checkpoint.Directions.allCases.flatMap { directions in
        ([[], [.onsite], [.onsite, .remote]] as [[Participation]]).map { participations in
          var checkpoint = Checkpoint(id: "door", displayName: "", kind: kind, area: "venue", timeZone: "Asia/Tokyo")
          checkpoint.directions = directions
          checkpoint.admits = AdmissionList(groups: ["states"], roles: ["speaker"], participations: participations)
          checkpoint.capacity = 40
          checkpoint.isClosed = true
          checkpoint.reentry = directions == .both ? .unscanned : .never
          checkpoint.pause = .seconds(900)
          (checkpoint.mostEntries, checkpoint.mostDays) = (6, 2)
          checkpoint.grace = .seconds(600)
          checkpoint.requiresBooking = true
          checkpoint.hours = DailyHours(opens: 480, closes: 120) ?? .wholeDay
          checkpoint.days = [date("2026-07-07")]
          checkpoint.earlyEntry = .seconds(600)
          return checkpoint
        }
      }
    }
  }

  @Test("An early entry that no door could keep is refused by its field", arguments: [Int64(-1), .min, .max, 14_401])
  func earlyEntry(seconds: Int64) throws {
    var message = Lanyard_V1_Checkpoint(try #require(Self.checkpoints.first), of: "wsis20")
    message.earlyEntry.seconds = seconds
    let refused = #expect(throws: InvalidInput.self) { try Checkpoint(message, under: "plan.") }
    #expect(refused?.violations.map(\.field) == ["plan.early_entry"])
  }

  @Test("A limit that is none is refused by its field", arguments: [Int32(0), -1, .min, 1_000_001])
  func capacity(limit: Int32) throws {
    var checkpoint = Lanyard_V1_Checkpoint(try #require(Self.checkpoints.first), of: "wsis20")
    var event = Lanyard_V1_Event(Self.event)
    (checkpoint.capacity, event.onsiteCapacity) = (limit, limit)
    let refused = #expect(throws: InvalidInput.self) { try Checkpoint(checkpoint, under: "plan.") }
    #expect(refused?.violations == [FieldViolation(field: "plan.capacity", .capacityOutOfRange)])
    let other = #expect(throws: InvalidInput.self) { try Event(event, under: "plan.") }
    #expect(other?.violations == [FieldViolation(field: "plan.onsite_capacity", .capacityOutOfRange)])
  }

  @Test("Are what went out when they come back") func identity() throws {
    #expect(try Event(Lanyard_V1_Event(Self.event), under: "") == Self.event)
    for checkpoint in Self.checkpoints {
      #expect(try Checkpoint(Lanyard_V1_Checkpoint(checkpoint, of: "wsis20"), under: "") == checkpoint)
    }
    var session = Session(
      code: "S001",
      title: "Opening",
      span: Instant(seconds: 1_780_000_000)..<Instant(microseconds: 1_780_003_600_000_001),
      timeZone: "Europe/Zurich",
      room: "A",
      checkpoint: "room-a"
    )
    session.title.translations = [.chinese: "开幕"]
    session.capacity = 7
    session.admittedGroups = ["states"]
    session.requiresBooking = true
    session.track = "T"
    #expect(try Session(Lanyard_V1_Session(session, of: "wsis20"), under: "") == session)
  }

  @Test("Say each property of an event, a session and a checkpoint") func properties() throws {
    func expect<Value: Equatable & Sendable>(
      _ value: Value,
      _ properties: EveryProperty<Value>,
      _ backAndForth: (Value) throws -> Value
    ) rethrows {
      #expect(properties.missing(from: value) == [])
      for property in properties.changes {
        var changed = value
        property.change(&changed)
        let found = try backAndForth(changed)
        #expect(changed != value && found == changed, "\(property.name)")
      }
    }
    try expect(BareValues.event, .ofEvent) { try Event(Lanyard_V1_Event($0), under: "") }
    try expect(BareValues.session, .ofSession) { try Session(Lanyard_V1_Session($0, of: "bare"), under: "") }
    try expect(BareValues.checkpoint, .ofCheckpoint) {
      try Checkpoint(Lanyard_V1_Checkpoint($0, of: "bare"), under: "")
    }
  }

  @Test("Have ids in the order of their numbers where clients of before look, and take those of servers of before")
  func before() throws {
    var message = Lanyard_V1_Event(Self.event)
    #expect(message.stakeholderGroups == ["gone", "civil society", "states"] && message.title == "Forum")
    #expect(message.stakeholderGroupTerms.map(\.id) == ["states", "civil society", "gone"])
    #expect(message.stakeholderGroupTerms.map(\.number) == [3, 2, 1])
    #expect(message.stakeholderGroupTerms.map(\.withdrawn) == [false, false, true])
    (message.stakeholderGroupTerms, message.guestRoleTerms, message.trackTerms, message.titles) = ([], [], [], [:])
    let read = try Event(message, under: "")
    #expect(read.stakeholderGroups == ["gone", "civil society", "states"].map { Term(id: $0) }.numbered())
    #expect(read.guestRoles == ["speaker"].numbered() && read.title == "Forum")
  }

  @Test("Are refused with the field where a rule is not known")
  func unknown() throws {
    let session = Session(
      code: "S001",
      title: "Opening",
      span: Instant(seconds: 1_780_000_000)..<Instant(seconds: 1_780_003_600),
      timeZone: "Asia/Tokyo",
      room: "A",
      checkpoint: "door"
    )
    func field(_ change: (inout Lanyard_V1_RosterPlan) -> Void) -> String? {
      var plan = Lanyard_V1_RosterPlan.with {
        $0.event = Lanyard_V1_Event(Self.event)
        $0.sessions = [Lanyard_V1_Session(session, of: "wsis20")]
        $0.checkpoints = Self.checkpoints.prefix(2).map { Lanyard_V1_Checkpoint($0, of: "wsis20") }
      }
      change(&plan)
      do throws(InvalidInput) {
        _ = try RosterPlan(plan)
        return nil
      } catch {
        return error.violations.first?.field
      }
    }
    #expect(field { _ in } == nil)
    #expect(field { $0.checkpoints[1].directions = .UNRECOGNIZED(9) } == "checkpoints[1].directions")
    #expect(field { $0.checkpoints[1].directions = .unspecified } == "checkpoints[1].directions")
    #expect(field { $0.checkpoints[0].kind = .UNRECOGNIZED(9) } == "checkpoints[0].kind")
    #expect(
      field { $0.checkpoints[0].admittedParticipations = [.onsite, .UNRECOGNIZED(9)] }
        == "checkpoints[0].admitted_participations[1]"
    )
    #expect(field { $0.checkpoints[0].days = ["tomorrow"] } == "checkpoints[0].days[0]")
    #expect(field { $0.checkpoints[0].name = "door" } == "checkpoints[0].name")
    #expect(field { $0.event.startDate = "" } == "event.start_date")
    #expect(field { $0.event.endDate = "2026-07-05" } == "event.end_date")
    for zone in ["", "Mars/Olympus", "GMT+5"] {
      #expect(field { $0.event.timeZone = zone } == "event.time_zone")
      #expect(field { $0.checkpoints[1].timeZone = zone } == "checkpoints[1].time_zone")
      #expect(field { $0.sessions[0].timeZone = zone } == "sessions[0].time_zone")
    }
    #expect(field { $0.sessions[0].capacity = 0 } == "sessions[0].capacity")
    #expect(field { $0.event.titles = ["tlh": "X"] } == "event.titles")
    #expect(field { $0.event.guestRoleTerms[0].labels = ["tlh": "X"] } == "event.guest_role_terms[0].labels")
    #expect(field { $0.event.stakeholderGroupTerms[1].number = 0 } == "event.stakeholder_group_terms[1].number")
    #expect(field { $0.event.trackTerms[0].id = "" } == "event.track_terms[0].id")
    #expect(
      field { $0.verificationKeys = [.with { $0.name = "verificationKeys/1" }] } == "verification_keys[0].public_key"
    )
  }

  @Test("Have moments to the microsecond") func moments() throws {
    for moment in [-62_135_596_800_000_000, -1, 0, 1, 1_780_000_000_123_456, 253_402_300_799_999_999] as [Int64] {
      let instant = Instant(microseconds: moment)
      #expect(try Google_Protobuf_Timestamp(instant).instant(field: "f") == instant)
      #expect(Instant(shown: Google_Protobuf_Timestamp(instant)) == instant)
    }
    for broken in [Google_Protobuf_Timestamp(seconds: .max), .init(seconds: 0, nanos: -1), .init(nanos: 1_000_000_000)]
    {
      #expect(throws: InvalidInput.self) { try broken.instant(field: "f") }
    }
  }
}
