import LanyardScanner
import Synchronization

/// How often somebody wanted what is under way to end.
package final class Interruption: Sendable {
  /// From one look to the next: soon enough for a person.
  private static let look = Duration.milliseconds(50)

  /// How many came, and how many of them have ended something.
  private let times = Mutex((came: 0, taken: 0))

  package init() {}

  /// Ends what is under way now, or else what begins next; what follows it goes on until another comes.
  package func begin() { times.withLock { $0.came += 1 } }

  /// Whether one came that has not ended anything yet.
  var isWanted: Bool { times.withLock { $0.came > $0.taken } }

  /// Waits for one that has not ended anything yet.
  ///
  /// - Throws: `CancellationError`.
  func next() async throws {
    while !isWanted { try await Task.sleep(for: Self.look) }
    times.withLock { $0.taken += 1 }
  }

  /// Waits for one to come, and leaves it to others.
  ///
  /// - Throws: `CancellationError`.
  func coming() async throws {
    let before = times.withLock { $0.came }
    while times.withLock({ $0.came }) == before { try await Task.sleep(for: Self.look) }
  }
}

/// Runs the body to its end, which it comes to soon after an interruption cancels it; whether there was one.
///
/// - Parameter end: Returns where going on is of no more use, which cancels the body as an interruption does.
func interruptible<Value: Sendable>(
  _ interruption: Interruption,
  until end: @escaping @Sendable () async throws -> Void = { try await Task.untilCancelled() },
  _ body: @escaping @Sendable () async -> Value
) async -> (value: Value, wasInterrupted: Bool) {
  await withTaskGroup(of: Value?.self) { group in
    group.addTask { await body() }
    for reason in [interruption.next, end] {
      group.addTask {
        // What it throws is that it was cancelled, as the body has ended.
        try? await reason()
        return nil
      }
    }
    var wasInterrupted = false
    while let ended = await group.next() {
      group.cancelAll()
      if let ended { return (ended, wasInterrupted) }
      wasInterrupted = true
    }
    preconditionFailure("the body ends with a value")
  }
}

/// Runs the body to its end; nil where it has none within a limit. Then it is cancelled, and left behind.
///
/// - Parameter late: Done before it is cancelled, which mends what it has broken.
func ending<Value: Sendable>(
  within limit: Duration,
  late: @escaping @Sendable () async -> Void,
  _ body: @escaping @Sendable () async -> Value
) async -> Value? {
  let (ends, feed) = AsyncStream.makeStream(of: Value?.self)
  // Nobody waits for the body where it hangs, so it is no child of anybody.
  let work = Task { feed.yield(await body()) }
  let clock = Task {
    try await Task.sleep(for: limit)
    await late()
    feed.yield(nil)
    work.cancel()
  }
  defer { clock.cancel() }
  // Whoever waits may be cancelled, and waits all the same: the body still mends what it has broken.
  let first = Task<Value?, Never> {
    for await end in ends { return end }
    return nil
  }
  return await withTaskCancellationHandler {
    await first.value
  } onCancel: {
    work.cancel()
  }
}
