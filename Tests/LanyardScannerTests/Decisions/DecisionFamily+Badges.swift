import BadgeCodes
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf

@testable import LanyardScanner

/// Codes, where a badge and its registration stand, and when a badge is valid.
extension DecisionFamily {
  static func codes(_ event: PaperEvent) throws -> DecisionFamily {
    let known = try event.badge(1)
    let unknown = try event.badge(2)
    let forger = try SigningKey(id: event.key.id, rawRepresentation: Array(repeating: 7, count: 32))
    let forged = try event.badge(1, signedBy: forger).code
    let strange = try event.badge(1, signedBy: PaperEvent.signingKey(9)).code
    let elsewhere = try event.badge(3, of: "other-forum").code
    return DecisionFamily(
      name: "codes",
      cases: [
        .init(
          "genuine",
          "A genuine badge of the event goes in.",
          [known],
          [.init("25 09:00:00", "gate", known.code, "ADMITTED")]
        ),
        .init(
          "typed-in-small-letters",
          "A code is read without case, spaces and line ends.",
          [known],
          [.init("25 09:00:00", "gate", " \(known.code.lowercased())\r\n", "ADMITTED")]
        ),
        .init(
          "unreadable",
          "What is no badge code is unreadable.",
          [known],
          [
            .init("25 09:00:00", "gate", "HELLO", "UNREADABLE"),
            .init("25 09:00:01", "gate", "", "UNREADABLE"),
            .init("25 09:00:02", "gate", String(known.code.dropLast(8)), "UNREADABLE"),
          ]
        ),
        .init(
          "forged",
          "A signature that does not hold is forged, though the badge that it names is known.",
          [known],
          [.init("25 09:00:00", "gate", forged, "FORGED")]
        ),
        .init(
          "unknown-key",
          "Who signed with a key that nobody knows is not told from a forger.",
          [known],
          [.init("25 09:00:00", "gate", strange, "UNKNOWN_KEY")]
        ),
        .init(
          "other-event",
          "A genuine badge of another event is for that one.",
          [known],
          [.init("25 09:00:00", "gate", elsewhere, "OTHER_EVENT")]
        ),
        .init(
          "unknown-badge",
          "A genuine badge that is not on record is refused; a lane without its server lets it in, and says that it did not "
            + "know it.",
          [known],
          [.init("25 09:00:00", "gate", unknown.code, "UNKNOWN_BADGE", offline: "ADMITTED")]
        ),
        .init(
          "unknown-badge-of-another-group",
          "Of a badge that it does not know a lane knows the group, which its code carries.",
          [known],
          [.init("25 09:00:00", "press-room", unknown.code, "UNKNOWN_BADGE", offline: "NOT_ADMITTED_HERE")]
        ),
      ]
    )
  }

  static func standing(_ event: PaperEvent) throws -> DecisionFamily {
    var cases: [DecisionCase] = []
    let badges: [(String, Lanyard_V1_Badge.State, String)] = [
      ("replaced", .replaced, "REPLACED"), ("revoked", .revoked, "REVOKED"),
      ("not-activated", .notActivated, "NOT_ACTIVATED"), ("held", .held, "HELD"),
    ]
    for (name, state, reason) in badges {
      let badge = try event.badge(1) { $0.badgeState = state }
      cases.append(
        .init(name, "A badge works while it is active.", [badge], [.init("25 09:00:00", "gate", badge.code, reason)])
      )
    }
    let registrations: [(String, Lanyard_V1_Registration.State, String)] = [
      ("cancelled", .cancelled, "CANCELLED"), ("submitted", .submitted, "NOT_CONFIRMED"),
      ("waitlisted", .waitlisted, "NOT_CONFIRMED"), ("rejected", .rejected, "NOT_CONFIRMED"),
    ]
    for (name, state, reason) in registrations {
      let badge = try event.badge(1) { $0.registrationState = state }
      cases.append(
        .init(name, "Who is not confirmed does not go in.", [badge], [.init("25 09:00:00", "gate", badge.code, reason)])
      )
    }
    let remote = try event.badge(1) { $0.participation = .remote }
    cases.append(
      .init(
        "remote",
        "Who takes part remotely goes in where the place says so.",
        [remote],
        [
          .init("25 09:00:00", "gate", remote.code, "REMOTE_ONLY"),
          .init("25 09:01:00", "studio", remote.code, "ADMITTED"),
          .init("25 09:02:00", "remote-desk", remote.code, "ADMITTED"),
        ]
      )
    )
    return DecisionFamily(name: "standing", cases: cases)
  }

  static func time(_ event: PaperEvent) throws -> DecisionFamily {
    let badge = try event.badge(1)
    let late = try event.badge(2) {
      $0.validFromTime = Google_Protobuf_Timestamp(SampleData.moment("2027-05-26T00:00:00+02:00"))
    }
    let early = try event.badge(3) {
      $0.expireTime = Google_Protobuf_Timestamp(SampleData.moment("2027-05-26T00:00:00+02:00"))
    }
    return DecisionFamily(
      name: "time",
      cases: [
        .init(
          "not-yet-valid",
          "A badge for the second day says from when it is good.",
          [late],
          [
            .init("25 23:59:59", "gate", late.code, "NOT_YET_VALID"),
            .init("26 00:00:00", "gate", late.code, "ADMITTED"),
          ]
        ),
        .init(
          "expired",
          "A badge is good until its end, which is not part of it.",
          [early],
          [
            .init("25 23:59:59", "gate", early.code, "ADMITTED"),
            .init("26 00:00:00", "side-gate", early.code, "EXPIRED"),
          ]
        ),
        .init(
          "hours",
          "A place opens on its days and at its hours, and says when it opens next where it will.",
          [badge],
          [
            .init("25 12:00:00", "second-day", badge.code, "OUTSIDE_HOURS"),
            .init("26 09:59:59", "second-day", badge.code, "OUTSIDE_HOURS"),
            .init("26 10:00:00", "second-day", badge.code, "ADMITTED"),
            .init("26 18:00:00", "second-day", badge.code, "OUTSIDE_HOURS"),
          ]
        ),
        .init(
          "past-midnight",
          "A place that closes after midnight counts the night as one opening: who is inside is inside until then.",
          [badge],
          [
            .init("25 19:00:00", "night-bar", badge.code, "OUTSIDE_HOURS"),
            .init("25 23:00:00", "night-bar", badge.code, "ADMITTED"),
            .init("26 01:59:59", "night-bar", badge.code, "ALREADY_INSIDE"),
            .init("26 02:00:00", "night-bar", badge.code, "OUTSIDE_HOURS"),
            .init("26 20:00:00", "night-bar", badge.code, "ADMITTED"),
          ]
        ),
        .init(
          "last-night",
          "Hours that pass midnight on the last day of the event, or of a badge, count to their closing.",
          [badge, early],
          [
            .init("26 00:01:00", "night-bar", early.code, "ADMITTED"),
            .init("26 20:00:00", "night-bar", early.code, "EXPIRED"),
            .init("29 00:01:00", "night-bar", badge.code, "ADMITTED"),
            .init("29 00:02:00", "gate", badge.code, "EXPIRED"),
            .init("29 02:00:00", "night-bar", badge.code, "EXPIRED"),
          ]
        ),
      ]
    )
  }
}
