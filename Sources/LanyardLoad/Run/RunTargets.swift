import Histogram
import LanyardDomain

/// Compares what was measured with what is wanted.
struct RunTargets: Sendable {
  private let targets: Scenario.Targets

  init(_ targets: Scenario.Targets) {
    self.targets = targets
  }

  /// One thing that is wanted of answer times.
  private typealias Share = (name: String, operation: String, percentile: Double, limit: Duration)

  private var shares: [Share] {
    let all: [(String, String, Double, Duration?)] = [
      ("the p50 of check-ins", RunRecorder.checkIn, 50, targets.p50),
      ("the p99 of check-ins", RunRecorder.checkIn, 99, targets.p99),
      ("the p99.9 of check-ins", RunRecorder.checkIn, 99.9, targets.p999),
      ("the p99 of registrations", RunRecorder.register, 99, targets.registrationsP99),
    ]
    return all.compactMap { name, operation, percentile, limit in limit.map { (name, operation, percentile, $0) } }
  }

  /// The first target that a step broke, in words; nil where it kept all.
  ///
  /// - Parameters:
  ///   - operations: By name.
  ///   - due: How many scans there should have been.
  func broken(by operations: [String: RunRecorder.Timings], due: Int) -> String? {
    let timings = operations[RunRecorder.checkIn] ?? RunRecorder.Timings()
    let errors = timings.failures
    let answered = Int(timings.times.totalCount)
    if Double(due - answered) > Double(due) * max(targets.errorShare, 0.001) {
      return "\(due - answered) of \(due) scans had no answer in time"
    }
    if Double(errors) > Double(due) * targets.errorShare { return "\(errors) of \(due) scans failed" }
    for share in shares {
      let measured = operations[share.operation]?.times.milliseconds(share.percentile) ?? 0
      if measured > share.limit / .milliseconds(1) {
        return
          "\(share.name) was \(measured.rounded(toPlaces: 1)) ms, wanted at most \(TimeSpan.milliseconds(share.limit))"
      }
    }
    return nil
  }

  /// Each target of a whole run that the scenario sets, kept or not.
  ///
  /// - Parameter operations: By name.
  func results(
    _ operations: [String: RunRecorder.Timings],
    errorShare: Double,
    longestSilence: Duration?
  ) -> [RunReport.TargetResult] {
    var results = shares.map { share in
      let timings = operations[share.operation] ?? RunRecorder.Timings()
      let measured = timings.times.milliseconds(share.percentile)
      return RunReport.TargetResult(
        what: share.name,
        wanted: "at most \(TimeSpan.milliseconds(share.limit))",
        measured: timings.times.totalCount > 0 ? "\(measured.rounded(toPlaces: 1)) ms" : "none was answered",
        kept: measured <= share.limit / .milliseconds(1) && timings.times.totalCount > 0
      )
    }
    results.append(
      RunReport.TargetResult(
        what: "the share that failed",
        wanted: targets.errorShare == 0 ? "none" : "at most \((targets.errorShare * 100).rounded(toPlaces: 3)) %",
        measured: "\((errorShare * 100).rounded(toPlaces: 3)) %",
        kept: errorShare <= targets.errorShare
      )
    )
    if let limit = targets.lanesSilent {
      let silence = longestSilence ?? .zero
      results.append(
        RunReport.TargetResult(
          what: "the longest that a scan waited for any answer",
          wanted: "at most \(TimeSpan.words(limit))",
          measured: TimeSpan.words(silence),
          kept: silence <= limit
        )
      )
    }
    return results
  }

  /// What is asked of every run, kept or not.
  func results(_ audit: RunReport.Audit) -> [RunReport.TargetResult] {
    if audit.unread != nil {
      return [
        RunReport.TargetResult(what: "the audit", wanted: "all compared", measured: "nothing was", kept: false)
      ]
    }
    let counts = [
      ("scans lost", audit.lost), ("scans wrong", audit.wrong), ("scans double", audit.double),
      ("scans invented", audit.invented), ("wrong headcounts", audit.miscounted),
      ("wrong registrations", audit.misregistered),
    ]
    return counts.map { what, count in
      RunReport.TargetResult(what: what, wanted: "0", measured: "\(count)", kept: count == 0)
    }
  }
}

extension TimeSpan {
  /// As a limit of answer times is said.
  static func milliseconds(_ duration: Duration) -> String {
    duration < .seconds(1) ? "\((duration / .milliseconds(1)).rounded(toPlaces: 1)) ms" : words(duration)
  }
}
