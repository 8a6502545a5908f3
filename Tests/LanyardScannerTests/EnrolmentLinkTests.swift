import LanyardDomain
import Testing

@testable import LanyardScanner

@Suite("The link that a device enrols with")
struct EnrolmentLinkTests {
  private static let server = Endpoint(host: "lanyard.example.org", port: 8443)
  private static let code = "0123456789abcdefghjkmnpqrs"

  @Test("Is read as it was written, with the authority and without")
  func roundTrip() throws {
    let body = String(repeating: "Ab+/", count: 40)
    let lines = [body.prefix(64), body.dropFirst(64).prefix(64), body.dropFirst(128)].joined(separator: "\n")
    for authority in ["-----BEGIN CERTIFICATE-----\n\(lines)\n-----END CERTIFICATE-----\n", nil] {
      let link = EnrolmentLink(server: Self.server, code: Self.code, authorityPEM: authority)
      let read = try #require(try EnrolmentLink(link.text))
      #expect(read.server == Self.server && read.code == Self.code && read.authorityPEM == authority)
    }
  }

  @Test("Is none where the text is a code or another address, and a fault where it leads to no server")
  func others() throws {
    let link = "lanyard-enrol://"
    for text in ["K7QM-3XRP", "https://example.org/a/b", link, "\(link)h:1", "\(link)h:1//x"] {
      let read = try EnrolmentLink(text)
      #expect(read == nil, "\(text)")
    }
    #expect(throws: InvalidInput.self) { _ = try EnrolmentLink("lanyard-enrol://host:port/\(Self.code)") }
  }
}
