import Foundation
import Histogram
import LanyardDomain

/// Makes the report of what a run took down.
struct RunReportMaker {
  private let scenario: Scenario
  private let ending: RunSession.Ending
  private let state: RunRecorder.State
  private let audit: RunReport.Audit
  private let started: Date
  private let people: Int
  /// By operation, over the whole run.
  private let totals: [RunOperation: RunRecorder.Timings]
  /// Of each fault, in their order.
  private let effects: [FaultEffect]
  /// The longest that a scan waited for any answer; nil where nobody scanned.
  private let silence: Duration?

  /// A driver whose scans leave later than this is the limit itself.
  static let lateLimit = Duration.milliseconds(50)
  /// The share of all processors from which on they are what there is too little of.
  static let busy = 0.85

  init(
    _ scenario: Scenario,
    _ ending: RunSession.Ending,
    _ state: RunRecorder.State,
    _ audit: RunReport.Audit,
    started: Date,
    people: Int
  ) {
    (self.scenario, self.ending, self.state, self.audit) = (scenario, ending, state, audit)
    (self.started, self.people) = (started, people)
    totals = state.totals
    effects = ending.faults.map {
      FaultEffect($0.fault.kind, from: $0.began, to: $0.ended, state.observations, length: ending.length)
    }
    silence = LaneSilence.longest(state.observations, until: ending.length)
  }

  var report: RunReport {
    var report = RunReport()
    report.scenario = scenario.name
    report.summary = scenario.summary
    report.content = scenario.content
    report.started = started.formatted(.iso8601)
    report.seconds = seconds(ending.length)
    report.speed = scenario.speed
    report.seed = scenario.seed
    report.machine = Machine.description
    report.people = people
    let came = ending.steps.filter { $0.coming != nil && $0.due <= ending.length }
    (report.arrivals, report.returns) = (came.count, came.count { $0.coming == .again })
    report.unplayed = Dictionary(grouping: ending.unplayed.filter { $0.due <= ending.length }, by: \.kind.rawValue)
      .mapValues(\.count)
    report.withoutBadge = state.withoutBadge
    report.search = search
    (report.lanes, report.checkpoints) = (scenario.lanes, ending.checkpoints)
    report.wasInterrupted = ending.wasInterrupted
    report.isClosedLoop = scenario.loop != .open
    report.operations = operations(totals, over: phasesTime, carried: carriedInPhases)
    report.audit = audit
    report.driver = driver
    report.server = server
    report.processors = processors
    report.phases = phases
    report.faults = zip(ending.faults, effects).map(fault)
    report.lanesBack = lanesBack
    report.longestSilence = silence.map(seconds)
    report.answers = answers
    report.ends = ends
    report.moments = moments
    report.recorded = scenario.phases.compactMap { phase in
      scenario.recordings[phase.name].map { RunReport.Recorded(phase: phase.name, day: $0) }
    }
    let line = line
    report.line = line.map { RunReport.Line($0, speed: scenario.speed) }
    report.targets = targets
    if let line {
      report.targets += RunTargets(scenario.targets).results(line, phases: scenario.length, speed: scenario.speed)
    }
    let isMeasured = state.answered > 0 || (totals[RunOperation.register]?.times.totalCount ?? 0) > 0
    let isKept = isMeasured && report.targets.allSatisfy(\.kept) && audit.isClean
    // What did not break, or was not played to its end, proves nothing.
    let isComplete = !ending.wasInterrupted && report.faults.allSatisfy { $0.trouble == nil }
    report.verdict = isKept && isComplete && !report.driver.wasTheLimit ? .pass : .fail
    report.sentence = report.verdictSentence
    return report
  }

  /// The phases as far as they were played: one that had not begun when the run was ended says nothing, and one under way was as
  /// long as it lasted.
  private var playedPhases: [(number: Int, phase: Phase, start: Duration, end: Duration)] {
    ending.phases.enumerated().filter { $0.element.start < max(ending.length, .milliseconds(1)) }.map { number, part in
      (number, part.phase, part.start, min(part.end, max(ending.length, part.start)))
    }
  }

  /// How people waited in line; nil where they are served for no time, and where lanes wait for their answers.
  private var line: WaitingLine? {
    guard scenario.service > .zero, scenario.search == nil else { return nil }
    return WaitingLine(ending.steps, phasesEnd: ending.phases.last?.end ?? .zero, until: ending.length)
  }

  private var phasesTime: Duration { playedPhases.reduce(.zero) { $0 + ($1.end - $1.start) } }

  /// How many were answered while a phase lasted, by operation.
  private var carriedInPhases: [RunOperation: Int] {
    playedPhases.reduce(into: [:]) { $0.merge(state.carried[$1.number] ?? [:], uniquingKeysWith: +) }
  }

  private func seconds(_ duration: Duration) -> Double { (duration / .seconds(1)).rounded(toPlaces: 3) }

  /// - Parameter carried: How many were answered in that time, whenever they were due, by operation.
  private func operations(
    _ timings: [RunOperation: RunRecorder.Timings],
    over time: Duration,
    carried: [RunOperation: Int]
  ) -> [String: RunReport.Operation] {
    timings.reduce(into: [:]) { operations, entry in
      let (asked, timings) = entry
      var operation = RunReport.Operation()
      (operation.count, operation.pushed) = (Int(timings.times.totalCount), timings.pushed)
      operation.perSecond = (Double(carried[asked] ?? 0) / max(0.001, time / .seconds(1))).rounded(toPlaces: 1)
      operation.p50 = timings.times.milliseconds(50)
      operation.p90 = timings.times.milliseconds(90)
      operation.p99 = timings.times.milliseconds(99)
      operation.p999 = timings.times.milliseconds(99.9)
      operation.max = operation.count == 0 ? 0 : Double(timings.times.max) / 1000
      operation.errors = timings.errors
      operations[asked.rawValue] = operation
    }
  }

  private var phases: [RunReport.PhaseReport] {
    playedPhases.map { part in
      // Who was found by name, or got a badge, is scanned; who was not is not, and nobody waits for it.
      let found = [RunOperation.search, RunOperation.issueBadge].reduce(0) {
        $0 + (state.timings[part.number]?[$1]?.answered ?? 0)
      }
      let due = found + ending.steps.count { $0.due >= part.start && $0.due < part.end && $0.isScan }
      let carried = state.carried[part.number] ?? [:]
      let answered = [RunOperation.checkIn, RunOperation.offlineCheckIn].reduce(0) { $0 + (carried[$1] ?? 0) }
      let length = max(0.001, (part.end - part.start) / .seconds(1))
      return RunReport.PhaseReport(
        name: part.phase.name,
        start: seconds(part.start),
        end: seconds(part.end),
        asked: (Double(due) / length).rounded(toPlaces: 1),
        carried: (Double(answered) / length).rounded(toPlaces: 1),
        operations: operations(state.timings[part.number] ?? [:], over: part.end - part.start, carried: carried)
      )
    }
  }

  private var driver: RunReport.Driver {
    var driver = RunReport.Driver()
    // The step at which a search broke is too much for whatever gives way first; where it was the first, there is no other.
    let end = ending.limit == nil || ending.phases.count < 2 ? nil : ending.phases.last?.start
    driver.lateP99 = lateP99(before: end ?? ending.length)
    driver.cpuShare = share(ending.driver.processor)
    let isLate = driver.lateP99.map { $0 > Self.lateLimit / .milliseconds(1) } ?? false
    driver.wasTheLimit = isLate || Self.tookTheProcessors(ending.samples.filter { $0.at < end ?? ending.length })
    return driver
  }

  /// The share of one processor over the run; nil of less than a second, of which nothing is known.
  private func share(_ time: Duration) -> Double? {
    ending.length < .seconds(1) ? nil : (time / ending.length).rounded(toPlaces: 3)
  }

  /// How late the 99th of a hundred scans left that were due before a moment, and not while something was broken: a lane
  /// waits for its answers then, and the next scan with it, until it has caught up; nil where none was.
  private func lateP99(before end: Duration) -> Double? {
    var lateness = Histogram<UInt32>(numberOfSignificantValueDigits: .three)
    let broken = zip(ending.faults, effects).map { fault, effect in
      fault.began...max(fault.ended, effect.recovered ?? ending.length) + scenario.patience
    }
    /// Catching up takes no longer than what it is after.
    func isAfter(_ fault: ClosedRange<Duration>, _ due: Duration) -> Bool {
      fault.upperBound < due && due <= fault.upperBound + (fault.upperBound - fault.lowerBound)
    }
    var behind: Set<Int> = []
    for scan in state.observations.sorted(by: { $0.due < $1.due }) where scan.due < end {
      guard let late = scan.lateness else { continue }
      if broken.contains(where: { $0.contains(scan.due) }) {
        behind.insert(scan.lane)
      } else if behind.contains(scan.lane), late > Self.lateLimit, broken.contains(where: { isAfter($0, scan.due) }) {
        continue
      } else {
        behind.remove(scan.lane)
        lateness.record(late)
      }
    }
    return lateness.totalCount == 0 ? nil : lateness.milliseconds(99)
  }

  /// Whether, for more than a tenth of the time, the processors were busy and mostly with the driver; in less than ten
  /// seconds that says nothing. A server that is not this run's own takes nothing that is known of.
  static func tookTheProcessors(
    _ samples: [RunMeter.Sample],
    of processors: Int = ProcessInfo.processInfo.activeProcessorCount
  ) -> Bool {
    guard samples.count >= 10 else { return false }
    let taken = samples.count { $0.driver > $0.server && $0.driver + $0.server >= Self.busy * Double(processors) }
    return taken * 10 > samples.count
  }

  /// How busy the machine was on the whole; nil where the system does not tell, or for less than a second.
  private var processors: RunReport.Processors? {
    let known = ending.samples.compactMap { sample in sample.machine.map { (sample, $0) } }
    guard !known.isEmpty else { return nil }
    func mean(_ share: (RunMeter.Sample, Machine.Load) -> Double) -> Double {
      (known.map { share($0.0, $0.1) }.reduce(0, +) / Double(known.count)).rounded(toPlaces: 3)
    }
    return RunReport.Processors(
      busy: mean { $1.busy / Double($1.processors) },
      others: mean { $0.others / Double($1.processors) }
    )
  }

  private var server: RunReport.Server? {
    ending.server.map { usage in
      var server = RunReport.Server()
      server.cpuShare = share(usage.processor)
      server.memory = usage.memoryPeak
      server.written = ending.isInMemory ? nil : usage.written
      server.starts = ending.serverStarts
      return server
    }
  }

  private var targets: [RunReport.TargetResult] {
    let wanted = RunTargets(scenario.targets)
    // A search goes on until a target breaks: it has found its answer then.
    guard scenario.search == nil else { return deaths + [carried] + wanted.results(audit) }
    let share = RunTargets.Asked(totals).failedShare
    let others = [growth(wanted), wanted.memory(ending.server?.memoryPeak)].compactMap(\.self)
    return deaths + returns + wanted.results(totals, errorShare: share, longestSilence: silence) + others
      + wanted.results(audit)
  }

  /// How much slower the last phase was than the first; nil also where the run was ended before there was anything of it.
  private func growth(_ wanted: RunTargets) -> RunReport.TargetResult? {
    func p99(_ phase: Int) -> Double? {
      let times = state.timings[phase]?[RunOperation.checkIn]?.times
      return times.flatMap { $0.totalCount > 0 ? $0.milliseconds(99) : nil }
    }
    let phases = (first: p99(0), last: p99(scenario.phases.count - 1))
    return ending.wasInterrupted && phases.last == nil ? nil : wanted.growth(phases)
  }

  /// How many lanes scanned when nothing was broken any more, and were answered by the server, each of them; nil where one was not,
  /// and where none scanned or nothing broke.
  private var lanesBack: Int? {
    guard let last = ending.faults.map(\.ended).max() else { return nil }
    let effect = FaultEffect(nil, from: last, to: last, state.observations, length: ending.length)
    return effect.recovered == nil ? nil : effect.lanesAfter
  }

  /// Whether every lane came back after something had broken; nothing where nothing had.
  private var returns: [RunReport.TargetResult] {
    guard !ending.faults.isEmpty else { return [] }
    let missing = LaneReturn.missing(
      state.observations,
      broken: ending.faults.map { $0.began...max($0.began, $0.ended) },
      offline: ending.offlineLanes,
      length: ending.length
    )
    return [RunReport.TargetResult(.laneReturns, what: "lanes that did not come back", none: missing.count)]
  }

  /// What ended that nobody ended; nothing where nothing did.
  private var deaths: [RunReport.TargetResult] {
    let ended: [(RunTarget, String, Int)] = [
      (.serverEnds, "times the server ended by itself", ending.serverDeaths),
      (.laneEnds, "lanes that ended by themselves", state.laneEnds.count),
    ]
    return ended.filter { $0.2 > 0 }.map { RunReport.TargetResult($0.0, what: $0.1, none: $0.2) }
  }

  /// The same in words, with how each ended.
  private var ends: [String] {
    let server = ending.serverDeath.map { ["The server ended by itself: \($0)"] } ?? []
    return server + state.laneEnds.sorted { $0.key < $1.key }.map { "Lane \($0.key + 1): \($0.value)" }
  }

  /// What a search has found.
  private var carried: RunReport.TargetResult {
    let carried = search?.carried
    return RunReport.TargetResult(
      .carried,
      what: "the rate that was carried",
      wanted: "one that keeps every target",
      measured: carried.map { "\(Figures.decimal($0)) scans a second" } ?? "none",
      number: carried,
      kept: carried != nil
    )
  }

  /// Where a search ended, and why; nil where there was none.
  private var search: RunReport.Search? {
    guard scenario.search != nil else { return nil }
    // The last step broke, or was not played to its end.
    let isKept = ending.limit == nil && !ending.wasInterrupted
    let number = ending.phases.count - (isKept ? 1 : 2)
    var search = RunReport.Search()
    if number >= 0, case let (phase, start, end) = ending.phases[number], case .constant(let rate) = phase.arrivals {
      let answered = state.carried[number]?[RunOperation.checkIn] ?? 0
      search.carried = (Double(answered) / max(0.001, (end - start) / .seconds(1))).rounded(toPlaces: 1)
      search.asked = rate.rounded(toPlaces: 1)
      search.p99 = state.timings[number]?[RunOperation.checkIn]?.times.milliseconds(99)
    }
    if let limit = ending.limit {
      search.broken = limit.rate.rounded(toPlaces: 1)
      (search.target, search.shortage) = (limit.broken, limit.shortage)
    }
    return search
  }

  /// What lanes noticed of a fault, from its beginning until all were live again.
  private func fault(_ carried: FaultRunner.Done, _ effect: FaultEffect) -> RunReport.FaultReport {
    var report = RunReport.FaultReport(
      at: seconds(carried.began),
      seconds: seconds(carried.ended - carried.began),
      what: carried.what,
      longestSilence: seconds(effect.silence),
      answeredOffline: effect.offline,
      recovered: effect.recovered.map { seconds($0 - carried.ended) },
      trouble: carried.trouble,
      withoutServer: seconds(effect.withoutServer),
      lanesAfter: effect.lanesAfter
    )
    report.lanesHit = carried.fault.kind.lanes?.count ?? scenario.lanes
    if carried.hitNothing { report.hitNothing = true }
    if case .fullDisk = carried.fault.kind, carried.trouble == nil, !isMet(carried) {
      // What was written meanwhile had its place on the disk already.
      report.trouble = "nothing was written meanwhile that needed more of the disk; let it last longer"
      report.hitNothing = true
    }
    return report
  }

  /// Whether anything came to nothing, or was answered by a lane itself, while the disk was full, and nothing else was broken that
  /// may be why.
  private func isMet(_ disk: FaultRunner.Done) -> Bool {
    // What broke is whole for a lane only when that is live again.
    let others = ending.faults.filter { $0 != disk }.map { fault in
      (fault: fault, backs: liveAgain(after: fault.ended))
    }
    func isElsewhere(_ from: Duration, _ to: Duration, lane: Int?) -> Bool {
      others.contains { fault, backs in
        let end = lane.map { backs[$0] ?? ending.length } ?? fault.ended
        return fault.fault.kind.reaches(lane: lane) && fault.began <= to && from <= end
      }
    }
    let calls = state.deskFailures.contains {
      $0.known >= disk.began && $0.due <= disk.ended && !isElsewhere($0.due, $0.known, lane: nil)
    }
    return calls
      || state.observations.contains {
        $0.through >= disk.began && $0.due <= disk.ended && !$0.isLive
          && !isElsewhere($0.due, $0.answered ?? $0.through, lane: $0.lane)
      }
  }

  /// When each lane was first answered by the server of what was due after a moment; by lane.
  private func liveAgain(after moment: Duration) -> [Int: Duration] {
    state.observations.reduce(into: [:]) { backs, scan in
      guard scan.due >= moment, scan.isLive, let answered = scan.answered else { return }
      backs[scan.lane] = min(backs[scan.lane] ?? answered, answered)
    }
  }

  private var answers: [String: Int] {
    state.observations.reduce(into: [:]) { answers, observation in
      switch observation.outcome {
      case .answered(let verdict, _): answers[verdict.word, default: 0] += 1
      case .failed: answers["FAILED", default: 0] += 1
      case .silent: answers[RunRecorder.noAnswer, default: 0] += 1
      }
    }
  }

  private var moments: [RunReport.Moment] {
    let timeline = state.timeline
    let queues = LaneQueues(ending.steps, lanes: scenario.lanes)
      .atEnds(of: .seconds(timeline.width), count: timeline.stretches.count, state.observations)
    let samples = Dictionary(grouping: ending.samples) { Int($0.at / .seconds(timeline.width)) }
    return timeline.stretches.enumerated().map { number, second in
      var moment = RunReport.Moment()
      moment.at = Double((number + 1) * timeline.width)
      (moment.due, moment.answered) = (second.due, second.answered)
      (moment.failed, moment.offline) = (second.failed, second.offline)
      if let times = second.times, times.totalCount > 0 {
        moment.p50 = times.milliseconds(50)
        moment.p99 = times.milliseconds(99)
        moment.max = Double(times.max) / 1000
      }
      moment.queues = queues[number]
      if let samples = samples[number] {
        let count = Double(samples.count)
        moment.driverCPU = (samples.map(\.driver).reduce(0, +) / count).rounded(toPlaces: 3)
        // Of a server that is not this run's own nothing is measured.
        if ending.server != nil {
          moment.serverCPU = (samples.map(\.server).reduce(0, +) / count).rounded(toPlaces: 3)
          moment.serverMemory = samples.map(\.serverMemory).max()
          if !ending.isInMemory { moment.serverWritten = samples.map(\.serverWritten).reduce(0, +) }
        }
      }
      return moment
    }
  }
}
