import Synchronization

/// How far the feeds have come by what this process wrote: a signal for each commit, which costs a writer next to nothing.
package final class FeedSignal: Sendable {
  /// The last number of a feed.
  package struct Head: Hashable, Sendable {
    /// Slug of the event; nil for the whole installation.
    package let event: String?
    package let sequence: Int64

    package init(event: String?, sequence: Int64) {
      (self.event, self.sequence) = (event, sequence)
    }
  }

  private struct State {
    var heads: [String?: Int64] = [:]
    var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextListener = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Says that something was committed.
  package func ring(_ heads: [Head]) {
    guard !heads.isEmpty else { return }
    state.withLock { state in
      for head in heads { state.heads[head.event] = max(state.heads[head.event] ?? 0, head.sequence) }
      for listener in state.listeners.values { listener.yield() }
    }
  }

  /// The last number of an event's feed that was committed here; nil where nothing was.
  package func head(of event: String?) -> Int64? {
    state.withLock { $0.heads[event] }
  }

  /// An element for commits since the last element, however many there were.
  package func rings() -> AsyncStream<Void> {
    let (rings, listener) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.nextListener += 1
      state.listeners[state.nextListener] = listener
      return state.nextListener
    }
    listener.onTermination = { [weak self] _ in
      guard let self else { return }
      _ = self.state.withLock { $0.listeners.removeValue(forKey: number) }
    }
    return rings
  }
}
