package import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages

/// The service as the pages call it: in the same process, or on another machine.
package struct ServiceCalls: Sendable {
  let access: any Lanyard_V1_AccessService.ClientProtocol
  let events: any Lanyard_V1_EventService.ClientProtocol
  let registrations: any Lanyard_V1_RegistrationService.ClientProtocol
  let badges: any Lanyard_V1_BadgeService.ClientProtocol
  let attendance: any Lanyard_V1_AttendanceService.ClientProtocol
  let feed: any Lanyard_V1_FeedService.ClientProtocol
  let health: any Grpc_Health_V1_Health.ClientProtocol

  package init(_ client: GRPCClient<some ClientTransport>) {
    access = Lanyard_V1_AccessService.Client(wrapping: client)
    events = Lanyard_V1_EventService.Client(wrapping: client)
    registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
    badges = Lanyard_V1_BadgeService.Client(wrapping: client)
    attendance = Lanyard_V1_AttendanceService.Client(wrapping: client)
    feed = Lanyard_V1_FeedService.Client(wrapping: client)
    health = Grpc_Health_V1_Health.Client(wrapping: client)
  }

  /// The calls of a visitor.
  ///
  /// - Parameter link: Their personal link, which shows who they are; nil where they have shown none.
  func by(_ visit: Visit, link: String? = nil) -> VisitorCalls { VisitorCalls(service: self, visit: visit, link: link) }
}

/// Calls that are made as a visitor: what they may do, the service decides, as of anybody who calls it.
struct VisitorCalls: Sendable {
  /// The longest that a page waits for an answer.
  static let patience = Duration.seconds(20)

  let service: ServiceCalls
  let metadata: Metadata
  let options: CallOptions

  init(service: ServiceCalls, visit: Visit, link: String?) {
    self.service = service
    var metadata: Metadata = ["x-request-id": "\(visit.number)"]
    metadata.addString(visit.address, forKey: InProcessMetadata.visitor)
    if let language = visit.language { metadata.addString(language.tag, forKey: "accept-language") }
    if let link { metadata.addString("Bearer \(link)", forKey: "authorization") }
    self.metadata = metadata
    var options = CallOptions.defaults
    options.timeout = Self.patience
    self.options = options
  }
}
