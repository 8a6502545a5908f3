import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTesting
import SwiftProtobuf

@testable import LanyardScanner

/// Rules that look at more than the last passage, and days of a registration.
extension DecisionFamily {
  static func rules(_ event: PaperEvent) throws -> DecisionFamily {
    let badge = try event.badge(1)
    let other = try event.badge(2)
    let visitor = try event.badge(3) {
      ($0.days, $0.rules) = (["2027-05-26", "2027-05-28"], [.personDays])
    }
    return DecisionFamily(
      name: "rules",
      cases: [
        .init(
          "unscanned",
          "Where nobody need scan out, who comes back is admitted again, and turned away nowhere in the area.",
          [badge],
          [
            .init("25 12:00:00", "lunch", badge.code, "ADMITTED"),
            .init("25 12:20:00", "lunch", badge.code, "ADMITTED"),
            .init("25 12:30:00", "lunch", badge.code, .out, "LEFT"),
          ]
        ),
        .init(
          "pause",
          "Between two entries of a person lies a pause, and the answer says when it ends.",
          [badge, other],
          [
            .init("25 09:00:00", "pool", badge.code, "ADMITTED"),
            .init("25 09:09:59", "pool", badge.code, "TOO_SOON"),
            .init("25 09:09:59", "pool", other.code, "ADMITTED"),
            .init("25 09:10:00", "pool", badge.code, "ADMITTED"),
            .init("25 09:15:00", "pool", badge.code, .out, "LEFT"),
            .init("25 09:16:00", "pool", badge.code, "TOO_SOON"),
          ]
        ),
        .init(
          "entries",
          "A person is admitted so many times, on whatever day, and the answer says how many.",
          [badge],
          [
            .init("25 09:00:00", "museum", badge.code, "ADMITTED"),
            .init("25 09:01:00", "museum", badge.code, "ALREADY_INSIDE"),
            .init("25 10:00:00", "museum", badge.code, .out, "LEFT"),
            .init("26 09:00:00", "museum", badge.code, "ADMITTED"),
            .init("26 10:00:00", "museum", badge.code, .out, "LEFT"),
            .init("27 09:00:00", "museum", badge.code, "ALREADY_ADMITTED"),
          ]
        ),
        .init(
          "days",
          "A person is admitted on so many days, as often as they come on each.",
          [badge],
          [
            .init("25 09:00:00", "fair-ground", badge.code, "ADMITTED"),
            .init("25 10:00:00", "fair-ground", badge.code, .out, "LEFT"),
            .init("27 09:00:00", "fair-ground", badge.code, "ADMITTED"),
            .init("27 10:00:00", "fair-ground", badge.code, .out, "LEFT"),
            .init("27 11:00:00", "fair-ground", badge.code, "ADMITTED"),
            .init("28 09:00:00", "fair-ground", badge.code, "ALREADY_ADMITTED"),
          ]
        ),
        .init(
          "grace",
          "A door leads to a session some minutes after it too, until the next one begins to let people in.",
          [badge, other],
          [
            .init("25 11:04:59", "room-c", badge.code, "ADMITTED"),
            .init("25 11:04:59", "room-a", other.code, "OUTSIDE_HOURS"),
            .init("25 11:05:00", "room-c", other.code, "ADMITTED"),
            .init("25 12:09:59", "room-c", badge.code, "ADMITTED"),
            .init("25 12:10:00", "room-c", other.code, "OUTSIDE_HOURS"),
          ]
        ),
        .init(
          "days-of-a-registration",
          "A registration for some days opens nothing on others, and the answer says when the next one begins.",
          [visitor],
          [
            .init("25 09:00:00", "gate", visitor.code, "OTHER_DAY"),
            .init("26 09:00:00", "gate", visitor.code, "ADMITTED"),
            .init("27 09:00:00", "gate", visitor.code, "OTHER_DAY"),
            .init("27 09:01:00", "gate", visitor.code, .out, "LEFT"),
            .init("28 09:00:00", "gate", visitor.code, "ADMITTED"),
          ]
        ),
        .init(
          "day-of-an-opening",
          "After midnight it is the day before for a place that stays open, and other days come before the hours.",
          [visitor],
          [
            .init("27 00:30:00", "night-bar", visitor.code, "ADMITTED"),
            .init("27 03:00:00", "night-bar", visitor.code, "OTHER_DAY"),
            .init("27 21:00:00", "night-bar", visitor.code, "OTHER_DAY"),
          ]
        ),
      ]
    )
  }
}
