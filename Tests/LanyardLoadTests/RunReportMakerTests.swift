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

  @Test("Lists a phase in which nothing happened, in the terminal too")
  func idle() {
    let report = Self.report { ending in
      let idle = Phase(name: "idle", length: .seconds(10), arrivals: .constant(perSecond: 0))
      ending.phases.append((idle, .seconds(20), .seconds(30)))
    }
    #expect(report.phases.map(\.name) == ["0", "10", "idle"] && report.phases[2].operations.isEmpty)
    #expect(RunText(report).lines().contains { $0.hasPrefix("  idle   nothing ") })
    #expect(ReportPage(report).html.contains("<h3>idle: asked 0/s, carried 0/s, from 20 s to 30 s</h3>"))
  }

  @Test("Tells moments by the clock of the morning, however fast it was played, and says so")
  func clocks() {
    var report = ReportSample.morning(moments: 270, faults: 1)
    report.speed = 20
    let page = ReportPage(report).html
    // A fault at a third of 4 min 30 s, and an axis that ends after 90 min.
    #expect(page.contains("the server was killed (from 30 min)"))
    #expect(page.contains("from 0 s to 45 min") && page.contains(">75 min</text>"))
    #expect(page.contains("which was played 20 times as fast as life"))
    #expect(RunText(report).lines().contains { $0.hasPrefix("At 30 min the server was killed") })
    report.speed = 1
    #expect(
      !ReportPage(report).html.contains("as fast as life")
        && !RunText(report).lines().joined().contains("as fast as life")
    )
    #expect(ReportPage(report).html.contains("the server was killed (from 90 s)"))
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
