import Synchronization

/// Whether scans can be recorded now, for who asks and for who waits for a change.
final class Readiness: Sendable {
  private struct State {
    var isReady = true
    var watchers: [Int: AsyncStream<Bool>.Continuation] = [:]
    var lastWatcher = 0
  }

  private let state = Mutex(State())

  var isReady: Bool { state.withLock { $0.isReady } }

  /// Sets it, and tells who waits where that is news.
  func set(_ isReady: Bool) {
    state.withLock { state in
      guard state.isReady != isReady else { return }
      state.isReady = isReady
      for watcher in state.watchers.values { watcher.yield(isReady) }
    }
  }

  /// What is so now, and then each change until the continuation is finished; who reads slowly misses those in between.
  func changes() -> (stream: AsyncStream<Bool>, continuation: AsyncStream<Bool>.Continuation) {
    let (stream, continuation) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.lastWatcher += 1
      state.watchers[state.lastWatcher] = continuation
      continuation.yield(state.isReady)
      return state.lastWatcher
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { $0.watchers[number] = nil }
    }
    return (stream, continuation)
  }
}
