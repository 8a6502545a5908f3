import HTTPTypes
import Hummingbird
import LanyardDomain
import LanyardTexts
import Logging
import NIOCore

/// All pages, with what they share. Its extensions have the handlers, a file a page.
struct Site: Sendable {
  let templates: TemplateLibrary
  let assets: Assets
  let calls: ServiceCalls
  let isRehearsal: Bool
  /// By the clock that the service goes by.
  let now: @Sendable () -> Instant
  let logger: Logger

  func router() -> Router<Visit> {
    let router = Router(context: Visit.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: PageHeaders())
    router.add(middleware: VisitReading())
    router.add(middleware: FailurePages(site: self))
    router.get("health") { _, visit in await health(visit) }
    router.get("assets/:file") { request, _ in
      guard let file = assets.file(at: request.uri.path) else { throw PortalFault.notFound }
      return file.response(isGzip: request.takesGzip)
    }
    router.get("/") { request, visit in try await events(request, visit) }
    addEventPages(to: router)
    addRegistering(to: router)
    addOwnPages(to: router)
    addHousePages(to: router)
    return router
  }

  private func addHousePages(to router: Router<Visit>) {
    router.get("sign-in") { request, visit in try await signInPage(request, visit) }
    router.post("sign-in") { request, visit in try await sendSignIn(request, visit) }
    router.post("sign-out") { request, visit in try await signOut(request, visit) }
    router.get(":event/registrations") { request, visit in try await review(request, visit) }
    router.post(":event/registrations") { request, visit in try await decide(request, visit) }
    router.get(":event/registrations/duplicates") { request, visit in try await duplicates(request, visit) }
    router.get(":event/desk") { request, visit in try await desk(request, visit) }
    router.get(":event/desk/badges") { request, visit in try await deskBadges(request, visit) }
    router.post(":event/desk/walk-in") { request, visit in try await registerWalkIn(request, visit) }
    router.post(":event/desk/people/:person") { request, visit in try await takeDeskStep(request, visit) }
    router.post(":event/desk/people/:person/details") { request, visit in try await correct(request, visit) }
    router.post(":event/desk/people/:person/print") { request, visit in try await printBadge(request, visit) }
    router.get(":event/desk/people/:person/badge.png") { request, visit in try await phoneBadge(request, visit) }
  }

  private func addEventPages(to router: Router<Visit>) {
    router.get(":event") { request, visit in try await event(request, visit) }
    router.get(":event/sessions/:session") { request, visit in try await session(request, visit) }
    router.get(":event/privacy") { request, visit in try await privacy(request, visit) }
    router.get(":event/help") { request, visit in try await help(request, visit) }
  }

  private func addRegistering(to router: Router<Visit>) {
    router.get(":event/register") { request, visit in try await register(request, visit) }
    router.post(":event/register") { request, visit in try await sendRegistration(request, visit) }
    router.get(":event/register/sent") { request, visit in try await registrationSent(request, visit) }
    router.get(":event/link") { request, visit in try await link(request, visit) }
    router.post(":event/link") { request, visit in try await sendLink(request, visit) }
    router.get(":event/link/sent") { request, visit in try await linkSent(request, visit) }
    router.get(":event/verify/:token") { request, visit in try await verify(request, visit) }
    router.post(":event/verify/:token") { request, visit in try await verified(request, visit) }
  }

  private func addOwnPages(to router: Router<Visit>) {
    router.get(":event/me") { request, visit in try await me(request, visit) }
    // A link: it changes nothing but the browser's cookie.
    router.get(":event/me/:token") { request, visit in try await signIn(request, visit) }
    router.get(":event/me/change") { request, visit in try await change(request, visit) }
    router.post(":event/me/change") { request, visit in try await sendChange(request, visit) }
    router.get(":event/me/data") { request, visit in try await data(request, visit) }
    router.get(":event/me/data.json") { request, visit in try await dataFile(request, visit) }
    router.get(":event/me/badge.pdf") { request, visit in try await badgeFile(request, visit) }
    router.get(":event/me/sessions.ics") { request, visit in try await calendar(request, visit) }
    for step in OwnStep.allCases {
      router.get(":event/me/\(step.path)") { request, visit in try await ask(step, request, visit) }
      router.post(":event/me/\(step.path)") { request, visit in try await take(step, request, visit) }
    }
    router.post(":event/me/sessions/:session") { request, visit in try await book(request, visit) }
  }
}

extension Site {
  /// How much of what is answered others may keep.
  enum Keeping {
    /// The same for all who ask in one language.
    case brief
    /// A visitor's own.
    case none
  }

  /// A page in the visitor's language, else the event's.
  func page(
    _ name: String,
    _ content: some Sendable,
    title: String,
    of event: EventHeading? = nil,
    house: HouseHeading? = nil,
    in text: PageText,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok,
    keeping: Keeping = .none,
    keepsOffline: Bool = false
  ) -> Response {
    var frame = PageFrame(
      text: text,
      lang: text.language.tag,
      dir: text.language.isRightToLeft ? "rtl" : "ltr",
      title: title,
      styleSheet: assets.styleSheet.path,
      script: assets.script.path,
      icon: assets.icon.path,
      languages: languageLinks(text.language, request),
      isRehearsal: isRehearsal,
      event: event,
      seal: visit.seal.text
    )
    frame.house = house
    if keepsOffline { frame.worker = assets.worker.path }
    let html = templates.page(name, content, in: frame)
    var headers: HTTPFields = [
      .contentType: "text/html; charset=utf-8", .contentLanguage: text.language.tag,
      .vary: "Accept-Encoding, Accept-Language, Cookie",
    ]
    headers[.cacheControl] = keeping == .none ? "no-store" : "private, max-age=0, must-revalidate"
    // A page with something secret is not compressed: its length would tell of what it has in common with what a stranger puts
    // into it (BREACH).
    if keeping == .brief, request.takesGzip, let small = Gzip.compressed(Array(html.utf8)) {
      headers[.contentEncoding] = "gzip"
      return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: small)))
    }
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  private func languageLinks(_ current: Language, _ request: Request) -> [PageFrame.LanguageLink] {
    let kept = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("lang=") }
    return Language.inOrder.map { language in
      let query = (kept + ["lang=\(language.tag)"]).joined(separator: "&")
      return PageFrame.LanguageLink(
        tag: language.tag,
        name: language.name,
        href: "\(request.path)?\(query)",
        isCurrent: language == current
      )
    }
  }
}

extension Language {
  /// In the order of the United Nations' own pages.
  fileprivate static let inOrder: [Language] = [.english, .french, .spanish, .arabic, .russian, .chinese]
}

extension Response {
  /// Leads on to another page, which the browser then asks for (RFC 9110, 15.4.4).
  static func leading(to path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
  }
}
