import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Draws the list of registrations.
struct ReviewDrawing: Sendable {
  let house: HouseVisit
  let filter: ReviewFilter
  /// What could not be done with some of those who were chosen.
  var notices: [String] = []

  private var text: PageText { house.text }
  private var event: Event { house.event }

  func page(_ found: Lanyard_V1_ListRegistrationsResponse) throws -> ReviewPage {
    let base = "/\(house.slug)/registrations"
    let rows = try found.registrations.map(row)
    return ReviewPage(
      action: base,
      desk: "/\(house.slug)/desk",
      filters: filters,
      kept: ReviewFilter.names.compactMap { name in
        filter[name].isEmpty ? nil : ReviewPage.Kept(name: name, value: filter[name])
      },
      found: text(.reviewFound, ["count": .count(Int(found.totalSize))]),
      notices: notices,
      hasNotices: !notices.isEmpty,
      rows: rows,
      hasRows: !rows.isEmpty,
      next: found.nextPageToken.isEmpty ? nil : "\(base)?\(filter.query(page: found.nextPageToken))"
    )
  }

  func row(_ registration: Lanyard_V1_Registration) throws -> ReviewPage.Row {
    let id = try ResourceName.registration(registration.name, field: "name").id
    let tag = DeskTag(registration, in: text)
    let isErased = registration.hasEraseTime
    let name = isErased ? text(.deskErased) : registration.displayName
    let group =
      event.terms.groupLabel(registration.stakeholderGroup, in: text.language) ?? registration.stakeholderGroup
    let role = event.terms.roleLabel(registration.guestRole, in: text.language) ?? registration.guestRole
    let country = registration.country.isEmpty ? "" : text.phrasebook.country(registration.country)
    let made = Sentence.Fact.moment(Instant(shown: registration.createTime), house.clock)
    let details = [registration.organisation, country, group, role, text(.reviewRegisteredOn, ["moment": made])]
    return ReviewPage.Row(
      id: id,
      // An id has no blank, and an etag stands behind it.
      value: "\(id) \(registration.etag)",
      href: "/\(house.slug)/desk?\(DeskPath.query("", person: id))",
      name: name,
      choose: text(.reviewChoose, ["name": .text(name)]),
      details: details.filter { !$0.isEmpty }.joined(separator: " · "),
      email: registration.email,
      signal: tag.signal,
      words: tag.words
    )
  }

  private var filters: [FieldView] {
    var search = FieldView(id: "q", label: text(.reviewSearch))
    (search.isInput, search.value, search.type) = (true, filter["q"], "search")
    return [
      search,
      select("state", text(.portalState), RegistrationState.allCases.map { ($0.rawValue, text($0.title)) }),
      select("group", text(.portalGroup), terms(event.stakeholderGroups)),
      event.guestRoles.isEmpty ? nil : select("role", text(.portalRole), terms(event.guestRoles)),
      select("participation", text(.deskTakesPart), Participation.allCases.map { ($0.rawValue, text($0.title)) }),
    ].compactMap { $0 }
  }

  private func terms(_ terms: [Term]) -> [(String, String)] {
    terms.map { ($0.id, $0.name(in: text.language, of: event.language)) }
  }

  private func select(_ name: String, _ label: String, _ choices: [(String, String)]) -> FieldView {
    var field = FieldView(id: name, label: label)
    (field.isSelect, field.value) = (true, filter[name])
    field.choices = ([("", text(.portalAll))] + choices).map { value, label in
      FieldView.Choice(id: "\(name)-\(value)", value: value, label: label, hint: nil, isChosen: value == field.value)
    }
    return field
  }
}
