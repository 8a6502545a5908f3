import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension VisitorCalls {
  /// The badge that a registration has now; nil where it has none that works or will.
  func badge(of registration: Lanyard_V1_Registration, _ event: String) async throws -> Lanyard_V1_Badge? {
    var request = Lanyard_V1_ListBadgesRequest()
    (request.parent, request.registration) = (ResourceName.event(event).description, registration.name)
    let badges = try await service.badges.listBadges(request, metadata: metadata, options: options).badges
    return badges.last { [.active, .notActivated, .held].contains($0.state) }
  }

  /// A badge as a page to print or keep.
  func badgeFile(_ name: String) async throws -> (type: String, bytes: [UInt8]) {
    let request = Lanyard_V1_RenderBadgeRequest.with { ($0.name, $0.format) = (name, .pdf) }
    let file = try await service.badges.renderBadge(request, metadata: metadata, options: options)
    return (file.mediaType, [UInt8](file.content))
  }

  func book(_ session: String, for registration: String) async throws {
    let request = Lanyard_V1_AddBookingsRequest.with { ($0.parent, $0.registrations) = (session, [registration]) }
    _ = try await service.events.addBookings(request, metadata: metadata, options: options)
  }

  func giveBack(_ session: String, for registration: String) async throws {
    let request = Lanyard_V1_RemoveBookingsRequest.with { ($0.parent, $0.registrations) = (session, [registration]) }
    _ = try await service.events.removeBookings(request, metadata: metadata, options: options)
  }

  func join(_ session: String, by registration: String) async throws -> Lanyard_V1_JoinSessionResponse {
    let request = Lanyard_V1_JoinSessionRequest.with { ($0.session, $0.registration) = (session, registration) }
    return try await service.attendance.joinSession(request, metadata: metadata, options: options)
  }

  func leave(_ session: String, by registration: String) async throws {
    let request = Lanyard_V1_LeaveSessionRequest.with { ($0.session, $0.registration) = (session, registration) }
    _ = try await service.attendance.leaveSession(request, metadata: metadata, options: options)
  }
}
