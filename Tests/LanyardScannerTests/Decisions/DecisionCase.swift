import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf

@testable import LanyardScanner

/// Scans one after the other, with what each is answered.
struct DecisionCase {
  /// One scan with what somebody who knows the rules expects of it.
  struct Step {
    let now: Instant
    let door: String
    let scan: Lanyard_V1_Scan
    /// `ADMITTED`, `LEFT`, or the reason of a refusal.
    let expected: String
    /// The same where a lane without its server answers otherwise.
    let offline: String?

    /// - Parameter time: Day of the month and time of day at the place, such as `25 09:00:00`.
    init(
      _ time: String,
      _ door: String,
      _ code: String,
      _ direction: Lanyard_V1_Direction,
      overriding: Bool = false,
      _ expected: String,
      offline: String? = nil
    ) {
      now = SampleData.moment("2027-05-\(time.replacing(" ", with: "T"))+02:00")
      self.door = door
      scan = .with { scan in
        (scan.code, scan.direction) = (code, direction)
        if overriding { scan.override = .with { ($0.operator, $0.note) = ("AB", "as the desk said") } }
      }
      (self.expected, self.offline) = (expected, offline)
    }

    /// The same of a scan that asks for the way in.
    init(
      _ time: String,
      _ door: String,
      _ code: String,
      overriding: Bool = false,
      _ expected: String,
      offline: String? = nil
    ) {
      self.init(time, door, code, .in, overriding: overriding, expected, offline: offline)
    }
  }

  let name: String
  /// The rule that it shows.
  let rule: String
  /// Those that the roster has.
  let badges: [PaperEvent.Badge]
  let steps: [Step]

  init(_ name: String, _ rule: String, _ badges: [PaperEvent.Badge], _ steps: [Step]) {
    (self.name, self.rule, self.badges, self.steps) = (name, rule, badges, steps)
  }
}

/// Cases of decisions by what they are about.
struct DecisionFamily {
  let name: String
  let cases: [DecisionCase]

  static func all() throws -> [DecisionFamily] {
    let event = try DecisionPlan.event()
    return [
      try codes(event), try standing(event), try time(event), try place(event), try use(event), try directions(event),
      try sessions(event), try order(event), try overrides(event), try rules(event),
    ]
  }
}

/// The event of all cases.
enum DecisionPlan {
  static func event() throws -> PaperEvent {
    var event = try PaperEvent([
      "gate": { _ in },
      "side-gate": { _ in },
      "exit": { $0.directions = .out },
      "closed-gate": { $0.closed = true },
      "hall": { ($0.kind, $0.area, $0.capacity) = (.zone, "hall", 1) },
      // It shares the hall's limit.
      "hall-side": { ($0.kind, $0.area) = (.zone, "hall") },
      "once": { ($0.kind, $0.area, $0.reEntryAllowed) = (.zone, "once", false) },
      "turnstile": { ($0.kind, $0.area, $0.directions) = (.zone, "garden", .byTurns) },
      "lunch": { ($0.kind, $0.area, $0.reEntry) = (.zone, "lunch", .unscanned) },
      "pool": {
        ($0.kind, $0.area, $0.reEntry) = (.zone, "pool", .unscanned)
        $0.entryPause = .with { $0.seconds = 600 }
      },
      "museum": { ($0.kind, $0.area, $0.mostEntries) = (.zone, "museum", 2) },
      "fair-ground": { ($0.kind, $0.area, $0.mostDays) = (.zone, "ground", 2) },
      "room-c": { ($0.kind, $0.area, $0.grace.seconds) = (.sessionDoor, "room-c", 600) },
      "press-room": {
        ($0.kind, $0.area) = (.zone, "press")
        ($0.admittedStakeholderGroups, $0.admittedGuestRoles) = (["Press"], ["speaker"])
      },
      "dinner": { ($0.kind, $0.area, $0.bookedOnly) = (.zone, "dinner", true) },
      "second-day": {
        ($0.kind, $0.area, $0.days, $0.opensMinute, $0.closesMinute) = (.zone, "fair", ["2027-05-26"], 600, 1080)
      },
      "night-bar": { ($0.kind, $0.area, $0.opensMinute, $0.closesMinute) = (.zone, "bar", 1200, 120) },
      "studio": { ($0.kind, $0.area, $0.admittedParticipations) = (.zone, "studio", [.onsite, .remote]) },
      "remote-desk": { ($0.kind, $0.area, $0.admittedParticipations) = (.zone, "remote", [.remote]) },
      "room-a": { ($0.kind, $0.area) = (.sessionDoor, "room-a") },
      "room-b": { ($0.kind, $0.area) = (.sessionDoor, "room-b") },
    ])
    event.plan.rules = [.unscannedReEntry, .entryPause, .entryLimit, .grace]
    event.plan.sessions = [
      session("S1", "room-a", "25T10:00:00", "25T11:00:00"),
      session("S2", "room-a", "25T11:30:00", "25T12:30:00") { $0.admittedStakeholderGroups = ["Academia"] },
      session("S3", "room-a", "25T14:00:00", "25T15:00:00") { $0.bookedOnly = true },
      session("S4", "room-b", "25T10:00:00", "25T11:00:00") { $0.capacity = 1 },
      session("S5", "room-c", "25T10:00:00", "25T11:00:00"),
      session("S6", "room-c", "25T11:20:00", "25T12:00:00"),
    ]
    return event
  }

  private static func session(
    _ code: String,
    _ room: String,
    _ start: String,
    _ end: String,
    _ change: (inout Lanyard_V1_Session) -> Void = { _ in }
  ) -> Lanyard_V1_Session {
    var made = Lanyard_V1_Session.with {
      $0.name = "\(PaperEvent.name)/sessions/\(code.lowercased())"
      ($0.code, $0.title) = (code, "Session \(code)")
      $0.startTime = Google_Protobuf_Timestamp(SampleData.moment("2027-05-\(start)+02:00"))
      $0.endTime = Google_Protobuf_Timestamp(SampleData.moment("2027-05-\(end)+02:00"))
      ($0.timeZone, $0.room) = (PaperEvent.zone, room)
      $0.checkpoint = "\(PaperEvent.name)/checkpoints/\(room)"
    }
    change(&made)
    return made
  }
}
