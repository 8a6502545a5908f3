import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import NIOCore
import ServiceLifecycle
import SwiftProtobuf

/// One lane's `WatchRoster`: what has changed since its cursor, and then every change.
struct RosterWatch {
  /// The most checkpoints of one request.
  static let checkpointLimit = 100

  let feed: RosterFeed
  /// Slug of the event.
  let event: String
  let clock: ServerClock
  /// How long the lane may take nothing of what is sent.
  let patience: Duration
  /// Where the transport says that the call is over.
  let cancellation: ServerContext.RPCCancellationHandle

  /// Ids of the checkpoints whose areas a lane asks for; those of its device where it names none.
  func checkpoints(_ names: [String], for caller: Caller) throws -> [String] {
    guard names.count <= Self.checkpointLimit else {
      throw InvalidInput(field: "checkpoints", .tooManyCheckpoints(limit: Self.checkpointLimit))
    }
    let ids = try names.enumerated().map { index, name in
      let address = try ResourceName.checkpoint(name, field: "checkpoints[\(index)]")
      guard address.event == event else {
        throw InvalidInput(field: "checkpoints[\(index)]", .otherEventThanParent)
      }
      return address.checkpoint
    }
    return Set(ids.isEmpty ? caller.device?.checkpoints ?? [] : ids).sorted()
  }

  /// Runs until the lane ends the call, takes nothing for too long, or the server stops.
  ///
  /// - Throws: `RPCError` UNAVAILABLE where the server stops or the lane took nothing, so that the lane connects again.
  func run(
    checkpoints: [String],
    from cursor: RosterCursor?,
    _ responses: RPCWriter<Lanyard_V1_WatchRosterResponse>
  ) async throws {
    let delivery = Delivery(responses: responses)
    do {
      try await cancelWhenGracefulShutdown {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await follow(checkpoints, from: cursor, delivery) }
          group.addTask { try await delivery.watch(patience) }
          group.addTask {
            // Where nothing changes nothing is sent, so that only this tells that the lane has gone.
            try await cancellation.cancelled
            throw CancellationError()
          }
          defer { group.cancelAll() }
          try await group.next()
        }
      }
    } catch is CancellationError {
      throw AdmissionWriter.Refused.stopping
    } catch let error as ChannelError {
      throw RPCError(code: .cancelled, message: "The lane has gone.", cause: error)
    }
  }

  private func follow(_ checkpoints: [String], from start: RosterCursor?, _ delivery: Delivery) async throws {
    var cursor = start
    while true {
      let changes = try await feed.changes(.init(event: event, checkpoints: checkpoints, cursor: cursor))
      // A snapshot that is taken a little at a time would be kept for as long.
      let due = ContinuousClock.now + patience * 10
      for var message in changes.messages {
        // A single message, which is what lanes get that are up to date, goes at once.
        if changes.messages.count > 1 { try await feed.turn() }
        guard ContinuousClock.now < due else { throw Delivery.tooSlow(patience * 10) }
        message.serverTime = Google_Protobuf_Timestamp(clock.now)
        try await delivery.write(message)
      }
      cursor = changes.cursor
      if changes.isLast { try await feed.nextMoment() }
    }
  }
}
