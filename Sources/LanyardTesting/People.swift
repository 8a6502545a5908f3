package import LanyardAPI
package import LanyardClient
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// Registers people over the wire and gets them badges.
package struct People {
  private let client: ServerClient

  package init(_ client: ServerClient) {
    self.client = client
  }

  /// The message that registers a person.
  package static func message(_ number: Int) -> Lanyard_V1_Registration {
    Lanyard_V1_Registration(SampleData.person(number))
  }

  package func registration(_ number: Int) async throws -> Lanyard_V1_Registration {
    try await registration(Self.message(number))
  }

  package func registration(_ message: Lanyard_V1_Registration) async throws -> Lanyard_V1_Registration {
    try await Lanyard_V1_RegistrationService.Client(wrapping: client).createRegistration(
      .with {
        $0.parent = ResourceName.event(SampleData.forum).description
        $0.registration = message
      }
    )
  }

  package func badge(_ number: Int) async throws -> Lanyard_V1_Badge { try await badge(Self.message(number)) }

  package func badge(_ message: Lanyard_V1_Registration) async throws -> Lanyard_V1_Badge {
    let registration = try await registration(message).name
    return try await Lanyard_V1_BadgeService.Client(wrapping: client).issueBadge(
      .with { $0.registration = registration }
    )
  }

  package func badges(_ numbers: ClosedRange<Int>) async throws -> [Lanyard_V1_Badge] {
    var badges: [Lanyard_V1_Badge] = []
    for number in numbers { badges.append(try await badge(number)) }
    return badges
  }
}
