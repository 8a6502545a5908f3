import Foundation
import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("The line before the lanes")
struct WaitingLineTests {
  /// People who come at a second and have their turn at another.
  private static func steps(_ people: [(comes: Double, turn: Double)], service: Double = 1) -> [RunStep] {
    people.map { comes, turn in
      RunStep(
        due: .seconds(turn),
        arrived: .seconds(comes),
        service: .seconds(service),
        lane: 0,
        act: .scan(.forged),
        isOut: false,
        expected: [],
        coming: .new
      )
    }
  }

  @Test("Is longest when most wait, and empty again when the last of them has their turn")
  func longest() throws {
    let steps = Self.steps([(0, 0), (1, 2), (1, 3), (1.5, 4), (5, 5), (6, 7), (9, 12)])
    let line = try #require(WaitingLine(steps, phasesEnd: .seconds(10), until: .seconds(13)))
    #expect(line.longest == 3 && line.longestAt == .seconds(1.5) && line.emptyAt == .seconds(4))
    #expect(line.waitingAtEnd == 1 && line.emptyAfter == .seconds(2))
    // Of seven people 19 of 20 are all.
    #expect(line.wait95 == .seconds(3))
    #expect(WaitingLine([], phasesEnd: .seconds(10), until: .seconds(13)) == nil)
  }

  @Test("Of twenty people one may wait longer, and whoever is scanned a second time is nobody who came")
  func most() throws {
    var steps = Self.steps((0..<19).map { (Double($0), Double($0) + 2) } + [(19, 99)])
    steps.append(contentsOf: Self.steps((0..<40).map { _ in (20, 90) }))
    for index in 20..<60 { steps[index].coming = nil }
    let line = try #require(WaitingLine(steps, phasesEnd: .seconds(20), until: .seconds(100)))
    #expect(line.wait95 == .seconds(2) && line.longest == 41)
  }

  @Test("Of a run that was ended nobody says when it was empty, and who waits then has waited until then")
  func ended() throws {
    let steps = Self.steps([(0, 0), (1, 5), (2, 50), (40, 60)])
    let line = try #require(WaitingLine(steps, phasesEnd: .seconds(30), until: .seconds(10)))
    #expect(line.longest == 2 && line.emptyAt == nil && line.emptyAfter == nil && line.waitingAtEnd == 1)
    #expect(line.wait95 == .seconds(8))
  }

  /// A morning of 90 minutes that is played a hundred times as fast.
  private static func report(lanes: Int, _ change: (inout Scenario) -> Void = { _ in }) throws -> RunReport {
    var scenario = try Scenario.named("opening-morning").faster(by: 100)
    // The only scan that is answered here is slow.
    (scenario.lanes, scenario.targets.attendanceP99, scenario.targets.p99) = (lanes, nil, nil)
    change(&scenario)
    let people = (0..<3_200).map { Venue.Person(registration: "r\($0)", displayName: "P \($0)", group: "Academia") }
    let venue = Venue(
      event: "events/e",
      doors: [Venue.Door(name: "door", displayName: "Door", area: "venue")],
      people: people,
      badges: people.indices.map { Venue.Badge(name: "b\($0)", code: "c\($0)", state: .active, person: $0) }
    )
    var planner = RunPlanner(scenario, venue)
    let steps = planner.steps(of: scenario.phases[0], from: .zero).sorted { $0.due < $1.due }
    return RunVerdictTests.report(RunVerdictTests.scanned(), scenario) { ending in
      ending.steps = steps
      ending.phases = [(scenario.phases[0], .zero, scenario.length)]
      ending.length = max(scenario.length, steps.last?.due ?? .zero)
    }
  }

  @Test("Fails a morning whose lanes are too few, and the verdict says how long it was, in the time of the morning")
  func tooFew() throws {
    let (few, enough) = (try Self.report(lanes: 2), try Self.report(lanes: 8))
    #expect(few.verdict == .fail && few.target(.waitP95)?.kept == false)
    #expect(enough.verdict == .pass && enough.target(.waitP95)?.kept == true, "\(enough.sentence)")
    #expect(
      enough.sentence.contains("; the line was longest with ") && enough.sentence.contains("and empty again after")
    )
    let line = try #require(few.line)
    #expect((500..<1_200).contains(line.longest) && line.waitingAtEnd > 300 && line.wait95 > 900)
    // Two lanes take 100 minutes for it.
    #expect((600..<2_400).contains(line.emptyAfter ?? 0))
    #expect(few.sentence.contains("the wait in line of 19 of 20 people was"), "\(few.sentence)")
    #expect(few.sentence.contains("the line was longest with") && few.sentence.contains("still waited"))
    #expect(RunText(few).lines().contains { $0.hasPrefix("In line: 19 of 20 people waited at most ") })
    #expect(ReportPage(few).html.contains("In line: 19 of 20 people waited at most "))
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(few)) as? [String: any Sendable]
    let written = json?["line"] as? [String: any Sendable]
    #expect(written?["longest"] as? Int == line.longest && written?["empty_after_seconds"] != nil)
    #expect(try RunReport(reading: JSONEncoder().encode(few), named: "a").line?.longest == line.longest)
  }

  @Test("Fails a scenario that says nothing of the wait where it outlasts the morning by long, and no other")
  func outlasts() throws {
    let few = try Self.report(lanes: 2) { $0.targets.waitP95 = nil }
    #expect(few.verdict == .fail && few.target(.lineOutlasts)?.kept == false && few.target(.waitP95) == nil)
    #expect(try Self.report(lanes: 3) { $0.targets.waitP95 = nil }.verdict == .pass)
    // Where so long a wait is asked for, the line is told all the same.
    let patient = try Self.report(lanes: 2) { $0.targets.waitP95 = .seconds(3_600) }
    #expect(patient.verdict == .pass && patient.sentence.contains("still waited"), "\(patient.sentence)")
  }

  @Test("Is none where each is served at once, and no target is of it then")
  func none() throws {
    let served = try Self.report(lanes: 2) { $0.service = .zero }
    #expect(served.line == nil && served.target(.waitP95) == nil && !served.sentence.contains("line was"))
    func fault(_ yaml: String) -> String? {
      do throws(ScenarioFaults) {
        _ = try Scenario(yaml: "phases: [{length: 1m, arrivals: {constant: 4}}]\n\(yaml)", name: "test")
        return nil
      } catch {
        return error.faults.map(\.english).joined(separator: "\n")
      }
    }
    let target = "targets: {wait_p95: 3m}"
    #expect(fault("service: 4s\n\(target)") == nil)
    #expect(fault(target)?.contains("targets.wait_p95 is of the wait in a line, and nobody waits") == true)
    #expect(fault("service: 4s\nloop: {closed: {window: 2}}\n\(target)")?.contains("nobody waits") == true)
    // What cannot be read is told once.
    #expect(fault("service: long\n\(target)")?.contains("nobody waits") == false)
  }

  @Test("The screen shows the time until it is through, and that only it is left")
  func screen() {
    var scenario = Scenario(name: "test")
    scenario.phases = [Phase(name: "doors open", length: .seconds(10), arrivals: .constant(perSecond: 1))]
    let queues = LaneQueues(Self.steps([(1, 1), (9, 25)], service: 4), lanes: 1)
    let part = RunScreen.Part(phases: [(scenario.phases[0], .zero, .seconds(10))], queues: queues)
    #expect(RunScreen.length(of: scenario, part) == .seconds(29))
    #expect(RunScreen.phase(of: part, at: .seconds(9)) == "doors open")
    #expect(RunScreen.phase(of: part, at: .seconds(20)) == "the line after doors open")
    scenario.loop = .closed(window: 1)
    #expect(RunScreen.length(of: scenario, part) == nil)
  }
}
