import GRPCCore
import GRPCProtobuf
import HTTPTypes
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts
import NIOCore

extension Site {
  /// Presses a button for a person, as they were shown: where somebody changed them meanwhile, nothing is done and it says who.
  func takeDeskStep(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let house = try await house(.desk, request, visit)
    let id = visit.part("person")
    let query = Self.shortened(form["q"])
    guard let step = DeskStep(rawValue: form["step"]) else { throw PortalFault.notFound }
    guard isOwn(form, request, visit) else {
      return try await told(house.text(.portalSendAgain), query, id, house, request, visit, status: .forbidden)
    }
    let name = ResourceName.registration(id, of: house.slug).description
    do {
      try await house.calls.take(step, on: name, etag: form["etag"], badge: form["badge"], note: form["note"])
    } catch let error as RPCError where error.details?.info.reason == ErrorReason.etagMismatch.rawValue {
      return try await changedMeanwhile(query, id, house, request, visit)
    } catch let error as RPCError where error.isOfForm {
      return try await told(error.message, query, id, house, request, visit, status: .conflict)
    }
    return .leading(to: "/\(house.slug)/desk?\(DeskPath.query(query, person: id))")
  }

  /// Prints a badge; who has none is issued one. The browser shows the page to print.
  func printBadge(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let house = try await house(.desk, request, visit)
    let id = visit.part("person")
    guard isOwn(form, request, visit) else {
      return try await told(house.text(.portalSendAgain), "", id, house, request, visit, status: .forbidden)
    }
    do {
      let badge = try await house.calls.issueBadge(of: ResourceName.registration(id, of: house.slug).description)
      let file = try await house.calls.printed(badge.name, of: house.slug)
      return .shown("badge-\(house.slug)-\(id).pdf", type: "application/pdf", file)
    } catch DeskFault.notPrinted(let reason) {
      let told = house.text(.deskNotPrinted, ["reason": .text(reason)])
      return try await self.told(told, "", id, house, request, visit, status: .conflict)
    } catch let error as RPCError where error.isOfForm {
      return try await told(error.message, "", id, house, request, visit, status: .conflict)
    }
  }

  /// A badge for the person's telephone.
  func phoneBadge(_ request: Request, _ visit: Visit) async throws -> Response {
    let house = try await house(.desk, request, visit)
    let id = visit.part("person")
    guard let badge = try await house.calls.record(id, of: house.slug).badge else { throw PortalFault.notFound }
    let file = try await house.calls.phoneBadge(badge.name)
    return .shown("badge-\(house.slug)-\(id).png", type: file.type, file.bytes)
  }

  /// The page with what is to be known first.
  func told(
    _ words: String,
    _ query: String,
    _ person: String,
    _ house: HouseVisit,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status
  ) async throws -> Response {
    var drawing = DeskDrawing(house: house, query: query)
    drawing.notice = DeskPage.Notice(signal: "stop", told: words)
    return try await deskPage(drawing, person, house, request, visit, status: status)
  }

  /// Says that somebody changed the person since the page was shown, and who.
  func changedMeanwhile(
    _ query: String,
    _ person: String,
    _ house: HouseVisit,
    _ request: Request,
    _ visit: Visit
  ) async throws -> Response {
    let name = ResourceName.registration(person, of: house.slug).description
    let last = try await house.calls.changes(of: name, house.slug).last
    if last?.act.actor == .signIn(house.signedIn.id, of: house.signedIn.token) {
      // The same press came twice.
      return .leading(to: "/\(house.slug)/desk?\(DeskPath.query(query, person: person))")
    }
    let words =
      last.map { last in
        house.text(
          .deskChangedMeanwhile,
          ["who": .sentence(last.act.actor.sentence), "moment": .moment(last.madeAt, house.clock)]
        )
      } ?? house.text(.deskChangedBySomebody)
    return try await told(words, query, person, house, request, visit, status: .conflict)
  }
}

extension RPCError {
  /// Whether it is the service's word on what was asked for, which who asked can act on.
  var isOfForm: Bool {
    details != nil
      && [.invalidArgument, .failedPrecondition, .alreadyExists, .aborted, .resourceExhausted, .permissionDenied]
        .contains(code)
  }
}

extension Response {
  /// A file that the browser shows.
  static func shown(_ name: String, type: String, _ bytes: [UInt8]) -> Response {
    let headers: HTTPFields = [
      .contentType: type, .contentDisposition: "inline; filename=\"\(name)\"", .cacheControl: "no-store",
    ]
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
