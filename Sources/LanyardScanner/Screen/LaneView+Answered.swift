import LanyardAPI
import LanyardClient
package import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension LaneView.Answer {
  /// An answer in the words that an operator reads.
  ///
  /// - Parameter clock: The clock on the wall of the place.
  package init(_ answer: LaneAnswer, clock: VenueTime) {
    switch answer.outcome {
    case .failed(let error):
      self.init(headline: "NOT RECORDED", tone: .stop, time: clock.timeOfDay(answer.reading.readAt))
      explanation = ["Do not let in on this scan.", error.message]
    case .decided(let checkIn):
      self.init(checkIn, time: clock.timeWithSeconds(Instant(checkIn.receiveTime)))
    }
    isOffline = answer.isOffline
  }

  private init(_ checkIn: Lanyard_V1_CheckIn, time: String) {
    switch (checkIn.answer, checkIn.severity) {
    case (.admitted, _): self.init(headline: "ADMITTED", tone: .go, time: time)
    case (.left, _): self.init(headline: "LEFT", tone: .out, time: time)
    case (_, .lookAgain): self.init(headline: "LOOK AGAIN", tone: .lookAgain, time: time)
    case (_, .callSupervisor): self.init(headline: "SUPERVISOR", tone: .callSupervisor, time: time)
    default: self.init(headline: "STOP", tone: .stop, time: time)
    }
    let person = checkIn.attendee
    name = person.displayName
    group = [person.stakeholderGroup, person.guestRole, person.organisation].filter { !$0.isEmpty }
      .joined(separator: " · ")
    isMarked = checkIn.offline.notInRoster
    attention = Self.attention(person)
    if checkIn.answer == .refused {
      explanation.append(checkIn.operatorMessage.isEmpty ? "Call a supervisor." : checkIn.operatorMessage)
      if !checkIn.participantMessage.isEmpty { explanation.append("Say: \(checkIn.participantMessage)") }
    }
    if checkIn.wasNotInside { explanation.append("Was not known to be inside.") }
    if isMarked { explanation.append("Genuine badge, not in this lane's roster yet: let in and marked.") }
    if checkIn.overriddenReason != .unspecified {
      explanation.append("Let in against \(checkIn.overriddenReason.shortName): \(checkIn.override.note)")
    }
  }

  private static func attention(_ person: Lanyard_V1_CheckIn.Attendee) -> String? {
    let kind: String
    switch person.attention {
    case .specialNeeds: kind = "SPECIAL NEEDS"
    case .escort: kind = "ESCORT"
    case .unspecified, .UNRECOGNIZED: return nil
    }
    return person.attentionNote.isEmpty ? kind : "\(kind): \(person.attentionNote)"
  }
}
