import Foundation

/// What was measured as work grew; as `lanyard loadtest growth --json` prints it.
package struct GrowthReport: Sendable, Encodable {
  /// One side of a comparison.
  struct Side: Sendable, Encodable {
    let perSecond: Double
    /// Shares of one processor.
    let serverCPU: Double
    let driverCPU: Double

    init(_ turn: GrowthServer.Turn) {
      let time = max(turn.time, .milliseconds(1))
      perSecond = turn.perSecond.rounded(toPlaces: 1)
      serverCPU = (turn.server / time).rounded(toPlaces: 3)
      driverCPU = (turn.driver / time).rounded(toPlaces: 3)
    }

    private enum CodingKeys: String, CodingKey {
      case perSecond = "per_second"
      case serverCPU = "server_cpu_share"
      case driverCPU = "driver_cpu_share"
    }
  }

  /// A state beside the base, measured in turns.
  struct Row: Sendable, Encodable {
    let axis: GrowthPlan.Axis
    let state: String
    let lanes: Int
    let registrations: Int
    let scans: Int
    let watchers: Int
    let measured: Side
    let base: Side
    /// The median of the single turns' ratios, so that a moment in which the machine did something else decides nothing.
    let ratio: Double
    /// The ratios of single turns, from the lowest to the highest.
    let ratioRange: [Double]
    let wanted: Double?
    /// Nil where nothing is wanted.
    let kept: Bool?
    /// Whether it is not kept, but single turns were: the machine was too busy for a verdict.
    let isUnclear: Bool
    /// What a long record alone costs: its ratio to that of the state with the same event and an empty record; nil where that was
    /// not measured, and where the record is empty.
    fileprivate(set) var ratioToEmptyRecord: Double?
    /// Calls of watchers that failed or never were answered; a watcher that is not served costs nothing.
    let watcherFailures: Int

    init(_ step: GrowthPlan.Step, _ turns: [(base: GrowthServer.Turn, other: GrowthServer.Turn)]) {
      let base = turns.reduce(GrowthServer.Turn()) { $0 + $1.base }
      let other = turns.reduce(GrowthServer.Turn()) { $0 + $1.other }
      func ratio(_ other: GrowthServer.Turn, _ base: GrowthServer.Turn) -> Double {
        base.checkIns == 0 ? 0 : other.perSecond / base.perSecond
      }
      (axis, state) = (step.axis, step.name)
      (lanes, registrations, scans) = (step.state.lanes, step.state.registrations, step.state.scans)
      watchers = step.state.watchers.count
      (measured, self.base) = (Side(other), Side(base))
      let single = turns.map { ratio($0.other, $0.base) }.sorted()
      let reached = Self.median(single)
      // What is printed is rounded, what is judged is not.
      self.ratio = reached.rounded(toPlaces: 3)
      ratioRange = [single.first ?? 0, single.last ?? 0].map { $0.rounded(toPlaces: 3) }
      wanted = step.wanted
      let isServed = other.failures == 0
      kept = step.wanted.map { reached >= $0 && isServed }
      isUnclear = isServed && step.wanted.map { reached < $0 && (single.last ?? 0) >= $0 } ?? false
      watcherFailures = other.failures
    }

    /// Of the same event, lanes and watchers.
    fileprivate func isLike(_ other: Row) -> Bool {
      (lanes, registrations, watchers) == (other.lanes, other.registrations, other.watchers)
    }

    /// Whether check-ins were answered on both sides, and every watcher was served.
    var works: Bool { watcherFailures == 0 && measured.perSecond > 0 && base.perSecond > 0 }

    private static func median(_ sorted: [Double]) -> Double {
      guard !sorted.isEmpty else { return 0 }
      let (one, other) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
      return (one + other) / 2
    }

    private enum CodingKeys: String, CodingKey {
      case axis, state, lanes, registrations, scans, watchers, measured, base, ratio, wanted, kept
      case ratioRange = "ratio_range"
      case isUnclear = "unclear"
      case ratioToEmptyRecord = "ratio_to_empty_record"
      case watcherFailures = "watcher_failures"
    }
  }

  /// What the states are compared with, in words.
  let base: String
  /// Scans that each lane had under way.
  let window: Int
  let wasInterrupted: Bool
  /// What ended it before everything was measured; nil where nothing did.
  let failure: String?
  let machine: String
  /// Whether what the servers wrote went to memory, which costs less than any disk.
  let isInMemory: Bool
  let rows: [Row]

  init(_ plan: GrowthPlan, _ rows: [Row], wasInterrupted: Bool, failure: String? = nil, isInMemory: Bool = false) {
    (self.isInMemory, self.failure) = (isInMemory, failure)
    base =
      "\(Figures.count(plan.base.lanes, "lane")) with \(plan.badges) badges each in every state, \(Figures.count(plan.base.registrations, "registration")), "
      + "nothing on record but its own scans since the comparison began, nobody watching"
    (window, self.wasInterrupted) = (plan.window, wasInterrupted)
    self.rows = rows.map { row in
      var row = row
      if row.scans > 0, let empty = rows.first(where: { $0.scans == 0 && $0.isLike(row) }), empty.ratio > 0 {
        row.ratioToEmptyRecord = (row.ratio / empty.ratio).rounded(toPlaces: 3)
      }
      return row
    }
    machine = Machine.description
  }

  /// Whether all that is wanted was measured and kept.
  package var isPass: Bool { !wasInterrupted && failure == nil && rows.allSatisfy { ($0.kept ?? true) && $0.works } }

  /// The verdict in a sentence.
  var sentence: String {
    if let failure { return "It ended before everything was measured, since \(failure)" }
    if wasInterrupted { return "It was ended before everything was measured." }
    let broken = rows.filter { $0.kept == false || !$0.works }
    if broken.isEmpty, rows.allSatisfy({ $0.wanted == nil }) {
      return "Everybody was served in these states; no share of the base is asked of them, and the figures are below."
    }
    guard !broken.isEmpty else { return "Check-ins stay as fast as is wanted as the work grows." }
    let parts = broken.map { row in
      if row.watcherFailures > 0 { return "\(Figures.count(row.watcherFailures, "call")) of watchers failed" }
      if !row.works { return "\(row.state): no check-in was answered" }
      return "\(row.state): \(Figures.decimal(row.ratio, 2)) of the base’s check-ins, "
        + "where \(Figures.decimal(row.wanted ?? 0, 2)) are wanted"
        + (row.isUnclear ? " and single turns had up to \(Figures.decimal(row.ratioRange[1], 2))" : "")
    }
    let advice = broken.contains(where: \.isUnclear) ? " Measure again while the machine does nothing else." : ""
    return "Not all that is wanted is kept. " + parts.joined(separator: "; ") + "." + advice
  }

  private enum CodingKeys: String, CodingKey {
    case verdict, base, window, interrupted, machine, states, failure
    case inMemory = "in_memory"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(isPass ? "pass" : "fail", forKey: .verdict)
    try container.encode(base, forKey: .base)
    try container.encode(window, forKey: .window)
    try container.encode(wasInterrupted, forKey: .interrupted)
    try container.encodeIfPresent(failure, forKey: .failure)
    try container.encode(machine, forKey: .machine)
    try container.encode(isInMemory, forKey: .inMemory)
    try container.encode(rows, forKey: .states)
  }
}
