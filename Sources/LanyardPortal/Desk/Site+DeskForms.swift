import GRPCCore
import GRPCProtobuf
import HTTPTypes
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension Site {
  /// Corrects what is on record of a person: what differs from it now.
  func correct(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let house = try await house(.desk, request, visit)
    let id = visit.part("person")
    let query = Self.shortened(form["q"])
    let typed = TypedRegistration(form)
    var drawing = DeskDrawing(house: house, query: query)
    drawing.correction = typed
    guard isOwn(form, request, visit) else {
      drawing.correctionFaults = FormFaults(other: house.text(.portalSendAgain))
      return try await deskPage(drawing, id, house, request, visit, status: .forbidden)
    }
    let before = try await house.calls.registration(id, of: house.slug)
    let known = try TypedRegistration(before)
    let changed = DeskFields.correctable.filter { known[$0] != typed[$0] }
    do {
      if !changed.isEmpty {
        var registration = typed.message
        (registration.name, registration.etag) = (before.name, form["etag"])
        try await house.calls.update(registration, changed)
      }
    } catch let error as RPCError where error.details?.info.reason == ErrorReason.etagMismatch.rawValue {
      return try await changedMeanwhile(query, id, house, request, visit)
    } catch let error as RPCError {
      guard let faults = FormFaults(error, of: typed, in: house.text) else { throw error }
      drawing.correctionFaults = faults
      return try await deskPage(drawing, id, house, request, visit, status: .unprocessableContent)
    }
    return .leading(to: "/\(house.slug)/desk?\(DeskPath.query(query, person: id))")
  }

  /// Registers somebody who walks in, with a badge where there is a place; then printing it is the next press of a key.
  func registerWalkIn(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let house = try await house(.desk, request, visit)
    var typed = TypedRegistration(form)
    typed[.participation] = Participation.onsite.rawValue
    var drawing = DeskDrawing(house: house, query: "", walkIn: DeskDrawing.TypedWalkIn(typed: typed))
    guard isOwn(form, request, visit) else {
      drawing.walkIn?.faults = FormFaults(other: house.text(.portalSendAgain))
      return try await deskPage(drawing, nil, house, request, visit, status: .forbidden)
    }
    do {
      let made = try await house.calls.registerAtDesk(typed, for: house.slug)
      if made.state == .confirmed {
        let badge = try await house.calls.issueBadge(of: made.name)
        // Whoever showed who they are need not come back for it.
        if badge.state == .notActivated, !form[DeskFields.identified].isEmpty {
          try await house.calls.activateBadge(badge.name)
        }
      }
      let id = ResourceName(made.name)?.id
      return .leading(to: "/\(house.slug)/desk?\(DeskPath.query("", person: id))")
    } catch let error as RPCError {
      guard let faults = FormFaults(error, of: typed, in: house.text) else { throw error }
      drawing.walkIn?.faults = faults
      return try await deskPage(drawing, nil, house, request, visit, status: .unprocessableContent)
    }
  }
}
