import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("What a run is to keep")
struct RunTargetsTests {
  @Test("A target is broken by answers that are slow, that failed or that never came, and by nothing else")
  func targets() {
    var wanted = Scenario.Targets()
    wanted.p99 = .milliseconds(50)
    wanted.errorShare = 0.01
    let targets = RunTargets(wanted)
    var timings = RunRecorder.Timings()
    for _ in 0..<1_000 { timings.add(.milliseconds(10)) }
    func broken(due: Int) -> String? {
      targets.broken(
        by: [RunOperation.checkIn: timings],
        steps: Array(repeating: Self.step(.scan(.forged)), count: due)
      )
    }
    #expect(broken(due: 1_000) == nil)
    #expect(broken(due: 1_100)?.contains("no answer in time") == true)
    timings.errors["UNAVAILABLE"] = 20
    #expect(broken(due: 1_020) == "of 1020 scans 20 failed")
    timings.errors = [:]
    for _ in 0..<50 { timings.add(.milliseconds(90)) }
    #expect(broken(due: 1_050)?.contains("the p99 of check-ins was") == true)
  }

  @Test("A search asks for a scan only where somebody was found, or got a badge, and fails for what failed before it")
  func searchTargets() {
    var wanted = Scenario.Targets()
    (wanted.p99, wanted.registrationsP99) = (.milliseconds(50), .seconds(1))
    func timings(_ count: Int, errors: Int = 0) -> RunRecorder.Timings {
      var timings = RunRecorder.Timings()
      for _ in 0..<count { timings.add(.milliseconds(10)) }
      if errors > 0 { timings.errors["UNAVAILABLE"] = errors }
      return timings
    }
    let steps = Array(repeating: Self.step(.register(badge: 0)), count: 10) + [Self.step(.lookUp(badge: 0))]
    // Three of those who registered are on the waiting list, and are not scanned.
    var operations = [
      RunOperation.register: timings(10), RunOperation.issueBadge: timings(7), RunOperation.search: timings(1),
      RunOperation.checkIn: timings(8),
    ]
    #expect(RunTargets(wanted).broken(by: operations, steps: steps) == nil)
    operations[RunOperation.register] = timings(9, errors: 1)
    #expect(RunTargets(wanted).broken(by: operations, steps: steps)?.contains("1 failed") == true)
    // Nobody registered: what is asked of registrations is not kept, as in any run.
    let scans = [RunOperation.checkIn: timings(5)]
    let broken = RunTargets(wanted).broken(by: scans, steps: Array(repeating: Self.step(.scan(.forged)), count: 5))
    #expect(broken == "the p99 of registrations: none was answered, wanted at most 1 s")
    // One in a thousand is not let pass where none may fail.
    wanted.registrationsP99 = nil
    let many = Array(repeating: Self.step(.scan(.forged)), count: 2_000)
    #expect(RunTargets(wanted).broken(by: [RunOperation.checkIn: timings(1_999)], steps: many) != nil)
  }

  @Test("A search misses an answer also where somebody is scanned again after the end of its step")
  func late() {
    var wanted = Scenario.Targets()
    wanted.errorShare = 0
    var timings = RunRecorder.Timings()
    for _ in 0..<10 { timings.add(.milliseconds(10)) }
    // Ten scans in the step of ten seconds, of which one has no answer, one after it, and one of the step before.
    let steps = ([-1] + Array(0..<10) + [12]).map { second in
      var step = Self.step(.scan(.forged))
      step.due = .seconds(second)
      return step
    }
    let played = LimitSearch.played(steps, from: .zero)
    let broken = RunTargets(wanted).broken(by: [RunOperation.checkIn: timings], steps: played)
    #expect(broken == "of 11 scans 1 had no answer in time")
  }

  private static func step(_ act: RunStep.Act) -> RunStep {
    RunStep(due: .zero, arrived: nil, service: .zero, lane: 0, act: act, isOut: false, expected: [])
  }

  @Test("What dashboards are told has a target of its own")
  func attendance() {
    var wanted = Scenario.Targets()
    wanted.attendanceP99 = .seconds(1)
    func result(_ times: [Duration]) -> RunReport.TargetResult? {
      var timings = RunRecorder.Timings()
      for time in times { timings.add(time) }
      return RunTargets(wanted).results([.attendance: timings], errorShare: 0, longestSilence: nil)
        .first { $0.id == "attendance_p99" }
    }
    #expect(result([.milliseconds(900)])?.kept == true && result([.milliseconds(1_100)])?.kept == false)
    #expect(result([])?.measured == "not measured" && result([])?.kept == false)
  }

  @Test("Registrations have a target of their own, which a run without any does not keep")
  func registrations() throws {
    var wanted = Scenario.Targets()
    wanted.registrationsP99 = .seconds(1)
    var slow = RunRecorder.Timings()
    for _ in 0..<100 { slow.add(.milliseconds(4_300)) }
    func result(_ operations: [RunOperation: RunRecorder.Timings]) -> RunReport.TargetResult? {
      RunTargets(wanted).results(operations, errorShare: 0, longestSilence: nil)
        .first { $0.what == "the p99 of registrations" }
    }
    #expect(result([RunOperation.register: slow])?.kept == false)
    #expect(result([RunOperation.register: slow])?.measured == "4.3 s")
    #expect(result([:])?.measured == "none was answered" && result([:])?.kept == false)
    var quick = RunRecorder.Timings()
    quick.add(.milliseconds(20))
    #expect(result([RunOperation.register: quick])?.kept == true)
  }

  @Test("The last phase may be so many times as slow as the first, and a change of less than 2 ms is none")
  func growth() throws {
    var wanted = Scenario.Targets()
    #expect(RunTargets(wanted).growth((5, 50)) == nil)
    wanted.p99Growth = 2
    let targets = RunTargets(wanted)
    func isKept(_ first: Double?, _ last: Double?) -> Bool? { targets.growth((first, last))?.kept }
    #expect(isKept(5, 10) == true && isKept(5, 10.5) == false && isKept(5, 1) == true)
    #expect(isKept(0.5, 2.4) == true && isKept(0.5, 2.6) == false)
    let slower = try #require(targets.growth((5, 10.5)))
    #expect(slower.measured == "2.1 times (5.0 ms, then 10.5 ms)" && slower.number == 2.1)
    #expect(isKept(5, nil) == false && isKept(nil, 5) == false)
    #expect(targets.growth((nil, 5))?.measured == "none was answered")
  }

  @Test("A server's memory has a target of its own, of which nothing is said where it is another's")
  func memory() throws {
    var wanted = Scenario.Targets()
    #expect(RunTargets(wanted).memory(1) == nil)
    wanted.serverMemory = 200
    let kept = try #require(RunTargets(wanted).memory(200_000_000))
    let missed = try #require(RunTargets(wanted).memory(201_000_000))
    #expect(kept.kept && !missed.kept && missed.measured == "201 MB" && missed.id == "server_memory")
    #expect(missed.number == 201_000_000 && RunTargets(wanted).memory(nil) == nil)
  }

  @Test("What a lane alone could not answer is no failed call of the server's, and stands among what lanes did")
  func lanesAlone() {
    func share(_ outcome: Observation.Outcome) -> (share: Double, errors: [RunOperation: [String: Int]]) {
      let recorder = RunRecorder()
      for (number, outcome) in [.answered(.admitted, offline: false), outcome].enumerated() {
        recorder.record(
          Observation(
            id: UUIDBytes(high: 1, low: UInt64(number)),
            door: 0,
            subject: .forged,
            isOut: false,
            expected: [],
            due: .zero,
            sent: .zero,
            answered: .milliseconds(5),
            outcome: outcome
          )
        )
      }
      let totals = recorder.snapshot().totals
      return (RunTargets.Asked(totals).failedShare, totals.mapValues(\.errors).filter { !$0.value.isEmpty })
    }
    let alone = share(.failed("OFFLINE", byServer: false))
    #expect(alone.share == 0 && alone.errors == [.offlineCheckIn: ["OFFLINE": 1]])
    for outcome in [
      Observation.Outcome.failed("UNAVAILABLE", byServer: false), .failed("INTERNAL", byServer: true), .silent,
    ] {
      #expect(share(outcome).share == 0.5 && share(outcome).errors.keys.contains(.checkIn))
    }
  }
}
