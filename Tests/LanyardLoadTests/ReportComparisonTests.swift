import Foundation
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
    let before = ReportSample.morning()
    var after = before
    after.operations["check_in"]?.perSecond *= 2
    after.server?.cpuShare = 0.46
    after.server?.memory /= 2
    after.audit.lost = 1
    let comparison = RunComparison(earlier: before, later: after)
    #expect(try row(comparison, "check-ins: carried").change == .better)
    #expect(try row(comparison, "server: processor time for each check-in").change == .worse)
    #expect(try row(comparison, "server: most memory").change == .better)
    #expect(try row(comparison, "audit: lost").change == .worse)
    let lines = comparison.lines
    #expect(lines[0] == "Compared with the earlier run, 2 figures got better, 2 worse and 28 stayed the same.")
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
    #expect(try row(comparison, "look-ups by name: carried").change == .worse)
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
