import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("What a run says of its machine, and of what it did not measure")
struct RunMachineTests {
  @Test("Other programs that kept the processors busy are named where something was short, and where a target broke")
  func others() {
    func samples(_ busy: Double, driver: Double = 0.1, server: Double = 0.2) -> [RunMeter.Sample] {
      (1...10).map {
        var sample = RunMeter.Sample(
          at: .seconds($0),
          driver: driver,
          server: server,
          serverMemory: 0,
          serverWritten: 0
        )
        sample.machine = Machine.Load(busy: busy, processors: 2)
        return sample
      }
    }
    func shortage(_ samples: [RunMeter.Sample], knowsServer: Bool = true) -> String {
      LimitSearch.shortage(samples, knowsServer: knowsServer, of: 2)
    }
    #expect(shortage(samples(2)).contains("busy with programs other than driver and server (85 % of them)"))
    #expect(shortage(samples(2, server: 0), knowsServer: false).contains("other than the driver (95 % of them)"))
    #expect(shortage(samples(0.4)).contains("its disk"))
    // Where the server has one processor to itself, no other program took it away.
    #expect(shortage(samples(2, server: 0.9)).contains("one writer"))
    #expect(shortage(samples(2, driver: 0.5, server: 1.4)).contains("mostly with the server"))
    var scenario = Scenario(name: "test")
    scenario.targets.p99 = .milliseconds(1)
    func sentence(_ busy: Double) -> String {
      RunVerdictTests.report(RunVerdictTests.scanned(), scenario) { $0.samples = samples(busy) }.sentence
    }
    #expect(sentence(2).contains("programs other than the driver had"), "\(sentence(2))")
    #expect(!sentence(0.4).contains("programs other"))
  }

  @Test("What all programs have used is what the system counts, without what processors waited")
  func machine() throws {
    func stat(_ user: Int, _ idle: Int) -> String {
      "cpu  \(user) 10 20 \(idle) 50 1 2 3 99 0\ncpu0 1 2 3 4\ncpu1 1 2 3 4\nintr 5 6\nctxt 7\n"
    }
    let (before, after) = try (#require(Machine.Usage(stat(100, 200))), #require(Machine.Usage(stat(175, 225))))
    #expect(before.processors == 2 && before.busy == 136 && before.idle == 250)
    #expect(after.since(before) == Machine.Load(busy: 1.5, processors: 2))
    #expect(before.since(before) == nil && Machine.Usage("intr 5") == nil && Machine.Usage("cpu 1 2") == nil)
    #expect(try #require(Machine.Usage.now).busy > 0)
  }

  @Test("A search that breaks in its first step tells how late its scans left")
  func firstStep() {
    func report(_ steps: Int) -> RunReport {
      let recorder = RunRecorder()
      var scan = RunVerdictTests.scan(1, lane: 0, at: 1, .answered(.admitted, offline: false))
      scan.sent = scan.due + .milliseconds(7)
      recorder.noteSent(scan)
      recorder.record(scan)
      var scenario = Scenario(name: "test")
      scenario.search = Scenario.Search(from: 500, factor: 1.25, step: .seconds(10), steps: 3)
      return RunVerdictTests.report(recorder, scenario) {
        let phase = Phase(name: "a", length: .seconds(1), arrivals: .constant(perSecond: 500))
        $0.phases = (0..<steps).map { (phase, .seconds($0), .seconds($0 + 1)) }
        $0.limit = LimitSearch.Limit(rate: 500, broken: "it broke", shortage: "nobody knows")
      }
    }
    #expect(report(1).driver.lateP99.map { (6.5...7.5).contains($0) } == true)
    // Of more steps the one that broke says nothing of the driver.
    #expect(report(2).driver.lateP99 == nil)
  }

  @Test("Registrations stand among the targets where any were compared, and only there")
  func registrations() {
    func ids(_ change: (inout RunReport.Audit) -> Void) -> [String?] {
      var audit = RunReport.Audit()
      change(&audit)
      return RunTargets(Scenario.Targets()).results(audit).map(\.id)
    }
    #expect(!ids { _ in }.contains("misregistered") && ids { _ in }.contains("lost"))
    #expect(
      ids { $0.registered = 1 }.contains("misregistered") && ids { $0.misregistered = 1 }.contains("misregistered")
    )
    #expect(!RunText(RunVerdictTests.report { _ in }).lines().contains { $0.contains("misregistered") })
  }

  @Test("The screen counts what fails as the report does, calls beside the lanes too")
  func errors() {
    let recorder = RunVerdictTests.scanned()
    recorder.record(RunVerdictTests.scan(2, lane: 0, at: 2, .failed("UNAVAILABLE", byServer: true)))
    recorder.record(.search, due: .seconds(1), error: NotFoundByName())
    recorder.record(.register, due: .seconds(1))
    recorder.noteBreak(StreamEnded())
    let report = RunVerdictTests.report(recorder) { _ in }
    let failed = report.operations.values.reduce(0) { $0 + $1.errors.values.reduce(0, +) }
    let answered = report.operations.values.reduce(0) { $0 + $1.count }
    #expect(failed == 3 && recorder.totals().failed == failed)
    #expect(answered == 2 && recorder.totals().answered == answered)
  }
}
