import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// The badges of an event, by where they stand.
struct DeskBadgesPage: Sendable {
  struct Filter: Sendable {
    let href: String
    let label: String
    let isCurrent: Bool
  }

  struct Row: Sendable {
    let href: String
    let name: String
    let detail: String
    let signal: String
    let words: String
  }

  let base: String
  let filters: [Filter]
  let rows: [Row]
  let hasRows: Bool
  let next: String?
}

extension Site {
  /// A list of badges, a page at a time.
  func deskBadges(_ request: Request, _ visit: Visit) async throws -> Response {
    let house = try await house(.desk, request, visit)
    let (text, base) = (house.text, "/\(house.slug)/desk")
    let state = BadgeState(rawValue: request.asked["state"])
    let found = try await house.calls.badges(of: house.slug, in: state, page: request.asked["page"], size: 25)
    var rows: [DeskBadgesPage.Row] = []
    for badge in found.badges {
      let id = try ResourceName.registration(badge.registration, field: "registration").id
      let person = try await house.calls.registration(id, of: house.slug)
      let tag = DeskTag(badge, in: text)
      rows.append(
        DeskBadgesPage.Row(
          href: "\(base)?\(DeskPath.query("", person: id))",
          name: person.displayName,
          detail: text(.deskIssuedAt, ["moment": .moment(Instant(shown: badge.issueTime), house.clock)]),
          signal: tag.signal,
          words: tag.words
        )
      )
    }
    func path(_ state: BadgeState?, page: String = "") -> String {
      let parts = [state.map { "state=\($0.rawValue)" }, page.isEmpty ? nil : "page=\(DeskPath.encoded(page))"]
        .compactMap { $0 }
      return parts.isEmpty ? "\(base)/badges" : "\(base)/badges?\(parts.joined(separator: "&"))"
    }
    let page = DeskBadgesPage(
      base: base,
      filters: [DeskBadgesPage.Filter(href: path(nil), label: text(.portalAll), isCurrent: state == nil)]
        + BadgeState.allCases.map {
          DeskBadgesPage.Filter(href: path($0), label: text($0.title), isCurrent: $0 == state)
        },
      rows: rows,
      hasRows: !rows.isEmpty,
      next: found.nextPageToken.isEmpty ? nil : path(state, page: found.nextPageToken)
    )
    return housePage("deskbadges", page, title: text(.deskBadges), .desk, house, request, visit)
  }
}
