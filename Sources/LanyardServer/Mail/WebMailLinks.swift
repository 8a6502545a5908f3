import LanyardDomain
import LanyardStore

/// Links to the pages at a public address.
struct WebMailLinks: MailLinks {
  let base: WebAddress
  let links: PersonalLinkMaker

  func address(for purpose: MailLinkPurpose, registration: String, of event: String) async throws -> String? {
    switch purpose {
    case .verifyAddress:
      return try await links.verification(of: registration, event).map { base.appending(event, "verify", $0.text) }
    case .registration:
      let link = try await links.lasting(.server(at: links.clock.now), of: registration, event)
      return base.appending(event, "me", link.token.text)
    }
  }
}
