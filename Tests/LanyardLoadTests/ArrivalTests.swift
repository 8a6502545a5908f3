import LanyardDomain
import LanyardLoad
import Testing

@Suite("Arrivals of a phase")
struct ArrivalTests {
  private static func times(_ arrivals: Arrivals, length: Duration, seed: UInt64 = 7) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return Phase(name: "phase", length: length, arrivals: arrivals).arrivalTimes(&generator)
  }

  @Test(
    "Come in order, within the phase, and the same for the same seed",
    arguments: [
      Arrivals.constant(perSecond: 40), .ramp(from: 0, to: 80), .ramp(from: 80, to: 0), .surge(people: 4000),
      .replay([.seconds(5), .seconds(1), .seconds(99), .seconds(100), .seconds(-1)]),
    ]
  )
  func order(arrivals: Arrivals) {
    let times = Self.times(arrivals, length: .seconds(100))
    #expect(!times.isEmpty)
    #expect(times == times.sorted())
    #expect(times.allSatisfy { (0..<100).contains($0) })
    #expect(times == Self.times(arrivals, length: .seconds(100)))
  }

  @Test("Constant ones are as many as the rate says, and as irregular as those of people are")
  func constant() {
    let times = Self.times(.constant(perSecond: 50), length: .seconds(1000))
    // 50,000 are expected, with a standard deviation of 224.
    #expect(abs(Double(times.count) - 50_000) < 4 * 224)
    // Of a Poisson process the variance of counts is their mean.
    var counts = [Double](repeating: 0, count: 1000)
    for time in times { counts[Int(time)] += 1 }
    let mean = counts.reduce(0, +) / 1000
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 999
    #expect(abs(variance / mean - 1) < 0.2)
  }

  @Test(
    "A ramp's rate goes evenly from one to the other",
    arguments: [(10.0, 90.0), (90.0, 10.0), (0.0, 100.0), (100.0, 0.0)]
  )
  func ramp(from: Double, to: Double) {
    let times = Self.times(.ramp(from: from, to: to), length: .seconds(1000))
    #expect(abs(Double(times.count) - 50_000) < 4 * 224)
    for part in 0..<4 {
      let range = Double(part) * 250..<Double(part + 1) * 250
      let expected = 250 * (from + (to - from) * (Double(part) + 0.5) / 4)
      let come = Double(times.count { range.contains($0) })
      #expect(abs(come - expected) < 4 * expected.squareRoot(), "in \(range)")
    }
  }

  @Test("A surge brings exactly so many, most of them after a third of the time")
  func surge() {
    let times = Self.times(.surge(people: 30_000), length: .seconds(5400))
    #expect(times.count == 30_000)
    var counts = [Int](repeating: 0, count: 9)
    for time in times { counts[Int(time / 600)] += 1 }
    // The peak is at 1800 s, between the third part and the fourth; the first and the last are nearly empty.
    let order = counts.indices.sorted { counts[$0] > counts[$1] }
    #expect(Set(order.prefix(2)) == [2, 3])
    #expect(counts[0] < counts[2] / 2)
    #expect(counts[8] < counts[2] / 4)
    // The mean of gamma(3, 900 s), cut at 5400 s, is 2443 s: 2700 s times P(4, 6) / P(3, 6).
    let mean = times.reduce(0, +) / 30_000
    #expect(abs(mean - 2443) < 4 * 1180 / 30_000.squareRoot())
  }

  @Test("A phase that brings nobody is quiet")
  func quiet() {
    #expect(Self.times(.constant(perSecond: 0), length: .seconds(100)).isEmpty)
    #expect(Self.times(.ramp(from: 0, to: 0), length: .seconds(100)).isEmpty)
  }

  @Test("A faster run divides times and multiplies rates, and measures by the same targets")
  func faster() {
    var scenario = Scenario(name: "test")
    scenario.service = .seconds(4)
    scenario.phases = [
      Phase(name: "a", length: .seconds(100), arrivals: .constant(perSecond: 5)),
      Phase(name: "b", length: .seconds(200), arrivals: .ramp(from: 1, to: 3)),
      Phase(name: "c", length: .seconds(300), arrivals: .surge(people: 70)),
      Phase(name: "d", length: .seconds(400), arrivals: .replay([.seconds(10)])),
    ]
    scenario.offline = [.init(at: .seconds(10), length: .seconds(20), lanes: 2)]
    scenario.faults = [
      ScheduledFault(at: .seconds(50), kind: .kill(after: .seconds(10))),
      ScheduledFault(at: .seconds(60), kind: .slow(lanes: [1], by: .milliseconds(200), .seconds(30))),
      ScheduledFault(at: .seconds(70), kind: .flap(lanes: [1], every: .seconds(2), .seconds(30))),
      ScheduledFault(at: .seconds(80), kind: .clockBack(.seconds(120))),
    ]
    scenario.targets.p99 = .milliseconds(50)
    scenario.search = .init(from: 10, factor: 2, step: .seconds(30), steps: 3)
    var expected = scenario
    expected.speed = 10
    expected.service = .milliseconds(400)
    expected.phases = [
      Phase(name: "a", length: .seconds(10), arrivals: .constant(perSecond: 50)),
      Phase(name: "b", length: .seconds(20), arrivals: .ramp(from: 10, to: 30)),
      Phase(name: "c", length: .seconds(30), arrivals: .surge(people: 70)),
      Phase(name: "d", length: .seconds(40), arrivals: .replay([.seconds(1)])),
    ]
    expected.offline = [.init(at: .seconds(1), length: .seconds(2), lanes: 2)]
    expected.faults = [
      ScheduledFault(at: .seconds(5), kind: .kill(after: .seconds(1))),
      ScheduledFault(at: .seconds(6), kind: .slow(lanes: [1], by: .milliseconds(200), .seconds(3))),
      ScheduledFault(at: .seconds(7), kind: .flap(lanes: [1], every: .milliseconds(200), .seconds(3))),
      ScheduledFault(at: .seconds(8), kind: .clockBack(.seconds(120))),
    ]
    expected.speed = 10
    expected.search = .init(from: 100, factor: 2, step: .seconds(3), steps: 3)
    #expect(scenario.faster(by: 10) == expected)
  }
}
