package import LanyardDomain
package import LanyardStore
package import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// The one writer of scans. Whatever waits is taken together, decided and committed in one transaction, and answered
/// only then: the more arrives, the more each commit carries.
package final class AdmissionWriter: Service {
  /// Receives the outcome of one scan, once. Called on the writer's task, so it must not wait.
  package typealias Reply = @Sendable (Result<ScanOutcome, StoreError>) -> Void

  /// Thrown where a scan is not taken in.
  package enum Refused: Error {
    /// Too many scans wait already.
    case overloaded
    /// The server is stopping.
    case stopping
  }

  /// The most scans in one transaction.
  package static let batchLimit = 256
  /// The most scans that may wait.
  package static let waitingLimit = 32_768

  /// From one commit to the next where few scans wait: a commit costs as much as deciding a dozen scans, so under load
  /// they are gathered for a moment. Who scans alone does not wait.
  private static let pause = Duration.milliseconds(2)
  /// Where as many came in one pause, the next is waited for too.
  private static let rush = 4
  /// The most pauses in a row.
  private static let pauses = 6
  /// As many scans are written at once.
  private static let enough = 64

  private struct Waiting {
    let scan: SubmittedScan
    let reply: Reply
  }

  private enum State {
    /// Scans are taken in; the continuation is the writer's, where it waits for one.
    case open(waiting: [Waiting], writer: CheckedContinuation<[Waiting]?, Never>?)
    /// What waits is still written, and nothing new is taken in.
    case closing(waiting: [Waiting])
  }

  private let state = Mutex(State.open(waiting: [], writer: nil))
  private let store: any CheckInStore
  private let clock: ServerClock
  private let reader: @Sendable (String) -> BadgeReading
  private let logger: Logger
  private let scans = Counter(label: "lanyard_scans_total")
  private let batches = Recorder(label: "lanyard_scan_batch_size")
  private let commits = Metrics.Timer(label: "lanyard_scan_commit_duration")

  /// - Parameter reader: Says what a text is that is no recorded badge's code.
  package init(
    store: any CheckInStore,
    clock: ServerClock,
    reader: @escaping @Sendable (String) -> BadgeReading,
    logger: Logger
  ) {
    self.store = store
    self.clock = clock
    self.reader = reader
    self.logger = logger
  }

  /// Hands in a scan; its outcome comes to `reply` after it is on disk.
  package func submit(_ scan: SubmittedScan, reply: @escaping Reply) throws(Refused) {
    let item = Waiting(scan: scan, reply: reply)
    let refused = state.withLock { state -> Refused? in
      switch consume state {
      case .open(let waiting, let writer?):
        state = .open(waiting: [], writer: nil)
        writer.resume(returning: waiting + [item])
        return nil
      case .open(var waiting, nil):
        let isFull = waiting.count >= Self.waitingLimit
        if !isFull { waiting.append(item) }
        state = .open(waiting: waiting, writer: nil)
        return isFull ? .overloaded : nil
      case .closing(let waiting):
        state = .closing(waiting: waiting)
        return .stopping
      }
    }
    if let refused { throw refused }
  }

  /// Hands in a scan and waits for its outcome. What was handed in is recorded even where the waiting task is cancelled.
  package func admit(_ scan: SubmittedScan) async throws -> ScanOutcome {
    try await withCheckedThrowingContinuation { continuation in
      do {
        try submit(scan) { continuation.resume(with: $0.mapError { $0 as any Error }) }
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }

  /// Writes until a graceful shutdown, then what still waits; after a cancellation what waits is answered as cancelled.
  package func run() async throws {
    await withTaskCancellationOrGracefulShutdownHandler {
      while let batch = await nextBatch() {
        let start = ContinuousClock.now
        await write(batch)
        await gather(since: start)
      }
    } onCancelOrGracefulShutdown: {
      self.close()
    }
  }

  /// Waits for more scans, longer while they come quickly.
  private func gather(since start: ContinuousClock.Instant) async {
    var due = start + Self.pause
    var before = 0
    for _ in 1...Self.pauses {
      guard waitingCount < Self.enough else { return }
      try? await Task.sleep(until: due, tolerance: .zero, clock: .continuous)
      let now = waitingCount
      guard now - before >= Self.rush else { return }
      before = now
      due = .now + Self.pause
    }
  }

  private func write(_ batch: [Waiting]) async {
    let start = ContinuousClock.now
    do {
      let outcomes = try await store.admit(batch.map(\.scan), at: clock.now, reader: reader)
      for (item, outcome) in zip(batch, outcomes) { item.reply(.success(outcome)) }
    } catch {
      logger.error("scans could not be written", metadata: ["scans": "\(batch.count)", "cause": "\(error)"])
      for item in batch { item.reply(.failure(error)) }
    }
    commits.record(duration: start.duration(to: .now))
    batches.record(batch.count)
    scans.increment(by: batch.count)
  }

  /// How many scans wait; all that there will be where no more are taken in.
  private var waitingCount: Int {
    state.withLock { state in
      if case .open(let waiting, _) = state { waiting.count } else { Self.enough }
    }
  }

  /// All that waits, up to the limit; nil when the writer is closed and nothing waits.
  private func nextBatch() async -> [Waiting]? {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        switch consume state {
        case .open(let waiting, _) where waiting.isEmpty:
          state = .open(waiting: [], writer: continuation)
        case .open(let waiting, let writer):
          state = .open(waiting: Array(waiting.dropFirst(Self.batchLimit)), writer: writer)
          continuation.resume(returning: Array(waiting.prefix(Self.batchLimit)))
        case .closing(let waiting):
          state = .closing(waiting: Array(waiting.dropFirst(Self.batchLimit)))
          continuation.resume(returning: waiting.isEmpty ? nil : Array(waiting.prefix(Self.batchLimit)))
        }
      }
    }
  }

  private func close() {
    state.withLock { state in
      guard case .open(let waiting, let writer) = state else { return }
      state = .closing(waiting: waiting)
      writer?.resume(returning: nil)
    }
  }
}
