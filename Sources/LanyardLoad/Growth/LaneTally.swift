import LanyardDomain
import Synchronization

/// Counts what lanes are answered in a closed loop, and ends it.
final class LaneTally: Sendable {
  private struct State {
    var ofLane: [Int]
    var answered = 0
    /// Lanes without an answer yet.
    var silent: Int
    var isOver = false
  }

  private let state: Mutex<State>
  private let (readiness, ready) = AsyncStream.makeStream(of: Never.self)

  init(lanes: Int) {
    state = Mutex(State(ofLane: Array(repeating: 0, count: lanes), silent: lanes))
  }

  /// Scans that all lanes were answered by now.
  var answered: Int { state.withLock { $0.answered } }

  /// A lane was answered; false where it is to send no more.
  func add(_ count: Int, lane: Int) -> Bool {
    state.withLock { state in
      if state.ofLane[lane] == 0 {
        state.silent -= 1
        if state.silent == 0 { ready.finish() }
      }
      state.ofLane[lane] += count
      state.answered += count
      return !state.isOver
    }
  }

  /// Waits until each lane was answered once, or the task is cancelled.
  func waitUntilAllAnswered() async { for await _ in readiness {} }

  /// Waits until nothing was answered for as long as the limit is.
  ///
  /// - Throws: `LoadFailure` then, and `CancellationError`.
  func expectAnswers(within limit: Duration) async throws {
    var (last, since) = (answered, ContinuousClock.now)
    while since.duration(to: .now) < limit {
      try await Task.sleep(for: min(.seconds(1), limit / 4))
      let now = answered
      if now != last { (last, since) = (now, .now) }
    }
    throw LoadFailure("no lane was answered anything for \(TimeSpan.words(limit)), after \(last) check-ins")
  }

  /// No lane sends any more.
  func end() { state.withLock { $0.isOver = true } }
}
