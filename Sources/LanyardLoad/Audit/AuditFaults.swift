import LanyardDomain

/// Counts faults and tells the first of them, each with its scan's history. Codes never stand in a text.
struct AuditFaults {
  private let audit: Audit
  private(set) var report = RunReport.Audit()
  /// Observations that were found wrong: each counts once, however many rules it breaks.
  private var wrong: Set<Int> = []

  init(_ audit: Audit) {
    self.audit = audit
  }

  mutating func checked() { report.checked += 1 }

  /// Counts a fault of a scan under one head.
  mutating func add(
    _ head: WritableKeyPath<RunReport.Audit, Int>,
    observation: Int?,
    place: Int?,
    _ what: @autoclosure () -> String
  ) {
    if head == \.wrong, let observation, !wrong.insert(observation).inserted { return }
    report[keyPath: head] += 1
    guard report.faults.count < Audit.told else { return }
    var parts = [what()]
    if let observation { parts.append(seen(audit.observations[observation])) }
    parts.append(place.map(recorded) ?? "not on record")
    report.faults.append(parts.joined(separator: "; "))
  }

  /// Counts a scan that a conflict names.
  mutating func addConflict(_ reason: String) { report.conflicts[reason, default: 0] += 1 }

  /// Tells that something was not compared, in words.
  mutating func addNotCompared(_ what: String) { report.notCompared.append(what) }

  /// Counts a headcount that is not the model's.
  mutating func addMiscount(_ what: @autoclosure () -> String) {
    report.miscounted += 1
    if report.faults.count < Audit.told { report.faults.append(what()) }
  }

  /// What the driver saw of a scan.
  private func seen(_ scan: Observation) -> String {
    let subject =
      switch scan.subject {
      case .badge(let index): "badge \(Self.last(audit.venue.badges[index].name))"
      case .forged: "a forged code"
      case .unreadable: "an unreadable code"
      }
    let answer =
      switch scan.outcome {
      case .answered(let verdict, let isOffline): "answered \(verdict.word)\(isOffline ? " by the lane itself" : "")"
      case .failed(let kind, _): "failed with \(kind)"
      case .silent: "never answered"
      }
    let expected = scan.expected.map(\.word).sorted().joined(separator: " or ")
    return """
      scan \(scan.id)\(scan.replacedID.map { " in place of \($0)" } ?? "") \(scan.isOut ? "out" : "in") at \
      \(audit.venue.doors[scan.door].displayName) of \(subject): due \(Self.time(scan.due)), \(scan.sent.map { "sent \(Self.time($0))" } ?? "never sent"), \
      \(answer)\(scan.answered.map { " at \(Self.time($0))" } ?? "")\
      \(expected.isEmpty ? "" : ", planned as \(expected)")
      """
  }

  /// What is on record at a place of the ledger.
  private func recorded(_ place: Int) -> String {
    let scan = audit.after.scans[place]
    let badge = scan.badge.isEmpty ? "no badge" : "badge \(Self.last(scan.badge))"
    let reasons = audit.after.conflicts[scan.id]?.sorted().joined(separator: " and ")
    let conflict = reasons.map { ", in a conflict for \($0)" } ?? ""
    return """
      on record as number \(place + 1): scan \(scan.id) at \(Self.last(scan.door)) of \(badge), \(scan.verdict.word)\
      \(scan.isOffline ? ", by the lane itself" : "")\(scan.isUndone ? ", taken back" : "")\(conflict)
      """
  }

  /// The resource's own id, as people are told it; the name itself where it is none.
  static func last(_ name: String) -> String { ResourceName(name)?.id ?? name }

  private static func time(_ duration: Duration) -> String {
    let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    let fraction = String(1000 + abs(milliseconds) % 1000).dropFirst()
    return "\(milliseconds < 0 ? "-" : "")\(abs(milliseconds) / 1000).\(fraction) s"
  }
}
