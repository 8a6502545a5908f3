import GRPCCore
import HTTPTypes
import Hummingbird
import LanyardDomain
import LanyardTexts

/// The form of a registration.
struct RegisterPage: Sendable {
  let event: String
  let heading: String
  let lead: String
  /// Why nobody can register now; nil where people can.
  let closed: String?
  let action: String
  let requestID: String
  let summary: FaultSummary?
  let parts: [FormPart]
  let submit: String
  let submitHint: String?
}

extension Site {
  /// The empty form.
  func register(_ request: Request, _ visit: Visit) async throws -> Response {
    let shown = try await calls.by(visit).event(visit.part("event"))
    let text = PageText(visit.language ?? shown.event.language)
    return registerPage(shown, TypedRegistration(language: text.language), nil, in: text, request, visit)
  }

  /// Takes the form; what is wrong with it is said all at once, and nothing that was typed is lost.
  func sendRegistration(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let slug = visit.part("event")
    let shown = try await calls.by(visit).event(slug)
    let text = PageText(visit.language ?? shown.event.language)
    let typed = TypedRegistration(form)
    guard isOwn(form, request, visit) else {
      let faults = FormFaults(other: text(.portalSendAgain))
      return registerPage(shown, typed, faults, in: text, request, visit, status: .forbidden)
    }
    do {
      try await calls.by(visit.reading(text.language)).register(typed, for: slug)
    } catch let error as RPCError {
      guard let faults = FormFaults(error, of: typed, in: text) else { throw error }
      return registerPage(shown, typed, faults, in: text, request, visit, status: .init(refusing: error))
    }
    return .leading(to: "/\(slug)/register/sent")
  }

  /// Says to look into one's mail: the same whatever the address is known for.
  func registrationSent(_ request: Request, _ visit: Visit) async throws -> Response {
    try await notice(
      .portalLookIntoMail,
      [.portalLookIntoMailText, .portalLookIntoMailMore],
      link: (.portalNoMailCame, "help"),
      request,
      visit
    )
  }

  /// Whether a form came from a page of this site in this browser.
  func isOwn(_ form: FormBody, _ request: Request, _ visit: Visit) -> Bool {
    if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name],
      !["same-origin", "none"].contains(site)
    {
      return false
    }
    return visit.seal.closes(form[FormBody.seal])
  }

  private func registerPage(
    _ shown: ShownEvent,
    _ typed: TypedRegistration,
    _ faults: FormFaults?,
    in text: PageText,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    let heading = EventHeading(shown.event, in: text)
    let drawing = RegistrationFormDrawing(shown: shown, typed: typed, faults: faults?.byField ?? [:], text: text)
    let parts = drawing.parts()
    let summary = parts.summary(of: faults, in: text)
    let page = RegisterPage(
      event: heading.slug,
      heading: text(.portalRegister),
      lead: text(.portalRegisterLead, ["event": .text(heading.title)]),
      closed: shown.whyClosed(text),
      action: "/\(heading.slug)/register",
      requestID: typed.requestID,
      summary: summary,
      parts: parts,
      submit: text(.portalRegister),
      submitHint: text(.portalRegisterHint)
    )
    let title = summary == nil ? page.heading : text(.portalErrorTitle, ["title": .text(page.heading)])
    return self.page("register", page, title: title, of: heading, in: text, request, visit, status: status)
  }
}

extension Visit {
  /// The visit, with the language that its page is in where the visitor chose none.
  func reading(_ language: Language) -> Visit {
    var visit = self
    visit.language = language
    return visit
  }
}
