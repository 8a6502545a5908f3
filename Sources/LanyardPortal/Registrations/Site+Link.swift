import GRPCCore
import GRPCProtobuf
import HTTPTypes
import Hummingbird
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Asks for the address to send a personal link to.
struct LinkPage: Sendable {
  let event: String
  let summary: FaultSummary?
  let fields: [FieldView]
}

extension Site {
  func link(_ request: Request, _ visit: Visit) async throws -> Response {
    let event = try await calls.by(visit).event(visit.part("event")).event
    let text = PageText(visit.language ?? event.language)
    return linkPage(event, address: "", fault: nil, in: text, request, visit)
  }

  func sendLink(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let slug = visit.part("event")
    let event = try await calls.by(visit).event(slug).event
    let text = PageText(visit.language ?? event.language)
    let address = form["email"]
    guard isOwn(form, request, visit) else {
      return linkPage(
        event,
        address: address,
        fault: text(.portalSendAgain),
        in: text,
        request,
        visit,
        status: .forbidden
      )
    }
    do {
      try await calls.by(visit.reading(text.language)).sendLink(to: address, for: slug)
    } catch let error as RPCError where error.details?.info.reason == ErrorReason.invalidField.rawValue {
      let fault = text(address.isEmpty ? .portalFaultNoEmail : .portalFaultEmail)
      return linkPage(event, address: address, fault: fault, in: text, request, visit, status: .unprocessableContent)
    }
    return .leading(to: "/\(slug)/link/sent")
  }

  func linkSent(_ request: Request, _ visit: Visit) async throws -> Response {
    try await notice(
      .portalLookIntoMail,
      [.portalLinkSentText, .portalLinkSentMore],
      link: (.portalToEvent, ""),
      request,
      visit
    )
  }

  private func linkPage(
    _ event: Event,
    address: String,
    fault: String?,
    in text: PageText,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    var field = FieldView(id: RegistrationField.person(.email).name, label: text(.portalEmail))
    (field.hint, field.fault, field.value) = (text(.portalLinkHint), fault, address)
    (field.type, field.inputMode, field.autocomplete) = ("email", "email", "email")
    (field.isInput, field.isLatin) = (true, true)
    let part = FormPart("link", "", [field])
    let summary = [part].summary(in: text)
    let page = LinkPage(event: event.slug, summary: summary, fields: part.fields)
    let title =
      summary == nil
      ? text(.portalMyRegistration) : text(.portalErrorTitle, ["title": .text(text(.portalMyRegistration))])
    let heading = EventHeading(event, in: text)
    return self.page("link", page, title: title, of: heading, in: text, request, visit, status: status)
  }
}
