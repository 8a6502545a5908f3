import Histogram
import LanyardDomain

/// Compares what was measured with what is wanted.
struct RunTargets: Sendable {
  private let targets: Scenario.Targets

  init(_ targets: Scenario.Targets) {
    self.targets = targets
  }

  /// What is wanted of answer times.
  private var shares: [(name: String, percentile: Double, limit: Duration)] {
    [("p50", 50, targets.p50), ("p99", 99, targets.p99), ("p99.9", 99.9, targets.p999)]
      .compactMap { name, percentile, limit in limit.map { (name, percentile, $0) } }
  }

  /// The first target that a step broke, in words; nil where it kept all.
  ///
  /// - Parameter due: How many scans there should have been.
  func broken(by timings: RunRecorder.Timings, due: Int) -> String? {
    let errors = timings.failures
    let answered = Int(timings.times.totalCount)
    if Double(due - answered) > Double(due) * max(targets.errorShare, 0.001) {
      return "\(due - answered) of \(due) scans had no answer in time"
    }
    if Double(errors) > Double(due) * targets.errorShare { return "\(errors) of \(due) scans failed" }
    for (name, percentile, limit) in shares {
      let measured = timings.times.milliseconds(percentile)
      if measured > limit / .milliseconds(1) {
        return
          "the \(name) of check-ins was \(measured.rounded(toPlaces: 1)) ms, wanted \(TimeSpan.milliseconds(limit))"
      }
    }
    return nil
  }

  /// Each target of a whole run that the scenario sets, kept or not.
  func results(
    _ timings: RunRecorder.Timings,
    errorShare: Double,
    longestSilence: Duration?
  ) -> [RunReport.TargetResult] {
    var results = shares.map { name, percentile, limit in
      let measured = timings.times.milliseconds(percentile)
      return RunReport.TargetResult(
        what: "the \(name) of check-ins",
        wanted: "at most \(TimeSpan.milliseconds(limit))",
        measured: "\(measured.rounded(toPlaces: 1)) ms",
        kept: measured <= limit / .milliseconds(1) && timings.times.totalCount > 0
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
          what: "the longest that a lane gave no answer",
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
    let counts = [
      ("scans lost", audit.lost), ("scans wrong", audit.wrong), ("scans double", audit.double),
      ("scans invented", audit.invented), ("wrong headcounts", audit.miscounted),
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
