package import LanyardAPI
import LanyardDomain
package import LanyardTexts
import SwiftProtobuf

/// Whole lists, fetched page by page.
package enum Listing {
  /// Items of one page.
  package static let pageSize = Int32(RequestLimit.page)

  /// - Parameter archived: Whether those too that are archived.
  package static func events(_ client: ServerClient, archived: Bool = false) async throws -> [Lanyard_V1_Event] {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    return try await all { token in
      let page = try await service.listEvents(
        .with {
          $0.pageSize = pageSize
          $0.pageToken = token
          $0.showArchived = archived
        }
      )
      return (page.events, page.nextPageToken)
    }
  }

  /// - Parameter event: Resource name of the event, or `events/-`.
  package static func checkpoints(_ client: ServerClient, of event: String) async throws -> [Lanyard_V1_Checkpoint] {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    return try await all { token in
      let page = try await service.listCheckpoints(
        .with {
          $0.parent = event
          $0.pageSize = pageSize
          $0.pageToken = token
        }
      )
      return (page.checkpoints, page.nextPageToken)
    }
  }

  /// The checkpoint that a person means: by resource name, by id, or by its name on the screens.
  ///
  /// - Parameter event: Slug of the event; nil looks in that of a resource name, or in all.
  /// - Throws: `EventMismatch` where a resource name is of another event, `CheckpointFault` where there is none or several, `InvalidInput` where the server's answer does not name them, `RPCError`.
  package static func checkpoint(
    _ client: ServerClient,
    named name: String,
    of event: String?
  ) async throws -> Lanyard_V1_Checkpoint {
    let event = try EventChoice(event, beside: [name]).said
    let all = try await checkpoints(client, of: (event.map(ResourceName.event) ?? .everyEvent).description)
    let found = try all.filter {
      try ResourceName.checkpoint($0.name, field: "name").isMeant(by: name, called: $0.displayName)
    }
    switch found.count {
    case 1: return found[0]
    case 0: throw CheckpointFault.unknown(name, among: all.map(\.displayName))
    default: throw CheckpointFault.several(name, found.map(\.name))
    }
  }

  /// Follows page tokens to the end.
  package static func all<Item>(
    _ page: (String) async throws -> (items: [Item], next: String)
  ) async throws -> [Item] {
    var items: [Item] = []
    try await eachPage { token, _ in
      let (found, next) = try await page(token)
      items += found
      return (found.count, next)
    }
    return items
  }

  /// Follows page tokens to the end, or until there were so many items.
  ///
  /// - Parameters:
  ///   - limit: The most items; nil where all are wanted.
  ///   - largest: The most items of a page.
  ///   - take: Asks for the page of a token, of so many items at the most, and says how many came and which page is next.
  package static func eachPage(
    limit: Int? = nil,
    largest: Int32 = pageSize,
    _ take: (_ token: String, _ size: Int32) async throws -> (count: Int, next: String)
  ) async throws {
    var (token, left) = ("", limit ?? .max)
    repeat {
      let (count, next) = try await take(token, Int32(min(left, Int(largest))))
      left -= count
      token = next
    } while left > 0 && !token.isEmpty
  }
}

/// Why it is not known which checkpoint is meant.
package enum CheckpointFault: SpokenError, Hashable {
  /// None is called so, among those that are called this.
  case unknown(String, among: [String])
  /// These are called so.
  case several(String, [String])

  package var sentence: Sentence {
    switch self {
    case .unknown(_, among: []): Sentence(.laneNoCheckpoints)
    case .unknown(let name, among: let places):
      Sentence(.laneUnknownCheckpoint, ["name": .text(name), "places": .list(places)])
    case .several(let name, let names):
      Sentence(.laneSeveralCheckpoints, ["name": .text(name), "names": .list(names)])
    }
  }

  package var isAnswer: Bool { true }
}
