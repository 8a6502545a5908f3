import GRPCCore
import HTTPTypes
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension Site {
  /// Says what a step does, and asks for it.
  func ask(_ step: OwnStep, _ request: Request, _ visit: Visit) async throws -> Response {
    let own = try await own(request, visit)
    let text = own.text
    let page = ConfirmPage(
      heading: text(step.heading),
      text: text(step.consequence),
      more: step.warning.map { text($0) },
      action: request.path,
      button: text(step.heading),
      isRisky: step.isRisky,
      backHref: "/\(own.slug)/me",
      back: text(.portalBack)
    )
    return ownPage("confirm", page, title: page.heading, own, request, visit)
  }

  /// Takes a step.
  func take(_ step: OwnStep, _ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let own = try await own(request, visit)
    guard isOwn(form, request, visit) else { return try await ask(step, request, visit) }
    let name = own.registration.name
    switch step {
    case .remote: try await participate(.remote, own)
    case .onsite: try await participate(.onsite, own)
    case .cancel: try await own.calls.cancel(name)
    case .restore: try await own.calls.restore(name)
    case .erase:
      try await own.calls.erase(name)
      return forgotten(Response.leading(to: "/\(own.slug)"), own.slug)
    case .leave: return forgotten(Response.leading(to: "/\(own.slug)"), own.slug)
    }
    return .leading(to: "/\(own.slug)/me")
  }

  private func participate(_ way: Participation, _ own: OwnVisit) async throws {
    var registration = own.registration
    registration.participation = way.wire
    try await own.calls.update(registration, [.participation])
  }

  /// Takes a personal link, and the pages that were kept with it, from the browser.
  private func forgotten(_ response: Response, _ event: String) -> Response {
    var response = response
    response.set(PortalCookie.link(of: event), to: "", seconds: 0)
    if let name = HTTPField.Name("Clear-Site-Data") { response.headers[name] = "\"cache\", \"storage\"" }
    return response
  }
}
