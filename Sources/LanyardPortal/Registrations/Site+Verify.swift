import GRPCCore
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Asks for one press of a button, and says what it does.
struct ConfirmPage: Sendable {
  let heading: String
  let text: String
  let more: String?
  let action: String
  let button: String
  let isRisky: Bool
  /// Where to go who does not want it; nil where that is nowhere.
  let backHref: String?
  let back: String?
}

extension Site {
  /// The link of a mail: programs that look into mails open links too, so it asks for a press.
  func verify(_ request: Request, _ visit: Visit) async throws -> Response {
    let slug = visit.part("event")
    let event = try await calls.by(visit).event(slug).event
    let text = PageText(visit.language ?? event.language)
    let page = ConfirmPage(
      heading: text(.portalConfirmAddress),
      text: text(.portalConfirmAddressText, ["event": .text(event.title.text(in: text.language))]),
      more: nil,
      action: request.path,
      button: text(.portalConfirmAddressButton),
      isRisky: false,
      backHref: nil,
      back: nil
    )
    let heading = EventHeading(event, in: text)
    return self.page("confirm", page, title: page.heading, of: heading, in: text, request, visit)
  }

  /// Confirms the address, and leads on to the registration with a cookie.
  func verified(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await FormBody(reading: request)
    let slug = visit.part("event")
    guard isOwn(form, request, visit) else { return try await verify(request, visit) }
    do {
      let answer = try await calls.by(visit).verify(visit.part("token"))
      let name = try ResourceName.registration(answer.registration.name, field: "name")
      guard name.event == slug, answer.hasPersonalLink else { throw PortalFault.signedOut(event: slug) }
      var response = Response.leading(to: "/\(slug)/me")
      response.set(PortalCookie.link(of: slug), to: answer.personalLink.token, seconds: PortalCookie.linkTime)
      return response
    } catch let error as RPCError where [.notFound, .invalidArgument].contains(error.code) {
      return try await notice(
        .portalLinkOver,
        [.portalVerifyOverText],
        link: (.portalSendLink, "link"),
        request,
        visit,
        status: .notFound
      )
    }
  }

  /// A personal link: exchanged for a cookie, and gone from the address bar. Whether it is good the next page finds out.
  func signIn(_ request: Request, _ visit: Visit) async throws -> Response {
    let (slug, token) = (visit.part("event"), visit.part("token"))
    guard ResourceID.isValid(slug) else { throw PortalFault.notFound }
    // What is no token must not become a part of a header.
    guard token.utf8.count <= 200, token.utf8.allSatisfy({ $0 == 0x5F || Self.isLetterOrDigit($0) }) else {
      throw PortalFault.signedOut(event: slug)
    }
    var response = Response.leading(to: "/\(slug)/me")
    response.set(PortalCookie.link(of: slug), to: token, seconds: PortalCookie.linkTime)
    return response
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
