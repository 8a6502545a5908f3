import LanyardDomain
import LanyardTesting

/// A small event in Geneva, 27 to 29 May 2024: two lanes, a terrace, two rooms with sessions, and people.
struct Venue {
  static let event = Key<Event>(1)
  static let lane1 = Key<Checkpoint>(1)
  static let lane2 = Key<Checkpoint>(2)
  static let terrace = Key<Checkpoint>(3)
  static let roomA = Key<Checkpoint>(4)
  static let roomB = Key<Checkpoint>(5)
  static let zone: ZoneID = "Europe/Zurich"

  var checkpoints: [Key<Checkpoint>: Checkpoint]
  var sessions: [SessionRecord]

  init() {
    func checkpoint(_ id: String, _ kind: Checkpoint.Kind, area: String) -> Checkpoint {
      Checkpoint(id: id, displayName: id, kind: kind, area: area, timeZone: Self.zone)
    }
    checkpoints = [
      Self.lane1: checkpoint("lane-1", .entrance, area: Checkpoint.venueArea),
      Self.lane2: checkpoint("lane-2", .entrance, area: Checkpoint.venueArea),
      Self.terrace: checkpoint("terrace", .zone, area: "terrace"),
      Self.roomA: checkpoint("room-a", .sessionDoor, area: "room-a"),
      Self.roomB: checkpoint("room-b", .sessionDoor, area: "room-b"),
    ]
    sessions = []
    for (room, id) in [(Self.roomA, "room-a"), (Self.roomB, "room-b")] {
      for (hours, number) in [("09:00", "10:30"), ("11:00", "12:30"), ("12:30", "14:00")].enumerated().map({ ($1, $0) })
      {
        let span = at("2024-05-27T\(hours.0):00+02:00")..<at("2024-05-27T\(hours.1):00+02:00")
        sessions.append(
          SessionRecord(
            key: Key(Int64(sessions.count + 1)),
            session: Session(
              code: "\(id)-\(number + 1)",
              title: "A session",
              span: span,
              timeZone: Self.zone,
              room: id,
              checkpoint: checkpoints[room]?.id ?? ""
            )
          )
        )
      }
    }
  }

  var plan: VenuePlan {
    var event = Event(
      slug: "forum",
      title: "Forum",
      startDate: day("2024-05-27"),
      endDate: day("2024-05-29"),
      timeZone: Self.zone
    )
    event.stakeholderGroups = ["Government", "Academia"]
    return VenuePlan(eventKey: Self.event, event: event, checkpoints: checkpoints, sessions: sessions)
  }

  func door(_ key: Key<Checkpoint>, _ now: Instant) -> Door {
    guard let door = plan.door(key, now: now) else { preconditionFailure("the venue has no checkpoint \(key)") }
    return door
  }

  /// The answer to one scan.
  func decide(
    _ reading: BadgeReading,
    _ key: Key<Checkpoint> = lane1,
    _ now: String = "2024-05-27T08:50:00+02:00",
    direction: Direction? = nil,
    presences: [Presence] = [],
    inside: Int = 0
  ) -> Decision {
    let now = at(now)
    return Admission(
      reading: reading,
      direction: direction,
      door: door(key, now),
      presences: presences,
      inside: inside,
      now: now
    ).decide()
  }

  /// A presence as an admission at `moment` leaves it.
  func presence(_ key: Key<Checkpoint>, _ moment: String, inside: Bool = true) -> Presence {
    let door = door(key, at(moment))
    return Presence(
      checkpoint: key,
      isInside: inside,
      admittedAt: at(moment),
      period: door.period,
      day: door.day.number
    )
  }

  /// A badge in order, but for what `change` changes.
  static func badge(_ number: Int64 = 1, _ change: (inout BadgeHolder) -> Void = { _ in }) -> BadgeReading {
    var holder = BadgeHolder(
      registration: Key(number),
      event: event,
      badgeState: .active,
      validity: at("2024-05-27T00:00:00+02:00")..<at("2024-05-30T00:00:00+02:00"),
      registrationState: .confirmed,
      participation: .onsite,
      group: "Government",
      role: ""
    )
    change(&holder)
    return .recorded(holder)
  }
}

extension Decision {
  /// The reason of a refusal; nil for other answers.
  var reason: RefusalReason? { refusal?.reason }
}

extension AdmissionFold {
  /// Admits who is booked for nothing.
  mutating func admit(_ reading: BadgeReading, direction: Direction?, door: Door, plan: VenuePlan, now: Instant)
    -> Verdict
  {
    admit(reading, direction: direction, isBooked: { _ in false }, door: door, plan: plan, now: now)
  }
}
