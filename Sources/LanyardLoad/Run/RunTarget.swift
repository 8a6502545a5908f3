/// What a target is of; its raw value is its `id` in a report.
enum RunTarget: String, Sendable {
  case checkInP50 = "check_in_p50"
  case checkInP99 = "check_in_p99"
  case checkInP999 = "check_in_p999"
  case registrationsP99 = "registrations_p99"
  case attendanceP99 = "attendance_p99"
  /// The p99 of check-ins in the last phase to that in the first.
  case p99Growth = "p99_growth"
  case errors
  case serverMemory = "server_memory"
  case lanesSilent = "lanes_silent"
  /// The rate that a search found to be carried.
  case carried
  case audit, lost, wrong, double, invented, miscounted, misregistered
  /// Times that a server of a run's own ended that nothing was to end.
  case serverEnds = "server_ends"
  /// Lanes that ended that nothing was to end.
  case laneEnds = "lane_ends"
  /// Lanes that did not come back to the server after something had broken.
  case laneReturns = "lane_returns"
  /// What 19 of 20 people waited in line at most.
  case waitP95 = "wait_p95"
  /// How long the line outlasted the phases.
  case lineOutlasts = "line_outlasts"
}

extension RunReport {
  /// The result of a target; nil where it was not asked for, and in reports of earlier versions.
  func target(_ target: RunTarget) -> TargetResult? { targets.first { $0.id == target.rawValue } }
}

extension RunReport.TargetResult {
  /// - Parameters:
  ///   - what: In words, such as `the p99 of check-ins`.
  ///   - number: What was measured; nil where nothing was.
  init(_ target: RunTarget, what: String, wanted: String, measured: String, number: Double?, kept: Bool) {
    self.init(what: what, wanted: wanted, measured: measured, kept: kept)
    (id, self.number) = (target.rawValue, number)
  }

  /// Of what should not be at all.
  init(_ target: RunTarget, what: String, none count: Int) {
    self.init(target, what: what, wanted: "0", measured: "\(count)", number: Double(count), kept: count == 0)
  }
}
