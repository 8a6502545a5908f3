import Dispatch

/// Runs actors beside the threads that all tasks share: drawing takes seconds of a processor, and scans are not to wait for
/// the threads that answer them.
final class BadgeThread: SerialExecutor {
  /// Where all badges are drawn, one after another however many ask.
  static let badges = BadgeThread()

  private let queue = DispatchQueue(label: "lanyard.badges", qos: .utility)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
