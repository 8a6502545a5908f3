import HTTPTypes
import Hummingbird

/// Headers on all that is answered: a browser loads nothing from elsewhere, runs nothing that stands in a page, shows a page in
/// no frame, tells no other site where its visitor comes from, and comes by TLS alone.
struct PageHeaders: RouterMiddleware {
  typealias Context = Visit

  private static let policy = [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "connect-src 'self'",
    "worker-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  private static let all: [(name: HTTPField.Name?, value: String)] = [
    (.contentSecurityPolicy, policy), (.strictTransportSecurity, "max-age=31536000"), (.xContentTypeOptions, "nosniff"),
    (HTTPField.Name("Referrer-Policy"), "no-referrer"), (HTTPField.Name("Cross-Origin-Opener-Policy"), "same-origin"),
    (HTTPField.Name("Cross-Origin-Resource-Policy"), "same-origin"),
    (HTTPField.Name("Permissions-Policy"), "camera=(), geolocation=(), microphone=()"),
  ]

  func handle(
    _ request: Request,
    context: Visit,
    next: (Request, Visit) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    for (name, value) in Self.all { if let name { response.headers[name] = value } }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}
