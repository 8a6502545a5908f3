import LanyardDomain
import LanyardTesting
import Testing

@Suite("A person's passages")
struct PassageHistoryTests {
  private static let person = Key<Registration>(1)
  private static let plan = Venue().plan

  private func passage(
    _ scan: Int64,
    _ way: Direction,
    _ door: Key<Checkpoint>,
    _ time: String,
    override: Bool = false,
    offline: Bool = false
  )
    -> Passage
  {
    let moment = at("2024-05-27T\(time):00+02:00")
    let session = Self.plan.door(door, now: moment)?.session?.key
    return Passage(
      scan: scan,
      way: way,
      checkpoint: door,
      session: session,
      moment: moment,
      isOverride: override,
      isOffline: offline
    )
  }

  private func history(_ passages: [Passage]) -> PassageHistory {
    PassageHistory(passages, of: Self.person, plan: Self.plan)
  }

  @Test("at two lanes that were apart are one conflict, and the person is inside once") func apart() {
    let both = [passage(9, .into, Venue.lane1, "08:00", offline: true), passage(4, .into, Venue.lane2, "08:05")]
    for order in [both, both.reversed()] {
      let history = history(order)
      #expect(history.conflicts.map(\.earlier) == [9] && history.conflicts.map(\.later) == [4])
      #expect(history.presences.filter(\.isInside).map(\.checkpoint) == [Venue.lane2])
    }
  }

  @Test("with a way out between two admissions are no conflict") func between() {
    let history = history([
      passage(1, .into, Venue.lane1, "08:00"), passage(2, .into, Venue.lane2, "09:00"),
      passage(3, .out, Venue.lane1, "08:30", offline: true),
    ])
    #expect(history.conflicts.isEmpty)
  }

  @Test("that an operator overrode are no conflict, and count once") func overridden() {
    let history = history([
      passage(1, .into, Venue.lane1, "08:00"), passage(2, .into, Venue.lane2, "08:05", override: true),
    ])
    #expect(history.conflicts.isEmpty)
    #expect(history.presences.filter(\.isInside).count == 1)
  }

  @Test("of the server follow one another as it recorded them, though its clock was set back") func clockBack() {
    // In, the clock is set back by half an hour, and out; offline facts find their place between.
    let history = history([
      passage(1, .into, Venue.lane1, "08:30"), passage(2, .out, Venue.lane1, "08:00"),
      passage(3, .into, Venue.lane2, "07:00", offline: true), passage(4, .out, Venue.lane2, "07:30", offline: true),
    ])
    #expect(history.presences.allSatisfy { !$0.isInside })
    #expect(history.conflicts.isEmpty)
  }

  @Test("of another day are no conflict") func otherDay() {
    let first = passage(1, .into, Venue.lane1, "08:00")
    let next = Passage(
      scan: 2,
      way: .into,
      checkpoint: Venue.lane1,
      session: nil,
      moment: at("2024-05-28T08:00:00+02:00"),
      isOverride: false
    )
    #expect(history([first, next]).conflicts.isEmpty)
  }

  @Test("come to what the doors decided, in whatever order they become known", arguments: [UInt64(1), 2, 3, 4])
  func anyOrder(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var fold = AdmissionFold()
    fold.load([], of: Self.person)
    var passages: [Passage] = []
    var moment = at("2024-05-27T08:00:00+02:00")
    let doors = [Venue.lane1, Venue.lane2, Venue.terrace, Venue.roomA, Venue.roomB]
    for number in 0..<400 {
      moment = moment + .seconds(Int.random(in: 1...300, using: &generator))
      guard let key = doors.randomElement(using: &generator), let door = Self.plan.door(key, now: moment) else {
        continue
      }
      let direction: Direction = Bool.random(using: &generator) ? .into : .out
      let verdict = fold.admit(Venue.badge(), direction: direction, door: door, plan: Self.plan, now: moment)
      if case .refused = verdict.decision { continue }
      passages.append(
        Passage(
          scan: Int64(number),
          way: verdict.decision == .admitted ? .into : .out,
          checkpoint: key,
          session: door.session?.key,
          moment: moment,
          isOverride: false
        )
      )
    }
    let history = history(passages.shuffled(using: &generator))
    #expect(history.conflicts.isEmpty)
    #expect(Set(history.presences) == Set(fold.presences(of: Self.person)))
    #expect(history.tallies == fold.tallyChanges.filter { $0.key.counted == .admitted || $0.key.counted == .left })
  }
}
