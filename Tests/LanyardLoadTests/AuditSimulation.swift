import LanyardDomain

@testable import LanyardLoad

/// Plays a server and its lanes in the simplest way that is right: all that is known of a person is sorted and walked
/// through anew for each answer. It has races, lanes without the network, answers that nobody saw, and rooms that fill.
struct AuditSimulation {
  /// An admission or a way out that somebody knows of.
  private struct Fact {
    let id: UUIDBytes
    let door: Int
    let isIn: Bool
    /// Microseconds from the start.
    let moment: Int
    let order: Int
    let isOffline: Bool
  }

  private struct Spell {
    let lane: Int
    let span: Range<Int>
    /// What the lane knew when it lost the server.
    var known: [Int: [Fact]] = [:]
    var own: [Int: [Fact]] = [:]
    var waiting: [(index: Int, person: Int?)] = []
  }

  private enum Step {
    case scan(Int)
    case lose(Int)
    case upload(Int)
    case withdraw(UUIDBytes, person: Int)
    case uploadLate(Int)
  }

  private static let start = Instant(seconds: 1_700_000_000)

  private var random: SeededGenerator
  private let count: Int
  private let venue: Venue
  private var observations: [Observation] = []
  private var ledger: [LanyardLoad.RecordedScan] = []
  private var conflicts: [UUIDBytes: [String]] = [:]
  private var facts: [Int: [Fact]] = [:]
  private var spells: [Spell] = []
  /// What each lane decided by itself while it had the server, by lane and person.
  private var late: [Int: [Int: [Fact]]] = [:]
  /// Sorted, the next one last.
  private var steps: [(at: Int, number: Int, step: Step)] = []
  private var stepNumber = 0
  private var idNumber = 0

  init(seed: UInt64, scans: Int) {
    random = SeededGenerator(seed: seed)
    count = scans
    let doors = (0..<8).map { index in
      let room = index - 4
      return Venue.Door(
        name: "events/e/checkpoints/door-\(index)",
        displayName: "Door \(index)",
        area: index == 3 ? "zone" : room < 0 ? "venue" : "room \(room / 2)",
        within: room >= 0 && room / 2 == 0 ? "zone" : "",
        isRoom: room >= 0,
        isEntrance: index < 3,
        admits: index == 7 || index == 6 ? ["press", "states"] : nil,
        capacity: index == 4 ? 25 : nil
      )
    }
    let groups = ["press", "states", "private sector"]
    let people = (0..<max(40, scans / 8)).map { index in
      Venue.Person(registration: "events/e/registrations/\(index)", displayName: "P\(index)", group: groups[index % 3])
    }
    var badges: [Venue.Badge] = []
    for person in people.indices {
      if person % 17 == 3 {
        badges.append(.init(name: "events/e/badges/old-\(person)", code: "", state: .replaced, person: person))
      }
      let state: Venue.BadgeState = person % 29 == 5 ? .revoked : .active
      badges.append(.init(name: "events/e/badges/\(person)", code: "", state: state, person: person))
    }
    venue = Venue(event: "events/e", doors: doors, people: people, badges: badges)
  }

  mutating func play() -> Audit {
    plan()
    while let next = steps.popLast() {
      switch next.step {
      case .scan(let index): serve(index, at: next.at)
      case .lose(let spell): spells[spell].known = facts
      case .upload(let spell):
        upload(spells[spell].waiting.map(\.index), at: next.at)
      case .withdraw(let id, let person):
        facts[person]?.removeAll { $0.id == id }
        if let place = ledger.firstIndex(where: { $0.id == id }) {
          ledger[place].undone = Self.start + .microseconds(next.at)
        }
      case .uploadLate(let index): upload([index], at: next.at)
      }
    }
    return Audit(venue: venue, before: Record(scans: []), observations: observations, after: record())
  }

  // MARK: - The plan

  private mutating func plan() {
    var now = 0
    var made = 0
    while made < count {
      now += Int.random(in: 1_000...30_000, using: &random)
      let door = Int.random(in: 0..<10, using: &random) % 8
      let badge = Int.random(in: venue.badges.indices, using: &random)
      let roll = Int.random(in: 0..<100, using: &random)
      let subject: Observation.Subject = roll == 0 ? .forged : roll == 1 ? .unreadable : .badge(badge)
      make(subject, door, isOut: roll % 6 == 5, at: now)
      made += 1
      // A copy of the badge at the next door, at the same moment.
      guard roll % 10 == 2 else { continue }
      make(subject, door ^ 1, isOut: false, at: now + Int.random(in: 0...8_000, using: &random))
      made += 1
    }
    for lane in 0..<8 {
      let begin = Int.random(in: now / 10..<now * 6 / 10, using: &random)
      spells.append(Spell(lane: lane, span: begin..<begin + Int.random(in: now / 50...now / 5, using: &random)))
      add(.lose(lane), at: spells[lane].span.lowerBound)
      add(.upload(lane), at: spells[lane].span.upperBound + 200_000)
    }
    steps.sort { ($0.at, $0.number) > ($1.at, $1.number) }
  }

  private mutating func make(_ subject: Observation.Subject, _ door: Int, isOut: Bool, at sent: Int) {
    let index = observations.count
    observations.append(
      Observation(
        id: nextID(),
        door: door,
        subject: subject,
        isOut: isOut,
        expected: [],
        due: .microseconds(sent - 500),
        sent: .microseconds(sent)
      )
    )
    add(.scan(index), at: sent + Int.random(in: 200...6_000, using: &random))
  }

  private mutating func add(_ step: Step, at moment: Int) {
    stepNumber += 1
    steps.append((moment, stepNumber, step))
  }

  private mutating func insert(_ step: Step, at moment: Int) {
    stepNumber += 1
    let index = steps.lastIndex { ($0.at, $0.number) > (moment, stepNumber) }.map { $0 + 1 } ?? 0
    steps.insert((moment, stepNumber, step), at: index)
  }

  private mutating func nextID() -> UUIDBytes {
    idNumber += 1
    return UUIDBytes(high: 1, low: UInt64(idNumber))
  }

  // MARK: - Answers

  private mutating func serve(_ index: Int, at now: Int) {
    let seen = observations[index]
    if let spell = spells.indices.first(where: { spells[$0].lane == seen.door && spells[$0].span.contains(now) }) {
      let person = person(seen)
      var known = spells[spell].known
      if let person { known[person] = (known[person] ?? []) + (spells[spell].own[person] ?? []) + lately(seen, person) }
      let verdict = decide(seen, known, isLocal: true)
      answer(index, verdict, offline: true, at: now)
      if let person, let fact = fact(index, verdict, at: now, order: ledger.count + index, offline: true) {
        spells[spell].own[person, default: []].append(fact)
      }
      spells[spell].waiting.append((index, person))
      return
    }
    let verdict = decide(seen, facts, isLocal: false)
    switch Int.random(in: 0..<80, using: &random) {
    case 0:
      observations[index].outcome = .failed("UNAVAILABLE", byServer: true)
      observations[index].answered = .microseconds(now + 100)
    case 1: record(index, verdict, at: now, offline: false)
    case 2: break
    case 3 where seen.subject != .forged && seen.subject != .unreadable:
      answerLate(index, verdict, at: now)
    default:
      record(index, verdict, at: now, offline: false)
      answer(index, verdict, offline: false, at: now)
      if seen.leftAt >= .seconds(2) { observations[index].expected = [verdict] }
    }
  }

  /// The server's answer comes too late: the lane decides by itself, and takes the server's back.
  private mutating func answerLate(_ index: Int, _ verdict: Answer, at now: Int) {
    guard let person = person(observations[index]) else { return }
    var known = facts
    known[person] = (known[person] ?? []) + lately(observations[index], person)
    let first = observations[index].id
    record(index, verdict, at: now, offline: false)
    observations[index].replacedID = first
    observations[index].id = nextID()
    let own = decide(observations[index], known, isLocal: true)
    answer(index, own, offline: true, at: now + 300)
    if let fact = fact(index, own, at: now + 300, order: ledger.count, offline: true) {
      late[observations[index].door, default: [:]][person, default: []].append(fact)
    }
    insert(.withdraw(first, person: person), at: now + 90_000)
    insert(.uploadLate(index), at: now + 90_000)
  }

  private func lately(_ seen: Observation, _ person: Int) -> [Fact] { late[seen.door]?[person] ?? [] }

  private mutating func answer(_ index: Int, _ verdict: Answer, offline: Bool, at now: Int) {
    observations[index].outcome = .answered(verdict, offline: offline)
    observations[index].answered = .microseconds(now + (offline ? 10 : Int.random(in: 100...4_000, using: &random)))
  }

  private func person(_ seen: Observation) -> Int? {
    if case .badge(let badge) = seen.subject { venue.badges[badge].person } else { nil }
  }

  private func decide(_ seen: Observation, _ known: [Int: [Fact]], isLocal: Bool) -> Answer {
    switch seen.subject {
    case .forged: return .refused(.forged)
    case .unreadable: return .refused(.unreadable)
    case .badge(let index):
      if seen.isOut { return .wentOut }
      let badge = venue.badges[index]
      let door = venue.doors[seen.door]
      if badge.state != .active { return .refused(badge.state == .replaced ? .replaced : .revoked) }
      if door.admits?.contains(venue.people[badge.person].group) == false { return .refused(.notAdmittedHere) }
      if stand(known[badge.person] ?? [])[door.area] != nil { return .refused(.alreadyInside) }
      guard let limit = limit(door.area) else { return .admitted }
      return inside(door.area, known) >= limit ? .refused(.full) : .admitted
    }
  }

  private func limit(_ area: String) -> Int? {
    venue.doors.compactMap { $0.area == area ? $0.capacity : nil }.min()
  }

  private func inside(_ area: String, _ known: [Int: [Fact]]) -> Int {
    known.values.count { stand($0)[area] != nil }
  }

  /// Where somebody is after all that is known: by area, the door.
  private func stand(_ known: [Fact]) -> [String: Fact] {
    var places: [String: Fact] = [:]
    for fact in known.sorted(by: { ($0.moment, $0.order) < ($1.moment, $1.order) }) { step(fact, &places) }
    return places
  }

  private func step(_ fact: Fact, _ places: inout [String: Fact]) {
    let door = venue.doors[fact.door]
    // Whoever passes a door is in no zone and no room but its own, and the zone in which a room stands.
    places = fact.isIn || !door.isEntrance ? places.filter { $0.key == "venue" || $0.key == door.within } : [:]
    if fact.isIn { places[door.area] = fact }
  }

  // MARK: - The record

  private func fact(_ index: Int, _ verdict: Answer, at now: Int, order: Int, offline: Bool) -> Fact? {
    guard verdict.refusal == nil else { return nil }
    let seen = observations[index]
    return Fact(
      id: seen.id,
      door: seen.door,
      isIn: verdict == .admitted,
      moment: now,
      order: order,
      isOffline: offline,
    )
  }

  private mutating func record(
    _ index: Int,
    _ verdict: Answer,
    at now: Int,
    offline: Bool,
    received: Int? = nil
  ) {
    let seen = observations[index]
    var badge = ""
    if case .badge(let number) = seen.subject { badge = venue.badges[number].name }
    ledger.append(
      LanyardLoad.RecordedScan(
        id: seen.id,
        door: venue.doors[seen.door].name,
        badge: badge,
        verdict: verdict,
        isOut: seen.isOut,
        isOffline: offline,
        happened: Self.start + .microseconds(now),
        received: Self.start + .microseconds(received ?? now)
      )
    )
    if let person = person(seen), let fact = fact(index, verdict, at: now, order: ledger.count, offline: offline) {
      facts[person, default: []].append(fact)
    }
  }

  private mutating func upload(_ indexes: [Int], at now: Int) {
    var admitted: [String: [UUIDBytes]] = [:]
    for index in indexes {
      let seen = observations[index]
      guard case .answered(let verdict, _) = seen.outcome, let answered = seen.answered else { continue }
      let moment =
        Int(answered.components.seconds) * 1_000_000 + Int(answered.components.attoseconds / 1_000_000_000_000)
      record(index, verdict, at: moment - 10, offline: true, received: now)
      let area = venue.doors[seen.door].area
      if verdict == .admitted, limit(area) != nil { admitted[area, default: []].append(seen.id) }
    }
    for (area, ids) in admitted {
      guard let limit = limit(area) else { continue }
      for id in ids.suffix(max(0, inside(area, facts) - limit)) { conflicts[id, default: []].append("FULL") }
    }
  }

  private func record() -> Record {
    var record = Record(scans: ledger, conflicts: conflicts)
    let undone = Set(ledger.lazy.filter(\.isUndone).map(\.id))
    for id in undone { record.conflicts[id] = nil }
    for door in venue.doors { record.counts[door.name] = Record.Count(inside: 0, admitted: 0) }
    for known in facts.values {
      var places: [String: Fact] = [:]
      for fact in known.sorted(by: { ($0.moment, $0.order) < ($1.moment, $1.order) }) {
        if fact.isIn, places[venue.doors[fact.door].area] != nil {
          record.conflicts[fact.id, default: []].append("ALREADY_INSIDE")
        }
        step(fact, &places)
      }
      if !places.isEmpty { record.peopleInside += 1 }
      for fact in places.values { record.counts[venue.doors[fact.door].name]?.inside += 1 }
      for door in Set(known.filter(\.isIn).map(\.door)) { record.counts[venue.doors[door].name]?.admitted += 1 }
    }
    return record
  }
}
