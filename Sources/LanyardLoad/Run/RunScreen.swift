import Histogram
import LanyardDomain
import LanyardScanner
import Synchronization

/// Says twice a second where a run is.
struct RunScreen: Sendable {
  /// What is planned by now.
  struct Part: Sendable {
    let phases: [(phase: Phase, start: Duration, end: Duration)]
    let queues: LaneQueues
  }

  /// The newest part, which a run shows and its screen looks at.
  final class Plan: Sendable {
    private let part = Mutex<Part?>(nil)

    /// Nil where nothing is planned yet.
    var newest: Part? { part.withLock { $0 } }

    func show(_ part: Part) { self.part.withLock { $0 = part } }
  }

  private static let interval = Duration.milliseconds(500)
  /// Over how many seconds rates and times are taken.
  private static let window = 5

  private let scenario: Scenario
  private let recorder: RunRecorder
  private let lanes: [any PlayedLane]
  private let tell: @Sendable (LoadRun.Stage) -> Void

  init(
    _ scenario: Scenario,
    _ recorder: RunRecorder,
    _ lanes: [any PlayedLane],
    _ tell: @escaping @Sendable (LoadRun.Stage) -> Void
  ) {
    (self.scenario, self.recorder, self.lanes, self.tell) = (scenario, recorder, lanes, tell)
  }

  /// Goes on until it is cancelled.
  func run(_ plan: Plan) async {
    while !Task.isCancelled {
      if let part = plan.newest { await tell(.running(progress(part))) }
      await Task.pause(Self.interval)
    }
  }

  /// All that is broken at a moment, in words, and when the last of it will be whole; nil where nothing is.
  static func faults(of scenario: Scenario, at moment: Duration) -> (what: String, end: Duration)? {
    let faults = scenario.allFaults.filter { $0.at <= moment && moment < $0.at + $0.length }
    guard let end = faults.map({ $0.at + $0.length }).max() else { return nil }
    return (faults.map(\.what).joined(separator: "; "), end)
  }

  /// How long all takes, until the last in line is through too; nil where nobody knows.
  static func length(of scenario: Scenario, _ part: Part) -> Duration? {
    // A search ends where a target breaks, and a closed loop when all were answered.
    scenario.search == nil && scenario.loop == .open ? max(scenario.length, part.queues.end) : nil
  }

  /// The phase at a moment, and when all are over, that the line is not.
  static func phase(of part: Part, at moment: Duration) -> String {
    guard let phase = part.phases.last(where: { $0.start <= moment }) else { return "" }
    return phase.end <= moment && moment < part.queues.end ? "the line after \(phase.phase.name)" : phase.phase.name
  }

  private func progress(_ part: Part) async -> RunProgress {
    var progress = RunProgress()
    let now = max(recorder.now, .zero)
    progress.scenario = scenario.name
    progress.elapsed = now / .seconds(1)
    progress.length = Self.length(of: scenario, part).map { $0 / .seconds(1) }
    progress.phase = Self.phase(of: part, at: now)
    progress.lanes = scenario.lanes
    let seconds = recorder.lastSeconds(Self.window)
    let count = Double(max(1, seconds.count))
    progress.asked = Double(seconds.map(\.due).reduce(0, +)) / count
    progress.carried = Double(seconds.map(\.answered).reduce(0, +)) / count
    var times = Histogram<UInt32>(numberOfSignificantValueDigits: .two)
    for second in seconds { if let other = second.times { times.add(other) } }
    if times.totalCount > 0 {
      progress.p50 = times.milliseconds(50)
      progress.p99 = times.milliseconds(99)
      progress.max = Double(times.max) / 1000
    }
    let totals = recorder.totals()
    progress.answered = totals.answered
    progress.errors = totals.failed
    progress.isDriverLate = totals.lateP99 > RunReportMaker.lateLimit / .milliseconds(1)
    // One more stands at the door that is wrong for most.
    for lane in lanes.prefix(scenario.lanes) { if await lane.isOffline { progress.offlineLanes += 1 } }
    let queues = part.queues.waiting(at: now)
    progress.waiting = queues.reduce(0, +)
    progress.longestQueue = queues.max() ?? 0
    let faults = Self.faults(of: scenario, at: now)
    progress.fault = faults?.what
    progress.faultLeft = faults.map { ($0.end - now) / .seconds(1) }
    return progress
  }
}
