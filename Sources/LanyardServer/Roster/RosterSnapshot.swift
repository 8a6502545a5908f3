import LanyardAPI
import LanyardDomain
import LanyardStore

/// All of an event's roster in parts, for every lane that begins anew. Lanes go on from its cursor, so that it serves for
/// a while although the event goes on.
struct RosterSnapshot: Sendable {
  /// Where more has happened since, a new snapshot is made.
  static let freshness: Int64 = 2000
  /// Where more badges have changed since, all are read anew.
  private static let reuseLimit = 5000
  /// Presences that are read at once.
  private static let presencePage = 2000

  /// Badges that stand together in the order of their keys.
  private struct Badges: Sendable {
    let keys: ClosedRange<Int64>
    /// Whether no later badge can come to these.
    let isFull: Bool
    let parts: [RosterPart]
  }

  let plan: VenuePlan
  let cursor: RosterCursor
  let planPart: RosterPart
  private let badges: [Badges]
  private let presences: [String: [RosterPart]]

  /// Whether a lane may begin with it.
  func isFresh(at now: RosterCursor) -> Bool {
    cursor.feed.store == now.feed.store && cursor.plan == now.plan && now.sequence >= cursor.sequence
      && now.sequence - cursor.sequence <= Self.freshness
  }

  /// The messages of a lane that wants the presences of these areas.
  func messages(for areas: Set<String>) throws -> [Lanyard_V1_WatchRosterResponse] {
    var first = planPart.message
    first.snapshot = true
    return [first] + badges.flatMap { $0.parts.map(\.message) } + (try presenceMessages(for: areas))
  }

  /// The messages with the presences of these areas.
  func presenceMessages(for areas: Set<String>) throws -> [Lanyard_V1_WatchRosterResponse] {
    try RosterPart.messages(areas.sorted().flatMap { presences[$0] ?? [] }, readAt: cursor.sequence)
  }
}

extension RosterSnapshot {
  /// Reads a new snapshot part by part; parts of an earlier one whose badges have not changed since are taken over, as
  /// sealing badges is most of the work.
  init(
    of event: String,
    after earlier: RosterSnapshot?,
    _ store: any RosterStore,
    _ sealer: RosterSealer
  ) async throws {
    let head = try await store.rosterHead(of: event)
    (plan, cursor) = (head.plan, head.cursor)
    planPart = try await sealer.part(of: plan)
    badges = try await Self.badges(of: event, cursor, after: earlier, store, sealer)
    var presences: [String: [RosterPart]] = [:]
    var page = PageRequest(size: Self.presencePage)
    repeat {
      let found = try await store.rosterPresences(of: event, page)
      presences.merge(try await sealer.parts(of: found.items)) { $0 + $1 }
      page.after = found.next
    } while page.after != nil
    self.presences = presences
  }

  private static func badges(
    of event: String,
    _ cursor: RosterCursor,
    after earlier: RosterSnapshot?,
    _ store: any RosterStore,
    _ sealer: RosterSealer
  ) async throws -> [Badges] {
    var kept: [Badges] = []
    if let earlier, earlier.cursor.feed.store == cursor.feed.store {
      let changed = try await store.changedRosterBadges(of: event, since: earlier.cursor.sequence)
      if changed.count <= reuseLimit {
        // A badge that is changed between two readings is told after the cursor, whichever of them saw it.
        kept = earlier.badges.map { badges in
          let isStale = !badges.isFull || changed.contains { badges.keys.contains($0) }
          return isStale ? Badges(keys: badges.keys, isFull: false, parts: []) : badges
        }
      }
    }
    var found: [Badges] = []
    var page = PageRequest(size: RosterPart.limit)
    repeat {
      if found.count < kept.count, kept[found.count].isFull {
        page.after = PageCursor(.number(kept[found.count].keys.upperBound))
        found.append(kept[found.count])
        continue
      }
      let badges = try await store.rosterBadges(of: event, page)
      page.after = badges.next
      guard let first = badges.items.first, let last = badges.items.last else { break }
      found.append(
        Badges(keys: first.key...last.key, isFull: badges.next != nil, parts: try await sealer.parts(of: badges.items))
      )
    } while page.after != nil
    return found
  }
}
