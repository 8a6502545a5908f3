import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// Somebody at the desk, with all that is on record of them.
struct DeskRecord: Sendable {
  let registration: Lanyard_V1_Registration
  /// The first first.
  let badges: [Lanyard_V1_Badge]
  /// The newest first.
  let scans: [Lanyard_V1_CheckIn]
  /// What changed the registration and its badges, the newest first.
  let changes: [AuditEntry]
  /// Who printed the badges, by the resource names of runs.
  let prints: [PrintRun]

  /// The badge that the person has now; nil where they have none that works or will.
  var badge: Lanyard_V1_Badge? { badges.last { [.active, .notActivated, .held].contains($0.state) } }
}

extension VisitorCalls {
  /// The most of each kind that a person's history has.
  private static let historyLimit = 30

  /// Who may be meant by what was typed or scanned.
  func find(_ text: String, of event: String) async throws -> Lanyard_V1_FindRegistrationsResponse {
    let request = Lanyard_V1_FindRegistrationsRequest.with {
      ($0.parent, $0.text) = (ResourceName.event(event).description, text)
    }
    return try await service.registrations.findRegistrations(request, metadata: metadata, options: options)
  }

  func registration(_ id: String, of event: String) async throws -> Lanyard_V1_Registration {
    guard ResourceID.isValid(id) else { throw PortalFault.notFound }
    do {
      let request = Lanyard_V1_GetRegistrationRequest.with {
        $0.name = ResourceName.registration(id, of: event).description
      }
      return try await service.registrations.getRegistration(request, metadata: metadata, options: options)
    } catch let error as RPCError where error.code == .notFound {
      throw PortalFault.notFound
    }
  }

  /// All that the desk sees of a person.
  func record(_ id: String, of event: String) async throws -> DeskRecord {
    let registration = try await registration(id, of: event)
    let badges = try await badges(of: registration.name, event)
    let passages = try await scans(of: registration.name, event)
    let runs = badges.contains(where: \.hasPrintTime) ? try await prints(of: event) : []
    var changes = try await changes(of: registration.name, event)
    for badge in badges.suffix(5) { changes += try await self.changes(of: badge.name, event) }
    return DeskRecord(
      registration: registration,
      badges: badges,
      scans: passages,
      changes: changes.sorted { $0.madeAt > $1.madeAt },
      prints: runs
    )
  }

  private func badges(of registration: String, _ event: String) async throws -> [Lanyard_V1_Badge] {
    let request = Lanyard_V1_ListBadgesRequest.with {
      ($0.parent, $0.registration) = (ResourceName.event(event).description, registration)
    }
    return try await service.badges.listBadges(request, metadata: metadata, options: options).badges
  }

  private func scans(of registration: String, _ event: String) async throws -> [Lanyard_V1_CheckIn] {
    let request = Lanyard_V1_ListCheckInsRequest.with {
      ($0.parent, $0.registration) = (ResourceName.event(event).description, registration)
      ($0.newestFirst, $0.pageSize) = (true, Int32(Self.historyLimit))
    }
    return try await service.attendance.listCheckIns(request, metadata: metadata, options: options).checkIns
  }

  private func prints(of event: String) async throws -> [PrintRun] {
    let request = Lanyard_V1_ListPrintRunsRequest.with {
      ($0.parent, $0.pageSize) = (ResourceName.event(event).description, Int32(RequestLimit.page))
    }
    return try await service.badges.listPrintRuns(request, metadata: metadata, options: options).printRuns.map {
      try PrintRun($0)
    }
  }

  /// What changed a resource, in the order in which it was recorded.
  func changes(of resource: String, _ event: String) async throws -> [AuditEntry] {
    var request = Lanyard_V1_ListAuditEntriesRequest()
    (request.parent, request.resource) = (ResourceName.event(event).description, resource)
    let page = try await service.feed.listAuditEntries(request, metadata: metadata, options: options)
    return try page.entries.suffix(Self.historyLimit).map { try AuditEntry($0) }
  }

  /// The names of an event's checkpoints, by their resource names.
  func checkpointNames(of event: String) async throws -> [String: String] {
    var request = Lanyard_V1_ListCheckpointsRequest()
    (request.parent, request.pageSize) = (ResourceName.event(event).description, Int32(RequestLimit.page))
    let page = try await service.events.listCheckpoints(request, metadata: metadata, options: options)
    return Dictionary(page.checkpoints.map { ($0.name, $0.displayName) }) { first, _ in first }
  }

  /// The badges of an event in a state; all where none is given.
  func badges(of event: String, in state: BadgeState?, page token: String, size: Int) async throws
    -> Lanyard_V1_ListBadgesResponse
  {
    var request = Lanyard_V1_ListBadgesRequest()
    (request.parent, request.pageToken) = (ResourceName.event(event).description, token)
    request.pageSize = Int32(size)
    if let state { request.state = state.wire }
    return try await service.badges.listBadges(request, metadata: metadata, options: options)
  }
}
