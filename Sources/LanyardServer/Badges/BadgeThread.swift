import Dispatch
import Synchronization

/// Runs actors beside the threads that all tasks share: drawing takes seconds of a processor, and scans are not to wait for
/// the threads that answer them. However many ask, no more badges are drawn at once than there are of them.
final class BadgeThread: SerialExecutor {
  private static let all = (0..<2).map { _ in BadgeThread() }
  private static let taken = Atomic(0)

  /// The one whose turn it is.
  static var next: BadgeThread {
    all[taken.wrappingAdd(1, ordering: .relaxed).oldValue & 1]
  }

  private let queue = DispatchQueue(label: "lanyard.badges", qos: .utility)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
