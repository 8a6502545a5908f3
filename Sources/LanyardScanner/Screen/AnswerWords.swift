import LanyardAPI
import LanyardClient
import LanyardMessages

/// An answer as one line of text.
package struct AnswerWords: Sendable {
  /// What came of the scan, then what explains it, the most important first.
  package let line: String

  package init(_ answer: LaneAnswer) {
    var parts: [String]
    switch answer.outcome {
    case .failed(let error): parts = ["NOT RECORDED", "Do not let in on this scan. \(error.message)"]
    case .decided(let checkIn): parts = Self.parts(checkIn)
    }
    if answer.isOffline { parts.append("(offline)") }
    line = parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private static func parts(_ checkIn: Lanyard_V1_CheckIn) -> [String] {
    let attendee = checkIn.attendee
    let person = [attendee.displayName, attendee.stakeholderGroup, attendee.guestRole].filter { !$0.isEmpty }
      .joined(separator: " · ")
    let attention =
      attendee.attention == .unspecified
      ? "" : "ATTENTION \(attendee.attention.shortName) \(attendee.attentionNote)"
    switch checkIn.answer {
    case .admitted:
      let marked = checkIn.offline.notInRoster ? "not in the roster yet" : ""
      let against = checkIn.overriddenReason == .unspecified ? "" : "against \(checkIn.overriddenReason.shortName)"
      return ["ADMITTED", person, attention, marked, against]
    case .left: return ["LEFT", person, checkIn.wasNotInside ? "was not known to be inside" : ""]
    case .refused, .unspecified, .UNRECOGNIZED:
      return ["REFUSED", checkIn.operatorMessage.isEmpty ? "Call a supervisor." : checkIn.operatorMessage, person]
    }
  }
}
