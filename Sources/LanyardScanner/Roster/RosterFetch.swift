import GRPCCore
import LanyardAPI
package import LanyardClient
import LanyardDomain
import LanyardMessages
import SwiftProtobuf
import Synchronization

/// Fetches a device's whole roster once, so that its lanes can begin without the server.
package enum RosterFetch {
  /// Why a roster did not come whole, where the call itself did not fail.
  package enum Fault: Error {
    /// The server ended the call before.
    case ended
    /// Nothing came for as long as that was waited for.
    case stalled
  }

  /// When something came last.
  private final class Line: Sendable {
    let heard = Mutex(ContinuousClock.now)
  }

  /// How long all of it may take, over a slow network too.
  private static let timeout = Duration.seconds(600)

  /// Fetches the roster of all checkpoints that the caller may scan at into a journal that is new.
  ///
  /// - Parameter event: Slug of the event.
  /// - Parameter patience: How long nothing may come.
  /// - Throws: `Fault`, `RPCError`, or `JournalError` where the journal cannot be written.
  package static func run(
    _ client: ServerClient,
    event: String,
    into journal: LaneJournal,
    patience: Duration,
    clock: LaneClock = .system
  ) async throws {
    let line = Line()
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        try await fetch(client, event, into: journal, clock, line)
      }
      group.addTask {
        while true {
          let end = line.heard.withLock { $0 } + patience
          guard end > .now else { throw Fault.stalled }
          try await Task.sleep(until: end, clock: .continuous)
        }
      }
      try await group.next()
    }
  }

  private static func fetch(
    _ client: ServerClient,
    _ event: String,
    into journal: LaneJournal,
    _ clock: LaneClock,
    _ line: Line
  ) async throws {
    let request = Lanyard_V1_WatchRosterRequest.with {
      $0.parent = ResourceName.event(event).description
      $0.knownRules = RosterRule.known
    }
    var options = CallOptions.defaults
    options.timeout = timeout
    try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(request, options: options) { response in
      for try await message in response.messages {
        line.heard.withLock { $0 = .now }
        // Without a cursor in it the file is no roster, so parts of one may lie in it.
        try journal.apply(RosterChange.all(of: message))
        guard !message.cursor.isEmpty else { continue }
        return try journal.keep(ServerTime(server: try message.serverTime.instant(field: "server_time"), at: clock.now))
      }
      throw Fault.ended
    }
  }
}
