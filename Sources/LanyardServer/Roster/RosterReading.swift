import LanyardAPI
import LanyardDomain
import LanyardStore
import Synchronization

/// What has changed since a cursor, read and sealed once for all lanes that are there.
final class RosterReading: Sendable {
  struct Changes: Sendable {
    let plan: VenuePlan
    /// The plan for the lanes, where it is new to them.
    let planPart: RosterPart?
    /// The cursor after these changes.
    let cursor: RosterCursor
    /// How far the feed had come when the presences were read.
    fileprivate let sequence: Int64
    /// Whether nothing more has changed.
    let isLast: Bool
    fileprivate let badges: [RosterPart]
    fileprivate let presences: [String: [RosterPart]]
    fileprivate let undone: [RosterPart]
    fileprivate let packed: Packed
  }

  /// Messages by the areas that lanes want, made by the first of them.
  fileprivate final class Packed: Sendable {
    let messages = Mutex<[Set<String>: [Lanyard_V1_WatchRosterResponse]]>([:])
  }

  /// Nil where the cursor is of no use any more.
  let changes: Changes?

  init(
    of event: String,
    since cursor: RosterCursor,
    upTo limit: Int64,
    _ store: any RosterStore,
    _ sealer: RosterSealer
  ) async throws {
    guard let read = try await store.rosterChanges(of: event, since: cursor, upTo: limit) else {
      changes = nil
      return
    }
    changes = Changes(
      plan: read.plan,
      planPart: read.isPlanNew ? try await sealer.part(of: read.plan) : nil,
      cursor: read.cursor,
      sequence: read.sequence,
      isLast: read.isLast,
      badges: try await sealer.parts(of: read.badges),
      presences: try await sealer.parts(of: read.presences),
      undone: try RosterPart.parts(ofUndone: read.undone),
      packed: Packed()
    )
  }
}

extension RosterReading.Changes {
  /// The messages of a lane that wants the presences of these areas.
  func messages(for areas: Set<String>) throws -> [Lanyard_V1_WatchRosterResponse] {
    try packed.messages.withLock { messages in
      if let made = messages[areas] { return made }
      let made = try RosterPart.messages(
        badges + undone + areas.sorted().flatMap { presences[$0] ?? [] },
        readAt: sequence
      )
      messages[areas] = made
      return made
    }
  }
}
