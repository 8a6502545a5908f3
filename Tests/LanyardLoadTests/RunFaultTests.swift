import LanyardAPI
import LanyardDomain
import SwiftProtobuf
import Testing

@testable import LanyardLoad

@Suite("What a run in which something breaks is judged by")
struct RunFaultTests {
  private typealias Verdicts = RunVerdictTests
  private static let live = Observation.Outcome.answered(.admitted, offline: false)
  private static let alone = Observation.Outcome.answered(.admitted, offline: true)

  @Test("A disk that was full and that nobody met proves nothing; one at which a scan failed did what it was to do")
  func unmetDisk() {
    func report(_ outcome: Observation.Outcome) -> RunReport {
      let recorder = Verdicts.scanned()
      recorder.record(Verdicts.scan(2, lane: 0, at: 1, outcome))
      return Verdicts.report(recorder) { $0.faults = [Verdicts.fault(.fullDisk(.seconds(1)))] }
    }
    let unmet = report(.answered(.admitted, offline: false))
    #expect(unmet.verdict == .fail && unmet.faults[0].hitNothing == true && unmet.faults[0].trouble != nil)
    #expect(ChaosRun.faults(of: unmet).isEmpty)
    let met = report(.answered(.admitted, offline: true))
    #expect(met.verdict == .pass && met.faults[0].hitNothing == nil && met.faults[0].trouble == nil)
    // A lane whose own line was broken then is no witness, and one whose line was whole is.
    func beside(lane: Int) -> RunReport {
      let recorder = Verdicts.scanned()
      recorder.record(Verdicts.scan(2, lane: lane, at: 1, Self.alone))
      return Verdicts.report(recorder) {
        $0.faults = [Verdicts.fault(.cut(lanes: [0], .seconds(1))), Verdicts.fault(.fullDisk(.seconds(1)))]
      }
    }
    #expect(beside(lane: 0).faults[1].hitNothing == true && beside(lane: 1).faults[1].hitNothing == nil)
    #expect(report(.failed("STORAGE_FULL", byServer: true)).faults[0].trouble == nil)
  }

  @Test("Of registrations those are met by a full disk that failed while it was full, and no others")
  func diskOfDesk() {
    func isMet(due: Duration, began: Duration, ended: Duration) -> Bool {
      let recorder = Verdicts.scanned()
      recorder.begin(at: .now - .seconds(2))
      recorder.record(RunOperation.register, due: due, error: NotFoundByName())
      var fault = Verdicts.fault(.fullDisk(.seconds(1)))
      (fault.began, fault.ended) = (began, ended)
      return Verdicts.report(recorder) { $0.faults = [fault] }.faults[0].hitNothing == nil
    }
    #expect(isMet(due: .seconds(1), began: .seconds(1), ended: .seconds(9)))
    #expect(!isMet(due: .seconds(1), began: .seconds(15), ended: .seconds(16)))
  }

  @Test("A lane that is not live again fails a run in its first sentence, and one that had no time for that does not")
  func returns() {
    func report(length: Int, offline: Set<Int> = [], isBack: Bool = false) -> RunReport {
      let recorder = RunRecorder()
      for second in 0..<length {
        recorder.record(Verdicts.scan(second, lane: 0, at: second, Self.live))
        let outcome = second < 1 || isBack && second > 20 ? Self.live : Self.alone
        recorder.record(Verdicts.scan(1_000 + second, lane: 1, at: second, outcome))
      }
      var scenario = Scenario(name: "test")
      scenario.lanes = 2
      return Verdicts.report(recorder, scenario) {
        let fault = Verdicts.fault(.cut(lanes: [0, 1], .seconds(1)))
        ($0.faults, $0.offlineLanes, $0.length) = ([fault], offline, .seconds(length))
      }
    }
    let lost = report(length: 60)
    #expect(lost.verdict == .fail && lost.target(.laneReturns)?.number == 1)
    #expect(
      lost.sentence.hasPrefix("This set-up must not open: a lane never came back to the server"),
      "\(lost.sentence)"
    )
    #expect(ChaosRun.faults(of: lost).contains { $0.contains("did not come back") })
    let back = report(length: 60, isBack: true)
    #expect(back.verdict == .pass && back.sentence.contains("and every lane came back"), "\(back.sentence)")
    // Ten seconds are too few to say so, unless it is not there when all is over.
    #expect(report(length: 10).verdict == .pass && !report(length: 10).sentence.contains("came back"))
    #expect(
      RunText(report(length: 10)).lines().contains { $0.contains("not every lane was live again before the end") }
    )
    #expect(report(length: 10, offline: [1]).verdict == .fail)
    #expect(Verdicts.report { _ in }.target(.laneReturns) == nil)
  }

  @Test("Of lanes that did not scan after something broke, nobody says that they came back, or when")
  func unfollowed() {
    func report(scansAfter lanes: Int) -> RunReport {
      let recorder = Verdicts.scanned()
      for lane in 0..<lanes { recorder.record(Verdicts.scan(10 + lane, lane: lane, at: 3, Self.live)) }
      var scenario = Scenario(name: "test")
      scenario.lanes = 2
      return Verdicts.report(recorder, scenario) { $0.faults = [Verdicts.fault(.cut(lanes: [0, 1], .seconds(1)))] }
    }
    let nobody = report(scansAfter: 0)
    #expect(nobody.faults[0].recovered == nil && nobody.faults[0].lanesAfter == 0)
    #expect(nobody.verdict == .pass && !nobody.sentence.contains("came back"), "\(nobody.sentence)")
    #expect(RunText(nobody).lines().contains { $0.hasSuffix("and no lane scanned afterwards.") })
    #expect(ReportPage(nobody).html.contains("not measured: none scanned"))
    let one = report(scansAfter: 1)
    #expect(one.faults[0].recovered == 1.1 && one.faults[0].lanesAfter == 1)
    #expect(one.sentence.contains("and every lane that scanned afterwards came back"), "\(one.sentence)")
    #expect(report(scansAfter: 2).sentence.contains("and every lane came back"))
  }

  @Test("Tells of each fault what the lanes noticed that it hit, and of no others")
  func ofItsLanes() throws {
    let recorder = RunRecorder()
    for second in 0..<10 {
      // The first lane is without the server, the third is only slow.
      recorder.record(Verdicts.scan(second, lane: 0, at: second, (2..<8).contains(second) ? Self.alone : Self.live))
      recorder.record(Verdicts.scan(100 + second, lane: 2, at: second, Self.live))
    }
    var scenario = Scenario(name: "test")
    scenario.lanes = 3
    let report = Verdicts.report(recorder, scenario) { ending in
      ending.faults = [
        ScheduledFault.Kind.cut(lanes: [0], .seconds(6)), .slow(lanes: [2], by: .milliseconds(50), .seconds(6)),
        .freeze(.seconds(6)), .fullDisk(.seconds(6)),
      ]
      .map { kind in
        var fault = Verdicts.fault(kind)
        (fault.began, fault.ended) = (.seconds(2), .seconds(8))
        return fault
      }
    }
    let faults = report.faults
    #expect(faults.map(\.answeredOffline) == [6, 0, 6, 6] && faults.map(\.lanesHit) == [1, 1, 3, 3])
    #expect(faults[0].withoutServer ?? 0 > 5 && faults[1].withoutServer == 0)
    #expect(faults.map(\.lanesAfter) == [1, 1, 2, 2])
    #expect(
      RunText(report).lines().contains { $0.contains("slowed down by 50 ms: the lanes that it hit answered 0 scans") }
    )
  }

  @Test("A lane comes back between two faults, or not, whatever it does after the second")
  func between() {
    func missing(_ outcome: (Int) -> Observation.Outcome) -> Set<Int> {
      LaneReturn.missing(
        (0..<100).map { Verdicts.scan($0, lane: 4, at: $0, outcome($0)) },
        broken: [(60, 61), (2, 3), (2, 5)].map { Duration.seconds($0.0)...Duration.seconds($0.1) },
        offline: [],
        length: .seconds(100)
      )
    }
    #expect(missing { _ in Self.live } == [])
    #expect(missing { $0 < 62 ? Self.alone : Self.live } == [4])
    #expect(missing { (6..<50).contains($0) || $0 > 62 ? Self.alone : Self.live } == [])
    #expect(missing { $0 > 62 ? Self.alone : Self.live } == [])
    #expect(missing { $0 > 60 ? Self.alone : Self.live } == [4])
  }

  @Test("A schedule by chance after which nothing was compared has failed")
  func nothingCompared() {
    let empty = ChaosRun.faults(of: Verdicts.report(RunRecorder(), audit: RunReport.Audit()) { _ in })
    #expect(empty == ["Nothing was compared with the record, since no scan was answered"])
    #expect(ChaosRun.faults(of: Verdicts.report { _ in }).isEmpty)
  }

  @Test("All that is broken at a moment is named on the screen, spells without the network too")
  func screen() {
    var scenario = Scenario(name: "test")
    scenario.faults = [
      ScheduledFault(at: .seconds(1), kind: .freeze(.seconds(4))),
      ScheduledFault(at: .seconds(3), kind: .cut(lanes: [1], .seconds(9))),
    ]
    scenario.offline = [.init(at: .seconds(2), length: .seconds(2), lanes: 1)]
    func broken(at second: Int) -> [ScheduledFault.Kind] {
      guard let faults = RunScreen.faults(of: scenario, at: .seconds(second)) else { return [] }
      return scenario.allFaults.filter { faults.what.contains($0.what) }.map(\.kind)
    }
    #expect(broken(at: 0).isEmpty && RunScreen.faults(of: scenario, at: .seconds(12)) == nil)
    #expect(broken(at: 2) == [.freeze(.seconds(4)), .cut(lanes: [0], .seconds(2))])
    #expect(broken(at: 3).count == 3 && broken(at: 10) == [.cut(lanes: [1], .seconds(9))])
    #expect(RunScreen.faults(of: scenario, at: .seconds(3))?.end == .seconds(12))
  }

  @Test("Lines are broken on this machine only, which has more names than the sockets here know")
  func loopback() {
    func endpoint(_ host: String) -> Endpoint { Endpoint(host: host, port: 4433) }
    for host in ["127.0.0.1", "localhost"] {
      #expect(endpoint(host).isLoopback && endpoint(host).isReachedByLoopbackSockets)
    }
    for host in ["::1", "127.0.0.2"] {
      #expect(endpoint(host).isLoopback && !endpoint(host).isReachedByLoopbackSockets)
    }
    #expect(!endpoint("192.0.2.1").isLoopback && !endpoint("192.0.2.1").isReachedByLoopbackSockets)
  }

  @Test("A badge in a state that nobody knows is an error, and one that waits at the desk is not played")
  func states() throws {
    func badge(_ state: Lanyard_V1_Badge.State) -> Lanyard_V1_Badge { .with { $0.state = state } }
    #expect(try Venue.BadgeState.played(badge(.revoked)) == .revoked)
    #expect(try Venue.BadgeState.played(badge(.notActivated)) == nil)
    for state in [Lanyard_V1_Badge.State.unspecified, .UNRECOGNIZED(99)] {
      #expect(throws: LoadFailure.self) { try Venue.BadgeState.played(badge(state)) }
    }
  }
}
