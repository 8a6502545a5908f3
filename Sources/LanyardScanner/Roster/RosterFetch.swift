import GRPCCore
import LanyardAPI
package import LanyardClient
import LanyardDomain
package import LanyardStore
import SwiftProtobuf

/// Fetches a device's whole roster once, so that its lanes can begin without the server.
package enum RosterFetch {
  private struct Ended: Error {}

  /// How long it may take, over a slow network too.
  private static let timeout = Duration.seconds(120)

  /// Fetches the roster of all checkpoints that the caller may scan at into a journal that is new.
  ///
  /// - Parameter event: Slug of the event.
  package static func run(
    _ client: ServerClient,
    event: String,
    into journal: LaneJournal,
    clock: LaneClock = .system
  ) async throws {
    let request = Lanyard_V1_WatchRosterRequest.with { $0.parent = "events/\(event)" }
    var options = CallOptions.defaults
    options.timeout = timeout
    try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(request, options: options) { response in
      for try await message in response.messages {
        // Without a cursor in it the file is no roster, so parts of one may lie in it.
        try journal.apply(LaneJournal.changes(of: message))
        guard !message.cursor.isEmpty else { continue }
        return try journal.keep(ServerTime(server: Instant(message.serverTime), at: clock.now))
      }
      throw Ended()
    }
  }
}
