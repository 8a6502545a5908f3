import LanyardDomain

/// A small run in which things break by chance. One seed gives one schedule, one mix and one plan of who comes when.
package struct ChaosSchedule: Sendable, Hashable {
  private static let people = 60
  /// Scans a second at each lane: enough that every fault meets some on their way.
  private static let rate = 12.0

  package let seed: UInt64
  package let scenario: Scenario

  /// - Parameters:
  ///   - lanes: 1 to 16.
  ///   - length: Of the run, a second or more.
  package init(seed: UInt64, lanes: Int, length: Duration) {
    self.seed = seed
    // What breaks, who comes and this draw from the seed, each with numbers of its own, so that none draws what another does.
    var generator = SeededGenerator(seed: seed ^ 0x6368_616F_73)
    var scenario = Scenario(name: "chaos-\(seed)")
    scenario.summary = "What is lost when this breaks?"
    scenario.seed = seed ^ 0x706C_616E
    scenario.people = Self.people
    scenario.lanes = lanes
    scenario.faults = FaultSchedule.seeded(seed, length: length, lanes: lanes)
    scenario.patience = .milliseconds(Int.random(in: 150...1_000, using: &generator))
    scenario.phases = [
      Phase(name: "chaos", length: length, arrivals: .constant(perSecond: Self.rate * Double(lanes)))
    ]
    if Int.random(in: 0..<3, using: &generator) == 0 {
      scenario.place = .rooms
      scenario.roomCapacity = Int.random(in: 4...20, using: &generator)
    }
    // Everybody who comes a second time is what goes wrong most easily.
    for kind in Mix.Kind.allCases { scenario.mix.weights[kind] = Double(Int.random(in: 0...3, using: &generator)) }
    scenario.mix.weights[.good] = 8
    // What breaks makes calls fail; nothing lost, wrong or double is what is asked for.
    scenario.targets.errorShare = 1
    self.scenario = scenario
  }

  /// What breaks and when, a line each.
  package var lines: [String] {
    scenario.faults.map { fault in
      let length = fault.length == .zero ? "" : ", for \(TimeSpan.milliseconds(fault.length))"
      return "at \(TimeSpan.milliseconds(fault.at)) \(fault.what)\(length)"
    }
  }
}
