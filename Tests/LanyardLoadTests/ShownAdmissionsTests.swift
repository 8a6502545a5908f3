import Histogram
import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("How long after its answer an admission is shown by who watches")
struct ShownAdmissionsTests {
  private static let door = "events/e/checkpoints/main"

  private static func venue(people: Int) -> Venue {
    Venue(
      event: "events/e",
      doors: [Venue.Door(name: door, displayName: "Main", area: "")],
      people: (0..<people).map { Venue.Person(registration: "r\($0)", displayName: "Person \($0)", group: "") },
      badges: (0..<people).map { Venue.Badge(name: "b\($0)", code: "c\($0)", state: .active, person: $0) }
    )
  }

  private static func scan(
    _ badge: Int,
    at second: Double,
    _ outcome: Observation.Outcome = .answered(.admitted, offline: false),
    isOut: Bool = false
  ) -> Observation {
    Observation(
      id: UUIDBytes(high: 1, low: UInt64(second * 1_000)),
      door: 0,
      subject: .badge(badge),
      isOut: isOut,
      expected: [],
      due: .seconds(second) - .milliseconds(10),
      answered: .seconds(second),
      outcome: outcome
    )
  }

  private static func record(admitted: Int) -> Record {
    Record(scans: [], counts: [door: .init(inside: 0, admitted: admitted)])
  }

  /// The delays in milliseconds of a dashboard that was told those counts at those seconds.
  private static func delays(
    _ scans: [Observation],
    before: Record = record(admitted: 0),
    after: Int,
    told: [(at: Double, admitted: Int)]
  ) -> [Int]? {
    let doors = ShownAdmissions.ofDoors(venue(people: 9), before: before, scans, after: record(admitted: after))
    let headcounts = ToldHeadcounts()
    for (at, admitted) in told {
      var message = HeadcountMessage()
      message.counts = [(door, Record.Count(inside: 0, admitted: admitted))]
      headcounts.take(message, watcher: 0, at: .seconds(at))
    }
    let changes = headcounts.told(0, of: nil).changes[door] ?? []
    return doors.first?.delays(changes, until: .seconds(100)).map { Int(($0.delay / .milliseconds(1)).rounded()) }
  }

  @Test("Is as long as a server that wakes its watchers every ten seconds makes it, however fresh its counts are")
  func lazyServer() {
    let scans = [Self.scan(0, at: 1), Self.scan(1, at: 4), Self.scan(2, at: 12)]
    #expect(Self.delays(scans, after: 3, told: [(0, 0), (10, 2), (20, 3)]) == [9_000, 6_000, 8_000])
    // As late for all is late too.
    #expect(Self.delays(scans, after: 3, told: [(0, 0), (3, 1), (6, 2), (14, 3)]) == [2_000, 2_000, 2_000])
    #expect(Self.delays(scans, after: 3, told: [(0, 0), (1, 1), (3.5, 2), (12.1, 3)]) == [0, 0, 100])
  }

  @Test("Ends with the first count that has it, and never where it was never shown")
  func skipped() {
    let scans = [Self.scan(0, at: 1), Self.scan(1, at: 2), Self.scan(2, at: 3)]
    #expect(Self.delays(scans, after: 3, told: [(0, 0), (3.5, 3)]) == [2_500, 1_500, 500])
    #expect(Self.delays(scans, after: 3, told: [(0, 0), (3.5, 2)]) == [2_500, 1_500, 97_000])
    #expect(Self.delays(scans, after: 3, told: []) == [99_000, 98_000, 97_000])
  }

  @Test("Begins with the door's count before the run, and counts nobody twice")
  func once() {
    var before = Self.record(admitted: 5)
    before.scans = [
      RecordedScan(
        id: UUIDBytes(high: 2, low: 2),
        door: Self.door,
        badge: "b3",
        verdict: .admitted,
        isOut: false,
        happened: Instant(microseconds: 0)
      )
    ]
    let scans = [
      Self.scan(0, at: 1), Self.scan(0, at: 2, .answered(.wentOut, offline: false), isOut: true), Self.scan(0, at: 3),
      Self.scan(3, at: 4), Self.scan(1, at: 5, .answered(.refused(.full), offline: false)), Self.scan(1, at: 6),
    ]
    #expect(Self.delays(scans, before: before, after: 7, told: [(0, 5), (1.2, 6), (6.4, 7)]) == [200, 400])
  }

  @Test("Is not measured after a scan that nobody knows to be counted, nor where others are counted")
  func unknown() {
    let alone = Observation.Outcome.answered(.admitted, offline: true)
    let scans = [Self.scan(0, at: 1), Self.scan(1, at: 2, alone), Self.scan(2, at: 3)]
    #expect(Self.delays(scans, after: 3, told: [(0, 0), (1.1, 1), (3, 3)]) == [100])
    #expect(Self.delays([Self.scan(0, at: 1), Self.scan(1, at: 2, .silent)], after: 1, told: [(1.1, 1)]) == [100])
    #expect(Self.delays([Self.scan(0, at: 1)], after: 2, told: [(1, 2)]) == nil)
    #expect(Self.delays([Self.scan(0, at: 1)], after: 0, told: []) == nil)
  }

  @Test("Stands among the times of dashboards, and of the screens of that door alone, in the phase of the answer")
  func phases() {
    let doors = ShownAdmissions.ofDoors(
      Self.venue(people: 2),
      before: Self.record(admitted: 0),
      [Self.scan(0, at: 1), Self.scan(1, at: 9)],
      after: Self.record(admitted: 2)
    )
    let changes: ToldHeadcounts.Changes = [.init(at: .seconds(2), admitted: 1), .init(at: .seconds(11), admitted: 2)]
    func told(_ checkpoint: String?) -> ToldHeadcounts.Told {
      .init(checkpoint: checkpoint, changes: [Self.door: changes])
    }
    var state = RunRecorder().snapshot()
    state.note(
      doors,
      by: [told(nil), told(Self.door), told("events/e/checkpoints/other")],
      until: .seconds(20),
      phases: [(.zero, .seconds(5)), (.seconds(5), .seconds(10))]
    )
    for operation in [RunOperation.attendance, .headcount] {
      #expect(state.timings[0]?[operation]?.times.totalCount == 1 && state.timings[1]?[operation]?.pushed == 1)
      #expect(state.timings[1]?[operation]?.times.milliseconds(99).rounded() == 2_000)
      #expect(state.carried[0]?[operation] == 1 && state.carried[1]?[operation] == nil)
      #expect(state.totals[operation]?.answered == 0)
    }
  }
}
