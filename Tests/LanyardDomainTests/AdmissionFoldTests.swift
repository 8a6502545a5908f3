import LanyardDomain
import LanyardTesting
import Testing

@Suite("A fold of scans") struct AdmissionFoldTests {
  private struct Scan {
    let person: Int64
    let checkpoint: Key<Checkpoint>
    let direction: Direction?
    let now: Instant
  }

  /// What a store would keep between batches.
  private struct Ledger {
    var presences: [AdmissionFold.PresenceKey: Presence] = [:]
    var occupancy: [AdmissionFold.OccupancyKey: Int] = [:]
    var tallies: [AdmissionFold.TallyKey: Int] = [:]

    func presences(of person: Int64) -> [Presence] {
      presences.filter { $0.key.registration == Key(person) }.map(\.value).sorted {
        $0.checkpoint.rawValue < $1.checkpoint.rawValue
      }
    }

    mutating func take(_ fold: AdmissionFold) {
      presences.merge(fold.changedPresences) { $1 }
      occupancy.merge(fold.occupancyChanges, uniquingKeysWith: +)
      tallies.merge(fold.tallyChanges, uniquingKeysWith: +)
    }
  }

  private static let capacity = 6

  private static func venue() -> Venue {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.capacity = capacity
    venue.checkpoints[Venue.roomA]?.capacity = 3
    venue.checkpoints[Venue.roomB]?.directions = .byTurns
    venue.checkpoints[Venue.terrace]?.reentry = .never
    return venue
  }

  private static func scans(seed: UInt64, count: Int) -> [Scan] {
    var generator = SeededGenerator(seed: seed)
    var now = at("2024-05-27T07:00:00+02:00")
    return (0..<count).map { number in
      now = now + .milliseconds(Int.random(in: 0...20_000, using: &generator))
      if number % 1500 == 1499 { now = now + .seconds(16 * 3600) }
      return Scan(
        person: .random(in: 1...12, using: &generator),
        checkpoint: [Venue.lane1, Venue.lane2, Venue.terrace, Venue.roomA, Venue.roomB].randomElement(using: &generator)
          ?? Venue.lane1,
        direction: [nil, nil, Direction.into, .out].randomElement(using: &generator) ?? nil,
        now: now
      )
    }
  }

  /// Folds one batch as a store does: everything is loaded before, everything that changed is kept after.
  private static func fold(_ batch: some Sequence<Scan>, _ plan: VenuePlan, _ ledger: inout Ledger) -> [Decision] {
    var fold = AdmissionFold()
    var decisions: [Decision] = []
    for scan in batch {
      guard let door = plan.door(scan.checkpoint, now: scan.now) else { continue }
      if !fold.hasPresences(of: Key(scan.person)) { fold.load(ledger.presences(of: scan.person), of: Key(scan.person)) }
      for checkpoint in door.area {
        let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)
        if !fold.hasOccupancy(of: key) { fold.load(ledger.occupancy[key] ?? 0, at: key) }
      }
      let reading = Venue.badge(scan.person)
      decisions.append(
        fold.admit(reading, direction: scan.direction, door: door, plan: plan, now: scan.now).decision
      )
    }
    ledger.take(fold)
    return decisions
  }

  @Test("keeps every count right, scan after scan", arguments: [UInt64(1), 2, 3])
  func invariants(_ seed: UInt64) {
    let plan = Self.venue().plan
    var ledger = Ledger()
    var answers: Set<String> = []
    for scan in Self.scans(seed: seed, count: 4000) {
      let before = ledger
      let decision = Self.fold([scan], plan, &ledger).first
      answers.insert(decision.map { $0.reason?.rawValue ?? ($0 == .admitted ? "ADMITTED" : "LEFT") } ?? "")
      let inside = ledger.presences.values.filter(\.isInside)
      let recounted = Dictionary(
        inside.map { (AdmissionFold.OccupancyKey(checkpoint: $0.checkpoint, period: $0.period), 1) },
        uniquingKeysWith: +
      )
      #expect(ledger.occupancy.filter { $0.value != 0 } == recounted)
      let own = ledger.presences(of: scan.person).filter(\.isInside)
      #expect(own.filter { plan.checkpoints[$0.checkpoint]?.kind == .sessionDoor }.count <= 1)
      guard let door = plan.door(scan.checkpoint, now: scan.now) else { continue }
      let here = own.filter { $0.period == door.period && door.area.contains($0.checkpoint) }
      #expect(here.count <= 1)
      if decision == .admitted { #expect(here.map(\.admittedAt) == [scan.now]) }
      if case .left = decision { #expect(here.isEmpty) }
      if case .refused = decision {
        #expect(ledger.presences == before.presences && ledger.occupancy == before.occupancy)
      }
      let people = door.area.reduce(0) { sum, checkpoint in
        sum + (ledger.occupancy[AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)] ?? 0)
      }
      #expect((0...(door.capacity ?? 12)).contains(people))
    }
    #expect(
      answers.isSuperset(of: ["ADMITTED", "LEFT", "ALREADY_INSIDE", "FULL", "OUTSIDE_HOURS", "ALREADY_ADMITTED"])
    )
  }

  @Test("gives the same answers however the scans are batched", arguments: [UInt64(4), 5, 6])
  func batches(_ seed: UInt64) {
    let plan = Self.venue().plan
    let scans = Self.scans(seed: seed, count: 4000)
    var whole = Ledger()
    let decisions = Self.fold(scans, plan, &whole)
    var split = Ledger()
    var generator = SeededGenerator(seed: seed)
    var answers: [Decision] = []
    var rest = scans[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...200, using: &generator)
      answers += Self.fold(rest.prefix(count), plan, &split)
      rest = rest.dropFirst(count)
    }
    #expect(answers == decisions)
    #expect(split.presences == whole.presences)
    #expect(split.occupancy.filter { $0.value != 0 } == whole.occupancy.filter { $0.value != 0 })
    #expect(split.tallies == whole.tallies)
  }

  @Test("admits one of two lanes that read the same badge in the same instant") func twoLanes() {
    let now = at("2024-05-27T08:00:00+02:00")
    var ledger = Ledger()
    let scans = [Venue.lane1, Venue.lane2].map { Scan(person: 1, checkpoint: $0, direction: nil, now: now) }
    let decisions = Self.fold(scans, Venue().plan, &ledger)
    #expect(decisions.first == .admitted)
    #expect(decisions.last?.refusal?.earlier?.checkpoint == Venue.lane1)
  }

  @Test("takes who goes out of an entrance out of every room") func outOfEverything() {
    let plan = Venue().plan
    var ledger = Ledger()
    let now = at("2024-05-27T09:00:00+02:00")
    let way: [(Key<Checkpoint>, Direction)] = [
      (Venue.lane1, .into), (Venue.terrace, .into), (Venue.roomA, .into), (Venue.roomB, .into), (Venue.lane2, .out),
    ]
    let scans = way.map { Scan(person: 1, checkpoint: $0.0, direction: $0.1, now: now) }
    let decisions = Self.fold(scans, plan, &ledger)
    #expect(decisions == [.admitted, .admitted, .admitted, .admitted, .left(wasInside: true)])
    #expect(ledger.presences.values.allSatisfy { !$0.isInside })
    #expect(ledger.occupancy.values.allSatisfy { $0 == 0 })
  }

  @Test("at a turnstile takes a badge that is read again within three seconds for one passage") func turnstile() {
    var venue = Venue()
    venue.checkpoints[Venue.lane1]?.directions = .byTurns
    let plan = venue.plan
    var fold = AdmissionFold()
    fold.load([], of: Key(1))
    fold.load(nil, of: Key(1))
    let start = at("2024-05-27T08:00:00+02:00")
    let readings: [(second: Int, decision: Decision, isDouble: Bool)] = [
      (0, .admitted, false), (3, .admitted, true), (6, .admitted, true), (10, .left(wasInside: true), false),
      (11, .left(wasInside: true), true), (15, .admitted, false),
    ]
    for (second, decision, isDouble) in readings {
      guard let door = plan.door(Venue.lane1, now: start + .seconds(second)) else { continue }
      let now = start + .seconds(second)
      let verdict = fold.admit(Venue.badge(), direction: nil, door: door, plan: plan, now: now)
      #expect(verdict.decision == decision && verdict.isDoubleReading == isDouble)
    }
    #expect(fold.presences(of: Key(1)).map(\.admittedAt) == [start + .seconds(15)])
    #expect(fold.occupancyChanges.values.map(\.self) == [1])
    let counts = Dictionary(uniqueKeysWithValues: fold.tallyChanges.map { ($0.key.counted, $0.value) })
    #expect(counts == [.admitted: 1, .left: 1])
  }

  @Test("counts each person once a day, and every refusal") func tallies() {
    var ledger = Ledger()
    let directions: [Direction] = [.into, .into, .out, .into]
    let scans = directions.enumerated().map { number, direction in
      Scan(
        person: 1,
        checkpoint: Venue.lane1,
        direction: direction,
        now: at("2024-05-27T08:00:00+02:00") + .seconds(number)
      )
    }
    _ = Self.fold(scans, Venue().plan, &ledger)
    let counts = Dictionary(uniqueKeysWithValues: ledger.tallies.map { ($0.key.counted, $0.value) })
    #expect(counts == [.admitted: 1, .left: 1, .refused(.alreadyInside): 1])
    #expect(ledger.tallies.keys.allSatisfy { $0.day == 20_240_527 && $0.checkpoint == Venue.lane1 })
  }
}
