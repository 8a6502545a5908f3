import Foundation
import LanyardTesting
import Testing

@testable import LanyardLoad

@Suite("Growth")
struct GrowthTests {
  private typealias Turn = GrowthServer.Turn

  private static func turn(_ checkIns: Int, failures: Int = 0) -> Turn {
    Turn(
      checkIns: checkIns,
      time: .seconds(2),
      driver: .milliseconds(500),
      server: .seconds(1),
      failures: failures
    )
  }

  private static func report(
    _ turns: [(base: Int, other: Int)],
    failures: Int = 0,
    axis: GrowthPlan.Axis = .watchers,
    wasInterrupted: Bool = false
  ) throws -> GrowthReport {
    let plan = GrowthPlan.full(.seconds(8))
    let step = try #require(plan.steps.first { $0.axis == axis })
    let row = GrowthReport.Row(
      step,
      turns.map { (base: turn($0.base), other: turn($0.other, failures: failures)) }
    )
    return GrowthReport(plan, [row], wasInterrupted: wasInterrupted)
  }

  @Test("Is measured in every state that the design names, each with what is wanted of it")
  func states() {
    let plan = GrowthPlan.full(.seconds(8))
    #expect(plan.base.lanes == 64 && plan.base.registrations == 1_000 && plan.base.scans == 0)
    #expect(plan.steps.map(\.state.lanes) == [1, 8, 512, 64, 64, 64, 64])
    #expect(plan.steps.map(\.state.registrations) == [1_000, 1_000, 7_680, 10_000, 100_000, 100_000, 1_000])
    #expect(plan.steps.map(\.state.scans) == [0, 0, 0, 0, 0, 1_000_000, 0])
    #expect(plan.steps.map(\.wanted) == [nil, nil, 0.8, 0.8, 0.8, 0.8, 0.95])
    let watchers = plan.steps.last?.state.watchers
    #expect(watchers?.screens == 64 && watchers?.attendance == 100 && watchers?.rosters == 0)
    #expect(plan.only([.lanes]).steps.map(\.axis) == [.lanes, .lanes, .lanes])
  }

  @Test("Has as many badges for each lane in every state, so that a batch has as many people in it")
  func badges() {
    for plan in [GrowthPlan.full(.seconds(8)), .quick(.seconds(1))] {
      let states = [plan.base] + plan.steps.map(\.state)
      #expect(states.allSatisfy { $0.registrations >= $0.lanes * plan.badges })
    }
  }

  @Test("Has a store for the most lanes, each with as many badges of its own")
  func store() async throws {
    try await withTemporaryFolder { folder in
      let lanes = GrowthPlan.full(.seconds(8)).steps.map(\.state.lanes).max() ?? 0
      let store = try await MeasuredStore(at: folder.appending(path: "store.sqlite").path, lanes: lanes, people: 1_100)
      for (lanes, each) in [(lanes, 2), (64, 15), (1, 15)] {
        let codes = store.codes(ofLanes: lanes, each: each)
        #expect(codes.count == lanes && codes.allSatisfy { $0.count == each })
        #expect(Set(codes.joined()).count == lanes * each)
      }
    }
  }

  @Test("Is the median of the turns' ratios, with their range, and shares of a processor")
  func ratio() throws {
    let odd = try #require(Self.report([(1_000, 300), (1_000, 980), (1_000, 1_000)]).rows.first)
    #expect(odd.ratio == 0.98 && odd.ratioRange == [0.3, 1])
    let row = try #require(Self.report([(1_000, 1_000), (1_000, 900)]).rows.first)
    #expect(row.ratio == 0.95 && row.ratioRange == [0.9, 1] && row.kept == true)
    #expect(row.base.perSecond == 500 && row.measured.perSecond == 475)
    #expect(row.measured.serverCPU == 0.5 && row.measured.driverCPU == 0.25)
  }

  @Test("Tells what a long record alone costs, beside the same event with an empty one")
  func record() {
    let plan = GrowthPlan.full(.seconds(8))
    func report(_ axes: Set<GrowthPlan.Axis>) -> GrowthReport {
      let rows = plan.only(axes).steps.map { step in
        let carried = step.state.scans > 0 ? 810 : step.state.registrations == 100_000 ? 900 : 1_000
        return GrowthReport.Row(step, [(base: Self.turn(1_000), other: Self.turn(carried))])
      }
      return GrowthReport(plan, rows, wasInterrupted: false)
    }
    let both = report([.registrations, .ledger])
    #expect(both.rows.map(\.ratioToEmptyRecord) == [nil, nil, 0.9])
    #expect(
      GrowthText(both).lines.contains { $0.contains("1,000,000 scans on record carried 0.90 of what the same event") }
    )
    #expect(GrowthText(both).html.contains("carried 0.90 of what the same event"))
    let alone = report([.ledger])
    #expect(alone.rows.map(\.ratioToEmptyRecord) == [nil])
    // The base scans too, and what it scanned stays on its record.
    #expect(!alone.base.contains("nothing on record,") && alone.base.contains("but its own scans"))
  }

  @Test("Is kept where the wanted share is reached, everybody is served and nothing was left out")
  func verdict() throws {
    #expect(try Self.report([(1_000, 950)]).isPass)
    let slow = try Self.report([(1_000, 949)])
    #expect(!slow.isPass && slow.sentence.contains("0.95 are wanted"))
    #expect(!slow.sentence.contains("Measure again"))
    let unclear = try Self.report([(1_000, 700), (1_000, 900), (1_000, 1_300)])
    #expect(!unclear.isPass && unclear.sentence.hasSuffix("Measure again while the machine does nothing else."))
    #expect(try !Self.report([(1_000, 700), (1_000, 1_300)], failures: 1).sentence.contains("Measure again"))
    #expect(unclear.rows[0].isUnclear && !slow.rows[0].isUnclear)
    let nearly = try Self.report([(10_000, 9_496)])
    #expect(!nearly.isPass && nearly.rows[0].ratio == 0.95)
    let unasked = try Self.report([(1_000, 10)], axis: .lanes)
    #expect(unasked.isPass && unasked.sentence.contains("Everybody was served"))
    #expect(try !Self.report([(1_000, 0)], axis: .lanes).isPass)
    let unserved = try Self.report([(1_000, 1_000)], failures: 3)
    #expect(!unserved.isPass && unserved.sentence.contains("3 calls of watchers failed"))
    #expect(try !Self.report([(1_000, 1_000)], wasInterrupted: true).isPass)
    #expect(try !Self.report([(0, 0)]).isPass)
  }

  @Test("Misses each watcher who is told nothing while it is measured, however often others are")
  func unheard() {
    let recorder = RunRecorder()
    var watchers = Scenario.Watchers()
    (watchers.attendance, watchers.screens) = (1, 1)
    for number in [0, 1] { recorder.noteTold(watcher: number) }
    #expect(recorder.unheard(watchers) == 0)
    recorder.forgetTold()
    for _ in 0..<100 { recorder.noteTold(watcher: 1) }
    #expect(recorder.unheard(watchers) == 1)
  }

  @Test("Asks nothing of a small version but that everybody is served")
  func small() throws {
    let plan = GrowthPlan.quick(.seconds(1))
    #expect(plan.steps.allSatisfy { $0.wanted == nil })
    let step = try #require(plan.steps.last)
    func report(_ base: Int, _ other: Int, failures: Int = 0) -> GrowthReport {
      let row = GrowthReport.Row(step, [(base: Self.turn(base), other: Self.turn(other, failures: failures))])
      return GrowthReport(plan, [row], wasInterrupted: false)
    }
    #expect(report(1_000, 10).isPass)
    #expect(!report(1_000, 1_000, failures: 2).isPass)
    #expect(report(1_000, 1_000, failures: 2).sentence.contains("2 calls of watchers failed"))
    #expect(!report(1_000, 0).isPass && report(1_000, 0).sentence.contains("no check-in was answered"))
  }

  @Test("Tells what was compared before something ended it, and what that was")
  func failed() throws {
    let plan = GrowthPlan.full(.seconds(8))
    let step = try #require(plan.steps.last)
    let row = GrowthReport.Row(step, [(base: Self.turn(1_000), other: Self.turn(1_000))])
    let report = GrowthReport(plan, [row], wasInterrupted: false, failure: "the server has ended by itself")
    #expect(!report.isPass && report.sentence.contains("the server has ended by itself"))
    #expect(GrowthText(report).lines.contains { $0.contains("64 lane screens") })
  }

  @Test("Is told as a table and as a page that needs nothing else")
  func texts() throws {
    let text = GrowthText(try Self.report([(1_000, 900)]))
    let row = try #require(text.lines.dropFirst().first { $0.contains("64 lane screens") })
    #expect(text.lines[0].hasPrefix("FAIL: "))
    #expect(row.contains("NOT KEPT") && row.contains("450/s"), "\(row)")
    #expect(row.contains("50 % (50 %)") && row.contains("25 %"), "\(row)")
    #expect(text.html.contains("NOT KEPT") && !text.html.contains("<script") && !text.html.contains("href="))
  }

  @Test("Fails where the server answers nothing any more")
  func standingStill() async {
    let tally = LaneTally(lanes: 2)
    _ = tally.add(3, lane: 0)
    let failure = await #expect(throws: LoadFailure.self) { try await tally.expectAnswers(within: .milliseconds(40)) }
    #expect(failure?.description.contains("after 3 check-ins") == true)
  }

  @Test("Begins when each lane was answered, and ends each with its next answer")
  func tally() async {
    let tally = LaneTally(lanes: 2)
    #expect(tally.add(3, lane: 0))
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await tally.waitUntilAllAnswered() }
      group.addTask { #expect(tally.add(2, lane: 1)) }
    }
    #expect(tally.answered == 5)
    tally.end()
    #expect(!tally.add(1, lane: 0) && tally.answered == 6)
  }
}
