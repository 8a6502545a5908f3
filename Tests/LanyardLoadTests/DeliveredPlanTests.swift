import LanyardAPI
import LanyardDomain
import Testing

@testable import LanyardLoad

/// Plays the plans of delivered scenarios with the audit's model in place of the server, for whoever reads what they promise.
@Suite("What scenarios that come with Lanyard bring")
struct DeliveredPlanTests {
  /// One scan of a plan, with the answer that is right by the model.
  private struct Played {
    let step: RunStep
    let phase: Int
    let door: Int
    let person: Int?
    let verdict: Answer?
  }

  private struct Day {
    let scenario: Scenario
    let venue: Venue
    var played: [Played] = []
    var unplayed: [RunPlanner.Unplayed] = []
    /// The most people in each door's area at any moment.
    var fullest: [Int]

    var arrivals: [RunStep] { played.map(\.step).filter { $0.coming != nil } }
  }

  @Test("A session change has everybody change rooms, fills rooms to the last seat and turns people away")
  func sessionChange() throws {
    let day = try Self.day("session-change")
    let capacity = try #require(day.scenario.roomCapacity)
    let seats = capacity * day.scenario.lanes
    #expect(day.venue.peopleWithBadge > seats && seats > day.venue.peopleWithBadge * 9 / 10)
    let rooms = Dictionary(grouping: day.played.filter { $0.person != nil && !$0.step.isOut }, by: { $0.person ?? 0 })
      .mapValues { Set($0.map(\.door)) }
    #expect(rooms.count == day.venue.peopleWithBadge)
    #expect(rooms.values.count { $0.count > 1 } * 10 >= rooms.count * 9)
    // Who is let in elsewhere leaves the first: nobody scans them out.
    let moves = day.played.count { $0.phase == 1 && $0.step.coming == .again && $0.verdict == .admitted }
    #expect(moves * 2 > day.venue.peopleWithBadge, "\(moves)")
    let full = day.played.count { $0.verdict == .refused(.full) }
    #expect((50...day.played.count / 3).contains(full), "\(full) of \(day.played.count)")
    #expect(day.fullest.count { $0 == capacity } >= 6 && day.fullest.allSatisfy { $0 <= capacity }, "\(day.fullest)")
    #expect(day.unplayed.isEmpty, "\(Set(day.unplayed.map(\.kind)))")
    #expect(day.scenario.length == .seconds(15 * 60))
    // Each room has a line of its own, and each gets some of the people.
    for lane in 0..<day.scenario.lanes { #expect(day.played.count { $0.step.lane == lane } > 150) }
  }

  @Test("An opening morning brings three thousand people who have not been here, and eight lanes carry them")
  func openingMorning() throws {
    let day = try Self.day("opening-morning")
    #expect(day.arrivals.count == 3_000 && day.arrivals.allSatisfy { $0.coming == .new } && day.unplayed.isEmpty)
    let waits = day.arrivals.compactMap { step in step.arrived.map { step.due - $0 } }.sorted()
    #expect(waits[waits.count * 95 / 100] < .seconds(180))
    let kinds = day.scenario.mix.weights.filter { $0.value > 0 }
    #expect(kinds.count == 9)
    for reason in [RefusalReason.replaced, .revoked, .forged, .unreadable, .alreadyInside] {
      #expect(day.played.contains { $0.verdict == .refused(reason) }, "\(reason)")
    }
  }

  @Test("A smoke has a little of everything that its mix names, all of it within its half minute")
  func smoke() throws {
    let day = try Self.day("smoke")
    #expect(day.unplayed.isEmpty, "\(Dictionary(grouping: day.unplayed, by: \.kind).mapValues(\.count))")
    #expect((1_350...1_650).contains(day.arrivals.count))
    for reason in [RefusalReason.replaced, .revoked, .forged, .unreadable, .alreadyInside, .notAdmittedHere] {
      #expect(day.played.contains { $0.verdict == .refused(reason) }, "\(reason)")
    }
    #expect(day.played.contains { if case .lookUp = $0.step.act { true } else { false } })
    #expect(day.played.contains { $0.verdict == .wentOut })
  }

  @Test("A registration rush has most arrivals register, and more and more of them")
  func registrationRush() throws {
    let day = try Self.day("registration-rush")
    let rates = zip(day.scenario.phases.indices, day.scenario.phases).map { number, phase in
      Double(day.played.count { $0.phase == number && $0.step.coming != nil }) / (phase.length / .seconds(1))
    }
    #expect(rates == rates.sorted() && rates[2] > 8, "\(rates)")
    let registered = day.played.count { if case .register = $0.step.act { true } else { false } }
    #expect(registered * 10 > day.arrivals.count * 8 && day.unplayed.isEmpty)
  }

  @Test("A soak has people go in and out all day, at one rate")
  func soak() throws {
    let day = try Self.day("soak", share: 0.05)
    let hours = Dictionary(grouping: day.played) { Int($0.step.due / .seconds(3_600)) }
    for hour in 0..<8 {
      let scans = hours[hour] ?? []
      #expect(scans.count { $0.verdict == .wentOut } * 10 > scans.count, "\(hour)")
      #expect(scans.count { $0.verdict == .admitted } * 10 > scans.count * 3, "\(hour)")
    }
    // Whoever is found by name is not scanned again, so that these run out.
    let others = day.unplayed.count { $0.kind != .byName }
    #expect(others * 100 < day.arrivals.count, "\(others) of \(day.arrivals.count)")
    #expect(day.scenario.targets.p99Growth != nil && day.scenario.targets.serverMemory == 200)
  }

  @Test("A peak asks for a thousand scans a second at every lane alike")
  func peak() throws {
    let day = try Self.day("peak")
    #expect((57_000...63_000).contains(day.arrivals.count))
    for lane in 0..<64 { #expect((700...1_200).contains(day.played.count { $0.step.lane == lane })) }
  }

  @Test("On a bad morning somebody stands at the lanes whenever something breaks, and it ends before the morning does")
  func badMorning() throws {
    let day = try Self.day("bad-morning")
    #expect(day.scenario.allFaults.count == 11)
    for fault in day.scenario.allFaults {
      let end = fault.at + max(fault.length, .seconds(5))
      #expect(end <= day.scenario.length)
      let lanes = (0..<day.scenario.lanes).filter { lane in
        if case .fullDisk = fault.kind { true } else { fault.kind.reaches(lane: lane) }
      }
      let met = day.played.count { lanes.contains($0.step.lane) && fault.at <= $0.step.due && $0.step.due < end }
      #expect(met > 0, "\(fault.what)")
    }
    #expect(day.arrivals.count == 1_800 && day.arrivals.allSatisfy { $0.coming == .new })
  }

  // MARK: -

  /// The scenario's own phases, by the model: what it says is among what the plan expects.
  ///
  /// - Parameter share: Of its people and of how often they come.
  private static func day(_ name: String, share: Double = 1) throws -> Day {
    var scenario = try Scenario.named(name)
    scenario.people = Int(Double(scenario.people) * share)
    scenario.phases = scenario.phases.map { phase in
      var phase = phase
      switch phase.arrivals {
      case .constant(let rate): phase.arrivals = .constant(perSecond: rate * share)
      case .ramp(let from, let to): phase.arrivals = .ramp(from: from * share, to: to * share)
      case .surge, .replay: break
      }
      return phase
    }
    let venue = venue(for: scenario)
    var planner = RunPlanner(scenario, venue)
    var (steps, start) = ([(RunStep, Int)](), Duration.zero)
    for (number, phase) in scenario.phases.enumerated() {
      steps += planner.steps(of: phase, from: start).map { ($0, number) }
      start += phase.length
    }
    steps.sort { $0.0.due < $1.0.due }
    var model = AuditModel(venue)
    var day = Day(scenario: scenario, venue: venue, fullest: Array(repeating: 0, count: venue.doors.count))
    day.unplayed = planner.unplayed
    for (place, (step, phase)) in steps.enumerated() {
      let door = planner.doorOfLane[step.lane]
      func add(_ person: Int?, _ verdict: Answer?) {
        day.played.append(Played(step: step, phase: phase, door: door, person: person, verdict: verdict))
      }
      let subject: Observation.Subject
      switch step.act {
      case .scan(let shown): subject = shown
      case .lookUp(let badge): subject = .badge(badge)
      case .register:
        add(nil, nil)
        continue
      }
      let right = model.rightAnswers(subject, door: door, isOut: step.isOut)
      let verdict = try #require(right.first)
      #expect(step.expected.contains(verdict), "\(step), by the model \(verdict)")
      guard case .badge(let badge) = subject else {
        add(nil, verdict)
        continue
      }
      let person = venue.badges[badge].person
      add(venue.badges[badge].state == .active ? person : nil, verdict)
      guard verdict.refusal == nil else { continue }
      let scan = LanyardLoad.RecordedScan(
        id: UUIDBytes(high: 1, low: UInt64(place)),
        door: venue.doors[door].name,
        badge: venue.badges[badge].name,
        verdict: verdict,
        isOut: step.isOut,
        happened: Instant(microseconds: 1_700_000_000_000_000 + Int64(place))
      )
      model.follow(scan, of: person, door: door, place: place)
      for door in venue.doors.indices {
        day.fullest[door] = max(day.fullest[door], model.insideArea[model.areas[door]])
      }
    }
    return day
  }

  /// The event that is made for a scenario, with some badges spoilt, as a server would have it.
  private static func venue(for scenario: Scenario) -> Venue {
    let isRooms = scenario.place == .rooms
    var doors = (1...scenario.lanes).map { number in
      Venue.Door(
        name: "door-\(number)",
        displayName: "Door \(number)",
        area: isRooms ? "room \(number)" : "venue",
        isRoom: isRooms,
        capacity: scenario.roomCapacity
      )
    }
    if !isRooms {
      doors.append(Venue.Door(name: "narrow", displayName: "Narrow", area: "venue", admits: [VenueMaker.narrowGroup]))
    }
    var invented = InventedPeople(seed: scenario.seed)
    let people = (0..<scenario.people).compactMap { number -> Venue.Person? in
      let registration = invented.next(isOnsite: number == 0 ? true : nil)
      guard registration.participation == .onsite else { return nil }
      return Venue.Person(
        registration: registration.email,
        displayName: registration.familyName,
        group: registration.stakeholderGroup
      )
    }
    var badges = people.indices.map { Venue.Badge(name: "badge-\($0)", code: "", state: .active, person: $0) }
    let share = min(50, max(1, people.count / 20))
    func spoil(_ state: Venue.BadgeState, _ people: [Int]) {
      for person in people {
        badges[person] = Venue.Badge(name: "badge-\(person)", code: "", state: state, person: person)
        guard state == .replaced else { continue }
        badges.append(Venue.Badge(name: "new-\(person)", code: "", state: .active, person: person))
      }
    }
    if scenario.mix.weights[.replaced, default: 0] > 0 { spoil(.replaced, Array(people.indices.suffix(share))) }
    if scenario.mix.weights[.revoked, default: 0] > 0 {
      spoil(.revoked, Array(people.indices.dropLast(share).suffix(share)))
    }
    return Venue(event: "events/e", doors: doors, people: people, badges: badges)
  }
}
