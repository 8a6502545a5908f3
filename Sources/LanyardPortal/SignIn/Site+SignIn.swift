import GRPCCore
import GRPCProtobuf
import HTTPTypes
import Hummingbird
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Signing in, and what is there for who is signed in.
struct SignInPage: Sendable {
  /// An event, with its pages.
  struct Place: Sendable {
    let slug: String
    let name: String
    let links: [HouseHeading.Link]
  }

  let heading: String
  let lead: String
  let isSignedIn: Bool
  var places: [Place] = []
  var hasPlaces = false
  /// Where to go on.
  var to = ""
  var summary: FaultSummary?
  var fields: [FieldView] = []
}

extension Site {
  /// The address that asks to sign in and leads back.
  static func signInPath(to path: String) -> String {
    "/sign-in?to=\(DeskPath.encoded(path))"
  }

  func signInPage(_ request: Request, _ visit: Visit) async throws -> Response {
    let text = PageText(visit.language ?? .english)
    let secret = request.cookie(PortalCookie.house)
    if let secret, let signedIn = try await calls.by(visit, link: secret).signedIn() {
      return try await signedInPage(signedIn, calls.by(visit, link: secret), in: text, request, visit)
    }
    return signInForm(to: Self.ownPath(request.asked["to"]), fault: nil, in: text, request, visit)
  }

  func sendSignIn(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let text = PageText(visit.language ?? .english)
    let path = Self.ownPath(form["to"])
    guard isOwn(form, request, visit) else {
      return signInForm(to: path, fault: text(.portalSendAgain), in: text, request, visit, status: .forbidden)
    }
    do {
      let (secret, signedIn) = try await calls.by(visit.reading(text.language)).createSignIn(form["token"])
      let first = signedIn.event.flatMap { HousePage.links(for: signedIn.role, $0, current: nil, in: text).first?.href }
      var response = Response.leading(to: path ?? first ?? "/sign-in")
      let seconds = Int((signedIn.expiresAt - now()).components.seconds)
      response.set(PortalCookie.house, to: secret, seconds: max(1, seconds))
      return response
    } catch let error as RPCError
      where [.unauthenticated, .permissionDenied, .resourceExhausted].contains(error.code) && error.details != nil
    {
      let status: HTTPResponse.Status = error.code == .resourceExhausted ? .tooManyRequests : .forbidden
      return signInForm(to: path, fault: error.message, in: text, request, visit, status: status)
    }
  }

  func signOut(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    guard isOwn(form, request, visit) else { return .leading(to: "/sign-in") }
    if let secret = request.cookie(PortalCookie.house) {
      let calls = calls.by(visit, link: secret)
      if try await calls.signedIn() != nil { try await calls.signOut() }
    }
    var response = Response.leading(to: "/sign-in")
    response.set(PortalCookie.house, to: "", seconds: 0)
    return response
  }

  /// A path of these pages; nil where what was asked for is none, or leads elsewhere.
  private static func ownPath(_ path: String?) -> String? {
    guard let path, path.utf8.count <= 1000, path.hasPrefix("/"), !path.hasPrefix("//"),
      path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
    else { return nil }
    return path
  }

  private func signInForm(
    to path: String?,
    fault: String?,
    in text: PageText,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    var field = FieldView(id: "token", label: text(.houseToken))
    (field.hint, field.fault) = (text(.houseTokenHint), fault)
    (field.type, field.autocomplete, field.isInput, field.isLatin) = ("password", "current-password", true, true)
    let part = FormPart("sign-in", "", [field])
    var page = SignInPage(heading: text(.houseSignIn), lead: text(.houseSignInLead), isSignedIn: false)
    (page.to, page.fields) = (path ?? "", part.fields)
    page.summary = [part].summary(in: text)
    let title = page.summary == nil ? page.heading : text(.portalErrorTitle, ["title": .text(page.heading)])
    return self.page("signin", page, title: title, in: text, request, visit, status: status)
  }

  private func signedInPage(
    _ signedIn: SignedIn,
    _ calls: VisitorCalls,
    in text: PageText,
    _ request: Request,
    _ visit: Visit
  ) async throws -> Response {
    let events = try await calls.events().map(\.event)
    var page = SignInPage(
      heading: text(.houseSignedIn),
      lead: text(
        .houseSignedInAs,
        [
          "who": .text(signedIn.called(in: text)), "role": .role(signedIn.role),
          "end": .moment(signedIn.expiresAt, VenueTime(zone: events.first?.timeZone ?? .utc)),
        ]
      ),
      isSignedIn: true
    )
    page.places = events.map { event in
      SignInPage.Place(
        slug: event.slug,
        name: event.title.text(in: text.language),
        links: HousePage.links(for: signedIn.role, event.slug, current: nil, in: text)
          + [HouseHeading.Link(href: "/\(event.slug)", label: text(.portalToEvent), isCurrent: false)]
      )
    }
    page.hasPlaces = !page.places.isEmpty
    return self.page("signin", page, title: page.heading, in: text, request, visit)
  }
}
