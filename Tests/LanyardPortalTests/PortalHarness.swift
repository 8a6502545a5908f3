import Foundation
import GRPCCore
import GRPCInProcessTransport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LanyardDomain
import LanyardPortal
import LanyardServer
import LanyardStore
import LanyardTesting
import LanyardTexts
import Logging
import NIOCore
import Synchronization
import Testing

/// The pages with a whole server behind them, without a network in between.
struct PortalHarness: Sendable {
  let server: ServerHarness
  /// What the tokens of mails are derived from.
  let secret: LinkSecret
  let client: any TestClientProtocol

  /// A browser that has seen nothing yet.
  func browser(_ language: String = "en") -> Browser { Browser(client: client, language: language) }

  /// A browser in which a registration's personal link was opened.
  func browser(of registration: String, _ language: String = "en") async throws -> Browser {
    let browser = browser(language)
    let link = try await server.personalLink(of: registration)
    _ = try await browser.get("/\(SampleData.forum)/me/\(link.text)")
    return browser
  }

  /// Somebody who is registered; each number is another one.
  func registered(_ number: Int, _ configure: (inout RegistrationForm) -> Void = { _ in }) async throws -> Registration
  {
    var form = SampleData.person(number)
    configure(&form)
    let event = try await server.store.event(SampleData.forum).event
    return try await server.store.register(
      .test(server.clock.now),
      form.validated(for: event),
      for: event.slug,
      request: nil
    )
  }

  /// Gives the body a browser of somebody who reads Spanish, and pages whose service is gone.
  static func withoutService(_ body: @Sendable (Browser) async throws -> Void) async throws {
    let client = GRPCClient(transport: InProcessTransport().client)
    client.beginGracefulShutdown()
    let portal = try portal(ServiceCalls(client), isRehearsal: false) { SampleData.firstMorning }
    try await portal.application.test(.router) { try await body(Browser(client: $0, language: "es")) }
  }

  private static func portal(
    _ calls: ServiceCalls,
    isRehearsal: Bool,
    now: @escaping @Sendable () -> Instant
  ) throws -> Portal {
    try Portal.make(
      settings: PortalSettings(endpoint: .loopback(port: 0), isRehearsal: isRehearsal),
      calls: calls,
      tls: nil,
      now: now,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
  }

  /// Those who have yet to confirm their address, in the order in which they came.
  func pending() async throws -> [Registration] {
    var filter = RegistrationFilter()
    filter.state = .emailPending
    return try await server.store.registrations(of: SampleData.forum, matching: filter, PageRequest(size: 100)).page
      .items
  }

  /// The token that the mail to somebody has who is to confirm their address.
  func token(of registration: Registration) async throws -> String {
    let stored = try await server.store.verification(of: registration.id, registration.event)
    return BearerToken.derived(.verification, id: try #require(stored).id, from: secret).text
  }

  /// Runs the pages on a server whose forum takes registrations in public.
  static func run<Result: Sendable>(
    isRehearsal: Bool = false,
    capacity: Int? = nil,
    callsPerMinute: Int = 1000,
    _ body: @Sendable (PortalHarness) async throws -> Result
  ) async throws -> Result {
    var programme = try SampleData.programme()
    for index in programme.events.indices where programme.events[index].event.slug == SampleData.forum {
      let opens = SampleData.moment("2024-01-15T09:00:00+01:00")
      programme.events[index].event.inPublic = PublicRegistration(opens: opens)
      if let capacity { programme.events[index].event.onsiteCapacity = capacity }
    }
    let secret = LinkSecret.random()
    return try await ServerHarness.run(programme: programme) { settings in
      settings.linkSecret = secret
      settings.publicCallsPerMinute = callsPerMinute
    } _: { server in
      let portal = try portal(ServiceCalls(server.inProcess), isRehearsal: isRehearsal) { server.clock.now }
      return try await portal.application.test(.router) { client in
        try await body(PortalHarness(server: server, secret: secret, client: client))
      }
    }
  }
}

/// A page as a browser gets it.
struct Answer: Sendable {
  let status: Int
  let headers: HTTPFields
  let text: String

  func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

  /// The value of an attribute of a hidden field.
  func hidden(_ name: String) -> String? {
    guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }
}

/// A browser: it keeps cookies, and sends forms back as it got them.
final class Browser: Sendable {
  private let client: any TestClientProtocol
  private let language: String
  private let cookies = Mutex<[String: String]>([:])

  init(client: any TestClientProtocol, language: String) { (self.client, self.language) = (client, language) }

  /// The value of a cookie that it keeps.
  func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }

  func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
    try await send(path, .get, headers: headers, body: nil)
  }

  /// Sends a form, with what ties it to this browser.
  ///
  /// - Parameter page: Where the form stands; that of `path` where nothing is said.
  func post(
    _ path: String,
    _ fields: [String: String],
    from page: String? = nil,
    headers: HTTPFields = [:]
  ) async throws -> Answer {
    let form = try await get(page ?? path)
    var fields = fields
    for name in ["seal", "request"] where fields[name] == nil { fields[name] = form.hidden(name) }
    return try await send(path, .post, headers: headers, body: Self.encoded(fields))
  }

  /// Sends fields as they are.
  func postBare(_ path: String, _ fields: [String: String], headers: HTTPFields = [:]) async throws -> Answer {
    try await send(path, .post, headers: headers, body: Self.encoded(fields))
  }

  private func send(
    _ path: String,
    _ method: HTTPRequest.Method,
    headers: HTTPFields,
    body: String?
  ) async throws -> Answer {
    var headers = headers
    headers[.acceptLanguage] = language
    let kept = cookies.withLock { $0.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } }
    if !kept.isEmpty { headers[.cookie] = kept.joined(separator: "; ") }
    if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
    let response = try await client.executeRequest(
      uri: path,
      method: method,
      headers: headers,
      body: body.map { ByteBuffer(string: $0) }
    )
    for field in response.headers[values: .setCookie] {
      let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let isOver = field.contains("Max-Age=0")
      cookies.withLock { $0[String(pair[0])] = isOver ? nil : String(pair[1]) }
    }
    return Answer(status: response.status.code, headers: response.headers, text: String(buffer: response.body))
  }

  private static func encoded(_ fields: [String: String]) -> String {
    func encode(_ text: String) -> String {
      text.utf8.map { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
        case 0x20: "+"
        default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
      }.joined()
    }
    return fields.map { "\(encode($0.key))=\(encode($0.value))" }.joined(separator: "&")
  }
}
