import Dispatch
import Glibc
package import Testing

/// Runs tests that wait for processes, pipes and sockets on threads of their own: Swift's own pool has a thread for each
/// processor, and two tests that block all of them would keep a server of the same process from answering either.
package struct BlockingTrait: TestTrait, SuiteTrait, TestScoping {
  private static let executor = ThreadsExecutor()

  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(Self.executor) { try await function() }
  }
}

extension Trait where Self == BlockingTrait {
  /// The test blocks the thread that it runs on.
  package static var blocking: Self { BlockingTrait() }
}

/// Dispatch's threads, of which there come more while others are blocked.
private final class ThreadsExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "lanyard.blocking-tests", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      // Dispatch's threads block all signals, and a process that is started from one could not be ended by SIGTERM.
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      job.runSynchronously(on: self.asUnownedTaskExecutor())
    }
  }
}
