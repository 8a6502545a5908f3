import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import SwiftProtobuf

/// Lists of the service, page after page.
enum Pages {
  private static let size = Int32(RequestLimit.page)

  static func registrations(
    _ client: ServerClient,
    of event: String
  ) -> AsyncThrowingStream<[Lanyard_V1_Registration], any Error> {
    let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
    return each { token in
      let page = try await service.listRegistrations(
        .with { ($0.parent, $0.pageSize, $0.pageToken) = (event, Self.size, token) }
      )
      return (page.registrations, page.nextPageToken)
    }
  }

  static func badges(_ client: ServerClient, of event: String) -> AsyncThrowingStream<[Lanyard_V1_Badge], any Error> {
    let service = Lanyard_V1_BadgeService.Client(wrapping: client)
    return each { token in
      let page = try await service.listBadges(
        .with { ($0.parent, $0.pageSize, $0.pageToken) = (event, Self.size, token) }
      )
      return (page.badges, page.nextPageToken)
    }
  }

  static func checkpoints(
    _ client: ServerClient,
    of event: String
  ) -> AsyncThrowingStream<[Lanyard_V1_Checkpoint], any Error> {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    return each { token in
      let page = try await service.listCheckpoints(
        .with { ($0.parent, $0.pageSize, $0.pageToken) = (event, Self.size, token) }
      )
      return (page.checkpoints, page.nextPageToken)
    }
  }

  static func sessions(
    _ client: ServerClient,
    of event: String
  ) -> AsyncThrowingStream<[Lanyard_V1_Session], any Error> {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    return each { token in
      let page = try await service.listSessions(
        .with { ($0.parent, $0.pageSize, $0.pageToken) = (event, Self.size, token) }
      )
      return (page.sessions, page.nextPageToken)
    }
  }

  static func checkIns(_ client: ServerClient, of event: String) -> AsyncThrowingStream<[Lanyard_V1_CheckIn], any Error>
  {
    let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
    return each { token in
      let page = try await service.listCheckIns(
        .with { ($0.parent, $0.pageSize, $0.pageToken) = (event, Self.size, token) }
      )
      return (page.checkIns, page.nextPageToken)
    }
  }

  static func conflicts(
    _ client: ServerClient,
    of event: String
  ) -> AsyncThrowingStream<[Lanyard_V1_Conflict], any Error> {
    let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
    return each { token in
      let page = try await service.listConflicts(
        .with { ($0.parent, $0.pageSize, $0.pageToken) = (event, Self.size, token) }
      )
      return (page.conflicts, page.nextPageToken)
    }
  }

  /// Page after page, each asked for when it is wanted.
  private static func each<Item: Sendable>(
    _ page: @escaping @Sendable (String) async throws -> ([Item], String)
  ) -> AsyncThrowingStream<[Item], any Error> {
    let next = NextPage(page)
    return AsyncThrowingStream { try await next.page() }
  }
}

/// Where in a list a reader is.
private actor NextPage<Item: Sendable> {
  private let read: @Sendable (String) async throws -> ([Item], String)
  /// Nil after the last page.
  private var token: String? = ""

  init(_ read: @escaping @Sendable (String) async throws -> ([Item], String)) {
    self.read = read
  }

  func page() async throws -> [Item]? {
    guard let token else { return nil }
    let (items, next) = try await read(token)
    self.token = next.isEmpty ? nil : next
    return items
  }
}
