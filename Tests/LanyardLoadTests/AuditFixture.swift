import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf
import Testing

@testable import LanyardLoad

/// A small history that is right, with something of everything; tests change it.
struct AuditFixture {
  static let start = Instant(seconds: 1_700_000_000)

  var venue: Venue
  var before = Record(scans: [])
  var observations: [Observation] = []
  var after = Record(scans: [])
  var told: [ToldHeadcounts.Watcher] = []
  /// Moments at which the lines of lanes had a new connection.
  var lineChanges: [Int: [Duration]] = [:]
  /// How many badges there were before the run; nil for all.
  var badgesBefore: Int?

  static func id(_ number: Int) -> UUIDBytes { UUIDBytes(high: 7, low: UInt64(number)) }

  /// Two lanes of the entrance, a room for two, one for a group.
  init() {
    func door(_ id: String, _ name: String, area: String, isRoom: Bool = false, _ admits: Set<String>?, _ limit: Int?)
      -> Venue.Door
    {
      Venue.Door(
        name: "events/e/checkpoints/\(id)",
        displayName: name,
        area: area,
        isRoom: isRoom,
        admits: admits,
        capacity: limit
      )
    }
    let names = ["ada", "ben", "cy", "dee", "eve", "fay", "gus"]
    venue = Venue(
      event: "events/e",
      doors: [
        door("lane-1", "Lane 1", area: "venue", nil, nil), door("lane-2", "Lane 2", area: "venue", nil, nil),
        door("room-1", "Room 1", area: "room 1", isRoom: true, nil, 2),
        door("room-2", "Room 2", area: "room 2", isRoom: true, ["press"], nil),
      ],
      people: names.map {
        Venue.Person(registration: "events/e/registrations/\($0)", displayName: $0, group: "states")
      },
      badges: names.enumerated().map { index, name in
        let state: Venue.BadgeState = name == "gus" ? .revoked : .active
        return Venue.Badge(name: "events/e/badges/\(name)", code: "secret \(name)", state: state, person: index)
      }
    )
    scan(.badge(0), 0, at: 1, .admitted)
    scan(.badge(1), 1, at: 2, .admitted)
    scan(.badge(0), 1, at: 3, .refused(.alreadyInside))
    scan(.badge(0), 2, at: 4, .admitted)
    scan(.badge(1), 2, at: 5, .admitted)
    scan(.badge(2), 0, at: 6, .admitted)
    scan(.badge(2), 2, at: 7, .refused(.full))
    scan(.forged, 0, at: 8, .refused(.forged))
    scan(.badge(1), 1, at: 9, .wentOut, isOut: true)
    scan(.badge(6), 0, at: 10, .refused(.revoked))
    scan(.badge(2), 3, at: 11, .refused(.notAdmittedHere))
    // Lane 2 loses the server when Dee is at lane 1, of which it does not hear; of Ada it had.
    scan(.badge(3), 0, at: 12, .admitted)
    scan(.badge(3), 1, at: 13, .admitted, offline: true)
    scan(.badge(0), 1, at: 14, .refused(.alreadyInside), offline: true)
    after.conflicts = [Self.id(12): ["ALREADY_INSIDE"]]
    count(0, inside: 2, admitted: 3)
    count(1, inside: 1, admitted: 2)
    count(2, inside: 1, admitted: 2)
    count(3, inside: 0, admitted: 0)
    after.peopleInside = 3
  }

  /// Has a badge admitted at a door, by its resource name, a minute before the run.
  mutating func scanBefore(badge: Int, _ door: String) {
    let scan = LanyardLoad.RecordedScan(
      id: Self.id(900),
      door: door,
      badge: venue.badges[badge].name,
      verdict: .admitted,
      happened: Self.start - .seconds(60)
    )
    before.scans = [scan]
    after.scans.insert(scan, at: 0)
  }

  /// What an answer tells, as the record has it; of who is inside, the first admission.
  private func facts(_ subject: Observation.Subject, _ door: Int, _ verdict: Answer, _ received: Instant) -> ScanFacts {
    var message = Lanyard_V1_CheckIn()
    var badge = ""
    if case .badge(let index) = subject {
      message.attendee = venue.attendee(of: index)
      badge = venue.badges[index].name
    }
    message.reporter = "tokens/lanes"
    message.receiveTime = Google_Protobuf_Timestamp(received)
    let area = venue.doors[door].area
    let earlier = after.scans.last { scan in
      scan.badge == badge && scan.verdict == .admitted
        && venue.doors.contains { $0.name == scan.door && $0.area == area }
    }
    if verdict == .refused(.alreadyInside), let earlier {
      message.earlier.admitTime = Google_Protobuf_Timestamp(earlier.happened)
      message.earlier.checkpoint = earlier.door
    }
    guard let facts = try? ScanFacts(message) else { preconditionFailure("every moment of a fixture is one") }
    return facts
  }

  /// Adds a scan that was answered and is on record.
  mutating func scan(
    _ subject: Observation.Subject,
    _ door: Int,
    at seconds: Double,
    _ verdict: Answer,
    isOut: Bool = false,
    offline: Bool = false
  ) {
    let id = Self.id(observations.count)
    let sent = Duration.milliseconds(Int64(seconds * 1000))
    observations.append(
      Observation(
        id: id,
        door: door,
        subject: subject,
        isOut: isOut,
        expected: offline ? [] : [verdict],
        due: sent - .milliseconds(100),
        sent: sent,
        answered: sent + .milliseconds(50),
        outcome: .answered(verdict, offline: offline)
      )
    )
    var badge = ""
    if case .badge(let index) = subject { badge = venue.badges[index].name }
    let facts = facts(subject, door, verdict, Self.start + sent + .milliseconds(20))
    observations[observations.count - 1].facts = facts
    if offline {
      var shown = ScanFacts(shown: "")
      (shown.name, shown.knowsRoster) = (facts.name, true)
      observations[observations.count - 1].facts = shown
    }
    defer {
      after.scans[after.scans.count - 1].facts = facts
      if offline { after.scans[after.scans.count - 1].facts?.received = Self.start + sent + .seconds(30) }
    }
    after.scans.append(
      LanyardLoad.RecordedScan(
        id: id,
        door: venue.doors[door].name,
        badge: badge,
        verdict: verdict,
        isOut: isOut,
        isOffline: offline,
        happened: Self.start + sent + .milliseconds(20),
        received: Self.start + sent + (offline ? .seconds(30) : .milliseconds(20))
      )
    )
  }

  /// Lane 2, which was answered at 9 s, is so again once a second from 20 s on, and then lets Cy in by itself, whom lane 1 had let in at 6 s.
  mutating func admitAfterHearing(_ answers: Int) {
    for second in 0..<answers { scan(.unreadable, 1, at: 20 + Double(second), .refused(.unreadable)) }
    scan(.badge(2), 1, at: 30, .admitted, offline: true)
    after.conflicts[after.scans[after.scans.count - 1].id] = ["ALREADY_INSIDE"]
    count(0, inside: -1, admitted: 0)
    count(1, inside: 1, admitted: 1)
  }

  /// Has a lane take its scan back, which was answered to nobody, and answer it by another, each by its place.
  mutating func takeBack(_ first: Int, for other: Int, at seconds: Double) {
    after.scans[first].undone = Self.start + .milliseconds(Int64(seconds * 1000))
    observations[other].replacedID = after.scans[first].id
    observations.remove(at: first)
  }

  /// Changes the answer that the driver saw.
  mutating func answer(_ index: Int, _ verdict: Answer, offline: Bool = false) {
    observations[index].outcome = .answered(verdict, offline: offline)
  }

  /// Adds to the headcounts of a door.
  mutating func count(_ door: Int, inside: Int, admitted: Int) {
    let name = venue.doors[door].name
    let old = after.counts[name] ?? Record.Count(inside: 0, admitted: 0)
    after.counts[name] = Record.Count(inside: old.inside + inside, admitted: old.admitted + admitted)
  }

  var report: RunReport.Audit {
    var audit = Audit(
      venue: venue,
      before: before,
      observations: observations,
      after: after,
      clock: (Self.start, .seconds(10))
    )
    (audit.told, audit.lineChanges) = (told, lineChanges)
    if let badgesBefore { audit.badgesBefore = badgesBefore }
    return audit.report()
  }
}
