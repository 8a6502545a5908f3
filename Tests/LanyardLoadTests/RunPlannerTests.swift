import LanyardDomain
import Testing

import struct LanyardLoad.Verdict

@testable import LanyardLoad

@Suite("The plan of a run")
struct RunPlannerTests {
  @Test("Is the same for the same seed, and another for another")
  func seeded() {
    let steps = Self.steps(seed: 5)
    #expect(steps == Self.steps(seed: 5))
    #expect(steps != Self.steps(seed: 6))
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.due <= $1.due })
  }

  @Test("Has something of every kind of the mix, with the answers that are right")
  func kinds() {
    let steps = Self.steps(seed: 1)
    for reason in ["FORGED", "UNREADABLE", "REPLACED", "REVOKED", "NOT_ADMITTED_HERE", "ALREADY_INSIDE"] {
      #expect(steps.contains { $0.expected == [.refused(reason)] }, "\(reason)")
    }
    #expect(steps.contains { $0.expected == [.admitted, .refused("ALREADY_INSIDE")] })
    #expect(steps.contains { $0.isOut && $0.expected == [.left] })
    #expect(steps.contains { if case .lookUp = $0.act { true } else { false } })
    let registered = steps.compactMap { if case .register(let badge) = $0.act { badge } else { nil } }
    #expect(!registered.isEmpty && Set(registered).count == registered.count)
    #expect(registered.allSatisfy { $0 >= Self.venue.badges.count })
  }

  @Test("Expects FULL too where a room takes only so many, also of who registers there")
  func full() {
    let limited = Self.steps(seed: 1, capacity: 10).filter { $0.expected.contains(.admitted) }
    #expect(!limited.isEmpty && limited.allSatisfy { $0.expected.contains(.refused("FULL")) })
  }

  @Test("Shows what a badge is worth, and a person at a door that admits their group")
  func badges() {
    for step in Self.steps(seed: 3) {
      guard case .scan(.badge(let index)) = step.act, index < Self.venue.badges.count else { continue }
      let (badge, door) = (Self.venue.badges[index], Self.venue.doors[step.lane])
      #expect((badge.state == .replaced) == (step.expected == [.refused("REPLACED")]))
      #expect((badge.state == .revoked) == (step.expected == [.refused("REVOKED")]))
      let isAdmitted = door.admits?.contains(Self.venue.people[badge.person].group) ?? true
      #expect(isAdmitted != (step.expected == [.refused("NOT_ADMITTED_HERE")]))
    }
  }

  @Test("Takes nobody for fresh who is inside already, and lets them out before they come in again")
  func inside() {
    var venue = Self.venue
    venue.inside = Set(10..<290)
    var scenario = Scenario(name: "test")
    scenario.lanes = 4
    var planner = RunPlanner(scenario, venue)
    let steps = planner.steps(
      of: Phase(name: "a", length: .seconds(60), arrivals: .constant(perSecond: 5)),
      from: .zero
    )
    var seen: Set<Int> = []
    for step in steps {
      guard case .scan(.badge(let badge)) = step.act, seen.insert(badge).inserted else { continue }
      #expect(step.isOut == venue.inside.contains(badge))
      #expect(step.expected == (step.isOut ? [.left] : [.admitted]))
    }
    #expect(seen.count > 100)
  }

  @Test("Plays no door that is known for what is on record there only")
  func unplayed() {
    var venue = Self.venue
    venue.doors.insert(
      Venue.Door(name: "zone", displayName: "Zone", area: "zone", isEntrance: false, isPlayed: false),
      at: 0
    )
    var scenario = Scenario(name: "test")
    scenario.lanes = 8
    let planner = RunPlanner(scenario, venue)
    #expect(!planner.doorOfLane.contains(0) && Set(planner.doorOfLane) == Set(1...5))
  }

  @Test("Serves nobody at a lane while it serves another, and sends people to the lane that is free first")
  func queue() {
    let steps = Self.steps(seed: 2, service: .seconds(1))
    for lane in 0..<4 {
      let served = steps.filter { $0.lane == lane && $0.arrived != nil && $0.service > .zero }.sorted {
        $0.due < $1.due
      }
      #expect(served.count > 10)
      for (one, next) in zip(served, served.dropFirst()) { #expect(one.due + one.service <= next.due) }
      #expect(served.allSatisfy { $0.arrived.map { $0 <= .zero } == true || $0.due >= $0.arrived ?? .zero })
    }
  }

  @Test("Brings as many as the rate says once everybody has been there, and without service nobody waits for a turn")
  func rate() {
    let steps = Self.fewPeople(service: .zero)
    #expect(steps.allSatisfy { $0.arrived == nil || $0.arrived == $0.due })
    let seconds = Dictionary(grouping: steps) { Int($0.due / .seconds(1)) }
    #expect((0..<10).allSatisfy { (15...75).contains(seconds[$0]?.count ?? 0) }, "\(seconds.mapValues(\.count))")
  }

  @Test("Keeps no lane free for who comes back later: people are served in the order in which they come")
  func turns() {
    let steps = Self.fewPeople(service: .milliseconds(50))
    for lane in 0..<4 {
      let arrivals = steps.filter { $0.lane == lane }.compactMap(\.arrived)
      #expect(arrivals.count > 5 && zip(arrivals, arrivals.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test("Lets somebody who is in the midst of a re-entry come back after it, also where nobody else is there")
  func busy() {
    var (inside, planned): (Set<Observation.Subject>, [RunStep]) = ([], Self.fewPeople(mix: [.reentry: 1], people: 12))
    planned.sort { $0.due < $1.due }
    for step in planned {
      guard case .scan(let badge) = step.act else { continue }
      #expect(step.isOut == inside.contains(badge))
      if step.isOut { inside.remove(badge) } else { inside.insert(badge) }
    }
    #expect(planned.count > 300)
  }

  @Test("Counts a surge of so many people as so many arrivals, whatever else each of them does", arguments: [0.0, 0.5])
  func arrivals(service: Double) {
    var scenario = Scenario(name: "test")
    (scenario.lanes, scenario.service) = (4, .seconds(service))
    for kind in Mix.Kind.allCases { scenario.mix.weights[kind] = 1 }
    var planner = RunPlanner(scenario, Self.venue)
    let surge = Phase(name: "a", length: .seconds(60), arrivals: .surge(people: 100))
    let steps = planner.steps(of: surge, from: .zero)
    #expect(steps.count > 100 && steps.count { $0.coming != nil } == 100)
    #expect(steps.count { $0.coming == .again } == 0 && planner.unplayed.isEmpty)
    // Who is read twice stands there twice, and came once.
    let again = steps.filter { $0.expected == [.refused("ALREADY_INSIDE")] }
    #expect(!again.isEmpty && again.allSatisfy { $0.coming == nil && $0.arrived != nil })
  }

  @Test("Says who came again since nobody else was left, and what came in place of what is not there")
  func substitutes() {
    let few = Self.fewPeople(mix: [.good: 1], people: 12)
    #expect(few.count { $0.coming == .new } == 12 && few.allSatisfy { $0.coming != nil })
    var scenario = Scenario(name: "test")
    (scenario.lanes, scenario.mix.weights) = (4, [.replaced: 1, .revoked: 1, .wrongDoor: 1])
    var venue = Self.venue
    venue.badges.removeAll { $0.state != .active }
    venue.doors.removeLast()
    var planner = RunPlanner(scenario, venue)
    let surge = Phase(name: "a", length: .seconds(60), arrivals: .surge(people: 90))
    #expect(planner.steps(of: surge, from: .zero).count == 90)
    #expect(Set(planner.unplayed.map(\.kind)) == [.replaced, .revoked, .wrongDoor])
    #expect(planner.unplayed.count == 90)
    venue.badges = []
    planner = RunPlanner(scenario, venue)
    #expect(planner.steps(of: surge, from: .zero).isEmpty && planner.unplayed.count { $0.kind == .good } == 90)
  }

  @Test("Counts who waits at each lane by who has come and is not through, each once")
  func waiting() {
    func step(_ arrived: Int, _ due: Int, lane: Int) -> RunStep {
      RunStep(
        due: .seconds(due),
        arrived: .seconds(arrived),
        service: .seconds(2),
        lane: lane,
        act: .scan(.forged),
        isOut: false,
        expected: []
      )
    }
    let queues = LaneQueues([step(0, 0, lane: 0), step(1, 1, lane: 1), step(1, 2, lane: 0)], lanes: 2)
    #expect(queues.waiting(at: .seconds(1)) == [2, 1])
    #expect(queues.waiting(at: .seconds(3)) == [1, 0])
    #expect(queues.waiting(at: .seconds(9)) == [0, 0])
    // The other lane is at the same door.
    let late = Observation(
      id: UUIDBytes(high: 1, low: 1),
      door: 0,
      lane: 1,
      subject: .forged,
      isOut: false,
      expected: [],
      due: .seconds(1),
      through: .seconds(3),
      sent: .seconds(1),
      answered: .seconds(5)
    )
    let ends = queues.atEnds(of: .seconds(1), count: 6, [late])
    #expect(ends.map { $0[0] } == [2, 1, 1, 0, 0, 0])
    // Nobody stands there twice: by the plan until 3, and from then on for the answer that is late.
    #expect(ends.map { $0[1] } == [1, 1, 1, 1, 0, 0])
    #expect(queues.atEnds(of: .seconds(3), count: 2, [late]) == [[1, 1], [0, 0]])
  }

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
    #expect(result([:])?.measured == "none was answered" && result([:])?.kept == false)
    var quick = RunRecorder.Timings()
    quick.add(.milliseconds(20))
    #expect(result([RunOperation.register: quick])?.kept == true)
  }

  // MARK: -

  private static let venue = venue(capacity: nil)

  private static func venue(capacity: Int?) -> Venue {
    let doors = (1...4).map {
      Venue.Door(name: "lane-\($0)", displayName: "Lane \($0)", area: "venue", capacity: capacity)
    }
    let narrow = Venue.Door(
      name: "narrow",
      displayName: "Narrow",
      area: "venue",
      admits: ["Government"],
      capacity: capacity
    )
    let people = (0..<300).map {
      Venue.Person(registration: "p\($0)", displayName: "P \($0)", group: $0 % 2 == 0 ? "Government" : "Academia")
    }
    let badges = people.indices.map { index in
      let state: Venue.BadgeState = index < 5 ? .replaced : index < 10 ? .revoked : .active
      return Venue.Badge(name: "b\(index)", code: "c\(index)", state: state, person: index)
    }
    return Venue(event: "events/e", doors: doors + [narrow], people: people, badges: badges)
  }

  /// Many more scans than there are people, a tenth of them of people who go out and come in again.
  private static func fewPeople(
    service: Duration = .zero,
    mix: [Mix.Kind: Double] = [.good: 90, .reentry: 10],
    people: Int = 60
  ) -> [RunStep] {
    var scenario = Scenario(name: "test")
    (scenario.lanes, scenario.service, scenario.mix.weights) = (4, service, mix)
    var few = venue
    few.badges = Array(few.badges.filter { $0.state == .active }.prefix(people))
    var planner = RunPlanner(scenario, few)
    let phase = Phase(name: "a", length: .seconds(10), arrivals: .constant(perSecond: 40))
    return planner.steps(of: phase, from: .zero)
  }

  private static func steps(seed: UInt64, service: Duration = .zero, capacity: Int? = nil) -> [RunStep] {
    var scenario = Scenario(name: "test")
    (scenario.seed, scenario.lanes, scenario.service) = (seed, 4, service)
    for kind in Mix.Kind.allCases { scenario.mix.weights[kind] = kind == .good ? 5 : 1 }
    var planner = RunPlanner(scenario, venue(capacity: capacity))
    return planner.steps(
      of: Phase(name: "a", length: .seconds(60), arrivals: .constant(perSecond: 5)),
      from: .zero
    )
  }
}
