import Synchronization

/// What driver and server use, second by second.
final class RunMeter: Sendable {
  /// One second, or more where nobody looked in time.
  struct Sample: Sendable {
    /// When it began, in whole seconds from the start of the run.
    let at: Duration
    /// Shares of one processor.
    let driver: Double
    let server: Double
    let serverMemory: Int
    let serverWritten: Int
  }

  private let server: ServerProcess?
  private let recorder: RunRecorder
  private let samples = Mutex<[Sample]>([])

  init(_ server: ServerProcess?, _ recorder: RunRecorder) {
    self.server = server
    self.recorder = recorder
  }

  /// Whether it measures a server too.
  var knowsServer: Bool { server != nil }

  /// What was measured by now.
  var all: [Sample] { samples.withLock { $0 } }

  /// Measures until it is cancelled, from one whole second of the run to the next.
  func run() async {
    var due = Self.nextSecond(after: recorder.now)
    // A cancelled sleep is over.
    try? await ContinuousClock().sleep(until: recorder.start + due, tolerance: .zero)
    var (last, own, child) = (recorder.now, ProcessUsage.own, server?.usage)
    while !Task.isCancelled {
      let began = due
      due = Self.nextSecond(after: recorder.now)
      // So is this one; then the loop ends.
      try? await ContinuousClock().sleep(until: recorder.start + due, tolerance: .zero)
      let (now, ownNow, childNow) = (recorder.now, ProcessUsage.own, server?.usage)
      let time = max(now - last, .milliseconds(1))
      let sample = Sample(
        at: began,
        driver: (ownNow.processor - own.processor) / time,
        server: max(0, ((childNow?.processor ?? .zero) - (child?.processor ?? .zero)) / time),
        serverMemory: childNow?.memory ?? 0,
        serverWritten: max(0, (childNow?.written ?? 0) - (child?.written ?? 0))
      )
      samples.withLock { $0.append(sample) }
      (last, own, child) = (now, ownNow, childNow)
    }
  }

  /// The first whole second of the run after a moment.
  static func nextSecond(after moment: Duration) -> Duration {
    moment < .zero ? .zero : .seconds(Int(moment / .seconds(1)) + 1)
  }
}
