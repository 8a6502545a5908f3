/// What got better and what got worse from an earlier run to a later one.
package struct RunComparison: Codable, Sendable {
  /// What a change comes to for people.
  package enum Change: String, Codable, Sendable {
    case better, worse, same
    /// The two runs played what cannot be compared.
    case unjudged
  }

  /// How a figure is read.
  package enum Unit: String, Codable, Sendable {
    case milliseconds = "ms"
    case perSecond = "per_second"
    case share
    case microseconds = "us"
    case bytes
    case count
  }

  /// One figure of both runs.
  package struct Row: Codable, Sendable {
    /// In words, such as `check-ins: 99 % within`.
    package let what: String
    package let unit: Unit
    package let earlier: Double
    package let later: Double
    package let change: Change

    fileprivate var unjudged: Row { Row(what: what, unit: unit, earlier: earlier, later: later, change: .unjudged) }
  }

  /// One target of both runs; absent where a run did not have it.
  package struct Target: Codable, Sendable {
    package let what: String
    package let earlier: String?
    package let later: String?
    package let change: Change

    fileprivate var unjudged: Target { Target(what: what, earlier: earlier, later: later, change: .unjudged) }
  }

  /// Relative change below which two runs are the same.
  package static let share = 0.25
  /// Milliseconds below which two times are the same.
  package static let milliseconds = 2.0
  /// The fewest answers of a run above a percentile, of which one more or less changes little.
  private static let beyond = 10.0
  /// Change of a share of what was asked below which two runs are the same.
  private static let points = 0.05
  /// So many standard deviations of a share may be chance.
  private static let deviations = 3.0
  /// What is said of changes that small.
  static let noise =
    "A change of less than 25 % or of less than 2 ms counts as the same, since a machine differs so much from run to run; so "
    + "does one of a percentile above which a run has fewer than ten answers, and of the slowest answer. What was carried, of what was "
    + "asked, counts as the same within 5 % of what was asked, and within three standard deviations of what chance brings in so few calls."

  /// Why the runs can only be compared with care; empty where they played the same on the same machine.
  package let cautions: [String]
  /// Why nothing but the audits is judged, after `since`; absent where all is.
  package let unjudged: String?
  package let rows: [Row]
  package let targets: [Target]

  package init(earlier: RunReport, later: RunReport) {
    cautions = Self.cautions(earlier, later)
    // What is wanted and what is measured are the scenario's; that nothing is lost is asked of each.
    unjudged = Self.differences(earlier, later).first?.reason
    let isAlike = unjudged == nil
    targets = Self.targets(earlier, later).map { isAlike ? $0 : $0.unjudged }
    var rows: [Row] = []
    // Also what only one of the runs did, or did with success: that may be the worst that happened.
    for (name, _) in RunReport.ordered(earlier.operations.merging(later.operations) { $1 }) {
      let none = RunReport.Operation()
      rows += Self.rows(
        Figures.operation(name),
        (earlier.operations[name] ?? none, earlier),
        (later.operations[name] ?? none, later)
      )
    }
    if let before = earlier.server, let after = later.server {
      rows += Self.rows(before, earlier, after, later)
    }
    if !isAlike { rows = rows.map(\.unjudged) }
    let audits: [(String, KeyPath<RunReport.Audit, Int>)] =
      [
        ("lost", \.lost), ("wrong", \.wrong), ("double", \.double), ("invented", \.invented),
        ("miscounted", \.miscounted),
      ]
      + (earlier.audit.comparesRegistrations || later.audit.comparesRegistrations
        ? [("misregistered", \.misregistered)] : [])
    for (name, path) in audits where earlier.audit.unread == nil && later.audit.unread == nil {
      let (before, after) = (Double(earlier.audit[keyPath: path]), Double(later.audit[keyPath: path]))
      let change = Self.exact(before, after)
      // A part of a run may have missed what the whole would have found.
      let isPart = change == .better && (earlier.wasInterrupted || later.wasInterrupted)
      rows.append(
        Row(
          what: "audit: \(name)",
          unit: .count,
          earlier: before,
          later: after,
          change: isPart ? .unjudged : change
        )
      )
    }
    self.rows = rows
  }

  private static func rows(
    _ name: String,
    _ first: (operation: RunReport.Operation, report: RunReport),
    _ second: (operation: RunReport.Operation, report: RunReport)
  ) -> [Row] {
    let (before, after) = (first.operation, second.operation)
    let times: [(String, KeyPath<RunReport.Operation, Double>, above: Double)] = [
      ("50 % within", \.p50, 0.5), ("90 % within", \.p90, 0.1), ("99 % within", \.p99, 0.01),
      ("99.9 % within", \.p999, 0.001), ("slowest", \.max, 0),
    ]
    let count = Double(min(before.count, after.count))
    let rate = carried(name, first, second)
    let failed = Row(
      what: "\(name): failed",
      unit: .share,
      earlier: before.errorShare,
      later: after.errorShare,
      change: exact(before.errorShare, after.errorShare)
    )
    // What one run never asked for is neither slower nor quicker there.
    guard before.asked > 0, after.asked > 0 else { return before.failed + after.failed > 0 ? [failed] : [] }
    guard before.count > 0, after.count > 0 else { return [rate, failed] }
    return [rate]
      + times.map { what, path, above in
        // In thousandths, since a share such as 0.01 is not exact.
        let isEnough = (count * above * 1_000).rounded() >= beyond * 1_000
        let (earlier, later) = (before[keyPath: path], after[keyPath: path])
        return row("\(name): \(what)", .milliseconds, earlier, later, isEnough: isEnough)
      } + [failed]
  }

  /// What was carried: in an open loop of what was asked, since how much that is is the scenario's; in a closed one, whose lanes ask
  /// as much as is carried, and of calls that were made for other reasons, a second.
  private static func carried(
    _ name: String,
    _ first: (operation: RunReport.Operation, report: RunReport),
    _ second: (operation: RunReport.Operation, report: RunReport)
  ) -> Row {
    let what = "\(name): carried"
    let (before, after) = (first.operation, second.operation)
    if first.report.isClosedLoop || second.report.isClosedLoop {
      return row(what, .perSecond, before.perSecond, after.perSecond, isMoreBetter: true)
    }
    /// The share, and by how much it may be off since rates have one decimal.
    func share(_ operation: RunReport.Operation, _ report: RunReport) -> (of: Double, off: Double) {
      let phases = report.phases.reduce(0) { $0 + ($1.end - $1.start) }
      let (time, asked) = (phases > 0 ? phases : report.seconds, Double(max(1, operation.asked)))
      return (min(1, operation.perSecond * time / asked), 0.05 * time / asked)
    }
    let (one, other) = (share(before, first.report), share(after, second.report))
    let (asked, askedLater) = (Double(max(1, before.asked)), Double(max(1, after.asked)))
    let common = (one.of * asked + other.of * askedLater) / (asked + askedLater)
    let chance = deviations * (common * (1 - common) * (1 / asked + 1 / askedLater)).squareRoot()
    let difference = (other.of - one.of).magnitude
    let isSame = difference < points || difference <= chance + one.off + other.off
    let change: Change = isSame ? .same : other.of > one.of ? .better : .worse
    return Row(what: "\(what) of what was asked", unit: .share, earlier: one.of, later: other.of, change: change)
  }

  private static func rows(
    _ before: RunReport.Server,
    _ earlier: RunReport,
    _ after: RunReport.Server,
    _ later: RunReport
  ) -> [Row] {
    var rows: [Row] = []
    let (first, second) = (
      earlier.operations[RunOperation.checkIn.rawValue]?.count ?? 0,
      later.operations[RunOperation.checkIn.rawValue]?.count ?? 0
    )
    if first > 0, second > 0 {
      func each(_ total: Double, _ count: Int) -> Double { total / Double(count) }
      if let share = before.cpuShare, let now = after.cpuShare {
        let each = (each(share * earlier.seconds * 1e6, first), each(now * later.seconds * 1e6, second))
        rows.append(row("server: processor time for each check-in", .microseconds, each.0, each.1))
      }
      if let written = before.written, let now = after.written {
        let each = (each(Double(written), first), each(Double(now), second))
        rows.append(row("server: written for each check-in", .bytes, each.0, each.1))
      }
    }
    rows.append(row("server: most memory", .bytes, Double(before.memory), Double(after.memory)))
    return rows
  }

  private static func row(
    _ what: String,
    _ unit: Unit,
    _ earlier: Double,
    _ later: Double,
    isMoreBetter: Bool = false,
    isEnough: Bool = true
  ) -> Row {
    let (before, after) = (earlier.isFinite ? earlier : 0, later.isFinite ? later : 0)
    let difference = (after - before).magnitude
    let isSame =
      difference < share * max(before.magnitude, after.magnitude) || difference == 0
      || unit == .milliseconds && difference < milliseconds || !isEnough
    let change: Change = isSame ? .same : (after > before) == isMoreBetter ? .better : .worse
    return Row(what: what, unit: unit, earlier: before, later: after, change: change)
  }

  /// Of what should not be at all, each counts.
  private static func exact(_ before: Double, _ after: Double) -> Change {
    before == after ? .same : after > before ? .worse : .better
  }

  private static func targets(_ earlier: RunReport, _ later: RunReport) -> [Target] {
    func words(_ target: RunReport.TargetResult) -> String {
      "\(target.measured) (wanted \(target.wanted)), \(target.kept ? "kept" : "not kept")"
    }
    let new = later.targets.map { target in
      let before = earlier.targets.first { $0.what == target.what }
      let change: Change =
        before.map { $0.kept == target.kept ? .same : target.kept ? .better : .worse } ?? .same
      return Target(what: target.what, earlier: before.map(words), later: words(target), change: change)
    }
    let gone = earlier.targets.filter { old in !later.targets.contains { $0.what == old.what } }
    return new + gone.map { Target(what: $0.what, earlier: words($0), later: nil, change: .same) }
  }

  private static func cautions(_ earlier: RunReport, _ later: RunReport) -> [String] {
    var cautions: [String] = []
    func differ(_ what: String, _ before: String, _ after: String) {
      guard before != after else { return }
      cautions.append(
        "\(what) differs: \(before.isEmpty ? "unknown" : before), then \(after.isEmpty ? "unknown" : after)"
      )
    }
    cautions += differences(earlier, later).map { "\($0.caution), so that nothing but the audits can be judged" }
    if earlier.content.isEmpty != later.content.isEmpty {
      let (old, word) = earlier.content.isEmpty ? (earlier, "earlier") : (later, "later")
      cautions.append(
        "the \(word) report does not say what its scenario played; what is called \(old.scenario) may have been another"
      )
    }
    differ("the seed", "\(earlier.seed)", "\(later.seed)")
    differ("the machine", earlier.machine, later.machine)
    differ("the number of people", Figures.count(earlier.people), Figures.count(later.people))
    differ("the number of lanes", Figures.count(earlier.lanes), Figures.count(later.lanes))
    differ(
      "the loop",
      earlier.isClosedLoop ? "closed" : "open",
      later.isClosedLoop ? "closed" : "open"
    )
    for (name, report) in [("earlier", earlier), ("later", later)] {
      if report.driver.wasTheLimit { cautions.append("in the \(name) run the driver was the limit, not the server") }
    }
    return cautions
  }

  /// In what the runs differ so that neither what is wanted nor what is measured is of the same thing: as a caution says it, and as the
  /// reason for judging nothing.
  private static func differences(_ earlier: RunReport, _ later: RunReport) -> [(caution: String, reason: String)] {
    var found: [(caution: String, reason: String)] = []
    for (name, report) in [("earlier", earlier), ("later", later)] where report.wasInterrupted {
      let words = "the \(name) run was ended before its time"
      found.append((words, words))
    }
    if earlier.speed != later.speed {
      let speeds = "\(Figures.short(earlier.speed)), then \(Figures.short(later.speed))"
      found.append(("the speed differs: \(speeds)", "they were played at different speeds"))
    }
    if let caution = otherScenario(earlier, later) { found.append((caution, "they played different scenarios")) }
    if (earlier.server == nil) != (later.server == nil) {
      func words(_ report: RunReport) -> String { report.server == nil ? "one of others" : "one of its own" }
      found.append(
        ("the server differs: \(words(earlier)), then \(words(later))", "they were played on different servers")
      )
    }
    return found
  }

  /// That the runs did not play the same; nil where they did, as far as they say it. At another speed the same scenario plays
  /// otherwise.
  private static func otherScenario(_ earlier: RunReport, _ later: RunReport) -> String? {
    let areKnown = !earlier.content.isEmpty && !later.content.isEmpty
    let isOther =
      areKnown ? earlier.speed == later.speed && earlier.content != later.content : earlier.scenario != later.scenario
    guard isOther else { return nil }
    return earlier.scenario == later.scenario
      ? "what the scenario \(later.scenario) plays differs: its file was changed"
      : "the scenario differs: \(earlier.scenario), then \(later.scenario)"
  }
}
