import LanyardScanner

/// Runs the body to its end, which it comes to soon after an interrupt cancels it; whether there was one.
func interruptible<Value: Sendable>(
  _ interrupts: AsyncStream<Void>,
  _ body: @escaping @Sendable () async -> Value
) async -> (value: Value, wasInterrupted: Bool) {
  await withTaskGroup(of: Value?.self) { group in
    group.addTask { await body() }
    group.addTask {
      for await _ in interrupts { return nil }
      // That there will be none is no interrupt.
      try? await Task.untilCancelled()
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
