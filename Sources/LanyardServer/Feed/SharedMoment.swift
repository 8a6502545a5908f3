/// Moments at which all who follow the same look together, so that one reading serves all of them.
struct SharedMoment: Sendable {
  let interval: Duration

  /// Number of the moment that lasts now.
  var number: Int64 { Self.machineTime / step }

  /// Waits for the next one.
  func next() async throws {
    try await Task.sleep(for: .nanoseconds(step - Self.machineTime % step))
  }

  private var step: Int64 { Int64(interval / .nanoseconds(1)) }

  /// Nanoseconds of a clock that nobody sets.
  private static var machineTime: Int64 { Int64(origin.duration(to: .now) / .nanoseconds(1)) }
  private static let origin = ContinuousClock.now
}
