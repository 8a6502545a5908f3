import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

/// `lanyard.v1.FeedService`.
struct FeedServiceProvider: Lanyard_V1_FeedService.SimpleServiceProtocol {
  /// The most characters of a resource name that is asked for.
  private static let resourceLimit = 200

  let store: any AuditStore

  func listAuditEntries(
    request: Lanyard_V1_ListAuditEntriesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListAuditEntriesResponse {
    let event = try ResourceName.eventOrEvery(request.parent, field: "parent")
    var filter = AuditFilter(event: event)
    filter.includesScans = request.showScans
    if !request.resource.isEmpty {
      filter.resource = try PlainText.validated(request.resource, limit: Self.resourceLimit, field: "resource")
    }
    let list = "\(request.parent)/auditEntries of \(request.resource), scans \(request.showScans)"
    let page = try await store.auditEntries(
      filter,
      PageToken.page(size: request.pageSize, token: request.pageToken, of: list)
    )
    var response = Lanyard_V1_ListAuditEntriesResponse()
    response.entries = try page.items.map(Lanyard_V1_AuditEntry.init)
    response.nextPageToken = PageToken.token(page.next, of: list)
    return response
  }
}
