import Hummingbird
import LanyardDomain
import LanyardTexts

/// Reads who visits, and gives a browser its cookies.
struct VisitReading: RouterMiddleware {
  typealias Context = Visit

  func handle(
    _ request: Request,
    context: Visit,
    next: (Request, Visit) async throws -> Response
  ) async throws -> Response {
    var visit = context
    if let chosen = request.query("lang").flatMap({ Language(rawValue: $0) }) {
      (visit.language, visit.isLanguageNew) = (chosen, true)
    } else {
      let kept = request.cookie(PortalCookie.language).flatMap { Language(rawValue: $0) }
      visit.language = kept ?? request.headers[.acceptLanguage].flatMap { Language(acceptLanguage: $0) }
    }
    if let seal = FormSeal(cookie: request.cookie(PortalCookie.seal)) { visit.seal = seal }
    var response = try await next(request, visit)
    let isPage = response.headers[.contentLanguage] != nil
    if visit.isLanguageNew, isPage, let language = visit.language {
      response.set(PortalCookie.language, to: language.tag, seconds: PortalCookie.languageTime)
    }
    // Pages with forms are kept by nobody.
    if visit.seal.isNew, isPage, response.headers[.cacheControl] == "no-store" {
      response.set(PortalCookie.seal, to: visit.seal.cookie, seconds: nil)
    }
    return response
  }
}
