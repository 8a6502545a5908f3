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
    /// All that ran on this machine; nil where the system does not tell.
    var machine: Machine.Load?

    /// Processors that programs other than driver and server had; none where nobody knows.
    var others: Double { max(0, (machine?.busy ?? 0) - driver - server) }
  }

  /// What all of the driver, and the server where it is this run's own, have used since their starts.
  struct Usage: Sendable {
    var driver: ProcessUsage
    var server: ProcessUsage?
  }

  private let server: ServerProcess?
  private let lanes: [LaneProcess]
  private let recorder: RunRecorder
  private let samples = Mutex<[Sample]>([])

  /// - Parameter lanes: Those in processes of their own, which are a part of the driver.
  init(_ server: ServerProcess?, _ lanes: [LaneProcess], _ recorder: RunRecorder) {
    self.server = server
    self.lanes = lanes
    self.recorder = recorder
  }

  /// What was used by now.
  var usage: Usage {
    let own = ProcessUsage.own
    return Usage(driver: lanes.map(\.used).reduce(own) { $0.adding($1) }, server: server?.usage)
  }

  /// What was used when the run begins; waits for that.
  func usageAtStart() async -> Usage {
    // A cancelled sleep is over.
    try? await ContinuousClock().sleep(until: recorder.start, tolerance: .zero)
    return usage
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
    var (last, before, machine) = (recorder.now, usage, Machine.Usage.now)
    while !Task.isCancelled {
      let began = due
      due = Self.nextSecond(after: recorder.now)
      // So is this one; then the loop ends.
      try? await ContinuousClock().sleep(until: recorder.start + due, tolerance: .zero)
      let (now, used, machineNow) = (recorder.now, usage, Machine.Usage.now)
      let time = max(now - last, .milliseconds(1))
      let server = used.server.map { $0.since(before.server ?? ProcessUsage()) }
      let sample = Sample(
        at: began,
        driver: used.driver.since(before.driver).processor / time,
        server: (server?.processor ?? .zero) / time,
        serverMemory: server?.memory ?? 0,
        serverWritten: server?.written ?? 0,
        machine: machine.flatMap { machineNow?.since($0) }
      )
      samples.withLock { $0.append(sample) }
      (last, before, machine) = (now, used, machineNow)
    }
  }

  /// The first whole second of the run after a moment.
  static func nextSecond(after moment: Duration) -> Duration {
    moment < .zero ? .zero : .seconds(Int(moment / .seconds(1)) + 1)
  }
}
