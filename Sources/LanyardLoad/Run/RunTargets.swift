import Histogram
import LanyardDomain

/// Compares what was measured with what is wanted.
struct RunTargets: Sendable {
  private let targets: Scenario.Targets

  init(_ targets: Scenario.Targets) {
    self.targets = targets
  }

  /// What the server was asked, and how much of it came to nothing; so it is counted of a whole run and of a step of a search.
  /// What lanes answered by themselves, or could not, it neither did nor failed to do, and what it tells unasked is no call.
  struct Asked {
    let done: Int
    let failed: Int
    /// What has ended in no way yet; at the end of a run it is among what failed.
    let unanswered: Int

    init(_ operations: [RunOperation: RunRecorder.Timings], unanswered: Int = 0) {
      let asked = operations.lazy.filter { $0.key != RunOperation.offlineCheckIn }.map(\.value)
      done = asked.reduce(0) { $0 + $1.answered }
      failed = asked.reduce(0) { $0 + $1.failures }
      self.unanswered = unanswered
    }

    var all: Int { done + failed + unanswered }
    var failedShare: Double { Double(failed + unanswered) / Double(max(1, all)) }
  }

  /// One thing that is wanted of answer times.
  private struct Share {
    let target: RunTarget
    let name: String
    let operation: RunOperation
    let percentile: Double
    /// Nil where nothing is wanted.
    let limit: Duration?
  }

  private var shares: [Share] {
    let checkIn = RunOperation.checkIn
    return [
      Share(target: .checkInP50, name: "the p50 of check-ins", operation: checkIn, percentile: 50, limit: targets.p50),
      Share(target: .checkInP99, name: "the p99 of check-ins", operation: checkIn, percentile: 99, limit: targets.p99),
      Share(
        target: .checkInP999,
        name: "the p99.9 of check-ins",
        operation: checkIn,
        percentile: 99.9,
        limit: targets.p999
      ),
      Share(
        target: .registrationsP99,
        name: "the p99 of registrations",
        operation: RunOperation.register,
        percentile: 99,
        limit: targets.registrationsP99
      ),
      Share(
        target: .attendanceP99,
        name: "the p99 of admissions on dashboards",
        operation: RunOperation.attendance,
        percentile: 99,
        limit: targets.attendanceP99
      ),
    ]
  }

  /// The first target that a step of a search broke, in words; nil where it kept all. It is judged by the rules of a whole run.
  ///
  /// - Parameter steps: What was due. Who was looked up or has registered is scanned only where that came off.
  func broken(by operations: [RunOperation: RunRecorder.Timings], steps: [RunStep]) -> String? {
    let played = [RunOperation.checkIn, RunOperation.register, RunOperation.search, RunOperation.issueBadge]
    func answered(_ operation: RunOperation) -> Int { operations[operation]?.answered ?? 0 }
    let due = steps.count + answered(RunOperation.search) + answered(RunOperation.issueBadge)
    let ended = answered(RunOperation.checkIn) + answered(RunOperation.register) + answered(RunOperation.search)
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
      "\(target.what)\(target.number == nil ? ":" : " was") \(target.measured), wanted \(target.wanted)"
    }
  }

  private func latencies(_ operations: [RunOperation: RunRecorder.Timings]) -> [RunReport.TargetResult] {
    shares.compactMap { share in
      guard let limit = share.limit else { return nil }
      let times = operations[share.operation]?.times
      let measured = times.flatMap { $0.totalCount > 0 ? $0.milliseconds(share.percentile) : nil }
      return RunReport.TargetResult(
        share.target,
        what: share.name,
        wanted: "at most \(TimeSpan.milliseconds(limit))",
        measured: measured.map(Self.words)
          ?? (share.operation == .attendance ? "not measured" : "none was answered"),
        number: measured,
        kept: measured.map { $0 <= limit / .milliseconds(1) } ?? false
      )
    }
  }

  /// Milliseconds, from a second on in seconds as the tables have them.
  private static func words(_ milliseconds: Double) -> String {
    milliseconds < 1_000 ? "\(milliseconds.rounded(toPlaces: 1)) ms" : Figures.milliseconds(milliseconds)
  }

  /// How much slower check-ins were in the last phase than in the first; nil where nothing is wanted of it.
  ///
  /// - Parameter phases: The p99 of both in milliseconds; nil where none was answered.
  func growth(_ phases: (first: Double?, last: Double?)) -> RunReport.TargetResult? {
    guard let limit = targets.p99Growth else { return nil }
    let what = "the p99 of check-ins in the last phase"
    let wanted = "at most \(limit.rounded(toPlaces: 2)) times that of the first"
    guard let first = phases.first, let last = phases.last, first > 0 else {
      return .init(.p99Growth, what: what, wanted: wanted, measured: "none was answered", number: nil, kept: false)
    }
    let times = last / first
    return RunReport.TargetResult(
      .p99Growth,
      what: what,
      wanted: wanted,
      measured:
        "\(times.rounded(toPlaces: 2)) times (\(Self.words(first)), then \(Self.words(last)))",
      number: times.rounded(toPlaces: 3),
      kept: times <= limit || last - first < RunComparison.milliseconds
    )
  }

  /// How much memory the server held; nil where nothing is wanted of it, or nobody knows.
  func memory(_ bytes: Int?) -> RunReport.TargetResult? {
    guard let limit = targets.serverMemory, let bytes else { return nil }
    return RunReport.TargetResult(
      .serverMemory,
      what: "the server's memory",
      wanted: "at most \(limit) MB",
      measured: Figures.bytes(bytes),
      number: Double(bytes),
      kept: bytes <= limit * 1_000_000
    )
  }

  /// Each target of a whole run that the scenario sets, kept or not.
  func results(
    _ operations: [RunOperation: RunRecorder.Timings],
    errorShare: Double,
    longestSilence: Duration?
  ) -> [RunReport.TargetResult] {
    var results = latencies(operations)
    results.append(
      RunReport.TargetResult(
        .errors,
        what: "the share that failed",
        wanted: targets.errorShare == 0 ? "none" : "at most \((targets.errorShare * 100).rounded(toPlaces: 3)) %",
        measured: "\((errorShare * 100).rounded(toPlaces: 3)) %",
        number: errorShare,
        kept: errorShare <= targets.errorShare
      )
    )
    if let limit = targets.lanesSilent {
      let silence = longestSilence ?? .zero
      results.append(
        RunReport.TargetResult(
          .lanesSilent,
          what: "the longest that a scan waited for any answer",
          wanted: "at most \(TimeSpan.words(limit))",
          measured: TimeSpan.words(silence),
          number: silence / .milliseconds(1),
          kept: silence <= limit
        )
      )
    }
    return results
  }

  /// The share of the phases' length by which the line may outlast them where nothing is wanted of the wait, and the least such time.
  private static let outlasting = (share: 0.1, least: Duration.seconds(60))

  /// How long people may wait in line, kept or not; where the scenario says nothing of that, how long the line may outlast the
  /// phases. Times are those of the morning that is played.
  ///
  /// - Parameter phases: How long they take.
  func results(_ line: WaitingLine, phases: Duration, speed: Double) -> [RunReport.TargetResult] {
    func result(_ target: RunTarget, _ what: String, _ measured: Duration, _ limit: Duration) -> RunReport.TargetResult
    {
      RunReport.TargetResult(
        target,
        what: what,
        wanted: "at most \(TimeSpan.words(limit))",
        measured: Figures.seconds(measured / .seconds(1)),
        number: measured / .milliseconds(1),
        kept: measured <= limit
      )
    }
    if let limit = targets.waitP95 {
      return [result(.waitP95, "the wait in line of 19 of 20 people", line.wait95 * speed, limit)]
    }
    guard let after = line.emptyAfter else { return [] }
    let limit = max(Self.outlasting.least, phases * speed * Self.outlasting.share)
    return [result(.lineOutlasts, "how long the line outlasted the phases", after * speed, limit)]
  }

  /// What is asked of every run, kept or not.
  func results(_ audit: RunReport.Audit) -> [RunReport.TargetResult] {
    if audit.unread != nil {
      return [
        RunReport.TargetResult(
          .audit,
          what: "the audit",
          wanted: "all compared",
          measured: "nothing was",
          number: nil,
          kept: false
        )
      ]
    }
    let counts: [(RunTarget, String, Int)] = [
      (.lost, "scans lost", audit.lost), (.wrong, "scans wrong", audit.wrong), (.double, "scans double", audit.double),
      (.invented, "scans invented", audit.invented), (.miscounted, "wrong headcounts", audit.miscounted),
      (.misregistered, "wrong registrations", audit.misregistered),
    ]
    return counts.filter { $0.0 != .misregistered || audit.comparesRegistrations }
      .map { RunReport.TargetResult($0.0, what: $0.1, none: $0.2) }
  }
}

extension TimeSpan {
  /// As a limit of answer times is said.
  static func milliseconds(_ duration: Duration) -> String {
    duration < .seconds(1) ? "\((duration / .milliseconds(1)).rounded(toPlaces: 1)) ms" : words(duration)
  }
}
