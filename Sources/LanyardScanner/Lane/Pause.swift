extension Task where Success == Never, Failure == Never {
  /// Sleeps; a task that is cancelled goes on at once, and its loop looks at that.
  package static func pause(_ duration: Duration) async {
    // Whoever waits looks at whether it is cancelled.
    try? await Task.sleep(for: duration)
  }

  /// Waits until the task is cancelled.
  ///
  /// - Throws: `CancellationError`.
  package static func untilCancelled() async throws -> Never {
    // The longest that the clock takes is ended by nothing else.
    while true { try await Task.sleep(for: .seconds(Int64.max / 4_000_000_000)) }
  }
}
