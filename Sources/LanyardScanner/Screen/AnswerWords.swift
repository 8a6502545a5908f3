import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
package import LanyardTexts

/// An answer as one line of text.
package struct AnswerWords: Sendable {
  /// What came of the scan, then what explains it, the most important first.
  package let line: String

  package init(_ answer: LaneAnswer, in phrasebook: Phrasebook) {
    var parts: [String]
    switch answer.outcome {
    case .failed(let failure):
      let why = phrasebook.text(failure.sentence)
      parts = [phrasebook.text(.headlineNotRecorded), "\(phrasebook.text(.laneDoNotLetIn)) \(why)"]
    case .decided(let checkIn): parts = Self.parts(checkIn, answer.terms, phrasebook)
    }
    if answer.isPersonUnread {
      parts.append("\(phrasebook.text(.attentionTitle)) \(phrasebook.text(.attentionUnread))")
    }
    if answer.isOffline { parts.append(phrasebook.text(.lineOffline)) }
    line = parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private static func parts(
    _ checkIn: Lanyard_V1_CheckIn,
    _ terms: EventTerms,
    _ phrasebook: Phrasebook
  ) -> [String] {
    let attendee = checkIn.attendee
    let names = attendee.groupNames(terms, in: phrasebook.language)
    let person = ([attendee.displayName] + names).filter { !$0.isEmpty }.joined(separator: " · ")
    let answer = phrasebook.text(checkIn.answer.title)
    switch checkIn.answer.value {
    case .admitted?:
      let attention = attendee.attentionText(in: phrasebook).map { "\(phrasebook.text(.attentionTitle)) \($0)" } ?? ""
      let marked = checkIn.offline.notInRoster ? phrasebook.text(.lineNotInRoster) : ""
      let against =
        checkIn.overriddenReason.isStated
        ? phrasebook.text(Sentence(.lineAgainst, ["reason": .text(checkIn.overriddenText(in: phrasebook))])) : ""
      return [answer, person, attention, marked, against]
    case .left?:
      let note = Sentence(.lineMissedExit, ["note": .text(checkIn.missedExit.note)])
      let missed = checkIn.hasMissedExit ? phrasebook.text(note) : ""
      return [answer, person, checkIn.wasNotInside ? phrasebook.text(.lineWasNotInside) : "", missed]
    case .refused?, nil: return [answer, checkIn.operatorText(terms, in: phrasebook), person]
    }
  }
}
