import LanyardAPI
import LanyardClient
package import LanyardDomain
import LanyardMessages
package import LanyardTexts
import SwiftProtobuf

extension LaneView.Answer {
  /// An answer in the words that an operator reads.
  ///
  /// - Parameters:
  ///   - clock: The clock on the wall of the place.
  ///   - ahead: How far it is ahead of the device's, by which alone a reading has its time that was not decided.
  package init(_ answer: LaneAnswer, clock: VenueTime, ahead: Duration = .zero, in phrasebook: Phrasebook) {
    switch answer.outcome {
    case .failed(let failure):
      let headline = phrasebook.text(.headlineNotRecorded)
      self.init(headline: headline, tone: .stop, time: clock.timeOfDay(answer.reading.readAt + ahead))
      reason = phrasebook.text(failure.sentence)
      explanation = [phrasebook.text(.laneDoNotLetIn), reason]
    case .decided(let checkIn):
      self.init(checkIn, answer.terms, time: clock.timeWithSeconds(Instant(shown: checkIn.answerTime)), phrasebook)
    }
    isOffline = answer.isOffline
    if answer.isPersonUnread { attention = phrasebook.text(.attentionUnread) }
    scan = answer.reading.id
  }

  private init(_ checkIn: Lanyard_V1_CheckIn, _ terms: EventTerms, time: String, _ phrasebook: Phrasebook) {
    let (headline, tone): (Sentence.Key, LaneView.Tone) =
      switch checkIn.answer.value {
      case .admitted?: (.headlineAdmitted, .go)
      case .left?: (.headlineLeft, .out)
      // What this version does not know lets nobody in.
      case .refused?, nil:
        switch checkIn.severity.value {
        case .lookAgain?: (.headlineLookAgain, .lookAgain)
        case .callSupervisor?: (.headlineSupervisor, .callSupervisor)
        case .stop?, nil: (.headlineStop, .stop)
        }
      }
    self.init(headline: phrasebook.text(headline), tone: tone, time: time)
    let person = checkIn.attendee
    name = person.displayName
    registration = person.registrationID ?? ""
    group = (person.groupNames(terms, in: phrasebook.language) + [person.organisation]).filter { !$0.isEmpty }
      .joined(separator: " · ")
    isMarked = checkIn.offline.notInRoster
    attention = person.attentionText(in: phrasebook)
    if checkIn.answer == .refused {
      reason = checkIn.reasonText(in: phrasebook)
      explanation.append(checkIn.operatorText(terms, in: phrasebook))
      let said = checkIn.participantText(terms, in: phrasebook)
      if !said.isEmpty { explanation.append(phrasebook.text(Sentence(.laneSay, ["sentence": .text(said)]))) }
      if let own = checkIn.participantOwnText(terms, beside: phrasebook.language) {
        let facts: [String: Sentence.Fact] = ["language": .text(own.language.name), "sentence": .text(own.text)]
        explanation.append(phrasebook.text(Sentence(.laneSayOwn, facts)))
      }
    }
    if checkIn.hasMissedExit {
      missedExit = checkIn.missedExit.note
      explanation.append(phrasebook.text(Sentence(.laneMissedExit, ["note": .text(checkIn.missedExit.note)])))
    }
    if checkIn.wasNotInside { explanation.append(phrasebook.text(.laneWasNotInside)) }
    if isMarked { explanation.append(phrasebook.text(.laneNotInRoster)) }
    if checkIn.overriddenReason.isStated {
      let facts: [String: Sentence.Fact] = [
        "reason": .text(checkIn.overriddenText(in: phrasebook)), "note": .text(checkIn.override.note),
      ]
      explanation.append(phrasebook.text(Sentence(.laneLetInAgainst, facts)))
      let by = facts.merging(["name": .text(checkIn.override.operator)]) { $1 }
      override = phrasebook.text(Sentence(.laneOverridden, by))
    }
  }
}
