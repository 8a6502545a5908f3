import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTesting
import SwiftProtobuf

@testable import LanyardScanner

/// Whom a place admits, how often and how many, and which way people pass.
extension DecisionFamily {
  static func place(_ event: PaperEvent) throws -> DecisionFamily {
    let government = try event.badge(1)
    let press = try event.badge(2) { $0.stakeholderGroup = "Press" }
    let speaker = try event.badge(3) { $0.guestRole = "speaker" }
    let booked = try event.badge(4) { $0.bookings = ["\(PaperEvent.name)/checkpoints/dinner"] }
    return DecisionFamily(
      name: "place",
      cases: [
        .init(
          "groups-and-roles",
          "A place admits who is in one of its groups or roles, and says which these are.",
          [government, press, speaker],
          [
            .init("25 09:00:00", "press-room", government.code, "NOT_ADMITTED_HERE"),
            .init("25 09:00:01", "press-room", press.code, "ADMITTED"),
            .init("25 09:00:02", "press-room", speaker.code, "ADMITTED"),
          ]
        ),
        .init(
          "remote-only-place",
          "A place for remote participants admits nobody who is on site.",
          [government],
          [.init("25 09:00:00", "remote-desk", government.code, "NOT_ADMITTED_HERE")]
        ),
        .init(
          "way-out",
          "A way out admits nobody.",
          [government],
          [.init("25 09:00:00", "exit", government.code, "NOT_ADMITTED_HERE")]
        ),
        .init(
          "bookings",
          "Where booking is required, only who is booked goes in.",
          [government, booked],
          [
            .init("25 19:00:00", "dinner", government.code, "NOT_BOOKED"),
            .init("25 19:00:01", "dinner", booked.code, "ADMITTED"),
          ]
        ),
        .init(
          "closed",
          "A checkpoint that the organiser has closed admits nobody.",
          [government],
          [.init("25 09:00:00", "closed-gate", government.code, "CHECKPOINT_CLOSED")]
        ),
      ]
    )
  }

  static func use(_ event: PaperEvent) throws -> DecisionFamily {
    let (one, other) = (try event.badge(1), try event.badge(2))
    return DecisionFamily(
      name: "use",
      cases: [
        .init(
          "already-inside",
          "Who is inside an area is inside at each of its checkpoints; the answer says since when and through which.",
          [one],
          [
            .init("25 09:00:00", "gate", one.code, "ADMITTED"),
            .init("25 09:05:00", "side-gate", one.code, "ALREADY_INSIDE"),
            .init("25 12:00:00", "side-gate", one.code, .out, "LEFT"),
            .init("25 13:00:00", "gate", one.code, "ADMITTED"),
          ]
        ),
        .init(
          "next-day",
          "Who did not go out is not inside any more on the next day.",
          [one],
          [
            .init("25 09:00:00", "gate", one.code, "ADMITTED"),
            .init("26 09:00:00", "gate", one.code, "ADMITTED"),
          ]
        ),
        .init(
          "no-re-entry",
          "Where nobody comes in twice, once a day is as often as allowed.",
          [one],
          [
            .init("25 09:00:00", "once", one.code, "ADMITTED"),
            .init("25 09:05:00", "once", one.code, "ALREADY_INSIDE"),
            .init("25 10:00:00", "once", one.code, .out, "LEFT"),
            .init("25 10:05:00", "once", one.code, "ALREADY_ADMITTED"),
            .init("26 09:00:00", "once", one.code, "ADMITTED"),
          ]
        ),
        .init(
          "full",
          "An area with a limit is full at each of its checkpoints, until somebody goes out.",
          [one, other],
          [
            .init("25 09:00:00", "hall", one.code, "ADMITTED"),
            .init("25 09:01:00", "hall-side", other.code, "FULL"),
            .init("25 09:02:00", "hall-side", one.code, .out, "LEFT"),
            .init("25 09:03:00", "hall", other.code, "ADMITTED"),
          ]
        ),
        .init(
          "elsewhere",
          "Who passes a checkpoint that does not stand in a zone is not in that zone any more.",
          [one, other],
          [
            .init("25 09:00:00", "hall", one.code, "ADMITTED"),
            .init("25 09:01:00", "hall-side", other.code, "FULL"),
            .init("25 09:02:00", "studio", one.code, .out, "LEFT"),
            .init("25 09:03:00", "hall-side", other.code, "ADMITTED"),
            .init("25 09:04:00", "gate", other.code, "ADMITTED"),
            .init("25 09:05:00", "hall", one.code, "ADMITTED"),
          ]
        ),
      ]
    )
  }

  static func directions(_ event: PaperEvent) throws -> DecisionFamily {
    let badge = try event.badge(1)
    let revoked = try event.badge(2) { $0.badgeState = .revoked }
    return DecisionFamily(
      name: "directions",
      cases: [
        .init(
          "unstated",
          "A scan that states no direction goes in, and out of a way out.",
          [badge],
          [
            .init("25 09:00:00", "gate", badge.code, .unspecified, "ADMITTED"),
            .init("25 17:00:00", "exit", badge.code, .unspecified, "LEFT"),
          ]
        ),
        .init(
          "not-inside",
          "Whoever goes out may, though nobody knew that they were inside; that is marked.",
          [badge, revoked],
          [
            .init("25 09:00:00", "gate", badge.code, .out, "LEFT"),
            .init("25 09:00:01", "gate", revoked.code, .out, "LEFT"),
            .init("25 09:00:02", "gate", "HELLO", .out, "UNREADABLE"),
          ]
        ),
        .init(
          "out-of-everything",
          "Who goes out of an entrance is out of everything behind it.",
          [badge],
          [
            .init("25 09:00:00", "gate", badge.code, "ADMITTED"),
            .init("25 09:10:00", "studio", badge.code, "ADMITTED"),
            .init("25 09:20:00", "exit", badge.code, .out, "LEFT"),
            .init("25 09:30:00", "gate", badge.code, "ADMITTED"),
            .init("25 09:40:00", "studio", badge.code, "ADMITTED"),
          ]
        ),
      ] + byTurns(badge)
    )
  }

  /// At a turnstile.
  private static func byTurns(_ badge: PaperEvent.Badge) -> [DecisionCase] {
    [
      .init(
        "by-turns",
        "At a turnstile people go in and out by turns.",
        [badge],
        [
          .init("25 09:00:00", "turnstile", badge.code, .unspecified, "ADMITTED"),
          .init("25 09:10:00", "turnstile", badge.code, .unspecified, "LEFT"),
          .init("25 09:20:00", "turnstile", badge.code, .unspecified, "ADMITTED"),
        ]
      ),
      .init(
        "double-reading",
        "A badge that a turnstile reads again within three seconds gets the same answer, and nobody passes for it; each reading "
          + "begins the time anew.",
        [badge],
        [
          .init("25 09:00:00", "turnstile", badge.code, .unspecified, "ADMITTED"),
          .init("25 09:00:02", "turnstile", badge.code, .unspecified, "ADMITTED"),
          .init("25 09:00:05", "turnstile", badge.code, .unspecified, "ADMITTED"),
          .init("25 09:00:09", "turnstile", badge.code, .unspecified, "LEFT"),
          .init("25 09:00:10", "turnstile", badge.code, .unspecified, "LEFT"),
        ]
      ),
      .init(
        "by-turns-stated",
        "A scan that states its direction is taken at its word at a turnstile too.",
        [badge],
        [
          .init("25 09:00:00", "turnstile", badge.code, "ADMITTED"),
          .init("25 09:00:01", "turnstile", badge.code, "ALREADY_INSIDE"),
          .init("25 09:00:02", "turnstile", badge.code, .out, "LEFT"),
        ]
      ),
    ]
  }
}
