import GRPCCore
import HTTPTypes
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension Site {
  /// The form with what is on record.
  func change(_ request: Request, _ visit: Visit) async throws -> Response {
    let own = try await own(request, visit)
    return changePage(own, try TypedRegistration(own.registration), nil, request, visit)
  }

  /// Changes what differs; a field that somebody else changed meanwhile and this form left alone stays as they left it.
  func sendChange(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let own = try await own(request, visit)
    let typed = TypedRegistration(form)
    guard isOwn(form, request, visit) else {
      let faults = FormFaults(other: own.text(.portalSendAgain))
      return changePage(own, typed, faults, request, visit, status: .forbidden)
    }
    let before = try TypedRegistration(own.registration)
    let changed = Self.changeable.filter { before[$0] != typed[$0] }
    do {
      if !changed.isEmpty {
        var registration = typed.message
        registration.name = own.registration.name
        try await own.calls.update(registration, changed)
      }
    } catch let error as RPCError {
      guard let faults = FormFaults(error, of: typed, in: own.text) else { throw error }
      return changePage(own, typed, faults, request, visit, status: .init(refusing: error))
    }
    return .leading(to: "/\(own.slug)/me")
  }

  /// What the form of a change has.
  private static let changeable: [RegistrationField] = TypedRegistration.fields.filter {
    ![.person(.email), .guestRole, .participation].contains($0)
  }

  private func changePage(
    _ own: OwnVisit,
    _ typed: TypedRegistration,
    _ faults: FormFaults?,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    let text = own.text
    var drawing = RegistrationFormDrawing(shown: own.shown, typed: typed, faults: faults?.byField ?? [:], text: text)
    drawing.isChange = true
    let parts = drawing.parts()
    let summary = parts.summary(of: faults, in: text)
    let page = RegisterPage(
      event: own.slug,
      heading: text(.portalChange),
      lead: text(.portalChangeLead),
      closed: nil,
      action: "/\(own.slug)/me/change",
      requestID: typed.requestID,
      summary: summary,
      parts: parts,
      submit: text(.portalSave),
      submitHint: nil
    )
    let title = summary == nil ? page.heading : text(.portalErrorTitle, ["title": .text(page.heading)])
    return ownPage("register", page, title: title, own, request, visit, status: status)
  }
}
