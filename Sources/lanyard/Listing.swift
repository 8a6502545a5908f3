import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTexts
import SwiftProtobuf

/// Whole lists, fetched page by page.
enum Listing {
  /// Items of one page.
  static let pageSize: Int32 = 1000

  static func events(_ client: ServerClient) async throws -> [Lanyard_V1_Event] {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    return try await all { token in
      let page = try await service.listEvents(
        .with {
          $0.pageSize = pageSize
          $0.pageToken = token
        }
      )
      return (page.events, page.nextPageToken)
    }
  }

  /// - Parameter event: Resource name of the event, or `events/-`.
  static func checkpoints(_ client: ServerClient, of event: String) async throws -> [Lanyard_V1_Checkpoint] {
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
  /// - Parameter event: Slug of the event; nil looks in all.
  static func checkpoint(
    _ client: ServerClient,
    named name: String,
    of event: String?
  ) async throws -> Lanyard_V1_Checkpoint {
    let all = try await checkpoints(client, of: (event.map(ResourceName.event) ?? .everyEvent).description)
    let found = all.filter { checkpoint in
      checkpoint.name == name || ResourceName(checkpoint.name)?.id == name
        || checkpoint.displayName.lowercased() == name.lowercased()
    }
    switch found.count {
    case 1: return found[0]
    case 0:
      let facts: [String: Sentence.Fact] = ["name": .text(name), "places": .list(all.map(\.displayName))]
      throw CommandFailure.usage(
        all.isEmpty ? Sentence(.laneNoCheckpoints) : Sentence(.laneUnknownCheckpoint, facts)
      )
    default:
      let facts: [String: Sentence.Fact] = ["name": .text(name), "names": .list(found.map(\.name))]
      throw CommandFailure.usage(Sentence(.laneSeveralCheckpoints, facts))
    }
  }

  /// Follows page tokens to the end.
  static func all<Item>(_ page: (String) async throws -> (items: [Item], next: String)) async throws -> [Item] {
    var items: [Item] = []
    var token = ""
    repeat {
      let (found, next) = try await page(token)
      items += found
      token = next
    } while !token.isEmpty
    return items
  }
}

extension Lanyard_V1_Event {
  /// The last part of the name.
  var slug: String { ResourceName(name)?.id ?? name }
}
