/// The messages of one call that watches headcounts. The first counts from when it was asked for; a later one by how much longer it
/// was on its way than the quickest of the call: the server's clock may be another, but runs alike until it is started again or set,
/// which ends the call.
struct WatchedCall: Sendable {
  private let operation: RunOperation
  private let due: Duration
  private let watcher: Int
  private let recorder: RunRecorder
  /// What it is told is put together there; nil where nobody compares it.
  private let told: ToldHeadcounts?
  /// Between the server's clock and the arrival, of the quickest message.
  private var least: Duration?

  /// - Parameters:
  ///   - due: When it was asked for.
  ///   - watcher: Number of who watches.
  init(_ operation: RunOperation, due: Duration, watcher: Int, _ recorder: RunRecorder, _ told: ToldHeadcounts? = nil) {
    (self.operation, self.due, self.watcher, self.recorder) = (operation, due, watcher, recorder)
    self.told = told
  }

  /// A message has come.
  mutating func take(_ message: HeadcountMessage) {
    told?.take(message, watcher: watcher)
    take(message.readAt)
  }

  /// A message has come.
  ///
  /// - Parameter readAt: When what it tells was read, by the server's clock.
  mutating func take(_ readAt: Duration) {
    let now = recorder.now
    let way = now - readAt
    let quickest = min(least ?? way, way)
    if least == nil {
      recorder.record(operation, due: due)
    } else {
      recorder.recordPush(operation, due: now - (way - quickest))
    }
    least = quickest
    recorder.noteTold(watcher: watcher)
  }
}
