import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import ServiceLifecycle
import SwiftProtobuf
import Synchronization

/// The headcounts of events as watchers are told them: counted once for all who watch an event, at most twice a second.
final class AttendanceFeed: Service {
  /// Watchers look at the same moments.
  private static let moments = SharedMoment(interval: .milliseconds(500))
  /// A watcher is told so often that it is still the same: counts change with the time of day too.
  static let silence = Duration.seconds(10)

  /// The headcounts of an event at one moment.
  struct State: Sendable {
    /// Counts the states of this event.
    let number: Int64
    /// How far the feed had come before they were counted.
    let sequence: Int64
    let readAt: Instant
    let counts: AttendanceCounts
    /// Number of the state since which there are these checkpoints.
    let since: Int64
    /// For each checkpoint the number of the state in which its counts were new.
    let changed: [Int64]
    /// The same for who is inside anywhere.
    let peopleChanged: Int64
    fileprivate let packed = Packed()
  }

  /// Messages to those who watch all of an event, by the state that they were told before: made by the first of them.
  fileprivate final class Packed: Sendable {
    let messages = Mutex<[Int64: Lanyard_V1_WatchAttendanceResponse]>([:])
  }

  private struct Moment: Hashable {
    let event: String
    let number: Int64
  }

  private let store: any CheckInStore & FeedStore
  private let watch: FeedWatch
  private let clock: ServerClock
  private let states = SharedWork<Moment, State>(keepsValues: true)
  /// The last state of each event.
  private let latest = Mutex<[String: State]>([:])

  init(store: any CheckInStore & FeedStore, watch: FeedWatch, clock: ServerClock) {
    (self.store, self.watch, self.clock) = (store, watch, clock)
  }

  /// Counts what watchers ask for until a graceful shutdown; the calls that ask end before.
  func run() async {
    await cancelWhenGracefulShutdown { await self.states.run() }
  }

  /// The state of an event now: of this moment, for all who ask in it.
  func state(of event: String) async throws -> State {
    let number = Self.moments.number
    states.forget { $0.number < number }
    return try await states.value(for: Moment(event: event, number: number)) { [self] in try await count(event) }
  }

  /// Waits until there may be another state than this one.
  func change(of event: String, after state: State) async throws {
    try await watch.change(of: event, past: state.sequence, within: Self.silence)
    try await Self.moments.next()
  }

  private func count(_ event: String) async throws -> State {
    // What comes between the two is told with the next state once more.
    let head = try await store.feedHead(of: event)
    let now = clock.now
    let counts = try await store.attendance(of: event, checkpoint: nil, at: now)
    return latest.withLock { latest in
      // One that took longer than the next is no news.
      if let newer = latest[event], newer.sequence > head.sequence { return newer }
      let state = State(counts, at: now, sequence: head.sequence, after: latest[event])
      latest[event] = state
      return state
    }
  }
}

extension AttendanceFeed.State {
  init(_ counts: AttendanceCounts, at now: Instant, sequence: Int64, after before: Self?) {
    let number = (before?.number ?? 0) + 1
    let kept = before.flatMap { before in
      before.counts.timeZone == counts.timeZone
        && before.counts.checkpoints.map(\.id) == counts.checkpoints.map(\.id) ? before : nil
    }
    self.number = number
    self.sequence = sequence
    self.counts = counts
    readAt = now
    since = kept?.since ?? number
    peopleChanged = kept?.counts.peopleInside == counts.peopleInside ? kept?.peopleChanged ?? number : number
    changed = counts.checkpoints.enumerated().map { index, checkpoint in
      guard let kept, kept.counts.checkpoints[index] == checkpoint else { return number }
      return kept.changed[index]
    }
  }

  /// What a watcher is told that was told another state before; nil where nothing is new to it.
  ///
  /// - Parameters:
  ///   - told: Number of the state that it was told last; 0 where none was.
  ///   - checkpoint: Id of the one that it watches; nil for all.
  ///   - always: Whether it is told that nothing is new, too.
  func message(
    of event: String,
    after told: Int64,
    checkpoint: String?,
    isRehearsal: Bool,
    always: Bool
  ) throws -> Lanyard_V1_WatchAttendanceResponse? {
    let isSnapshot = told < since
    let news = zip(counts.checkpoints, changed).filter { found, number in
      (checkpoint == nil || found.id == checkpoint) && (isSnapshot || number > told)
    }
    // Who watches one checkpoint is told who is inside anywhere along with it.
    guard isSnapshot || always || !news.isEmpty || checkpoint == nil && peopleChanged > told else { return nil }
    func made() -> Lanyard_V1_WatchAttendanceResponse {
      .with { message in
        message.snapshot = isSnapshot
        message.attendance = Lanyard_V1_Attendance(
          AttendanceCounts(
            timeZone: counts.timeZone,
            checkpoints: news.map(\.0),
            peopleInside: counts.peopleInside
          ),
          of: event,
          at: readAt,
          isRehearsal: isRehearsal
        )
      }
    }
    guard checkpoint == nil else { return made() }
    return try packed.messages.withLock { messages in
      if let packed = messages[told] { return packed }
      let packed = try made().packed()
      messages[told] = packed
      return packed
    }
  }
}
