import HTTPTypes
import Hummingbird
import LanyardDomain
import LanyardTexts

/// Somebody of the house who is signed in, on a page of an event.
struct HouseVisit: Sendable {
  let calls: VisitorCalls
  let shown: ShownEvent
  let signedIn: SignedIn
  let text: PageText

  var event: Event { shown.event }
  var slug: String { shown.event.slug }
  var isOrganiser: Bool { signedIn.role == .organiser }
  /// The event's clock.
  var clock: VenueTime { VenueTime(zone: shown.event.timeZone) }

  /// What stands on top of the page.
  func heading(of page: HousePage) -> HouseHeading {
    HouseHeading(
      who: signedIn.called(in: text),
      links: HousePage.links(for: signedIn.role, slug, current: page, in: text)
    )
  }
}

/// The pages for people of the house.
enum HousePage: String, Sendable, CaseIterable {
  case desk, registrations

  /// Whose it is. The service decides what each of them may do there.
  var roles: Set<Role> {
    switch self {
    case .desk: [.organiser, .desk]
    case .registrations: [.organiser]
    }
  }

  private var label: Sentence.Key {
    switch self {
    case .desk: .housePageDesk
    case .registrations: .housePageRegistrations
    }
  }

  /// The pages of an event that somebody has a part in.
  static func links(for role: Role, _ event: String, current: HousePage?, in text: PageText) -> [HouseHeading.Link] {
    allCases.filter { $0.roles.contains(role) }.map {
      HouseHeading.Link(href: "/\(event)/\($0.rawValue)", label: text($0.label), isCurrent: $0 == current)
    }
  }
}

extension SignedIn {
  /// What they are called: what their token is for, else what its role is.
  func called(in text: PageText) -> String { label.isEmpty ? text(role.title) : label }
}

extension Site {
  /// Who of the house visits a page of an event.
  ///
  /// - Throws: `PortalFault.notSignedIn` where nobody is signed in, `notForRole` where they have no part in it.
  func house(_ page: HousePage, _ request: Request, _ visit: Visit) async throws -> HouseVisit {
    let slug = visit.part("event")
    // A form that came too late is not sent again by signing in.
    let here = request.method == .get ? request.uri.string : "/\(slug)/\(page.rawValue)"
    guard let secret = request.cookie(PortalCookie.house),
      let signedIn = try await calls.by(visit, link: secret).signedIn()
    else { throw PortalFault.notSignedIn(to: here) }
    guard page.roles.contains(signedIn.role), signedIn.event == nil || signedIn.event == slug else {
      throw PortalFault.notForRole
    }
    let shown = try await calls.by(visit, link: secret).event(slug)
    let text = PageText(visit.language ?? shown.event.language)
    let calls = calls.by(visit.reading(text.language), link: secret)
    return HouseVisit(calls: calls, shown: shown, signedIn: signedIn, text: text)
  }

  /// A page for people of the house.
  func housePage(
    _ name: String,
    _ content: some Sendable,
    title: String,
    _ page: HousePage,
    _ house: HouseVisit,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    self.page(
      name,
      content,
      title: title,
      of: EventHeading(house.event, in: house.text),
      house: house.heading(of: page),
      in: house.text,
      request,
      visit,
      status: status
    )
  }
}
