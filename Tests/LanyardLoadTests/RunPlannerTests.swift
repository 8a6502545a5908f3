import LanyardDomain
import Testing

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

  @Test("Has the same kinds of arrivals at the same times for a seed, whoever is there and inside already")
  func arrivals() {
    func arrivals(_ people: Int, inside: Range<Int>) -> [(due: Duration, isForged: Bool)] {
      var scenario = Scenario(name: "test")
      (scenario.lanes, scenario.mix.weights) = (4, [.good: 3, .forged: 1, .byName: 1])
      var venue = Self.venue
      venue.badges = Array(venue.badges.prefix(people))
      venue.inside = Set(inside)
      var planner = RunPlanner(scenario, venue)
      let phase = Phase(name: "a", length: .seconds(10), arrivals: .constant(perSecond: 5))
      return planner.steps(of: phase, from: .zero).filter { $0.coming != nil }
        .map { ($0.due, $0.act == .scan(.forged)) }
    }
    let all = arrivals(300, inside: 0..<0)
    #expect(all.count > 20 && all.contains(where: \.isForged) && !all.allSatisfy(\.isForged))
    for other in [arrivals(200, inside: 0..<0), arrivals(300, inside: 10..<60)] {
      #expect(other.map(\.due) == all.map(\.due) && other.map(\.isForged) == all.map(\.isForged))
    }
  }

  @Test("Has something of every kind of the mix, with the answers that are right")
  func kinds() {
    let steps = Self.steps(seed: 1)
    for reason in [RefusalReason.forged, .unreadable, .replaced, .revoked, .notAdmittedHere, .alreadyInside] {
      #expect(steps.contains { $0.expected == [.refused(reason)] }, "\(reason)")
    }
    #expect(steps.contains { $0.expected == [.admitted, .refused(.alreadyInside)] })
    #expect(steps.contains { $0.isOut && $0.expected == [.wentOut] })
    #expect(steps.contains { if case .lookUp = $0.act { true } else { false } })
    let registered = steps.compactMap { if case .register(let badge) = $0.act { badge } else { nil } }
    #expect(!registered.isEmpty && Set(registered).count == registered.count)
    #expect(registered.allSatisfy { $0 >= Self.venue.badges.count })
  }

  @Test("Expects FULL too where a room takes only so many, also of who registers there")
  func full() {
    let limited = Self.steps(seed: 1, capacity: 10).filter { $0.expected.contains(.admitted) }
    #expect(!limited.isEmpty && limited.allSatisfy { $0.expected.contains(.refused(.full)) })
  }

  @Test("Shows what a badge is worth, and a person at a door that admits their group")
  func badges() {
    for step in Self.steps(seed: 3) {
      guard case .scan(.badge(let index)) = step.act, index < Self.venue.badges.count else { continue }
      let (badge, door) = (Self.venue.badges[index], Self.venue.doors[step.lane])
      #expect((badge.state == .replaced) == (step.expected == [.refused(.replaced)]))
      #expect((badge.state == .revoked) == (step.expected == [.refused(.revoked)]))
      let isAdmitted = door.admits?.contains(Self.venue.people[badge.person].group) ?? true
      #expect(isAdmitted != (step.expected == [.refused(.notAdmittedHere)]))
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
      #expect(step.expected == (step.isOut ? [.wentOut] : [.admitted]))
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

  @Test("Serves nobody at a lane while it serves another")
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

  @Test("Has nobody wait at one lane of the entrance while another is free")
  func freeFirst() {
    var scenario = Scenario(name: "test")
    (scenario.lanes, scenario.service, scenario.serviceVariation) = (4, .seconds(1), 0.5)
    var planner = RunPlanner(scenario, Self.venue)
    let phase = Phase(name: "a", length: .seconds(60), arrivals: .constant(perSecond: 4))
    let served = planner.steps(of: phase, from: .zero).sorted { $0.arrived ?? .zero < $1.arrived ?? .zero }
    var (free, waited) = ([Duration](repeating: .zero, count: 4), 0)
    for step in served {
      guard let arrived = step.arrived else { continue }
      let first = free.min() ?? .zero
      #expect(step.due == max(arrived, first), "lanes are free at \(free)")
      if step.due > arrived { waited += 1 }
      free[step.lane] = step.due + step.service
    }
    #expect(waited > 50)
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
    let again = steps.filter { $0.expected == [.refused(.alreadyInside)] }
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
