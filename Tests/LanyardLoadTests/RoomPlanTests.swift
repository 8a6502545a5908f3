import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("The plan of a run at rooms")
struct RoomPlanTests {
  @Test("Whoever was scanned at one room is scanned at another next, and let in where they have not been")
  func moves() {
    let steps = Self.steps(people: 20, rooms: 6)
    #expect(!steps.contains { $0.isOut })
    let byBadge = Dictionary(grouping: steps) { Self.badge($0) }
    #expect(byBadge.count == 20 && byBadge.values.allSatisfy { $0.count > 6 })
    for scans in byBadge.values {
      for (one, next) in zip(scans, scans.dropFirst()) {
        #expect(one.lane != next.lane && one.due <= next.due && next.coming == .again)
      }
      // First to each of them, and only then to one again, where they may be by the books.
      #expect(Set(scans.prefix(6).map(\.lane)).count == 6)
      #expect(scans.prefix(6).allSatisfy { $0.expected == [.admitted] })
      #expect(scans.dropFirst(6).allSatisfy { $0.expected == [.admitted, .refused(.alreadyInside)] })
    }
  }

  @Test("Expects a room that is full, after which somebody may still be in the one before")
  func full() {
    for step in Self.steps(people: 20, rooms: 2, capacity: 8) {
      #expect(step.expected.isSuperset(of: [.admitted, .refused(.full)]))
    }
  }

  @Test("Has people go out and come in again where there is one room")
  func oneRoom() {
    let steps = Self.steps(people: 20, rooms: 1)
    for scans in Dictionary(grouping: steps, by: { Self.badge($0) }).values {
      for (number, step) in scans.enumerated() { #expect(step.isOut == !number.isMultiple(of: 2)) }
    }
    #expect(steps.contains { $0.isOut })
  }

  @Test("Has a line before each room: people wait at one while another is free, and two lanes of a room share its line")
  func lines() {
    let steps = Self.steps(people: 200, rooms: 3, lanes: 6, service: .seconds(1))
    var (free, elsewhere) = ([Duration](repeating: .zero, count: 6), 0)
    for step in steps.sorted(by: { $0.arrived ?? .zero < $1.arrived ?? .zero }) {
      guard let arrived = step.arrived else { continue }
      let own = min(free[step.lane % 3], free[step.lane % 3 + 3])
      #expect(step.due == max(arrived, own))
      if step.due > arrived, free.contains(where: { $0 <= arrived }) { elsewhere += 1 }
      free[step.lane] = step.due + step.service
    }
    #expect(elsewhere > 5)
  }

  @Test("Plays what its mix names with those who change rooms, too")
  func kinds() {
    let steps = Self.steps(people: 20, rooms: 4, mix: [.good: 2, .repeated: 1, .reentry: 1])
    let late = steps.dropFirst(100)
    #expect(late.contains { $0.isOut && $0.expected == [.wentOut] })
    #expect(late.contains { $0.coming == nil && $0.arrived != nil })
  }

  @Test("Sends nobody who changes rooms to a lane in a process of its own")
  func frozen() {
    let steps = Self.steps(people: 20, rooms: 4) {
      $0.faults = [ScheduledFault(at: .seconds(1), kind: .freezeLane(2, .seconds(1)))]
    }
    #expect(steps.contains { $0.lane == 2 } && !steps.contains { $0.lane == 2 && $0.coming == .again })
    #expect(steps.count { $0.coming == .again } > 100)
  }

  // MARK: -

  private static func badge(_ step: RunStep) -> Int? {
    if case .scan(.badge(let badge)) = step.act { badge } else { nil }
  }

  private static func steps(
    people: Int,
    rooms: Int,
    lanes: Int? = nil,
    capacity: Int? = nil,
    service: Duration = .zero,
    mix: [Mix.Kind: Double] = [.good: 1],
    _ change: (inout Scenario) -> Void = { _ in }
  ) -> [RunStep] {
    var scenario = Scenario(name: "test")
    (scenario.place, scenario.lanes, scenario.service) = (.rooms, lanes ?? rooms, service)
    (scenario.serviceVariation, scenario.mix.weights) = (0.5, mix)
    change(&scenario)
    let doors = (0..<rooms).map {
      Venue.Door(name: "room-\($0)", displayName: "Room \($0)", area: "room \($0)", isRoom: true, capacity: capacity)
    }
    let venue = Venue(
      event: "events/e",
      doors: doors,
      people: (0..<people).map { Venue.Person(registration: "p\($0)", displayName: "P \($0)", group: "Academia") },
      badges: (0..<people).map { Venue.Badge(name: "b\($0)", code: "", state: .active, person: $0) }
    )
    var planner = RunPlanner(scenario, venue)
    return planner.steps(of: Phase(name: "a", length: .seconds(60), arrivals: .constant(perSecond: 4)), from: .zero)
  }
}
