import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardStore
import NIOCore
import ServiceLifecycle

/// One lane's `WatchRoster`: what has changed since its cursor, and then every change.
struct RosterWatch {
  private static let checkpointLimit = 100

  let feed: RosterFeed
  /// Slug of the event.
  let event: String

  /// Ids of the checkpoints whose areas a lane asks for; those of its device where it names none.
  func checkpoints(_ names: [String], for caller: Caller) throws -> [String] {
    guard names.count <= Self.checkpointLimit else {
      throw InvalidInput(field: "checkpoints", reason: "has more than \(Self.checkpointLimit) names; name none for all")
    }
    let ids = try names.enumerated().map { index, name in
      let address = try ResourceName.checkpointAddress(name, field: "checkpoints[\(index)]")
      guard address.event == event else {
        throw InvalidInput(field: "checkpoints[\(index)]", reason: "is of another event than parent")
      }
      try caller.require(address)
      return address.checkpoint
    }
    return Set(ids.isEmpty ? caller.device?.checkpoints ?? [] : ids).sorted()
  }

  /// Runs until the lane ends the call or the server stops.
  ///
  /// - Throws: `RPCError` UNAVAILABLE where the server stops, so that the lane connects again.
  func run(
    checkpoints: [String],
    from cursor: RosterCursor?,
    _ responses: RPCWriter<Lanyard_V1_WatchRosterResponse>
  ) async throws {
    do {
      try await cancelWhenGracefulShutdown {
        var cursor = cursor
        while true {
          let request = RosterFeed.Request(event: event, checkpoints: checkpoints, cursor: cursor)
          let changes = try await feed.changes(request)
          for message in changes.messages { try await responses.write(message) }
          cursor = changes.cursor
          try await feed.nextMoment()
        }
      }
    } catch is CancellationError {
      throw AdmissionWriter.Refused.stopping
    } catch let error as ChannelError {
      throw RPCError(code: .cancelled, message: "The lane has gone.", cause: error)
    }
  }
}
