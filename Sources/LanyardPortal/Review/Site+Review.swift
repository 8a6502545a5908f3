import GRPCCore
import GRPCProtobuf
import HTTPTypes
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension Site {
  /// How many registrations a page has.
  private static let reviewSize = 40

  /// The list, as its address says.
  func review(_ request: Request, _ visit: Visit) async throws -> Response {
    let house = try await house(.registrations, request, visit)
    let asked = request.asked
    let drawing = ReviewDrawing(house: house, filter: ReviewFilter { asked[$0] })
    return try await reviewPage(drawing, page: asked["page"], request, visit)
  }

  /// Decides on those who were chosen, each as they were shown, and says of whom it could not be done and why.
  func decide(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let house = try await house(.registrations, request, visit)
    var drawing = ReviewDrawing(house: house, filter: ReviewFilter { form[$0] })
    guard let step = ReviewStep(rawValue: form["step"]) else { throw PortalFault.notFound }
    guard isOwn(form, request, visit) else {
      drawing.notices = [house.text(.portalSendAgain)]
      return try await reviewPage(drawing, page: "", request, visit, status: .forbidden)
    }
    let chosen = form.all("chosen").prefix(Self.reviewSize)
    if chosen.isEmpty { drawing.notices = [house.text(.reviewNobodyChosen)] }
    // Of several lines, so that the enter key presses no button; kept as one.
    let note = (step == .reject ? form["reason"] : form["note"]).replacing("\n", with: " ")
    for value in chosen {
      let parts = value.split(separator: " ", maxSplits: 1).map(String.init)
      guard let id = parts.first, ResourceID.isValid(id) else { continue }
      let name = ResourceName.registration(id, of: house.slug).description
      do {
        try await house.calls.decide(step, on: name, etag: parts.count > 1 ? parts[1] : "", note: note)
      } catch let error as RPCError where error.isOfForm {
        let person = try await house.calls.registration(id, of: house.slug).displayName
        drawing.notices.append(
          house.text(.reviewNotDone, ["name": .text(person), "reason": .text(error.message)])
        )
      }
    }
    guard drawing.notices.isEmpty else {
      return try await reviewPage(drawing, page: "", request, visit, status: .conflict)
    }
    return .leading(to: "/\(house.slug)/registrations?\(drawing.filter.query())")
  }

  /// Who may be registered twice.
  func duplicates(_ request: Request, _ visit: Visit) async throws -> Response {
    let house = try await house(.registrations, request, visit)
    let drawing = ReviewDrawing(house: house, filter: ReviewFilter { _ in nil })
    let found = try await house.calls.duplicates(of: house.slug)
    let page = DuplicatesPage(
      back: "/\(house.slug)/registrations",
      groups: try found.groups.prefix(Self.reviewSize).map { group in
        DuplicatesPage.Group(why: house.text(group.kind.title), people: try group.registrations.map(drawing.row))
      },
      hasGroups: !found.groups.isEmpty
    )
    return housePage("duplicates", page, title: house.text(.reviewDuplicates), .registrations, house, request, visit)
  }

  private func reviewPage(
    _ drawing: ReviewDrawing,
    page token: String,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let house = drawing.house
    let found = try await house.calls.registrations(of: house.slug, drawing.filter, page: token, size: Self.reviewSize)
    let title = house.text(.reviewTitle)
    return housePage(
      "review",
      try drawing.page(found),
      title: title,
      .registrations,
      house,
      request,
      visit,
      status: status
    )
  }
}
