import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTesting
import SwiftProtobuf

@testable import LanyardScanner

/// Session doors, which reason comes first, and what an operator sets aside.
extension DecisionFamily {
  static func sessions(_ event: PaperEvent) throws -> DecisionFamily {
    let government = try event.badge(1)
    let academic = try event.badge(2) { $0.stakeholderGroup = "Academia" }
    let booked = try event.badge(3) { $0.bookings = ["\(PaperEvent.name)/sessions/s3"] }
    return DecisionFamily(
      name: "sessions",
      cases: [
        .init(
          "early-entry",
          "A session's door opens some minutes before the session, and says when that is; after the last one it stays shut.",
          [government],
          [
            .init("25 09:44:59", "room-a", government.code, "OUTSIDE_HOURS"),
            .init("25 09:45:00", "room-a", government.code, "ADMITTED"),
            .init("25 11:00:00", "room-a", government.code, "OUTSIDE_HOURS"),
            .init("25 15:00:00", "room-a", government.code, "OUTSIDE_HOURS"),
          ]
        ),
        .init(
          "groups",
          "Which session a door leads to follows from the time, and with it whom the door admits.",
          [government, academic],
          [
            .init("25 10:30:00", "room-a", government.code, "ADMITTED"),
            .init("25 11:20:00", "room-a", government.code, "NOT_ADMITTED_HERE"),
            .init("25 11:20:01", "room-a", academic.code, "ADMITTED"),
          ]
        ),
        .init(
          "booked",
          "A session that requires booking admits who is booked for it.",
          [government, booked],
          [
            .init("25 14:00:00", "room-a", government.code, "NOT_BOOKED"),
            .init("25 14:00:01", "room-a", booked.code, "ADMITTED"),
          ]
        ),
        .init(
          "one-room-at-a-time",
          "Who enters a room leaves the one before, whose place is free then.",
          [government, academic],
          [
            .init("25 10:00:00", "room-b", government.code, "ADMITTED"),
            .init("25 10:05:00", "room-b", academic.code, "FULL"),
            .init("25 10:10:00", "room-a", government.code, "ADMITTED"),
            .init("25 10:15:00", "room-b", academic.code, "ADMITTED"),
            .init("25 10:20:00", "room-a", government.code, "ALREADY_INSIDE"),
          ]
        ),
        .init(
          "next-session",
          "With the next session a room's people are counted anew; who stayed may still go out.",
          [academic],
          [
            .init("25 10:00:00", "room-a", academic.code, "ADMITTED"),
            .init("25 11:20:00", "room-a", academic.code, "ADMITTED"),
            .init("25 13:00:00", "room-a", academic.code, .out, "LEFT"),
          ]
        ),
      ]
    )
  }

  static func order(_ event: PaperEvent) throws -> DecisionFamily {
    let revoked = try event.badge(1) {
      ($0.badgeState, $0.registrationState, $0.participation) = (.revoked, .cancelled, .remote)
    }
    let cancelled = try event.badge(2) { ($0.registrationState, $0.participation) = (.cancelled, .remote) }
    let remote = try event.badge(3) { $0.participation = .remote }
    let badge = try event.badge(4)
    let other = try event.badge(5)
    return DecisionFamily(
      name: "order",
      cases: [
        .init(
          "identity-registration-time-place",
          "Of several reasons the first is the answer: identity, registration, time, place.",
          [revoked, cancelled, remote, badge],
          [
            .init("25 12:00:00", "second-day", revoked.code, "REVOKED"),
            .init("25 12:00:01", "second-day", cancelled.code, "CANCELLED"),
            .init("25 12:00:02", "second-day", remote.code, "REMOTE_ONLY"),
            .init("25 12:00:03", "second-day", badge.code, "OUTSIDE_HOURS"),
          ]
        ),
        .init(
          "place-before-use",
          "A closed checkpoint says so to those too who are inside.",
          [badge],
          [
            .init("25 09:00:00", "gate", badge.code, "ADMITTED"),
            .init("25 09:00:01", "closed-gate", badge.code, "CHECKPOINT_CLOSED"),
          ]
        ),
        .init(
          "use-before-room",
          "Who is inside a full area is told so, and not that it is full.",
          [badge, other],
          [
            .init("25 09:00:00", "hall", badge.code, "ADMITTED"),
            .init("25 09:00:01", "hall", badge.code, "ALREADY_INSIDE"),
            .init("25 09:00:02", "hall", other.code, "FULL"),
          ]
        ),
      ]
    )
  }

  static func overrides(_ event: PaperEvent) throws -> DecisionFamily {
    let badge = try event.badge(1)
    let other = try event.badge(2)
    let revoked = try event.badge(3) { $0.badgeState = .revoked }
    let elsewhere = try event.badge(4, of: "other-forum").code
    return DecisionFamily(
      name: "overrides",
      cases: [
        .init(
          "against-a-reason",
          "An operator lets in against any reason whose badge is on record; the answer says which reason was set aside.",
          [badge, other, revoked],
          [
            .init("25 09:00:00", "hall", badge.code, "ADMITTED"),
            .init("25 09:01:00", "hall", badge.code, overriding: true, "ADMITTED"),
            .init("25 09:02:00", "hall", other.code, overriding: true, "ADMITTED"),
            .init("25 09:03:00", "gate", revoked.code, overriding: true, "ADMITTED"),
          ]
        ),
        .init(
          "not-needed",
          "Where nothing stands against it, nothing is set aside.",
          [badge],
          [.init("25 09:00:00", "gate", badge.code, overriding: true, "ADMITTED")]
        ),
        .init(
          "never",
          "Nobody is let in on what is no badge of the event.",
          [badge],
          [
            .init("25 09:00:00", "gate", "HELLO", overriding: true, "UNREADABLE"),
            .init("25 09:00:01", "gate", elsewhere, overriding: true, "OTHER_EVENT"),
          ]
        ),
      ]
    )
  }
}
