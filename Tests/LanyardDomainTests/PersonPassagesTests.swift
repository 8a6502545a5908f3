import LanyardDomain
import Testing

/// A store in memory that does what the passages of one person come to.
private struct Desk {
  static let person = Key<Registration>(1)
  static let doors = [Venue.lane1, Venue.lane2, Venue.terrace, Venue.roomA, Venue.roomB]
  static let plan = Venue().plan

  /// All that are on record.
  var passages: [Passage] = []
  var undone: Set<Int64> = []
  var presences: [Key<Checkpoint>: Presence] = [:]
  var occupancy: [AdmissionFold.OccupancyKey: Int] = [:]
  var tallies: [AdmissionFold.TallyKey: Int] = [:]
  var conflicts: [Int64: PassageHistory.Conflict] = [:]
  private var nextKey: Int64 = 1

  /// Those that count.
  var valid: [Passage] { passages.filter { !undone.contains($0.scan) } }
  var history: PassageHistory { PassageHistory(valid, of: Self.person, plan: Self.plan) }

  var facts: PersonPassages {
    PersonPassages(
      of: Self.person,
      plan: Self.plan,
      presences: presences.values.sorted { $0.checkpoint.rawValue < $1.checkpoint.rawValue },
      latest: passages.map(\.moment).max()
    )
  }

  mutating func take(_ person: PersonPassages) {
    let recorded = conflicts.map { RecordedConflict(key: $0.key, conflict: $0.value) }
    let effects = person.effects(recorded: person.needsConflicts ? recorded : [])
    for key in effects.gone { presences[key.checkpoint] = nil }
    for (key, presence) in effects.presences { presences[key.checkpoint] = presence }
    occupancy.merge(effects.occupancy, uniquingKeysWith: +)
    tallies.merge(effects.tallies, uniquingKeysWith: +)
    for key in effects.settled { conflicts[key] = nil }
    for conflict in effects.conflicts {
      conflicts[nextKey] = conflict
      nextKey += 1
    }
  }
}

@Suite("A person whose passages become known late or are taken back")
struct PersonPassagesTests {
  private static let start = at("2024-05-27T09:00:00+02:00")

  private func passage(_ scan: Int64, _ way: Direction, _ door: Key<Checkpoint>, _ second: Int) -> Passage {
    let moment = Self.start + .seconds(second)
    return Passage(
      scan: scan,
      way: way,
      checkpoint: door,
      session: Desk.plan.door(door, now: moment)?.session?.key,
      moment: moment,
      isOverride: false,
      isOffline: true
    )
  }

  private func inside(_ desk: Desk) -> [Key<Checkpoint>] {
    desk.presences.values.filter(\.isInside).map(\.checkpoint).sorted { $0.rawValue < $1.rawValue }
  }

  @Test("Is followed from where they stand while each passage is the last, without what went before")
  func goesOn() {
    var desk = Desk()
    var person = desk.facts
    for (number, way) in [Direction.into, .out, .into].enumerated() {
      #expect(!person.needsAll(at: Self.start + .seconds(number * 60), isTurnstile: true))
      person.add(passage(Int64(number), way, Venue.lane1, number * 60))
      #expect(!person.needsAll && !person.needsConflicts)
    }
    desk.take(person)
    #expect(inside(desk) == [Venue.lane1])
    #expect(desk.occupancy.values.reduce(0, +) == 1)
  }

  @Test("Is gone through again where one happened before the last, or stands against another")
  func replays() {
    var desk = Desk()
    var person = desk.facts
    person.add(passage(1, .into, Venue.lane1, 600))
    #expect(!person.needsAll)
    person.add(passage(2, .into, Venue.lane2, 60))
    #expect(person.needsAll)
    person.load([])
    #expect(!person.needsAll && person.needsConflicts)
    desk.take(person)
    #expect(desk.conflicts.values.map(\.earlier) == [2] && desk.conflicts.values.map(\.later) == [1])
    #expect(inside(desk) == [Venue.lane1])
  }

  @Test("Is in conflict no more where a way out becomes known that explains it")
  func settles() {
    var desk = Desk()
    desk.passages = [passage(1, .into, Venue.lane1, 0), passage(2, .into, Venue.lane2, 600)]
    var person = Desk().facts
    for passage in desk.passages { person.add(passage) }
    person.load(desk.passages)
    desk.take(person)
    #expect(desk.conflicts.count == 1)
    var later = desk.facts
    desk.passages.append(passage(3, .out, Venue.lane1, 300))
    later.add(desk.passages[2])
    #expect(later.needsAll)
    later.load(desk.passages)
    desk.take(later)
    #expect(desk.conflicts.isEmpty && inside(desk) == [Venue.lane2])
  }

  @Test("Has to be known whole where a turnstile may be reading the badge again for a passage of before")
  func turnstile() {
    var desk = Desk()
    desk.passages = [passage(1, .into, Venue.lane1, 0)]
    var person = desk.facts
    for (second, isNeeded) in [(-1, true), (0, true), (3, true), (4, false)] {
      #expect(person.needsAll(at: Self.start + .seconds(second), isTurnstile: true) == isNeeded)
      #expect(person.needsAll(at: Self.start + .seconds(second), isTurnstile: false) == (second < 0))
    }
    person.add(passage(2, .out, Venue.lane1, 10))
    #expect(!person.needsAll(at: Self.start + .seconds(11), isTurnstile: true), "that one is followed")
    #expect(person.standing(at: Self.start + .seconds(11)).last?.way == .out)
  }

  @Test("Stands, counts and is in conflict as all passages say, whatever comes in which batches", arguments: 0..<40)
  func walk(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var (desk, now, scan, followed, conflicts) = (Desk(), Self.start, Int64(0), 0, 0)
    for _ in 0..<60 {
      var person = desk.facts
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        now = now + .seconds(Int.random(in: 0...400, using: &random))
        if Int.random(in: 0..<5, using: &random) == 0, let gone = desk.valid.randomElement(using: &random)?.scan {
          if person.needsAllToRemove { person.load(desk.valid) }
          desk.undone.insert(gone)
          person.remove(scan: gone)
          continue
        }
        let late = Int.random(in: 0..<3, using: &random) == 0 ? Int.random(in: 0...1500, using: &random) : 0
        let moment = now - .seconds(late)
        let isTurnstile = Bool.random(using: &random)
        if person.needsAll(at: moment, isTurnstile: isTurnstile) { person.load(desk.valid) }
        let standing = person.standing(at: moment)
        let until = PassageHistory(desk.valid, of: Desk.person, plan: Desk.plan, until: moment)
        #expect(Set(standing.presences) == Set(until.presences))
        if isTurnstile, let last = until.last, moment - last.moment <= LastPassage.readAgainTime {
          #expect(standing.last == last)
        }
        scan += 1
        let door = Desk.doors.randomElement(using: &random) ?? Venue.lane1
        let passage = Passage(
          scan: scan,
          way: Int.random(in: 0..<3, using: &random) == 0 ? .out : .into,
          checkpoint: door,
          session: Desk.plan.door(door, now: moment)?.session?.key,
          moment: moment,
          isOverride: Int.random(in: 0..<8, using: &random) == 0,
          isOffline: true
        )
        desk.passages.append(passage)
        person.add(passage)
        if person.needsAll { person.load(desk.valid) }
      }
      followed += person.needsConflicts ? 0 : 1
      desk.take(person)
      let history = desk.history
      #expect(Set(desk.presences.values) == Set(history.presences))
      #expect(desk.tallies.filter { $0.value != 0 } == history.tallies)
      #expect(Set(desk.conflicts.values) == Set(history.conflicts))
      let inside = Dictionary(grouping: history.presences.filter(\.isInside)) {
        AdmissionFold.OccupancyKey(checkpoint: $0.checkpoint, period: $0.period)
      }
      #expect(desk.occupancy.filter { $0.value != 0 } == inside.mapValues(\.count))
      conflicts += history.conflicts.count
    }
    #expect(followed > 3 && conflicts > 3, "the walk meets both ways")
  }
}
