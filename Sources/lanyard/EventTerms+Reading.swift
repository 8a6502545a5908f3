import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension EventTerms {
  /// What an event calls its groups and roles.
  ///
  /// - Parameter event: Its resource name.
  init(of event: String, _ client: ServerClient) async throws {
    let found = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = event })
    try self.init(found)
  }
}
