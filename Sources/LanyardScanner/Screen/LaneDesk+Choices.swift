import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension LaneDesk {
  /// The people that were found, each in a line that tells them from others of their name: what differs first.
  var choices: [String] { found.map(choice) }

  private func choice(_ match: Lanyard_V1_SearchAttendeesResponse.Match) -> String {
    parts(match).map(\.text).joined(separator: ChoicePart.separator)
  }

  /// The same in its parts: a long name gives way to what tells people of it apart.
  func parts(_ match: Lanyard_V1_SearchAttendeesResponse.Match) -> [ChoicePart] {
    let person = match.attendee
    let badge: Sentence =
      match.badge.isEmpty
      ? Sentence(.markNoBadge) : Sentence(.markBadgeEnding, ["ending": .text(match.badgeEnding)])
    let group = person.groupNames(.none, in: phrasebook.language).first ?? ""
    let marks = marks(match).map { phrasebook.text($0) }
    let known = (marks + [match.country]).map { ChoicePart(text: $0) }
    let parts =
      [ChoicePart(text: person.displayName, mayBeCut: true)] + known + [
        ChoicePart(text: group, mayBeCut: true), ChoicePart(text: phrasebook.text(badge)),
        ChoicePart(text: person.organisation, mayBeCut: true),
      ]
    return parts.filter { !$0.text.isEmpty }
  }

  /// What an operator has to know of somebody before letting them in.
  private func marks(_ match: Lanyard_V1_SearchAttendeesResponse.Match) -> [Sentence.Key] {
    var marks: [Sentence.Key] = []
    switch match.registrationState.value {
    case .cancelled?: marks.append(.markCancelled)
    case .emailPending?, .submitted?, .waitlisted?, .rejected?: marks.append(.markNotConfirmed)
    case .confirmed?: break
    case nil: marks.append(.markNotKnown)
    }
    switch match.participation.value {
    case .remote?: marks.append(.markRemote)
    case .onsite?: break
    case nil: if !marks.contains(.markNotKnown) { marks.append(.markNotKnown) }
    }
    if match.inside { marks.append(.markInside) }
    return marks
  }
}
