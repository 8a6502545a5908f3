import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import Testing

@testable import LanyardLoad

@Suite("What a run is judged by")
struct RunVerdictTests {
  @Test("A run in which a fault did not come off, or that was ended early, is no pass")
  func incomplete() {
    #expect(Self.report { _ in }.verdict == .pass)
    let broken = Self.report { $0.faults = [Self.fault(trouble: "there is no disk")] }
    #expect(broken.verdict == .fail)
    #expect(broken.sentence.contains("did not come off (there is no disk)"))
    #expect(Self.report { $0.faults = [Self.fault(trouble: nil)] }.verdict == .pass)
    #expect(Self.report { $0.wasInterrupted = true }.verdict == .fail)
  }

  @Test("The share that failed is of what the server was asked, and not of what lanes decided alone")
  func errors() {
    let recorder = RunRecorder()
    recorder.record(Self.scan(1, lane: 0, at: 1, .failed("UNAVAILABLE", byServer: true)))
    recorder.record(Self.scan(2, lane: 0, at: 2, .answered(.admitted, offline: false)))
    for number in 3..<13 {
      recorder.record(Self.scan(number, lane: 0, at: number, .answered(.admitted, offline: true)))
    }
    func share() -> String? {
      Self.report(recorder) { _ in }.targets.first { $0.what == "the share that failed" }?.measured
    }
    #expect(share() == "50.0 %")
    // What the server tells unasked is no call that came off.
    var shown = RunRecorder.Timings()
    for _ in 0..<1_000 { shown.add(.seconds(1)) }
    shown.pushed = 1_000
    #expect(RunTargets.Asked([.headcount: shown]).all == 0)
    recorder.record(.headcount, due: .seconds(1))
    #expect(share() == "33.333 %")
  }

  @Test("The driver is the limit where it takes more of busy processors than the server")
  func driver() {
    func samples(_ driver: Double, _ server: Double) -> [RunMeter.Sample] {
      (1...10).map {
        RunMeter.Sample(at: .seconds($0), driver: driver, server: server, serverMemory: 0, serverWritten: 0)
      }
    }
    #expect(RunReportMaker.tookTheProcessors(samples(1.2, 0.6), of: 2))
    #expect(!RunReportMaker.tookTheProcessors(samples(0.6, 1.2), of: 2))
    #expect(!RunReportMaker.tookTheProcessors(samples(0.8, 0.6), of: 2))
    #expect(!RunReportMaker.tookTheProcessors([], of: 2))
    // What a server of others takes is not known; that of the driver is.
    let many = Double(ProcessInfo.processInfo.activeProcessorCount)
    #expect(Self.report { $0.samples = samples(many, 0) }.driver.wasTheLimit)
    #expect(!Self.report { $0.samples = samples(many / 2, 0) }.driver.wasTheLimit)
    func shortage(_ driver: Double, _ server: Double, knowsServer: Bool) -> String {
      LimitSearch.shortage(samples(driver, server), knowsServer: knowsServer, of: 2)
    }
    #expect(shortage(1.9, 0, knowsServer: false).contains("the driver kept the processors"))
    #expect(shortage(0.9, 0, knowsServer: false).contains("was not measured"))
    #expect(shortage(1.2, 0.6, knowsServer: true).contains("the driver took more"))
    #expect(shortage(0.6, 1.2, knowsServer: true).contains("mostly with the server"))
    #expect(shortage(0.1, 0.9, knowsServer: true).contains("one writer"))
    #expect(shortage(0.1, 0.2, knowsServer: true).contains("its disk"))
    #expect(LimitSearch.shortage([], knowsServer: false, of: 2) == "nobody measured why")
  }

  @Test("A search carried what was answered in its last good step, and not what that asked for")
  func carried() {
    let recorder = RunRecorder()
    recorder.beginPhase(at: .zero, until: .seconds(10))
    for number in 0..<4 {
      recorder.record(Self.scan(number, lane: 0, at: number, .answered(.admitted, offline: false)))
    }
    var scenario = Scenario(name: "test")
    scenario.search = Scenario.Search(from: 500, factor: 1.25, step: .seconds(10), steps: 1)
    let report = Self.report(recorder, scenario) {
      let phase = Phase(name: "a", length: .seconds(10), arrivals: .constant(perSecond: 500))
      $0.phases = [(phase, .zero, .seconds(10))]
    }
    #expect(report.search?.carried == 0.4 && report.search?.asked == 500)
    #expect(report.sentence.contains("scans a second of 500 asked"), "\(report.sentence)")
  }

  @Test("A phase asks for scans, and for none of those who got no badge")
  func asked() throws {
    let recorder = RunRecorder()
    recorder.begin(at: .now - .seconds(20))
    recorder.beginPhase(at: .zero, until: .seconds(10))
    recorder.record(Self.scan(1, lane: 0, at: 1, .answered(.admitted, offline: false)))
    for operation in [RunOperation.register, RunOperation.register, RunOperation.issueBadge] {
      recorder.record(operation, due: .seconds(1))
    }
    recorder.record(Self.scan(2, lane: 0, at: 2, .answered(.admitted, offline: false)))
    // One is scanned with a badge, one registers and is scanned, and one registers and is on the waiting list.
    let report = Self.report(recorder) {
      let phase = Phase(name: "a", length: .seconds(10), arrivals: .constant(perSecond: 1))
      $0.phases = [(phase, .zero, .seconds(10))]
      $0.steps = [RunStep.Act.scan(.forged), .register(badge: 0), .register(badge: 1)].map {
        RunStep(due: .seconds(1), service: .zero, lane: 0, act: $0, isOut: false, expected: [])
      }
    }
    let phase = try #require(report.phases.first)
    #expect(phase.asked == 0.2 && phase.carried == 0.2)
  }

  @Test("A driver that is late is the limit also where something breaks, but not for what waits for that")
  func late() {
    func late(from start: Int, to end: Int) -> RunReport {
      let recorder = RunRecorder()
      for number in 0..<40 {
        var scan = Self.scan(number, lane: 0, at: number, .answered(.admitted, offline: false))
        if (start..<end).contains(number) {
          (scan.sent, scan.answered) = (scan.due + .seconds(1), scan.due + .seconds(2))
        }
        recorder.noteSent(scan)
        recorder.record(scan)
      }
      return Self.report(recorder) {
        $0.length = .seconds(40)
        $0.faults = [Self.fault(trouble: nil)]
      }
    }
    let fault = Self.fault(trouble: nil)
    let (began, ended) = (Int(fault.began / .seconds(1)), Int(fault.ended / .seconds(1)))
    #expect(!late(from: began, to: ended + 1).driver.wasTheLimit)
    #expect(late(from: began + 20, to: began + 30).driver.wasTheLimit)
  }

  @Test("A scan is as late as it is let go, and one that never was is neither late nor in time")
  func held() {
    func lateP99(_ change: (inout Observation) -> Void) -> Double? {
      let recorder = RunRecorder()
      var scan = Self.scan(1, lane: 0, at: 1, .silent)
      scan.answered = nil
      change(&scan)
      recorder.record(scan)
      return Self.report(recorder) { _ in }.driver.lateP99
    }
    #expect(lateP99 { _ in } == 0)
    #expect(lateP99 { $0.heldUp = .seconds(1) } ?? 0 > 990)
    #expect(lateP99 { $0.sent = nil } == nil)
    #expect(RunReport.Driver().words == "how late scans left was not measured")
  }

  @Test("A run whose record could not be read back proves nothing, and says so first")
  func unread() {
    var audit = RunReport.Audit()
    audit.unread = "the server ended by itself, with its last answer 3.0 s after the start"
    let report = Self.report(audit: audit) { _ in }
    #expect(report.verdict == .fail && !report.audit.isClean)
    #expect(report.sentence.hasPrefix("This run proves nothing: the server ended by itself"))
    #expect(!report.targets.contains { $0.what.hasPrefix("scans") })
    #expect(RunText(report).lines(page: nil).contains { $0.hasPrefix("Audit: none") })
    #expect(ReportPage(report).html.contains("nothing was compared"))
  }

  @Test("Of a fault each lane tells how long it was without the server, and when it was live again")
  func effect() {
    let live = Observation.Outcome.answered(.admitted, offline: false)
    let alone = Observation.Outcome.answered(.admitted, offline: true)
    // Two lanes at one door: the first is live all the time, the second from the ninth second on.
    var scans = (0..<12).map { Self.scan($0, lane: 0, at: $0, live) }
    scans += (0..<12).map { Self.scan(100 + $0, lane: 1, at: $0, (3..<9).contains($0) ? alone : live) }
    let effect = FaultEffect(nil, from: .seconds(3), to: .seconds(6), scans, length: .seconds(12))
    #expect(effect.offline == 6)
    #expect(effect.withoutServer == .milliseconds(6_100))
    #expect(effect.recovered == .milliseconds(9_100))
    let lost = FaultEffect(
      nil,
      from: .seconds(3),
      to: .seconds(6),
      scans.filter { $0.due < .seconds(9) },
      length: .seconds(12)
    )
    #expect(lost.recovered == nil)
    #expect(lost.withoutServer == .seconds(9))
  }

  @Test("An error is no answer: a lane that shows nothing else is silent until it lets somebody in or refuses them")
  func silence() {
    let live = Observation.Outcome.answered(.admitted, offline: false)
    // One lane fails for five seconds; what the other answers meanwhile helps nobody there.
    var scans = (0..<10).map {
      Self.scan($0, lane: 0, at: $0, (3..<8).contains($0) ? .failed("OFFLINE", byServer: false) : live)
    }
    scans += (0..<10).map { Self.scan(100 + $0, lane: 1, at: $0, .answered(.refused(.full), offline: true)) }
    #expect(LaneSilence.longest(scans, until: .seconds(10)) == .milliseconds(5_100))
    let effect = FaultEffect(nil, from: .seconds(3), to: .seconds(8), scans, length: .seconds(10))
    #expect(effect.silence == .milliseconds(5_100))
    #expect(LaneSilence.longest(scans.filter { $0.due < .seconds(8) }, until: .seconds(9)) == .seconds(6))
    #expect(LaneSilence.longest([], until: .seconds(9)) == nil)
    let recorder = RunRecorder()
    for scan in scans { recorder.record(scan) }
    var scenario = Scenario(name: "test")
    (scenario.targets.lanesSilent, scenario.targets.errorShare) = (.seconds(3), 1)
    let report = Self.report(recorder, scenario) { _ in }
    #expect(report.verdict == .fail)
    #expect(report.targets.contains { $0.what.hasPrefix("the longest") && $0.measured == "5.1 s" && !$0.kept })
  }

  @Test("A lane or a server that ended by itself fails a run, with its last words, and what it had used is told")
  func ended() {
    let recorder = Self.scanned()
    recorder.noteLaneEnd(1, "its process has ended by itself: it was killed by signal 9; it said nothing")
    let report = Self.report(recorder) { $0.wasInterrupted = true }
    #expect(report.verdict == .fail && !report.isEndedEarly)
    #expect(report.sentence.hasPrefix("This set-up must not open: a lane ended by itself"))
    #expect(report.ends.first?.hasPrefix("Lane 2: its process has ended by itself") == true)
    let lines = RunText(report).lines()
    #expect(lines.contains { $0.contains("NOT KEPT") && $0.contains("lanes that ended by themselves") })
    #expect(lines.contains { $0.contains("killed by signal 9") })
    #expect(ReportPage(report).html.contains("What ended by itself"))
    var audit = RunReport.Audit()
    audit.unread = "the server ended by itself"
    let dead = Self.report(audit: audit) {
      ($0.serverDeaths, $0.serverDeath) = (1, "it was killed by signal 9; it said nothing")
      $0.server = ProcessUsage()
      $0.server?.memoryPeak = 83_000_000
    }
    #expect(dead.server?.memory == 83_000_000)
    #expect(RunText(dead).lines().contains { $0.contains("of memory since its start") })
    #expect(dead.target(.serverEnds)?.kept == false && dead.target(.laneEnds) == nil)
    #expect(!ReportPage(dead).html.contains("server is not this run&#39;s own"))
    var missed = Self.fault(trouble: "the server was down already")
    #expect(ChaosRun.faults(of: Self.report { $0.faults = [missed] }).count == 1)
    missed.hitNothing = true
    #expect(ChaosRun.faults(of: Self.report { $0.faults = [missed] }).isEmpty)
    #expect(Self.report { $0.faults = [missed] }.verdict == .fail)
    // In a run of chaos nothing is said to have been found that is not told.
    let faults = ChaosRun.faults(of: dead)
    #expect(faults.count == 2 && !faults.contains { $0.contains("does not tell") }, "\(faults)")
  }

  @Test("A wait that nobody planned is told in the first sentence, whether something else broke or not")
  func unplannedSilence() {
    let recorder = Self.scanned()
    var late = Self.scan(2, lane: 0, at: 5, .answered(.admitted, offline: false))
    late.answered = .seconds(12)
    recorder.record(late)
    let plain = Self.report(recorder) { _ in }
    #expect(plain.longestSilence == 7 && plain.sentence.contains("waited 7 s for an answer"), "\(plain.sentence)")
    // The fault was over by then.
    let beside = Self.report(recorder) { $0.faults = [Self.fault()] }
    #expect(beside.sentence.contains("more than 7 s"), "\(beside.sentence)")
    #expect(!Self.report { _ in }.sentence.contains("waited"))
  }

  @Test("A scan that had no answer stands among what failed, and counts once")
  func unanswered() {
    let recorder = Self.scanned()
    recorder.record(Self.scan(2, lane: 0, at: 2, .silent))
    let report = Self.report(recorder) { _ in }
    #expect(report.operations[RunOperation.checkIn.rawValue]?.errors == [RunRecorder.noAnswer: 1])
    #expect(
      report.targets.contains { $0.what == "the share that failed" && $0.measured == "50.0 %" },
      "\(report.targets)"
    )
  }

  @Test("Where a run was ended early its phases were as long as they lasted, and one that had not begun is none")
  func endedEarly() {
    let recorder = Self.scanned()
    for (number, start) in [0, 10, 30].enumerated() {
      recorder.beginPhase(at: .seconds(start), until: .seconds(number == 2 ? 40 : [10, 30][number]))
    }
    for second in 10..<20 {
      recorder.record(Self.scan(second, lane: 0, at: second, .answered(.admitted, offline: false)))
    }
    let phases = Self.report(recorder) { ending in
      ending.wasInterrupted = true
      ending.phases = [(0, 10), (10, 30), (30, 40)].map { start, end in
        (
          Phase(name: "\(start)", length: .seconds(end - start), arrivals: .constant(perSecond: 1)), .seconds(start),
          .seconds(end)
        )
      }
    }.phases
    #expect(phases.map(\.name) == ["0", "10"] && phases.map(\.end) == [10, 20])
    #expect(phases[1].carried == 1)
  }

  @Test("Of another's server whose port refuses nothing more is hoped for")
  func port() async throws {
    let listening = try LoopbackSocket.listening()
    let port = Int(try listening.port())
    #expect(await !ServerPort(.loopback(port: port)).refuses())
    listening.end()
    #expect(await ServerPort(.loopback(port: port)).refuses())
    #expect(await ServerPort(Endpoint(host: "localhost", port: port)).refuses())
  }

  @Test("Values that an option changed are checked as those of the file")
  func overrides() throws {
    var scenario = try Scenario.named("smoke")
    try scenario.check()
    scenario.lanes = 1
    #expect(throws: ScenarioFaults.self) { try scenario.check() }
    var late = Scenario(name: "late")
    late.phases = [Phase(name: "a", length: .seconds(10), arrivals: .constant(perSecond: 1))]
    late.faults = [ScheduledFault(at: .seconds(1), kind: .cut(lanes: [7], .seconds(1)))]
    try late.check()
    late.lanes = 4
    #expect(throws: ScenarioFaults.self) { try late.check() }
  }

  @Test("Lines are broken on the server's own machine only, and the server never where it is another's")
  func otherMachine() async throws {
    let access = ServerAccess(Endpoint(host: "192.0.2.1", port: 4433), token: "t", authorityPath: nil)
    for kind in [ScheduledFault.Kind.cut(lanes: [0], .seconds(1)), .kill(after: .seconds(1))] {
      var scenario = Scenario(name: "broken")
      scenario.faults = [ScheduledFault(at: .zero, kind: kind)]
      let ground = RunGround(scenario, on: .server(access, event: nil), in: FileManager.default.temporaryDirectory) {
        _ in
      }
      let failure = await #expect(throws: LoadFailure.self) { try await ground.withGround { _ in } }
      #expect(failure?.kind == .wrongUse)
      #expect(failure?.description.contains("leave out --server") == true)
    }
  }

  @Test("A run ends on the day on which it begins, and the clock stays in it")
  func day() throws {
    let begins = try #require(OffsetTime("2024-05-27T20:00:00+02:00")).instant
    let day = try RunDay(begins: begins, timeZone: "Europe/Zurich")
    var scenario = Scenario(name: "evening")
    scenario.phases = [Phase(name: "a", length: .seconds(3 * 3600), arrivals: .constant(perSecond: 1))]
    try day.check(scenario)
    scenario.faults = [ScheduledFault(at: .zero, kind: .clockBack(.seconds(21 * 3600)))]
    #expect(throws: LoadFailure.self) { try day.check(scenario) }
    scenario.faults = []
    scenario.phases[0].length = .seconds(5 * 3600)
    let failure = #expect(throws: LoadFailure.self) { try day.check(scenario) }
    #expect(failure?.description.contains("--speed 2") == true)
  }

  @Test("Knows by what is mounted whether a folder lies in memory, where nobody counts what is written")
  func memory() {
    let mounts = """
      /dev/sda1 / ext4 rw 0 0
      tmpfs /tmp tmpfs rw 0 0
      /dev/sdb1 /tmp/my\\040disk ext4 rw 0 0
      """
    func isInMemory(_ path: String) -> Bool {
      PrivateFolder.isInMemory(URL(fileURLWithPath: path, isDirectory: true), mounts: mounts)
    }
    #expect(isInMemory("/tmp/none") && isInMemory("/tmp"))
    #expect(!isInMemory("/tmp/my disk/data") && !isInMemory("/tmpfs") && !isInMemory("/var"))
  }

  @Test("A run in which nothing was answered proves nothing, and its shares of a processor are not measured")
  func nothing() {
    let empty = Self.report(RunRecorder(), audit: RunReport.Audit()) { $0.length = .milliseconds(10) }
    #expect(empty.verdict == .fail && empty.sentence.contains("nothing was scanned"))
    #expect(empty.driver.cpuShare == nil)
    // Nor is anything known of a second in which nobody looked, or of a server of others.
    let unseen = Self.report { _ in }.moments
    #expect(!unseen.isEmpty && unseen.allSatisfy { $0.driverCPU == nil && $0.serverWritten == nil })
    let seen = Self.report {
      $0.samples = [RunMeter.Sample(at: .zero, driver: 0.25, server: 0, serverMemory: 0, serverWritten: 0)]
    }
    #expect(seen.moments[0].driverCPU == 0.25 && seen.moments[0].serverCPU == nil)
    let driver = RunText(empty).lines().first { $0.hasPrefix("Driver: ") }
    #expect(driver?.hasSuffix("an unknown share of one processor; whether it was the limit was not measured.") == true)
    let page = ReportPage(empty).html
    #expect(page.contains("Whether it was the limit was not measured.") && !page.contains("It was not the limit"))
  }

  // MARK: -

  static func scan(_ number: Int, lane: Int, at second: Int, _ outcome: Observation.Outcome) -> Observation {
    Observation(
      id: UUIDBytes(high: 9, low: UInt64(number)),
      door: 0,
      lane: lane,
      subject: .forged,
      isOut: false,
      expected: [],
      due: .seconds(second),
      sent: .seconds(second),
      answered: .seconds(second) + .milliseconds(100),
      outcome: outcome
    )
  }

  static func fault(
    _ kind: ScheduledFault.Kind = .cut(lanes: [0], .seconds(1)),
    trouble: String? = nil
  ) -> FaultRunner.Done {
    let fault = ScheduledFault(at: .seconds(1), kind: kind)
    return FaultRunner.Done(
      fault: fault,
      began: .seconds(1),
      ended: .seconds(2),
      what: fault.what,
      trouble: trouble
    )
  }

  /// One answer was compared with the record, and was right.
  private static let compared: RunReport.Audit = {
    var audit = RunReport.Audit()
    audit.checked = 1
    return audit
  }()

  /// One scan that was answered.
  static func scanned() -> RunRecorder {
    let recorder = RunRecorder()
    recorder.record(scan(1, lane: 0, at: 1, .answered(.admitted, offline: false)))
    return recorder
  }

  static func report(
    _ recorder: RunRecorder = scanned(),
    _ scenario: Scenario = Scenario(name: "test"),
    audit: RunReport.Audit = compared,
    _ change: (inout RunSession.Ending) -> Void
  ) -> RunReport {
    var ending = RunSession.Ending()
    ending.length = .seconds(20)
    change(&ending)
    return RunReportMaker(
      scenario,
      ending,
      recorder.snapshot(),
      audit,
      started: Date(timeIntervalSince1970: 0),
      people: 1
    ).report
  }
}
