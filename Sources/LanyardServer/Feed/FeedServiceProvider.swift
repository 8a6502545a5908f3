import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// `lanyard.v1.FeedService`.
struct FeedServiceProvider: Lanyard_V1_FeedService.SimpleServiceProtocol {
  let store: any AuditStore
  let feed: ChangeFeed
  /// How long who follows a feed may take nothing of what is sent.
  let patience: Duration
  /// Feeds that are followed at once.
  let watches: CallLimit

  func listAuditEntries(
    request: Lanyard_V1_ListAuditEntriesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListAuditEntriesResponse {
    let event = try ResourceName.eventOrEvery(request.parent, field: "parent")
    // A desk reads what became of those who stand before it.
    guard try context.caller.readsTrail || !request.resource.isEmpty && !request.showScans else {
      throw Self.resourceNeeded
    }
    var filter = AuditFilter(event: event)
    filter.includesScans = request.showScans
    if !request.resource.isEmpty {
      filter.resource = try ChangedResource(asked: request.resource, field: "resource")
    }
    let page = try await store.auditEntries(
      filter,
      request.page()
    )
    var response = Lanyard_V1_ListAuditEntriesResponse()
    response.entries = try page.items.map(Lanyard_V1_AuditEntry.init)
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  func watchChanges(
    request: Lanyard_V1_WatchChangesRequest,
    response: RPCWriter<Lanyard_V1_WatchChangesResponse>,
    context: ServerContext
  ) async throws {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let start = try await start(request, of: event)
    let open = OpenWatch<Lanyard_V1_WatchChangesResponse>(patience: patience, cancellation: context.cancellation)
    try await watches.run(context) { try await open.run(response) { try await follow(event, from: start, $0) } }
  }

  private func start(_ request: Lanyard_V1_WatchChangesRequest, of event: String) async throws -> FeedCursor {
    if request.cursor.isEmpty {
      let head = try await feed.head(of: event)
      return request.fromStart ? head.moved(to: 0) : head
    }
    guard !request.fromStart else {
      throw InvalidInput(field: "from_start", .request(.besideCursor))
    }
    guard let cursor = FeedCursor(request.cursor) else { throw Self.cursorUnknown }
    return cursor
  }

  private func follow(
    _ event: String,
    from start: FeedCursor,
    _ delivery: Delivery<Lanyard_V1_WatchChangesResponse>
  ) async throws {
    var (cursor, isFirst) = (start, true)
    while true {
      guard let batch = try await feed.batch(of: event, after: cursor) else { throw Self.cursorUnknown }
      if isFirst || !batch.entries.isEmpty {
        try await delivery.write(.with { ($0.entries, $0.cursor) = (batch.entries, batch.cursor.text) })
      }
      (cursor, isFirst) = (batch.cursor, false)
      try await feed.change(of: event, after: batch)
    }
  }

  private static var resourceNeeded: RPCError { .make(.roleNotAllowed, .errorTrailNeedsOrganiser) }

  private static var cursorUnknown: RPCError {
    .make(
      .cursorUnknown,
      .errorCursorUnknown
    )
  }
}
