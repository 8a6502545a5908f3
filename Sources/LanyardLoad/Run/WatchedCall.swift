/// The messages of one call that watches headcounts. The first counts from when it was asked for; those that follow nobody asks
/// for, and how late they come is told by what they count: see `ShownAdmissions`.
struct WatchedCall: Sendable {
  private let operation: RunOperation
  private let due: Duration
  private let watcher: Int
  private let recorder: RunRecorder
  /// What it is told is put together there; nil where nobody compares it.
  private let told: ToldHeadcounts?
  private var isAnswered = false

  /// - Parameters:
  ///   - due: When it was asked for.
  ///   - watcher: Number of who watches.
  init(_ operation: RunOperation, due: Duration, watcher: Int, _ recorder: RunRecorder, _ told: ToldHeadcounts? = nil) {
    (self.operation, self.due, self.watcher, self.recorder) = (operation, due, watcher, recorder)
    self.told = told
  }

  /// A message has come.
  mutating func take(_ message: HeadcountMessage) {
    told?.take(message, watcher: watcher, at: recorder.now)
    if !isAnswered { recorder.record(operation, due: due) }
    isAnswered = true
    recorder.noteTold(watcher: watcher)
  }
}
