import Foundation
import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("The report of a run")
struct RunReportMakerTests {
  /// Two phases of ten seconds, the first with an answer each second and the second with none; the last answers come late.
  private static func report(
    _ change: (inout RunSession.Ending) -> Void = { _ in }
  ) -> RunReport {
    let recorder = RunRecorder()
    for start in [0, 10] { recorder.beginPhase(at: .seconds(start), until: .seconds(start + 10)) }
    for number in 0..<14 {
      // Four are due in the second phase, and answered when it is over.
      let (due, answered) = number < 10 ? (Double(number), Double(number) + 0.5) : (15, 29)
      recorder.record(
        Observation(
          id: UUIDBytes(high: 1, low: UInt64(number)),
          door: 0,
          subject: .forged,
          isOut: false,
          expected: [],
          due: .seconds(due),
          sent: .seconds(due),
          answered: .seconds(answered),
          outcome: .answered(.admitted, offline: false)
        )
      )
    }
    return RunVerdictTests.report(recorder) { ending in
      ending.length = .seconds(30)
      ending.phases = [0, 10].map { start in
        (
          Phase(name: "\(start)", length: .seconds(10), arrivals: .constant(perSecond: 1)), .seconds(start),
          .seconds(start + 10)
        )
      }
      change(&ending)
    }
  }

  @Test("Gives the whole run a rate between those of its phases")
  func rate() {
    let report = Self.report()
    #expect(report.phases.map { $0.operations["check_in"]?.perSecond } == [1, 0])
    #expect(report.operations["check_in"]?.perSecond == 0.5 && report.operations["check_in"]?.count == 14)
  }

  @Test("Counts only what was to come until it was ended as not played, and only phases that began")
  func endedEarly() {
    let report = Self.report { ending in
      (ending.length, ending.wasInterrupted) = (.seconds(5), true)
      ending.unplayed = [1.0, 2, 9, 15].map { RunPlanner.Unplayed(kind: .replaced, due: .seconds($0)) }
    }
    #expect(report.unplayed == ["replaced": 2])
    #expect(report.phases.map(\.name) == ["0"] && report.operations["check_in"]?.perSecond == 2)
  }

  @Test("Says that lanes share checkpoints, and not where each has its own")
  func shared() {
    func words(_ checkpoints: Int) -> String? {
      var report = RunReport()
      (report.lanes, report.checkpoints) = (4, checkpoints)
      return report.sharedWords
    }
    #expect(words(3)?.hasPrefix("4 lanes at 3 checkpoints") == true)
    #expect(words(4) == nil && words(0) == nil)
  }
}
