import LanyardDomain
import LanyardStore
import ServiceLifecycle
import Synchronization

/// Wakes those who follow feeds when something was recorded: at once where this process wrote it, and within a second where
/// another did. However many follow an event, a commit costs its writer one signal.
final class FeedWatch: Service {
  /// From one look at what other processes wrote to the next.
  static let lookInterval = Duration.seconds(1)
  /// After those who wait were woken, the next commits are gathered for so long.
  private static let pause = Duration.milliseconds(10)

  private struct Waiter {
    /// The number that the feed has to have passed.
    let sequence: Int64
    let due: ContinuousClock.Instant
    let wake: AsyncStream<Void>.Continuation
  }

  private struct State {
    /// By the event's slug; nil is the whole installation.
    var waiters: [String?: [Int: Waiter]] = [:]
    var nextNumber = 0
  }

  private let store: any FeedStore
  private let state = Mutex(State())

  init(store: any FeedStore) {
    self.store = store
  }

  /// Waits until an event's feed has passed a number, or for so long; nobody waits for more than there are calls open.
  ///
  /// - Parameters:
  ///   - event: Slug of the event; nil for the whole installation.
  ///   - limit: Kept to within a second.
  /// - Throws: `CancellationError`.
  func change(of event: String?, past sequence: Int64, within limit: Duration? = nil) async throws {
    let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let due = limit.map { ContinuousClock.now + $0 } ?? .now + .seconds(86_400)
    let number = state.withLock { state in
      state.nextNumber += 1
      state.waiters[event, default: [:]][state.nextNumber] = Waiter(sequence: sequence, due: due, wake: wake)
      return state.nextNumber
    }
    defer { state.withLock { _ = $0.waiters[event]?.removeValue(forKey: number) } }
    // It may have come before anybody waited for it.
    if let head = store.feedSignal.head(of: event), head > sequence { return }
    for await _ in wakes { break }
    try Task.checkCancellation()
  }

  /// Wakes until a graceful shutdown; the calls that wait end before.
  func run() async {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask {
          for await _ in self.store.feedSignal.rings() {
            for event in self.events { self.wake(event, at: self.store.feedSignal.head(of: event)) }
            // Sleeping fails where it is cancelled, and then the rings end too.
            try? await Task.sleep(for: Self.pause)
          }
        }
        while (try? await Task.sleep(for: Self.lookInterval)) != nil { await self.look() }
        group.cancelAll()
      }
    }
  }

  /// Looks how far the feeds have come that somebody waits for.
  private func look() async {
    for event in events {
      do {
        wake(event, at: try await store.feedHead(of: event).sequence)
      } catch {
        // Those who wait find out themselves what is wrong.
        wake(event, at: .max)
      }
    }
  }

  /// The events that somebody waits for.
  private var events: [String?] {
    state.withLock { state in
      state.waiters = state.waiters.filter { !$0.value.isEmpty }
      return Array(state.waiters.keys)
    }
  }

  /// - Parameter head: The last number of the event's feed; nil where it is not known.
  private func wake(_ event: String?, at head: Int64?) {
    let now = ContinuousClock.now
    state.withLock { state in
      for waiter in (state.waiters[event] ?? [:]).values where waiter.due <= now || waiter.sequence < head ?? 0 {
        waiter.wake.yield()
      }
    }
  }
}
