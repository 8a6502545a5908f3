package import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
package import LanyardTexts
import SwiftProtobuf

extension Lanyard_V1_CheckIn {
  /// What to tell the operator of a lane about a refusal, whoever decided it.
  func operatorText(in phrasebook: Phrasebook) -> String {
    if let guidance { return phrasebook.text(guidance.forOperator) }
    return operatorMessage.isEmpty ? phrasebook.text(.operatorUnknownReason) : operatorMessage
  }

  /// What the operator says to the participant; empty where nobody knows.
  func participantText(in phrasebook: Phrasebook) -> String {
    guidance.map { phrasebook.text($0.forParticipant) } ?? participantMessage
  }

  /// The name of the reason that an override went against; the contract's own where this program does not know it.
  func overriddenText(in phrasebook: Phrasebook) -> String {
    overriddenReason.value.map { phrasebook.text($0.title) } ?? overriddenReason.shortName
  }

  /// Nil where the reason is one that this program does not know, or a server from before it told the clock of the place:
  /// then the server's own words are all there is.
  private var guidance: Guidance? {
    guard let reason = reason.value, !timeZone.isEmpty else { return nil }
    var known = Guidance.Circumstances(clock: VenueTime(zone: timeZone))
    known.opensAt = hasOpensTime ? Instant(opensTime) : nil
    known.admittedHere = admittedHere
    known.earlier = hasEarlier ? .init(at: Instant(earlier.admitTime), through: earlier.checkpointDisplayName) : nil
    return Guidance(reason, known)
  }
}

extension Lanyard_V1_CheckIn.Attendee {
  /// What the operator sees to with the person; nil where there is nothing.
  func attentionText(in phrasebook: Phrasebook) -> String? {
    let kind: Sentence.Key
    switch attention {
    case .specialNeeds: kind = .attentionSpecialNeeds
    case .escort: kind = .attentionEscort
    case .unspecified, .UNRECOGNIZED: return nil
    }
    guard !attentionNote.isEmpty else { return phrasebook.text(kind) }
    let facts: [String: Sentence.Fact] = ["attention": .sentence(Sentence(kind)), "note": .text(attentionNote)]
    return phrasebook.text(Sentence(.attentionNoted, facts))
  }
}

extension Lanyard_V1_Answer {
  /// The name of an answer, for people; one that this program does not know lets nobody in.
  package var title: Sentence.Key {
    switch self {
    case .admitted: .headlineAdmitted
    case .left: .headlineLeft
    case .refused, .unspecified, .UNRECOGNIZED: .headlineRefused
    }
  }
}
