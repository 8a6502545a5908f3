/// What is on a server while its check-ins are counted.
package struct GrowthState: Sendable, Hashable {
  package var lanes: Int
  package var registrations: Int
  /// Scans on record before the first one is counted.
  package var scans = 0
  package var watchers = Scenario.Watchers()
}

/// The states that are compared: each with one and the same base, in turns.
package struct GrowthPlan: Sendable {
  /// What grows.
  package enum Axis: String, Sendable, CaseIterable, Codable {
    case lanes, registrations, ledger, watchers
  }

  /// A state beside the base, from which it differs in one thing, but for two: more lanes than the base has people for have more
  /// people too, and a long record is that of a large event, which is what is asked for.
  struct Step: Sendable {
    let axis: Axis
    /// In words, such as `512 lanes`.
    let name: String
    let state: GrowthState
    /// The share of the base's check-ins that it is to carry; nil where nothing is asked for.
    let wanted: Double?
  }

  /// Scans that each lane has under way.
  let window: Int
  /// Badges that each lane scans in turns, in every state the same: what a batch costs depends on how many people are in it.
  let badges: Int
  let base: GrowthState
  var steps: [Step]
  /// How long each state of a comparison is measured, all turns together.
  let time: Duration
  /// Turns that the two states of a comparison take with one another.
  let turns: Int
  /// From the first answer of every lane to the first that counts.
  let settling: Duration

  /// The share of the base's check-ins that is wanted as work grows.
  private static let whereWorkGrows = 0.8
  /// The same beside watchers.
  private static let besideWatchers = 0.95

  /// The comparisons that the design asks for.
  package static func full(_ time: Duration) -> GrowthPlan {
    let base = GrowthState(lanes: 64, registrations: 1_000)
    var watchers = Scenario.Watchers()
    (watchers.screens, watchers.attendance) = (64, 100)
    return GrowthPlan(
      base,
      lanes: [1, 8, 512],
      registrations: [10_000, 100_000],
      ledger: GrowthState(lanes: 64, registrations: 100_000, scans: 1_000_000),
      watchers,
      time: time,
      turns: 6,
      settling: .seconds(1)
    )
  }

  /// A small one, which says whether it works and nothing of the machine: no share is asked for.
  package static func quick(_ time: Duration) -> GrowthPlan {
    var watchers = Scenario.Watchers()
    (watchers.screens, watchers.attendance) = (2, 2)
    var plan = GrowthPlan(
      GrowthState(lanes: 4, registrations: 200),
      lanes: [1],
      registrations: [1_000],
      ledger: GrowthState(lanes: 4, registrations: 1_000, scans: 5_000),
      watchers,
      time: time,
      turns: 2,
      settling: .milliseconds(100)
    )
    plan.steps = plan.steps.map { Step(axis: $0.axis, name: $0.name, state: $0.state, wanted: nil) }
    return plan
  }

  private init(
    _ base: GrowthState,
    lanes: [Int],
    registrations: [Int],
    ledger: GrowthState,
    _ watchers: Scenario.Watchers,
    time: Duration,
    turns: Int,
    settling: Duration
  ) {
    (self.base, self.time, self.turns, self.settling) = (base, time, turns, settling)
    let each = 15
    (window, badges) = (32, each)
    func changed(_ change: (inout GrowthState) -> Void) -> GrowthState {
      var state = base
      change(&state)
      return state
    }
    steps = lanes.map { count in
      // Fewer lanes ask for less; that is no cost of the server.
      // More lanes have more people before them.
      let people = max(base.registrations, count * each)
      let name = Figures.count(count, "lane")
      return Step(
        axis: .lanes,
        name: people == base.registrations ? name : "\(name), \(Figures.count(people, "registration"))",
        state: changed { ($0.lanes, $0.registrations) = (count, people) },
        wanted: count > base.lanes ? Self.whereWorkGrows : nil
      )
    }
    steps += registrations.map { count in
      Step(
        axis: .registrations,
        name: Figures.count(count, "registration"),
        state: changed { $0.registrations = count },
        wanted: Self.whereWorkGrows
      )
    }
    steps.append(
      Step(
        axis: .ledger,
        name:
          "\(Figures.count(ledger.registrations, "registration")), \(Figures.count(ledger.scans, "scan")) on record",
        state: ledger,
        wanted: Self.whereWorkGrows
      )
    )
    steps.append(
      Step(
        axis: .watchers,
        name: "\(Figures.count(watchers.screens, "lane screen")), "
          + "\(Figures.count(watchers.attendance, "dashboard"))",
        state: changed { $0.watchers = watchers },
        wanted: Self.besideWatchers
      )
    )
  }

  /// The most files that are open at once: those of the base and of a state beside it.
  package var descriptors: Int {
    OpenFiles.needed(
      lanes: base.lanes + (steps.map(\.state.lanes).max() ?? 0),
      watchers: steps.map(\.state.watchers.count).max() ?? 0
    )
  }

  /// The same with some of its axes only.
  package func only(_ axes: Set<Axis>) -> GrowthPlan {
    var plan = self
    plan.steps.removeAll { !axes.contains($0.axis) }
    return plan
  }
}
