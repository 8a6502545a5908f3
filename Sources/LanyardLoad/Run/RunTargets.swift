import Histogram
import LanyardDomain

/// Compares what was measured with what is wanted.
struct RunTargets: Sendable {
  /// What the target of registrations is called.
  static let registrationsP99 = "the p99 of registrations"

  private let targets: Scenario.Targets

  init(_ targets: Scenario.Targets) {
    self.targets = targets
  }

  /// What the server was asked, and how much of it came to nothing; so it is counted of a whole run and of a step of a search.
  /// What lanes answered by themselves it neither did nor failed to do, and what it tells unasked is no call.
  struct Asked {
    let done: Int
    let failed: Int
    /// What has ended in no way yet; at the end of a run it is among what failed.
    let unanswered: Int

    /// - Parameter operations: By name.
    init(_ operations: [String: RunRecorder.Timings], unanswered: Int = 0) {
      done = operations.reduce(0) { $1.key == RunRecorder.offlineCheckIn ? $0 : $0 + $1.value.answered }
      failed = operations.values.reduce(0) { $0 + $1.failures }
      self.unanswered = unanswered
    }

    var all: Int { done + failed + unanswered }
    var failedShare: Double { Double(failed + unanswered) / Double(max(1, all)) }
  }

  /// One thing that is wanted of answer times.
  private typealias Share = (name: String, operation: String, percentile: Double, limit: Duration)

  private var shares: [Share] {
    let all: [(String, String, Double, Duration?)] = [
      ("the p50 of check-ins", RunRecorder.checkIn, 50, targets.p50),
      ("the p99 of check-ins", RunRecorder.checkIn, 99, targets.p99),
      ("the p99.9 of check-ins", RunRecorder.checkIn, 99.9, targets.p999),
      (Self.registrationsP99, RunRecorder.register, 99, targets.registrationsP99),
    ]
    return all.compactMap { name, operation, percentile, limit in limit.map { (name, operation, percentile, $0) } }
  }

  /// The first target that a step of a search broke, in words; nil where it kept all. It is judged by the rules of a whole run.
  ///
  /// - Parameters:
  ///   - operations: By name.
  ///   - steps: What was due. Who was looked up or has registered is scanned only where that came off.
  func broken(by operations: [String: RunRecorder.Timings], steps: [RunStep]) -> String? {
    let played = [RunRecorder.checkIn, RunRecorder.register, RunRecorder.search, RunRecorder.issueBadge]
    func answered(_ operation: String) -> Int { operations[operation]?.answered ?? 0 }
    let due = steps.count + answered(RunRecorder.search) + answered(RunRecorder.issueBadge)
    let ended = answered(RunRecorder.checkIn) + answered(RunRecorder.register) + answered(RunRecorder.search)
    let failed = played.reduce(0) { $0 + (operations[$1]?.failures ?? 0) }
    let asked = Asked(operations, unanswered: max(0, due - ended - failed))
    if asked.failedShare > targets.errorShare {
      let isMore = operations.keys.contains { !played.contains($0) }
      let isMixed = isMore || !steps.allSatisfy(\.isScan)
      let words = [(asked.unanswered, "had no answer in time"), (asked.failed, "failed")].filter { $0.0 > 0 }
      return "of \(asked.all) \(isMixed ? "scans and other calls" : "scans") "
        + words.map { "\($0) \($1)" }.joined(separator: ", and ")
    }
    let broken = latencies(operations).first { !$0.kept }
    return broken.map { target in
      let isMeasured = !target.measured.hasPrefix("none")
      return "\(target.what)\(isMeasured ? " was" : ":") \(target.measured), wanted \(target.wanted)"
    }
  }

  private func latencies(_ operations: [String: RunRecorder.Timings]) -> [RunReport.TargetResult] {
    shares.map { share in
      let timings = operations[share.operation] ?? RunRecorder.Timings()
      let measured = timings.times.milliseconds(share.percentile)
      return RunReport.TargetResult(
        what: share.name,
        wanted: "at most \(TimeSpan.milliseconds(share.limit))",
        measured: timings.times.totalCount > 0 ? "\(measured.rounded(toPlaces: 1)) ms" : "none was answered",
        kept: measured <= share.limit / .milliseconds(1) && timings.times.totalCount > 0
      )
    }
  }

  /// Each target of a whole run that the scenario sets, kept or not.
  ///
  /// - Parameter operations: By name.
  func results(
    _ operations: [String: RunRecorder.Timings],
    errorShare: Double,
    longestSilence: Duration?
  ) -> [RunReport.TargetResult] {
    var results = latencies(operations)
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
