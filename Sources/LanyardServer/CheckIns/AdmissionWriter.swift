package import LanyardDomain
package import LanyardStore
package import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// The one writer of scans. Whatever waits is taken together, decided and committed in one transaction, and answered
/// only then: the more arrives, the more each commit carries. What lanes did while they were offline comes in between,
/// slice after slice. Codes that are not on record are read outside of the transactions, while others are written.
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
  /// The most uploads that may wait.
  package static let waitingUploadLimit = 256
  /// The most entries of an upload in one transaction: scans that come in meanwhile wait for no more than that.
  static let sliceLimit = 64
  /// The most codes that are read before their scans wait to be written again.
  private static let readingLimit = 32

  /// From one commit to the next where few scans wait: a commit costs as much as deciding a dozen scans, so under load
  /// they are gathered for a moment. Who scans alone does not wait.
  private static let pause = Duration.milliseconds(2)
  /// Where as many came in one pause, the next is waited for too.
  private static let rush = 4
  /// The most pauses in a row.
  private static let pauses = 6
  /// As many scans are written at once.
  private static let enough = 64

  private let state = Mutex(State.open(Queue(), writer: nil))
  private let store: any CheckInStore
  private let clock: ServerClock
  /// How many transactions of scans were tried, and how many scans they had.
  private let written = Mutex((batches: 0, scans: 0))
  private let reader: @Sendable (String) -> CodeReading
  private let logger: Logger
  private let scans = Counter(label: "lanyard_scans_total")
  private let batches = Recorder(label: "lanyard_scan_batch_size")
  private let commits = Metrics.Timer(label: "lanyard_scan_commit_duration")

  /// - Parameter reader: Says what a text is that is no recorded badge's code.
  package init(
    store: any CheckInStore,
    clock: ServerClock,
    reader: @escaping @Sendable (String) -> CodeReading,
    logger: Logger
  ) {
    self.store = store
    self.clock = clock
    self.reader = reader
    self.logger = logger
  }

  /// How many transactions of scans it has tried by now, and how many scans they had.
  package var tried: (batches: Int, scans: Int) { written.withLock { $0 } }

  /// Hands in a scan; its outcome comes to `reply` after it is on disk.
  package func submit(_ scan: SubmittedScan, reply: @escaping Reply) throws(Refused) {
    try enqueue { queue in
      guard queue.scans.count + queue.unread.count < Self.waitingLimit else { return false }
      queue.scans.append(Waiting(scan: scan, reading: nil, reply: reply))
      return true
    }
  }

  /// Adds what waits, where there is room and the writer still takes something in.
  private func enqueue(_ add: (inout Queue) -> Bool) throws(Refused) {
    let refused = state.withLock { state -> Refused? in
      if case .closing = state { return .stopping }
      return state.change(add) ? nil : .overloaded
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

  /// Hands in what a lane did while it was offline, and waits until all of it is on disk.
  ///
  /// - Returns: One outcome for each entry, in order; see `CheckInStore.record`.
  package func upload(_ upload: OfflineUpload) async throws -> [UploadOutcome?] {
    let readings = try await read(upload.codes)
    return try await withCheckedThrowingContinuation { continuation in
      let pending = PendingUpload(upload: upload, readings: readings) { continuation.resume(with: $0) }
      do {
        try enqueue { queue in
          guard queue.uploads.count < Self.waitingUploadLimit else { return false }
          queue.uploads.append(pending)
          return true
        }
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }

  /// What those of the codes are that are not on record.
  private func read(_ codes: [String]) async throws -> [String: CodeReading] {
    guard !codes.isEmpty else { return [:] }
    var readings: [String: CodeReading] = [:]
    for code in try await store.unknownCodes(among: codes) {
      readings[code] = reader(code)
      await Task.yield()
    }
    return readings
  }

  /// Writes until a graceful shutdown, then what still waits; after a cancellation what waits is answered as cancelled.
  package func run() async throws {
    await withTaskCancellationOrGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        while let work = await nextWork() {
          let start = ContinuousClock.now
          if !work.scans.isEmpty { await take(work.scans, in: &group) }
          if let upload = work.upload { await record(upload) } else { await gather(since: start) }
        }
      }
    } onCancelOrGracefulShutdown: {
      self.close()
    }
  }

  /// Writes scans and answers them; returns when that is done, or as soon as they have their place where a whole batch waits
  /// for the next. So the store goes from one commit to the next, and nobody's answer is waited for in between.
  private func take(_ scans: [Waiting], in group: inout DiscardingTaskGroup) async {
    await withCheckedContinuation { continuation in
      let next = Mutex<CheckedContinuation<Void, Never>?>(continuation)
      let goOn: @Sendable () -> Void = { next.withLock { $0.take() }?.resume() }
      group.addTask {
        let unread = await self.write(scans) { if self.waitingCount >= Self.batchLimit { goOn() } }
        let isFirst = self.leaveUnread(unread)
        goOn()
        if isFirst { await self.readCodes() }
      }
    }
  }

  /// Leaves scans of a batch that was written for their codes to be read; true where nobody does that yet.
  private func leaveUnread(_ scans: [Waiting]) -> Bool {
    state.withLock { state in
      state.change { queue in
        queue.underWay -= 1
        guard !scans.isEmpty else { return false }
        queue.unread += scans
        defer { queue.isReading = true }
        return !queue.isReading
      }
    }
  }

  /// Reads codes that are not on record, a few at a time, until there are none; their scans are written then.
  private func readCodes() async {
    var read: [Waiting] = []
    while true {
      let unread = state.withLock { state in
        state.change { queue -> [Waiting] in
          for scan in read { queue.scans.append(scan) }
          let next = Array(queue.unread.prefix(Self.readingLimit))
          queue.unread.removeFirst(next.count)
          queue.isReading = !next.isEmpty
          return next
        }
      }
      guard !unread.isEmpty else { return }
      read = []
      for var item in unread {
        item.reading = reader(item.scan.code)
        read.append(item)
        await Task.yield()
      }
    }
  }

  /// Waits for more scans, longer while they come quickly.
  private func gather(since start: ContinuousClock.Instant) async {
    var due = start + Self.pause
    var before = 0
    for _ in 1...Self.pauses {
      guard waitingCount < Self.enough else { return }
      // A cancelled wait is a shorter one.
      try? await Task.sleep(until: due, tolerance: .zero, clock: .continuous)
      let now = waitingCount
      guard now - before >= Self.rush else { return }
      before = now
      due = .now + Self.pause
    }
  }

  /// Writes scans and answers them; returns those whose codes have to be read first.
  ///
  /// - Parameter begun: As of `CheckInStore.admit`.
  private func write(_ batch: [Waiting], begun: @escaping @Sendable () -> Void) async -> [Waiting] {
    let start = ContinuousClock.now
    var readings: [String: CodeReading] = [:]
    for item in batch { if let reading = item.reading { readings[item.scan.code] = reading } }
    var unread: [Waiting] = []
    do {
      let outcomes = try await store.admit(
        .server(at: clock.now),
        batch.map(\.scan),
        begun: begun,
        reader: { [readings] in readings[$0] }
      )
      for (item, outcome) in zip(batch, outcomes) {
        switch outcome {
        case .failed(.unread) where item.reading == nil:
          unread.append(item)
          continue
        case .failed(.notRecorded(let about)):
          logger.error("a scan was refused by the store", metadata: ["cause": "\(about)"])
        case .failed(.unknownValue(let table, let column)):
          logger.error("a scan met a value that is not known", metadata: ["column": "\(table).\(column)"])
        case .recorded,
          .failed(.idReused), .failed(.takenBack), .failed(.unknownCheckpoint), .failed(.notFound),
          .failed(.missedExitDenied), .failed(.unread):
          break
        }
        item.reply(.success(outcome))
      }
    } catch {
      logger.error("scans could not be written", metadata: ["scans": "\(batch.count)", "cause": "\(error)"])
      for item in batch { item.reply(.failure(error)) }
    }
    commits.record(duration: start.duration(to: .now))
    batches.record(batch.count)
    written.withLock { ($0.batches, $0.scans) = ($0.batches + 1, $0.scans + batch.count) }
    scans.increment(by: batch.count - unread.count)
    return unread
  }

  /// Records the next slice of an upload; it is answered once there is no other.
  private func record(_ upload: PendingUpload) async {
    var upload = upload
    do {
      let outcomes = try await store.record(
        upload.upload.act.at(clock.now),
        upload.slice,
        of: upload.upload.event,
        reporter: upload.upload.reporter,
        isSupervisor: upload.upload.isSupervisor,
        reader: { [readings = upload.readings, reader] in readings[$0] ?? reader($0) }
      )
      guard upload.take(outcomes) else { return upload.reply(.success(upload.outcomes)) }
      state.withLock { $0.change { $0.uploads.append(upload) } }
    } catch {
      logger.error("an upload could not be written", metadata: ["cause": "\(error)"])
      upload.reply(.failure(error))
    }
  }

  /// How many scans wait; all that there will be where no more are taken in.
  private var waitingCount: Int {
    state.withLock { state in
      if case .open(let queue, _) = state { queue.scans.count } else { Self.enough }
    }
  }

  /// All that waits, up to the limit; nil when the writer is closed and nothing waits.
  private func nextWork() async -> Work? {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        switch consume state {
        case .open(let queue, _): state = .open(queue, writer: continuation)
        case .closing(let queue, _): state = .closing(queue, writer: continuation)
        }
        state.wake()
      }
    }
  }

  private func close() {
    state.withLock { state in
      guard case .open(let queue, let writer) = state else { return }
      state = .closing(queue, writer: writer)
      state.wake()
    }
  }
}
