import BadgeCodes
import BadgePrinting
import LanyardDomain
import LanyardStore
import LanyardTexts

/// What stands on the badges of an event, in the event's language.
struct BadgeWording {
  let event: Event
  let phrasebook: Phrasebook
  /// The zones that not everybody may enter.
  let zones: [Checkpoint]
  /// What stands on each badge of the event's days and place: forms of dates take longer to make than badges to draw.
  private let eventLine: String

  init(_ event: Event, _ store: any ProgrammeStore) async throws {
    self.event = event
    let phrasebook = Phrasebook.of(event.language)
    self.phrasebook = phrasebook
    eventLine = [phrasebook.days(event.startDate, event.endDate), event.city].filter { !$0.isEmpty }
      .joined(separator: " · ")
    var zones: [Checkpoint] = []
    try await eachPage {
      try await store.checkpoints(of: event.slug, $0)
    } _: { found in
      zones += found.map(\.checkpoint).filter { zone in
        zone.kind == .zone && !(zone.admits.groups.isEmpty && zone.admits.roles.isEmpty)
      }
    }
    self.zones = zones
  }

  /// The ids that designs may name.
  var terms: BadgeTerms {
    BadgeTerms(
      groups: event.stakeholderGroups.map(\.id),
      roles: event.guestRoles.map(\.id),
      zones: zones.map(\.id)
    )
  }

  /// - Parameter number: What people tell badges apart by.
  func printed(_ bearer: Registration, number: String, _ code: QRSymbol) -> PrintedBadge {
    let details = bearer.details
    func term(_ id: String, _ label: String?) -> PrintedBadge.Term { PrintedBadge.Term(id: id, label: label ?? id) }
    let (group, role) = (details.stakeholderGroup, details.guestRole)
    return PrintedBadge(
      eventTitle: event.title.text(in: event.language),
      eventLine: eventLine,
      name: details.person.displayName,
      organisation: details.organisation,
      country: details.country.isEmpty ? "" : phrasebook.country(details.country),
      group: term(group, event.terms.groupLabel(group, in: event.language)),
      groupNumber: event.groupNumber(group),
      role: role.isEmpty ? nil : term(role, event.terms.roleLabel(role, in: event.language)),
      zones: zones.filter { $0.admits.admits(group: group, role: role) }.map { term($0.id, $0.displayName) },
      number: number,
      code: code,
      language: details.language
    )
  }
}
