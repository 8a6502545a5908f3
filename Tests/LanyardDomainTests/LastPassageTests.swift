import Testing

@testable import LanyardDomain

@Suite("The last passage of a badge, among the readings on record")
struct LastPassageTests {
  private static let person = Key<Registration>(1)
  private static let doors = [Venue.lane1, Venue.terrace]
  private static let start = at("2024-05-27T09:00:00+02:00")
  private static let plan = {
    var venue = Venue()
    for door in doors { venue.checkpoints[door]?.directions = .byTurns }
    return venue.plan
  }()

  /// A reading so many seconds after the start; one that became known late was recorded later.
  private func reading(
    _ second: Int,
    _ way: Direction = .into,
    _ door: Key<Checkpoint> = Venue.lane1,
    again: Bool = false,
    recorded: Int? = nil
  ) -> LastPassage.Reading {
    LastPassage.Reading(
      LastPassage(way: way, wasInside: way == .out, checkpoint: door, moment: Self.start + .seconds(second)),
      recordedAt: Self.start + .seconds(recorded ?? second),
      isDouble: again
    )
  }

  /// - Parameter readings: In the order in which they were recorded.
  private func last(_ readings: [LastPassage.Reading], at second: Int) -> LastPassage? {
    LastPassage(of: readings.reversed(), at: Self.start + .seconds(second))
  }

  @Test("Is forgotten after three seconds, of which each second reading begins three more")
  func chain() {
    #expect(last([reading(0)], at: 3) == reading(0).passage)
    #expect(last([reading(0)], at: 4) == nil)
    let chain = [reading(0)] + [2, 4, 6, 8].map { reading($0, again: true) }
    #expect(last(chain, at: 11) == reading(8).passage)
    #expect(last(chain, at: 12) == nil)
    #expect(last([], at: 0) == nil)
  }

  @Test("Is another where somebody passed in between, and no second reading of another door or way counts for it")
  func between() {
    let other = reading(1, .into, Venue.terrace)
    #expect(last([reading(0), other], at: 2) == other.passage)
    #expect(last([reading(0), reading(1, .into, Venue.terrace, again: true)], at: 2) == reading(0).passage)
    #expect(last([reading(0), reading(1, .out, again: true)], at: 2) == reading(0).passage)
  }

  @Test("Is not found where only its second reading is left, as the passage was taken back")
  func takenBack() {
    #expect(last([reading(2, again: true)], at: 3) == nil)
    #expect(last([reading(0, .out), reading(2, again: true)], at: 3) == reading(0, .out).passage)
  }

  @Test("Is the last that happened, not the last that became known")
  func late() {
    let offline = reading(1, .out, Venue.terrace, recorded: 4)
    #expect(last([reading(3), offline], at: 5) == reading(3).passage)
    #expect(last([reading(0), reading(2, .out, recorded: 4)], at: 5) == reading(2, .out).passage)
    #expect(last([reading(3), reading(-60, recorded: 4)], at: 5) == reading(3).passage)
  }

  @Test("Is sought no further than it has to be")
  func search() {
    func found(_ readings: [LastPassage.Reading]) -> (goesOn: [Bool], passage: LastPassage?) {
      var search = LastPassage.Search(at: Self.start + .seconds(5))
      return (readings.map { search.goesOn(after: $0) }, search.found)
    }
    let chain = found([reading(4, again: true), reading(2, again: true), reading(0)])
    #expect(chain.goesOn == [true, true, false] && chain.passage == reading(4).passage)
    let old = found([reading(1)])
    #expect(old.goesOn == [false] && old.passage == nil)
    #expect(found([reading(3, recorded: 5)]).goesOn == [true])
  }

  @Test("Is the one that the doors followed, whatever they read and however often", arguments: 0..<20)
  func followed(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var fold = AdmissionFold()
    fold.load([], of: Self.person)
    fold.load(nil, of: Self.person)
    var (now, readings, doubles) = (Self.start, [LastPassage.Reading](), 0)
    for _ in 0..<400 {
      now = now + .milliseconds(Int.random(in: 0...4500, using: &random))
      let followed = fold.lastPassage(of: Self.person).flatMap { LastPassage.isSoon(after: $0.moment, now) ? $0 : nil }
      #expect(LastPassage(of: readings.reversed(), at: now) == followed)
      guard let key = Self.doors.randomElement(using: &random), let door = Self.plan.door(key, now: now) else {
        continue
      }
      let direction = [nil, nil, nil, Direction.out].randomElement(using: &random) ?? nil
      let verdict = fold.admit(Venue.badge(), direction: direction, door: door, plan: Self.plan, now: now)
      guard verdict.decision.refusal == nil else { continue }
      var wasInside = false
      if case .left(let known) = verdict.decision { wasInside = known }
      let way: Direction = verdict.direction == .into ? .into : .out
      let passage = LastPassage(way: way, wasInside: wasInside, checkpoint: key, moment: now)
      readings.append(LastPassage.Reading(passage, recordedAt: now, isDouble: verdict.isDoubleReading))
      doubles += verdict.isDoubleReading ? 1 : 0
    }
    #expect(doubles > 20 && readings.count > 2 * doubles)
  }

  @Test("Is none that a clock decided which was ahead, and is found behind it")
  func clockAhead() {
    func reading(_ seconds: Int, recorded: Int) -> LastPassage.Reading {
      let moment = Self.start + .seconds(seconds)
      let passage = LastPassage(way: .into, wasInside: false, checkpoint: Venue.lane1, moment: moment)
      return LastPassage.Reading(passage, recordedAt: Self.start + .seconds(recorded), isDouble: false)
    }
    let readings = [reading(10, recorded: 86_400), reading(86_400, recorded: 86_400), reading(0, recorded: 0)]
    #expect(LastPassage(of: readings, at: Self.start + .seconds(12))?.moment == Self.start + .seconds(10))
    #expect(LastPassage(of: readings, at: Self.start + .seconds(14)) == nil)
  }

  @Test("Is the one that all passages come to, in whatever order they became known", arguments: 0..<20)
  func history(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var (now, known, found) = (Self.start, [(reading: LastPassage.Reading, passage: Passage)](), 0)
    for number in 0..<200 {
      now = now + .milliseconds(Int.random(in: 0...2000, using: &random))
      let isOffline = Int.random(in: 0..<3, using: &random) == 0
      let moment = isOffline ? now - .milliseconds(Int.random(in: 1...6000, using: &random)) : now
      let way: Direction = Bool.random(using: &random) ? .into : .out
      let door = Self.doors.randomElement(using: &random) ?? Venue.lane1
      let isDouble = Int.random(in: 0..<2, using: &random) == 0
      let read = LastPassage(way: way, wasInside: false, checkpoint: door, moment: moment)
      let passage = Passage(
        scan: Int64(number),
        way: way,
        checkpoint: door,
        session: nil,
        moment: moment,
        isOverride: false,
        isOffline: isOffline,
        isDoubleReading: isDouble
      )
      known.append((LastPassage.Reading(read, recordedAt: now, isDouble: isDouble), passage))
      let later = now + .milliseconds(Int.random(in: 0...2000, using: &random))
      let whole = PassageHistory(known.map(\.passage), of: Self.person, plan: Self.plan).last
      let expected = whole.flatMap { LastPassage.isSoon(after: $0.moment, later) ? $0 : nil }
      let last = LastPassage(of: known.map(\.reading).reversed(), at: later)
      #expect(
        last?.way == expected?.way && last?.checkpoint == expected?.checkpoint && last?.moment == expected?.moment
      )
      found += last == nil ? 0 : 1
    }
    #expect(found > 50)
  }
}

extension LastPassage {
  /// The last passage, where it is so recent that a turnstile may be reading the badge again for it.
  ///
  /// - Parameter readings: Of one badge, the one that was recorded last first.
  fileprivate init?(of readings: some Sequence<Reading>, at now: Instant) {
    var search = Search(at: now)
    for reading in readings where !search.goesOn(after: reading) { break }
    guard let found = search.found else { return nil }
    self = found
  }
}
