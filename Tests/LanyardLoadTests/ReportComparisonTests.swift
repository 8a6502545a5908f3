import Foundation
import LanyardDomain
import LanyardLoad
import Testing

@Suite("Comparing runs")
struct ReportComparisonTests {
  private func row(_ comparison: RunComparison, _ what: String) throws -> RunComparison.Row {
    try #require(comparison.rows.first { $0.what == what })
  }

  @Test("Finds nothing between a run and itself")
  func same() {
    let report = ReportSample.morning()
    let comparison = RunComparison(earlier: report, later: report)
    #expect(comparison.cautions.isEmpty)
    #expect(comparison.rows.allSatisfy { $0.change == .same } && comparison.targets.allSatisfy { $0.change == .same })
    #expect(comparison.lines.first == "Nothing changed that is more than noise.")
    #expect(comparison.lines.last?.contains("25 %") == true)
  }

  @Test(
    "Calls a change better or worse only above 25 % and two milliseconds",
    arguments: [
      (100.0, 80.0, RunComparison.Change.same), (100, 70, .better), (70, 100, .worse), (0.5, 1.9, .same),
      (1, 2.5, .same), (1, 4, .worse), (0, 0, .same), (0, 5, .worse),
    ]
  )
  func noise(earlier: Double, later: Double, change: RunComparison.Change) throws {
    var (before, after) = (ReportSample.morning(), ReportSample.morning())
    before.operations["check_in"]?.p99 = earlier
    after.operations["check_in"]?.p99 = later
    let comparison = RunComparison(earlier: before, later: after)
    #expect(try row(comparison, "check-ins: 99 % within").change == change)
  }

  @Test("Takes more carried for better, more processor time and memory for worse, and one lost answer for worse")
  func directions() throws {
    var before = ReportSample.morning()
    var after = before
    before.operations["check_in"]?.perSecond /= 2
    after.server?.cpuShare = 0.46
    after.server?.memory /= 2
    after.audit.lost = 1
    let comparison = RunComparison(earlier: before, later: after)
    #expect(try row(comparison, "check-ins: carried of what was asked").change == .better)
    #expect(try row(comparison, "server: processor time for each check-in").change == .worse)
    #expect(try row(comparison, "server: most memory").change == .better)
    #expect(try row(comparison, "audit: lost").change == .worse)
    let lines = comparison.lines
    #expect(lines[0] == "Compared with the earlier run, 2 figures got better, 2 worse and 27 stayed the same.")
    #expect(lines.contains { $0.contains("▲ better  server: most memory: 93 MB → 47 MB (-50 %)") }, "\(lines)")
  }

  @Test("Shows what failed wholly in either run, and takes what watchers are told unasked for no call")
  func failures() throws {
    var (before, after) = (ReportSample.morning(), ReportSample.morning())
    after.operations["search"] = RunReport.Operation()
    after.operations["search"]?.errors = ["UNAVAILABLE": 120]
    after.operations["roster"] = RunReport.Operation()
    after.operations["roster"]?.errors = ["UNAVAILABLE": 3]
    var watching = ReportSample.operation(1_000, p99: 5)
    (watching.pushed, watching.errors) = (999, ["UNAVAILABLE": 1])
    before.operations["attendance"] = watching
    watching.errors["UNAVAILABLE"] = 3
    after.operations["attendance"] = watching
    let comparison = RunComparison(earlier: before, later: after)
    let search = try row(comparison, "look-ups by name: failed")
    #expect(search.earlier == 0 && search.later == 1 && search.change == .worse)
    #expect(try row(comparison, "look-ups by name: carried of what was asked").change == .worse)
    let failed = comparison.rows.filter { $0.what.hasSuffix(": failed") && $0.change == .worse }
    #expect(failed.count == 3)
    #expect(failed.contains { $0.earlier == 0.5 && $0.later == 0.75 })
    let reverse = RunComparison(earlier: after, later: before)
    #expect(try row(reverse, "look-ups by name: failed").change == .better)
  }

  @Test("Judges nothing of different scenarios but what is asked of each")
  func scenarios() throws {
    var (before, after) = (ReportSample.morning(), ReportSample.morning(isPass: false))
    (before.scenario, after.audit.lost) = ("smoke", 1)
    let comparison = RunComparison(earlier: before, later: after)
    #expect(comparison.targets.allSatisfy { $0.change == .unjudged })
    let (audits, others) = (
      comparison.rows.filter { $0.what.hasPrefix("audit") }, comparison.rows.filter { !$0.what.hasPrefix("audit") }
    )
    #expect(!others.isEmpty && others.allSatisfy { $0.change == .unjudged })
    #expect(audits.contains { $0.change == .worse })
    #expect(!comparison.lines.contains { $0.contains("▲") || $0.contains("▼ worse  check-ins") }, "\(comparison.lines)")
    #expect(comparison.cautions.first?.contains("nothing but the audits can be judged") == true)
  }

  @Test(
    "Judges what was carried by what was asked, and not where so few calls differ by chance",
    arguments: [
      (3, 3, 2, 2, RunComparison.Change.same), (3, 3, 3, 2, .same), (20, 20, 20, 17, .same),
      (1_000, 1_000, 1_000, 600, .worse),
      (1_000, 600, 1_000, 1_000, .better), (1_000, 1_000, 2_000, 2_000, .same),
      (100_000, 100_000, 100_000, 97_000, .same),
    ]
  )
  func carried(_ asked: Int, _ carried: Int, _ askedLater: Int, _ carriedLater: Int, change: RunComparison.Change)
    throws
  {
    func report(_ asked: Int, _ carried: Int) -> RunReport {
      var report = ReportSample.morning()
      report.phases = [.init(name: "a", start: 0, end: 10, asked: 0, carried: 0, operations: [:])]
      report.operations["search"] = ReportSample.operation(asked, p99: 5)
      report.operations["search"]?.perSecond = Double(carried) / 10
      return report
    }
    let comparison = RunComparison(earlier: report(asked, carried), later: report(askedLater, carriedLater))
    #expect(try row(comparison, "look-ups by name: carried of what was asked").change == change)
  }

  @Test("Compares rates where lanes ask as much as is carried")
  func closed() throws {
    var (before, after) = (ReportSample.morning(), ReportSample.morning())
    (before.isClosedLoop, after.isClosedLoop) = (true, true)
    after.operations["check_in"]?.perSecond *= 2
    #expect(try row(RunComparison(earlier: before, later: after), "check-ins: carried").change == .better)
  }

  @Test(
    "Judges nothing of a run that was ended early, at another speed, on another server or of a file that was changed"
  )
  func alike() {
    var before = ReportSample.morning()
    before.content = "aa"
    let changes: [(words: String, change: (inout RunReport) -> Void)] = [
      ("the later run was ended before its time", { $0.wasInterrupted = true }),
      ("the speed differs: 10, then 20", { $0.speed = 20 }),
      ("the server differs: one of its own, then one of others", { $0.server = nil }),
      ("what the scenario opening-morning plays differs: its file was changed", { $0.content = "bb" }),
    ]
    for (words, change) in changes {
      var after = ReportSample.morning(isPass: false)
      after.content = "aa"
      after.operations["check_in"]?.perSecond = 0.1
      change(&after)
      let comparison = RunComparison(earlier: before, later: after)
      #expect(
        (comparison.targets.map(\.change) + comparison.rows.map(\.change)).allSatisfy {
          [.unjudged, .same].contains($0)
        }
      )
      #expect(comparison.targets.allSatisfy { $0.change == .unjudged })
      #expect(comparison.lines.contains { $0.hasPrefix("Careful: \(words), so that") }, "\(comparison.lines)")
    }
    // What it is called is no matter.
    var renamed = before
    renamed.scenario = "second-morning"
    #expect(RunComparison(earlier: before, later: renamed).unjudged == nil)
    // A part may have missed what the whole found, but not found too much.
    var (ended, faulty) = (before, before)
    (ended.wasInterrupted, faulty.audit.lost) = (true, 1)
    func lost(_ earlier: RunReport, _ later: RunReport) -> RunComparison.Change? {
      RunComparison(earlier: earlier, later: later).rows.first { $0.what == "audit: lost" }?.change
    }
    #expect(lost(faulty, ended) == .unjudged && lost(ended, faulty) == .worse)
  }

  @Test("Knows a scenario by what it plays, and not by its name, its seed or how many people and lanes it has")
  func content() {
    var scenario = Scenario(name: "one")
    scenario.phases = [Phase(name: "a", length: .seconds(9), arrivals: .constant(perSecond: 4))]
    scenario.mix.weights = [.good: 9, .forged: 1, .byName: 2, .repeated: 3]
    var other = scenario
    (other.name, other.summary, other.seed, other.people, other.lanes) = ("two", "?", 9, 70, 3)
    (other.mix.weights[.revoked], other.phases[0].name) = (0, "b")
    #expect(scenario.content == other.content)
    // It is the same in every process.
    #expect(Scenario(name: "").content == Scenario(name: "empty").content)
    let changes: [(inout Scenario) -> Void] = [
      { $0.phases[0].arrivals = .constant(perSecond: 5) }, { $0.phases[0].length = .seconds(8) },
      { $0.phases[0].arrivals = .replay([.seconds(1)]) }, { $0.phases[0].arrivals = .replay([.seconds(2)]) },
      { $0.mix.weights[.forged] = 2 }, { $0.service = .seconds(1) }, { $0.targets.p99 = .seconds(1) },
      { $0.place = .rooms }, { $0.watchers.screens = 1 }, { $0.loop = .closed(window: 4) },
      { $0.faults = [ScheduledFault(at: .zero, kind: .freeze(.seconds(1)))] },
    ]
    let marks = changes.map { change in
      var changed = scenario
      change(&changed)
      return changed.content
    }
    #expect(Set(marks + [scenario.content]).count == changes.count + 1)
  }

  @Test("Sets a target that is not kept any more against the earlier one")
  func targets() throws {
    let comparison = RunComparison(earlier: ReportSample.morning(), later: ReportSample.morning(isPass: false))
    let target = try #require(comparison.targets.first)
    #expect(target.change == .worse && target.later == "212 ms (wanted at most 50 ms), not kept")
    let reverse = RunComparison(earlier: ReportSample.morning(isPass: false), later: ReportSample.morning())
    #expect(reverse.targets.first?.change == .better)
  }

  @Test("Puts a target that broke before everything, and takes few answers above a percentile for noise")
  func first() throws {
    let before = ReportSample.morning()
    var after = ReportSample.morning(isPass: false)
    after.operations["check_in"]?.p90 = 900
    after.operations["search"]?.p99 = 900
    after.operations["check_in"]?.max = 9_000
    let comparison = RunComparison(earlier: before, later: after)
    #expect(comparison.lines[0].hasPrefix("Not kept any more: p99 of check-ins. "))
    #expect(comparison.lines.first { $0.hasPrefix("  ") }?.contains("p99 of check-ins") == true)
    #expect(try row(comparison, "check-ins: 90 % within").change == .worse)
    #expect(try row(comparison, "look-ups by name: 99 % within").change == .same)
    #expect(try row(comparison, "check-ins: slowest").change == .same)
  }

  @Test("Names what differs between runs that are not quite alike")
  func cautions() {
    let before = ReportSample.morning()
    var after = before
    after.scenario = "smoke"
    after.speed = 1
    after.seed = 7
    after.machine = "another"
    after.isClosedLoop = true
    after.wasInterrupted = true
    after.driver.wasTheLimit = true
    let cautions = RunComparison(earlier: before, later: after).cautions
    for word in [
      "the scenario differs: opening-morning, then smoke", "the speed differs", "the seed differs: 42, then 7",
      "the machine differs", "the loop differs: open, then closed", "the later run was ended",
      "the driver was the limit",
    ] {
      #expect(cautions.contains { $0.contains(word) }, "\(word)")
    }
  }

  @Test("Is JSON that can be read again, and a section of the page")
  func forms() throws {
    let comparison = RunComparison(earlier: ReportSample.morning(), later: ReportSample.morning(isPass: false))
    let json = try JSONEncoder().encode(comparison)
    let read = try JSONDecoder().decode(RunComparison.self, from: json)
    #expect(read.rows.map(\.change) == comparison.rows.map(\.change))
    #expect(ReportPage(ReportSample.morning(), comparison: comparison).html.contains("Compared with an earlier run"))
  }
}
