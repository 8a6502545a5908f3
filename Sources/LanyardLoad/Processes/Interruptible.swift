import LanyardScanner

/// Runs the body to its end, which it comes to soon after an interrupt cancels it; whether there was one.
///
/// - Parameter end: Returns where going on is of no more use, which cancels the body as an interrupt does.
func interruptible<Value: Sendable>(
  _ interrupts: AsyncStream<Void>,
  until end: @escaping @Sendable () async throws -> Void = { try await Task.untilCancelled() },
  _ body: @escaping @Sendable () async -> Value
) async -> (value: Value, wasInterrupted: Bool) {
  await withTaskGroup(of: Value?.self) { group in
    group.addTask { await body() }
    group.addTask {
      for await _ in interrupts { return nil }
      // That there will be none is no interrupt. It fails where it is cancelled, and only there.
      try? await Task.untilCancelled()
      return nil
    }
    group.addTask {
      // What it throws is that it was cancelled, as the body has ended.
      try? await end()
      return nil
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
func ending<Value: Sendable>(
  within limit: Duration,
  _ body: @escaping @Sendable () async -> Value
) async -> Value? {
  let (ends, feed) = AsyncStream.makeStream(of: Value?.self)
  let work = Task { feed.yield(await body()) }
  let clock = Task {
    try await Task.sleep(for: limit)
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
