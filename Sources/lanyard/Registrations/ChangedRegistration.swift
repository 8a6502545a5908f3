import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// A registration after something was done with it, and what became of the badges that it has.
struct ChangedRegistration {
  let registration: Lanyard_V1_Registration
  /// As it was.
  private let before: Lanyard_V1_Registration
  /// Those of its badges that it has now: one at most.
  private let badges: [Badge]

  /// - Parameter before: As it was.
  /// - Throws: `RPCError`, `InvalidInput` where the server says of a badge what this version does not know.
  init(_ registration: Lanyard_V1_Registration, from before: Lanyard_V1_Registration, _ client: ServerClient)
    async throws
  {
    (self.registration, self.before) = (registration, before)
    badges = try await registration.badges(client).filter(\.state.isCurrent)
  }

  /// As a line of JSON: the registration's, and its badges with whether each opens doors.
  func json() throws -> String {
    let lines = try badges.map { badge in
      try Console.jsonText(
        Line(serial: "\(badge.serial)", state: badge.state.rawValue, opensDoors: registration.lets(badge))
      )
    }
    return "\(try registration.jsonString().dropLast()),\"badges\":[\(lines.joined(separator: ","))]}"
  }

  /// What became of its badges, where that is other than it was.
  func told() throws -> [Sentence] {
    guard registration.etag != before.etag else { return [] }
    return try badges.map { badge in
      let (had, has) = try (before.lets(badge), registration.lets(badge))
      return try !had && has
        ? Sentence(.doneBadgeAgain, ["serial": .text("\(badge.serial)")]) : registration.tells(of: badge)
    }
  }

  private struct Line: Encodable {
    let serial: String
    let state: String
    let opensDoors: Bool

    private enum CodingKeys: String, CodingKey {
      case serial, state
      case opensDoors = "opens_doors"
    }
  }
}

extension Lanyard_V1_Registration {
  /// Whether a badge of it opens doors as the registration and the badge stand.
  fileprivate func lets(_ badge: Badge) throws -> Bool {
    try takesPlace && RegistrationState(state, field: "state").hasBadge && badge.state == .active
  }

  /// What to say of a badge that it has, once something was changed that badges show, or it came to another state.
  fileprivate func tells(of badge: Badge) throws -> Sentence {
    var facts: [String: Sentence.Fact] = ["serial": .text("\(badge.serial)")]
    if try !RegistrationState(state, field: "state").hasBadge {
      facts["state"] = .sentence(state.title)
      return Sentence(.doneBadgeNotConfirmed, facts)
    }
    if participation == .remote { return Sentence(.doneBadgeRemote, facts) }
    guard badge.state != .active else { return Sentence(.doneOldCode, facts) }
    facts["state"] = .sentence(badge.state.title)
    return Sentence(.doneOldCodeNotWorking, facts)
  }

  /// The badges that it has had; none where the caller may not list them, as a participant.
  func badges(_ client: ServerClient) async throws -> [Badge] {
    let (event, _) = try ResourceName.registration(name, field: "name")
    do {
      return try await Lanyard_V1_BadgeService.Client(wrapping: client).listBadges(
        .with { ($0.parent, $0.registration) = (ResourceName.event(event).description, name) }
      ).badges.map { try Badge($0) }
    } catch let error as RPCError where CallFailure(error).known == .participantNotAllowed {
      return []
    }
  }
}
