import Foundation
import LanyardDomain
import LanyardScanner

/// Raises the rate step by step until a target breaks, and says why.
struct LimitSearch: Sendable {
  /// Where a target broke.
  struct Limit: Sendable {
    /// Scans a second that were asked for.
    let rate: Double
    /// Which target broke, in words, and what there was too little of.
    let broken: String
    let shortage: String
  }

  /// After a step, for the last answers to come.
  private static let pause = Duration.seconds(2)

  private let search: Scenario.Search
  private let scenario: Scenario
  private let planner: RunPlanner
  private let player: RunPlayer
  private let recorder: RunRecorder
  private let meter: RunMeter

  init(
    _ search: Scenario.Search,
    _ scenario: Scenario,
    _ planner: RunPlanner,
    _ player: RunPlayer,
    _ recorder: RunRecorder,
    _ meter: RunMeter
  ) {
    (self.search, self.scenario, self.planner) = (search, scenario, planner)
    (self.player, self.recorder, self.meter) = (player, recorder, meter)
  }

  func run(_ planned: RunScreen.Plan) async -> RunSession.Ending {
    var (ending, planner, rate) = (RunSession.Ending(), planner, search.from)
    for number in 0..<search.steps {
      let start = max(recorder.now, .zero) + .milliseconds(200)
      let phase = Phase(
        name: "\(Int(rate.rounded())) a second",
        length: search.step,
        arrivals: .constant(perSecond: rate)
      )
      recorder.beginPhase(at: start, until: start + phase.length)
      let steps = planner.steps(of: phase, from: start)
      ending.steps += steps
      ending.phases.append((phase, start, start + phase.length))
      planned.show(RunScreen.Part(phases: ending.phases, queues: LaneQueues(steps, lanes: scenario.lanes)))
      await player.play(steps, until: start + phase.length)
      await Task.pause(Self.pause)
      if Task.isCancelled { break }
      if let broken = broken(number, ending) {
        ending.limit = Limit(rate: rate, broken: broken, shortage: shortage(from: start, to: start + phase.length))
        break
      }
      rate *= search.factor
    }
    ending.unplayed = planner.unplayed
    return ending
  }

  /// Which target a step broke and what was short; nil where it kept all.
  private func broken(_ number: Int, _ ending: RunSession.Ending) -> String? {
    RunTargets(scenario.targets).broken(
      by: recorder.operations(inPhase: number),
      steps: Self.played(ending.steps, from: ending.phases[number].start)
    )
  }

  /// What the newest step of a search has played, which began at this moment: who is scanned again is so after its end too, and is
  /// taken down with it.
  static func played(_ steps: [RunStep], from start: Duration) -> [RunStep] { steps.filter { $0.due >= start } }

  /// What there was too little of while it broke.
  private func shortage(from start: Duration, to end: Duration) -> String {
    Self.shortage(meter.all.filter { $0.at >= start && $0.at < end }, knowsServer: meter.knowsServer)
  }

  /// - Parameter knowsServer: Whether the samples tell what the server used.
  static func shortage(
    _ samples: [RunMeter.Sample],
    knowsServer: Bool,
    of processors: Int = ProcessInfo.processInfo.activeProcessorCount
  ) -> String {
    guard !samples.isEmpty else { return "nobody measured why" }
    let count = Double(samples.count)
    let driver = samples.map(\.driver).reduce(0, +) / count
    let server = samples.map(\.server).reduce(0, +) / count
    let areBusy = driver + server > RunReportMaker.busy * Double(processors)
    if areBusy, driver > server {
      return knowsServer
        ? "the driver took more of the processors than the server, so it was the limit"
        : "the driver kept the processors of its machine busy, so it was the limit"
    }
    let load = samples.compactMap(\.machine)
    let (busy, all) = (load.map(\.busy).reduce(0, +), Double(load.map(\.processors).reduce(0, +)))
    let others = samples.map(\.others).reduce(0, +)
    // A server that has one processor to itself lacks none that others took.
    if !areBusy, !knowsServer || server <= RunReportMaker.busy, all > 0,
      RunReport.Processors(busy: busy / all, others: others / all).areTakenByOthers
    {
      return "the processors were busy with programs other than "
        + (knowsServer ? "driver and server" : "the driver")
        + " (\(Figures.share(others / all)) of them), so this says nothing of the server: search again while they do nothing"
    }
    guard knowsServer else { return "what the server ran short of was not measured, since it is not this run's own" }
    if areBusy { return "the processors were busy, mostly with the server" }
    if server > RunReportMaker.busy { return "one processor was busy with the server's one writer" }
    return "the processors were not busy, so the server waited for something else, most likely for its disk"
  }
}
