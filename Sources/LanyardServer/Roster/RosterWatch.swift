import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// One lane's `WatchRoster`: what has changed since its cursor, and then every change.
struct RosterWatch {
  let feed: RosterFeed
  /// Slug of the event.
  let event: String
  let clock: ServerClock
  let withholding: RosterWithholding
  /// How long the lane may take nothing of what is sent.
  let patience: Duration
  /// Where the transport says that the call is over.
  let cancellation: ServerContext.RPCCancellationHandle

  /// Ids of the checkpoints whose areas a lane asks for; those of its device where it names none.
  func checkpoints(_ names: [String], for caller: Caller) throws -> [String] {
    let ids = try ResourceName.checkpoints(names, of: event, limit: RequestLimit.checkpoints, field: "checkpoints")
    return Set(caller.followed(ids)).sorted()
  }

  /// Runs as `OpenWatch` does.
  func run(
    checkpoints: [String],
    from cursor: RosterCursor?,
    _ responses: RPCWriter<Lanyard_V1_WatchRosterResponse>
  ) async throws {
    try await OpenWatch(patience: patience, cancellation: cancellation).run(responses) { delivery in
      try await follow(checkpoints, from: cursor, delivery)
    }
  }

  private func follow(
    _ checkpoints: [String],
    from start: RosterCursor?,
    _ delivery: Delivery<Lanyard_V1_WatchRosterResponse>
  ) async throws {
    var cursor = start
    var isFirst = true
    while true {
      let changes = try await feed.changes(.init(event: event, checkpoints: checkpoints, cursor: cursor))
      var messages = changes.messages
      // A device that is up to date hears that it is.
      if messages.isEmpty && isFirst { messages = [.with { $0.cursor = changes.cursor.text }] }
      isFirst = false
      // A snapshot that is taken a little at a time would be kept for as long.
      let due = ContinuousClock.now + patience * 10
      for message in messages {
        var message = try withholding.applied(to: message)
        // A single message, which is what lanes get that are up to date, goes at once.
        if messages.count > 1 { try await feed.turn() }
        guard ContinuousClock.now < due else { throw type(of: delivery).tooSlow(patience * 10) }
        message.serverTime = Google_Protobuf_Timestamp(clock.now)
        try await delivery.write(message)
      }
      cursor = changes.cursor
      if changes.isLast { try await feed.change(of: event, after: changes.cursor) }
    }
  }
}
