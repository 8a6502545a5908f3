import LanyardLoad

/// Reports made up for tests of what is shown of them.
enum ReportSample {
  /// An opening morning that went well, or not.
  static func morning(lanes: Int = 8, moments: Int = 540, faults: Int = 2, isPass: Bool = true) -> RunReport {
    var report = RunReport()
    report.verdict = isPass ? .pass : .fail
    report.scenario = "opening-morning"
    report.summary = "3,000 people come to eight lanes on one morning."
    report.started = "2026-11-28T00:10:00Z"
    report.seconds = Double(moments)
    report.speed = 10
    report.seed = 42
    report.machine = "2 processors, 23 GiB, Debian GNU/Linux 12"
    report.people = 3_000
    report.lanes = lanes
    report.version = "1.0.0"
    report.operations = ["check_in": operation(3_214, p99: isPass ? 6.9 : 212), "search": operation(120, p99: 11)]
    if faults > 0 { report.operations["check_in_offline"] = operation(106, p99: 1) }
    report.audit.checked = 3_214
    report.driver.lateP99 = 0.8
    report.driver.cpuShare = 0.11
    var server = RunReport.Server()
    server.cpuShare = 0.23
    server.memory = 93_000_000
    server.written = 41_000_000
    server.starts = 1 + min(faults, 1)
    report.server = server
    report.targets = [
      .init(what: "p99 of check-ins", wanted: "at most 50 ms", measured: isPass ? "6.9 ms" : "212 ms", kept: isPass),
      .init(what: "failed operations", wanted: "none", measured: "0 %", kept: true),
    ]
    let half = Double(moments) / 2
    report.phases = [
      .init(name: "doors open", start: 0, end: half, asked: 7, carried: 7, operations: report.operations),
      .init(name: "late <b>comers</b> & friends", start: half, end: 2 * half, asked: 5, carried: 5, operations: [:]),
    ]
    report.faults = (0..<faults).map { index in
      .init(
        at: Double(moments) * Double(index + 1) / Double(faults + 2),
        seconds: 30,
        what: index.isMultiple(of: 2) ? "the server was killed" : "lanes 1 and 2 were cut off",
        longestSilence: 0.4,
        answeredOffline: 106,
        recovered: index.isMultiple(of: 2) ? 31.5 : nil
      )
    }
    report.answers = [
      "ADMITTED": 2_890, "ALREADY_INSIDE": 171, "BADGE_REVOKED": 20, "BADGE_REPLACED": 33, "SIGNATURE_INVALID": 60,
      "NOT_ADMITTED_HERE": 40,
    ]
    report.moments = (0..<moments).map { moment(at: Double($0), of: Double(moments), lanes: lanes, report.faults) }
    report.sentence = report.verdictSentence
    return report
  }

  static func operation(_ count: Int, p99: Double) -> RunReport.Operation {
    var operation = RunReport.Operation()
    operation.count = count
    operation.perSecond = Double(count) / 540
    operation.p50 = p99 / 5
    operation.p90 = p99 / 3
    operation.p99 = p99
    operation.p999 = p99 * 2
    operation.max = p99 * 6
    return operation
  }

  private static func moment(
    at: Double,
    of length: Double,
    lanes: Int,
    _ faults: [RunReport.FaultReport]
  ) -> RunReport.Moment {
    let share = at / length
    let surge = max(27 * share * (1 - share) * (1 - share), 0)
    let noise = Double((Int(at) * 7_919) % 101) / 101
    let isBroken = faults.contains { $0.at <= at && at < $0.at + $0.seconds }
    var moment = RunReport.Moment()
    moment.at = at
    moment.due = Int(surge * 12 + noise * 3)
    moment.answered = moment.due
    moment.offline = isBroken ? moment.due : 0
    moment.p50 = 1 + noise * 0.6
    moment.p99 = 4 + surge * 2 + noise * 3
    moment.max = moment.p99 * (noise > 0.96 ? 20 : 1.5)
    moment.queues = (0..<lanes).map { Int(surge * Double(3 + $0 % 5) * (0.5 + noise / 2)) }
    moment.serverCPU = isBroken ? 0 : 0.05 + surge / 12 + noise / 30
    moment.driverCPU = 0.02 + surge / 40
    moment.serverMemory = 60_000_000 + Int(33_000_000 * share)
    moment.serverWritten = isBroken ? 0 : Int(surge * 60_000)
    return moment
  }
}
