import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Draws the person whom the desk helps.
struct DeskPersonDrawing: Sendable {
  let house: HouseVisit
  let record: DeskRecord
  let checkpoints: [String: String]
  let correction: TypedRegistration?
  let faults: FormFaults?
  let base: String

  private var text: PageText { house.text }
  private var registration: Lanyard_V1_Registration { record.registration }
  private var id: String {
    get throws { try ResourceName.registration(registration.name, field: "name").id }
  }

  func person() throws -> DeskPerson {
    let tag = DeskTag(registration, in: text)
    let now = try situation()
    let isErased = registration.hasEraseTime
    let offered = isErased ? [] : DeskStep.allCases.filter { $0.isOffered(in: now) }
    let typed = try correction ?? TypedRegistration(registration)
    let fields = DeskFields(event: house.event, typed: typed, faults: faults?.byField ?? [:], text: text)
    let part = FormPart("fix", "", fields.correction)
    let action = "\(base)/people/\(try id)"
    let canPrint = !isErased && now.state == .confirmed && now.badge != .held
    let buttons = offered.filter { !$0.isRisky }.map {
      DeskPerson.Button(step: $0.rawValue, label: text($0.label), accessKey: $0.accessKey)
    }
    let badges = zip(1..., record.badges).map { row($0, $1) }.reversed()
    return DeskPerson(
      name: isErased ? text(.deskErased) : registration.displayName,
      signal: tag.signal,
      words: tag.words,
      etag: registration.etag,
      badgeName: record.badge?.name ?? "",
      action: action,
      canPrint: canPrint,
      isToPrint: canPrint && record.badge?.hasPrintTime != true,
      phoneBadge: record.badge == nil ? nil : "\(action)/badge.png",
      buttons: buttons,
      hasButtons: !buttons.isEmpty,
      badge: try record.badge.map { try BadgeView($0, of: registration, house.event, in: text) },
      facts: facts,
      badges: Array(badges),
      hasBadges: !record.badges.isEmpty,
      risky: offered.filter(\.isRisky).map { step in
        DeskPerson.RiskyStep(
          step: step.rawValue,
          label: text(step.label),
          consequence: step.consequence.map { text($0) } ?? "",
          takesNote: step.takesNote
        )
      },
      history: DeskHistory(house: house, record: record, checkpoints: checkpoints).entries(),
      summary: [part].summary(of: faults, in: text),
      isOpen: faults != nil,
      fields: isErased ? [] : part.fields
    )
  }

  private func situation() throws -> DeskStep.Situation {
    DeskStep.Situation(
      state: try RegistrationState(registration.state, field: "state"),
      participation: try Participation(registration.participation, field: "participation"),
      badge: try record.badge.map { try BadgeState($0.state, field: "badge.state") },
      allowsRemote: house.event.allowsRemote,
      isOrganiser: house.isOrganiser
    )
  }

  private var facts: [DeskPerson.Fact] {
    let event = house.event
    func fact(_ term: Sentence.Key, _ value: String?) -> DeskPerson.Fact? {
      guard let value, !value.isEmpty else { return nil }
      return DeskPerson.Fact(term: text(term), value: value)
    }
    let group = event.terms.groupLabel(registration.stakeholderGroup, in: text.language)
    let role = event.terms.roleLabel(registration.guestRole, in: text.language)
    let days = registration.days.compactMap { LocalDate($0) }.map { text.phrasebook.day($0) }.joined(separator: ", ")
    return [
      fact(.deskTakesPart, text(registration.participation.title)),
      fact(.portalGroup, group ?? registration.stakeholderGroup),
      fact(.portalRole, role ?? registration.guestRole),
      fact(.portalOrganisation, registration.organisation),
      fact(.portalPosition, registration.position),
      fact(.portalEmail, registration.email),
      fact(.deskLanguage, Language(tag: registration.language)?.name ?? registration.language),
      fact(.portalDays, days),
      fact(.portalNeeds, registration.accessibilityNeeds),
      fact(.portalPhotos, registration.hasEraseTime ? nil : text(registration.photoConsent ? .portalYes : .deskNo)),
      fact(.deskMovedUpWhy, registration.moveUpNote),
    ].compactMap { $0 }
  }

  private func row(_ number: Int, _ badge: Lanyard_V1_Badge) -> DeskPerson.BadgeRow {
    let tag = DeskTag(badge, in: text)
    func moment(_ key: Sentence.Key, _ instant: Instant) -> String {
      text(key, ["moment": .moment(instant, house.clock)])
    }
    var details = [moment(.deskIssuedAt, Instant(shown: badge.issueTime))]
    if badge.hasPrintTime {
      let printed = Instant(shown: badge.printTime)
      details.append(moment(.deskPrintedAt, printed))
      if let run = record.prints.first(where: { $0.printedAt == printed }) { details.append(text(run.actor.sentence)) }
    }
    if !badge.revocationNote.isEmpty { details.append(badge.revocationNote) }
    return DeskPerson.BadgeRow(
      number: text(.deskBadgeNumber, ["count": .count(number)]),
      signal: tag.signal,
      state: tag.words,
      details: details
    )
  }
}
