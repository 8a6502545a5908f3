import GRPCCore
import HTTPTypes
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts
import NIOCore

/// Somebody who has shown a personal link, with their registration.
struct OwnVisit: Sendable {
  let calls: VisitorCalls
  let shown: ShownEvent
  let registration: Lanyard_V1_Registration
  let text: PageText
  var slug: String { shown.event.slug }
}

extension Site {
  /// Who visits by their personal link.
  ///
  /// - Throws: `PortalFault.signedOut` where they have shown none, or one that is good no more.
  func own(_ request: Request, _ visit: Visit) async throws -> OwnVisit {
    let slug = visit.part("event")
    guard ResourceID.isValid(slug) else { throw PortalFault.notFound }
    guard let link = request.cookie(PortalCookie.link(of: slug)) else { throw PortalFault.signedOut(event: slug) }
    // Who is registered reads of an event too that has no public pages.
    let shown = try await calls.by(visit, link: link).ownEvent(slug)
    let text = PageText(visit.language ?? shown.event.language)
    let calls = calls.by(visit.reading(text.language), link: link)
    let registration = try await calls.ownRegistration(of: slug)
    return OwnVisit(calls: calls, shown: shown, registration: registration, text: text)
  }

  func me(_ request: Request, _ visit: Visit) async throws -> Response {
    let own = try await own(request, visit)
    let badge = own.registration.state == .confirmed ? try await own.calls.badge(of: own.registration, own.slug) : nil
    let page = try OwnPageDrawing(
      registration: own.registration,
      shown: own.shown,
      badge: badge,
      sessions: try await own.calls.sessions(of: own.slug),
      now: now(),
      text: own.text
    ).page()
    return ownPage("me", page, title: own.text(.portalMyRegistration), own, request, visit, keepsOffline: true)
  }

  /// A page of somebody's own.
  func ownPage(
    _ name: String,
    _ content: some Sendable,
    title: String,
    _ own: OwnVisit,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok,
    keepsOffline: Bool = false
  ) -> Response {
    var heading = EventHeading(own.shown.event, in: own.text)
    heading.isMine = true
    return page(
      name,
      content,
      title: title,
      of: heading,
      in: own.text,
      request,
      visit,
      status: status,
      keepsOffline: keepsOffline
    )
  }

  /// Somebody's badge as a file.
  func badgeFile(_ request: Request, _ visit: Visit) async throws -> Response {
    let own = try await own(request, visit)
    guard let badge = try await own.calls.badge(of: own.registration, own.slug) else { throw PortalFault.notFound }
    let file = try await own.calls.badgeFile(badge.name)
    return .file("badge-\(own.slug).pdf", type: file.type, file.bytes)
  }
}

extension Response {
  /// A file of somebody's own, to keep.
  static func file(_ name: String, type: String, _ bytes: [UInt8]) -> Response {
    let headers: HTTPFields = [
      .contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store",
    ]
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
