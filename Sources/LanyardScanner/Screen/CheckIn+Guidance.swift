package import LanyardAPI
import LanyardClient
package import LanyardDomain
import LanyardMessages
package import LanyardTexts
import SwiftProtobuf

extension Lanyard_V1_CheckIn {
  /// What to tell the operator of a lane about a refusal, whoever decided it.
  func operatorText(_ terms: EventTerms, in phrasebook: Phrasebook) -> String {
    if let guidance = guidance(terms, phrasebook.language) {
      let texts = [guidance.forOperator, guidance.help].compactMap(\.self).map { phrasebook.text($0) }
      return texts.joined(separator: " ")
    }
    return operatorMessage.isEmpty ? phrasebook.text(.operatorUnknownReason) : operatorMessage
  }

  /// What the operator says to the participant; empty where nobody knows.
  func participantText(_ terms: EventTerms, in phrasebook: Phrasebook) -> String {
    guidance(terms, phrasebook.language).map { phrasebook.text($0.forParticipant) } ?? participantMessage
  }

  /// What the participant reads or hears in their own language, where that is known and is not the operator's; nil where
  /// there is no other to say it in.
  package func participantOwnText(_ terms: EventTerms, beside reader: Language) -> (language: Language, text: String)? {
    guard answer == .refused, let own = Language(tag: attendee.language), own != reader else { return nil }
    // Who does not know what the event calls its groups leaves the word to the server, which does.
    let told = participantOwnMessage.isEmpty && messageLanguage == own.tag ? participantMessage : participantOwnMessage
    if terms == .none, !told.isEmpty { return (own, told) }
    let text = guidance(terms, own).map { Phrasebook.of(own).text($0.forParticipant) } ?? told
    return text.isEmpty ? nil : (own, text)
  }

  /// The name of the reason that an override went against; the contract's own where this program does not know it.
  func overriddenText(in phrasebook: Phrasebook) -> String {
    overriddenReason.value.map { phrasebook.text($0.title) } ?? overriddenReason.shortName
  }

  /// The name of the reason of a refusal; the contract's own where this program does not know it.
  func reasonText(in phrasebook: Phrasebook) -> String {
    reason.value.map { phrasebook.text($0.title) } ?? reason.shortName
  }
}

extension Lanyard_V1_CheckIn.Attendee {
  /// What the person's group and role are called, one of them or both; empty where there are none.
  package func groupNames(_ terms: EventTerms, in reader: Language) -> [String] {
    func name(_ known: String?, _ told: String, _ id: String) -> String { known ?? (told.isEmpty ? id : told) }
    return [
      name(terms.groupLabel(stakeholderGroup, in: reader), stakeholderGroupLabel, stakeholderGroup),
      name(terms.roleLabel(guestRole, in: reader), guestRoleLabel, guestRole),
    ].filter { !$0.isEmpty }
  }

  /// What the operator sees to with the person; nil where there is nothing.
  func attentionText(in phrasebook: Phrasebook) -> String? {
    let known: Sentence? = attention.value.map(\.title) ?? Sentence(.attentionUnknown)
    // A note says what to do whatever it is of.
    guard let kind = known else { return attentionNote.isEmpty ? nil : attentionNote }
    guard !attentionNote.isEmpty else { return phrasebook.text(kind) }
    let facts: [String: Sentence.Fact] = ["attention": .sentence(kind), "note": .text(attentionNote)]
    return phrasebook.text(Sentence(.attentionNoted, facts))
  }
}

extension Lanyard_V1_Answer {
  /// The name of an answer, for people; one that this program does not know lets nobody in.
  package var title: Sentence { (value ?? .refused).title }
}
