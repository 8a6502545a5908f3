import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension VisitorCalls {
  /// A page of the registrations of an event, as a filter says.
  func registrations(of event: String, _ filter: ReviewFilter, page: String, size: Int) async throws
    -> Lanyard_V1_ListRegistrationsResponse
  {
    var request = Lanyard_V1_ListRegistrationsRequest()
    (request.parent, request.pageToken) = (ResourceName.event(event).description, page)
    request.pageSize = Int32(size)
    if let state = filter.state { request.state = state.wire }
    if let participation = filter.participation { request.participation = participation.wire }
    (request.stakeholderGroup, request.guestRole) = (filter["group"], filter["role"])
    (request.country, request.query) = (filter["country"], filter["q"])
    return try await service.registrations.listRegistrations(request, metadata: metadata, options: options)
  }

  /// Decides on a registration.
  ///
  /// - Parameters:
  ///   - etag: Of the registration as it was shown.
  ///   - note: Why, where it is rejected or moved up.
  func decide(_ step: ReviewStep, on name: String, etag: String, note: String) async throws {
    switch step {
    case .approve:
      let request = Lanyard_V1_ApproveRegistrationRequest.with { ($0.name, $0.etag) = (name, etag) }
      _ = try await service.registrations.approveRegistration(request, metadata: metadata, options: options)
    case .reject:
      let request = Lanyard_V1_RejectRegistrationRequest.with { ($0.name, $0.etag, $0.reason) = (name, etag, note) }
      _ = try await service.registrations.rejectRegistration(request, metadata: metadata, options: options)
    case .moveUp:
      let request = Lanyard_V1_MoveUpRegistrationRequest.with { ($0.name, $0.etag, $0.note) = (name, etag, note) }
      _ = try await service.registrations.moveUpRegistration(request, metadata: metadata, options: options)
    }
  }

  /// Who may be registered twice.
  func duplicates(of event: String) async throws -> Lanyard_V1_FindDuplicatesResponse {
    let request = Lanyard_V1_FindDuplicatesRequest.with { $0.parent = ResourceName.event(event).description }
    return try await service.registrations.findDuplicates(request, metadata: metadata, options: options)
  }
}
