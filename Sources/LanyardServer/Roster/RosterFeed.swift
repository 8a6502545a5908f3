import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import Logging
import ServiceLifecycle
import SwiftProtobuf
import Synchronization

/// What changes in rosters, made once for all lanes that follow the same one: they are woken by the feed and look at the
/// same moments, so that those that are up to date share one reading of the store, and those that begin share a snapshot.
final class RosterFeed: Service {
  /// The most often that lanes look: well within the second in which they must hear of a revocation.
  static let moments = SharedMoment(interval: .milliseconds(400))
  /// From one part of a roster to the next, of all lanes together: lanes that begin at once share the processors and the
  /// network with those that scan, so that each part, some 70 kB, leaves most of the time to scans.
  private static let partInterval = Duration.milliseconds(2)
  /// The most events whose snapshots are kept, and how long after the last lane began with one.
  private static let keptLimit = 8
  private static let keptTime = Duration.seconds(120)

  /// What one lane asks for.
  struct Request: Sendable {
    /// Slug of the event.
    let event: String
    /// Ids of checkpoints; empty means all.
    let checkpoints: [String]
    let cursor: RosterCursor?
  }

  /// Messages in the order in which they are to be sent, and the cursor after them.
  struct Changes: Sendable {
    let messages: [Lanyard_V1_WatchRosterResponse]
    let cursor: RosterCursor
    /// Whether there is nothing more for now.
    let isLast: Bool
  }

  private struct Moment: Hashable {
    let event: String
    let cursor: RosterCursor
    /// Number of the interval in which it was asked for.
    let number: Int64
  }

  /// How far lanes may read in an interval: all come to the same cursor, and share what they read from then on.
  private struct End: Hashable {
    let event: String
    let number: Int64
  }

  private typealias Kept = (snapshot: RosterSnapshot, usedAt: ContinuousClock.Instant)

  private let store: any RosterStore
  private let watch: FeedWatch
  private let sealer: RosterSealer
  private let readings = SharedWork<Moment, RosterReading>(keepsValues: true)
  private let ends = SharedWork<End, Int64>(keepsValues: true)
  private let snapshots = SharedWork<String, RosterSnapshot>(keepsValues: false)
  private let kept = Mutex<[String: Kept]>([:])
  private let nextTurn = Mutex(ContinuousClock.now)

  init(store: any RosterStore, watch: FeedWatch, sealer: RosterSealer) {
    self.store = store
    self.watch = watch
    self.sealer = sealer
  }

  /// Makes what lanes ask for until a graceful shutdown; the calls that ask end before.
  func run() async {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.readings.run() }
        group.addTask { await self.ends.run() }
        group.addTask { await self.snapshots.run() }
        // Sleeping fails where it is cancelled, and only there.
        while (try? await Task.sleep(for: Self.keptTime)) != nil { self.forget() }
      }
    }
  }

  /// Waits until something happened after a cursor, and then for the moment at which all lanes look.
  func change(of event: String, after cursor: RosterCursor) async throws {
    try await watch.change(of: event, past: cursor.sequence)
    try await Self.moments.next()
  }

  /// Waits until one more part may be sent.
  func turn() async throws {
    let now = ContinuousClock.now
    let due = nextTurn.withLock { next in
      let due = max(next, now)
      next = due + Self.partInterval
      return due
    }
    if due > now { try await Task.sleep(until: due, tolerance: .zero, clock: .continuous) }
  }

  /// The changes since a cursor, or a snapshot where there is none or it is of no use; an empty list of messages where
  /// nothing has changed.
  func changes(_ request: Request) async throws -> Changes {
    guard let cursor = request.cursor else { return try await snapshotChanges(request) }
    let moment = Self.moments.number
    readings.forget { $0.number < moment }
    ends.forget { $0.number < moment }
    let end = try await ends.value(for: End(event: request.event, number: moment)) { [store] in
      try await store.rosterHead(of: request.event).cursor.sequence
    }
    let key = Moment(event: request.event, cursor: cursor, number: moment)
    let reading = try await readings.value(for: key) { [store, sealer] in
      try await RosterReading(of: request.event, since: cursor, upTo: end, store, sealer)
    }
    guard let changes = reading.changes else { return try await snapshotChanges(request) }
    var messages = try changes.messages(for: try areas(request, changes.plan))
    if let planPart = changes.planPart {
      let presences = try await snapshot(of: request.event, plan: changes.cursor.plan)
      messages.insert(contentsOf: try presences.presenceMessages(for: try areas(request, changes.plan)), at: 0)
      messages.insert(planPart.message, at: 0)
    }
    return finished(messages, changes.cursor, since: cursor, isLast: changes.isLast)
  }

  private func snapshotChanges(_ request: Request) async throws -> Changes {
    let snapshot = try await snapshot(of: request.event, plan: 0)
    let messages = try snapshot.messages(for: try areas(request, snapshot.plan))
    return finished(messages, snapshot.cursor, since: nil, isLast: true)
  }

  private func finished(
    _ messages: [Lanyard_V1_WatchRosterResponse],
    _ cursor: RosterCursor,
    since before: RosterCursor?,
    isLast: Bool
  ) -> Changes {
    guard cursor != before else { return Changes(messages: [], cursor: cursor, isLast: isLast) }
    var messages = messages.isEmpty ? [.init()] : messages
    messages[messages.count - 1].cursor = cursor.text
    return Changes(messages: messages, cursor: cursor, isLast: isLast)
  }

  /// The areas whose presences a lane wants.
  ///
  /// - Throws: `StoreError.notFound` where the event has no such checkpoint.
  private func areas(_ request: Request, _ plan: VenuePlan) throws -> Set<String> {
    let all = plan.checkpoints.values
    if request.checkpoints.isEmpty { return Set(all.map(\.area)) }
    let byID = Dictionary(all.map { ($0.id, $0.area) }) { first, _ in first }
    return Set(
      try request.checkpoints.map { id in
        guard let area = byID[id] else {
          throw StoreError.notFound(.checkpoint(id, of: request.event))
        }
        return area
      }
    )
  }

  /// The snapshot that lanes may begin with now.
  ///
  /// - Parameter plan: The revision of the plan that it has to have at least.
  private func snapshot(of event: String, plan: Int64) async throws -> RosterSnapshot {
    while true {
      let now = try await store.rosterHead(of: event).cursor
      let found = kept.withLock { kept -> RosterSnapshot? in
        guard let entry = kept[event], entry.snapshot.isFresh(at: now) else { return nil }
        kept[event] = (entry.snapshot, .now)
        return entry.snapshot
      }
      if let found, found.cursor.plan >= plan { return found }
      let made = try await snapshots.value(for: event) { [self] in
        let earlier = kept.withLock { $0[event]?.snapshot }
        let snapshot = try await RosterSnapshot(of: event, after: earlier, store, sealer)
        keep(snapshot, of: event)
        return snapshot
      }
      // One that was under way already may be of the plan before.
      if made.cursor.plan >= plan { return made }
    }
  }

  private func keep(_ snapshot: RosterSnapshot, of event: String) {
    kept.withLock { kept in
      kept[event] = (snapshot, .now)
      let oldest = kept.min { $0.value.usedAt < $1.value.usedAt }
      if let oldest, kept.count > Self.keptLimit { kept[oldest.key] = nil }
    }
  }

  private func forget() {
    let since = ContinuousClock.now - Self.keptTime
    kept.withLock { kept in kept = kept.filter { $0.value.usedAt > since } }
  }
}
