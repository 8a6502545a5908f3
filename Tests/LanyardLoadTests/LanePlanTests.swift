import Foundation
import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("Lane planning")
struct LanePlanTests {
  /// The mean wait of a long, steady morning over several seeds, without its first tenth.
  private static func meanWait(_ model: QueueModel, lanes: Int) -> Double {
    let means = (0..<8).map { seed in
      let morning = QueueMorning(model, lanes: lanes, seed: UInt64(100 + seed))
      let waits = zip(morning.arrivals, morning.starts).map { $1 - $0 }.dropFirst(model.arrivals / 10)
      return waits.reduce(0, +) / Double(waits.count)
    }
    return means.reduce(0, +) / Double(means.count)
  }

  /// A model with Poisson arrivals that load so many lanes by a share.
  private static func steady(lanes: Int, load: Double, variation: Double) -> QueueModel {
    let (arrivals, service) = (200_000, 4.0)
    var model = QueueModel(
      arrivals: arrivals,
      window: Double(arrivals) * service / (Double(lanes) * load),
      service: service
    )
    model.serviceVariation = variation
    return model
  }

  @Test("Tells how many mornings are left once so many lanes are enough")
  func left() throws {
    var told: [(lanes: Int, left: Int)] = []
    let model = QueueModel(arrivals: 300, window: 600, service: 20)
    let plan = try LanePlan(model, limit: 30, mornings: 20) { told.append(($0, $2)) }
    #expect(told.last?.left == 0)
    // From the first row that is only shown on, each is one fewer.
    let end = told.suffix(60).map(\.left)
    #expect(end == Array((0..<60).reversed()) && plan.rows.count == 3)
    #expect(told.allSatisfy { $0.left >= 0 } && told[0].left >= 60)
  }

  @Test("Tells scripts and people alike when the line is longest, in columns under one another")
  func told() throws {
    var model = QueueModel(arrivals: 3_000, window: 5_400, service: 4)
    (model.pattern, model.serviceVariation) = (.surge, 0.5)
    let plan = try LanePlan(model, limit: 180, mornings: 40)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(LanePlanReport(plan))) as? [String: Any]
    let at = plan.chosen.longestQueueAt.median
    #expect(at > 0 && json?["queue_max_at_seconds"] as? Double == at)
    #expect((json?["one_lane_fewer"] as? [String: Any])?["queue_max_at_seconds"] as? Double ?? 0 > 0)
    let lines = LanePlanText(plan).text.split(separator: "\n").map(String.init)
    #expect(lines[0].contains("\(TimeSpan.words(.seconds(at))) after the first come"))
    let rows = lines.dropFirst().prefix(1 + plan.rows.count)
    #expect(
      Set(rows.map { $0.prefix(while: { $0 == " " }).count }) == [2] && rows.first?.contains("longest line") == true
    )
    let column = try #require(rows.first?.ranges(of: "empty").first?.lowerBound.utf16Offset(in: rows.first ?? ""))
    for row in rows.dropFirst() {
      #expect(row.dropFirst(column).hasPrefix("in time") || row.dropFirst(column).contains("late"), "\(rows)")
    }
  }

  @Test("Waits as long as Erlang's formula says where service times are exponential (M/M/c)", arguments: [1, 3, 8])
  func erlang(lanes: Int) {
    let (load, service) = (0.8, 4.0)
    let offered = load * Double(lanes)
    // Erlang C: the probability that somebody has to wait.
    var (term, sum) = (1.0, 1.0)
    for number in 1..<max(lanes, 1) {
      term *= offered / Double(number)
      sum += term
    }
    let last = term * offered / Double(lanes) / (1 - load)
    let probability = last / (sum + last)
    let expected = probability * service / (Double(lanes) * (1 - load))
    let measured = Self.meanWait(Self.steady(lanes: lanes, load: load, variation: 1), lanes: lanes)
    #expect(abs(measured - expected) < 0.06 * expected, "measured \(measured), expected \(expected)")
  }

  @Test(
    "Waits as long as Pollaczek and Khinchin say where everybody takes the same time (M/D/1)",
    arguments: [0.5, 0.8]
  )
  func constantService(load: Double) {
    let expected = load * 4 / (2 * (1 - load))
    let measured = Self.meanWait(Self.steady(lanes: 1, load: load, variation: 0), lanes: 1)
    #expect(abs(measured - expected) < 0.06 * expected, "measured \(measured), expected \(expected)")
  }

  @Test("Nobody is passed over: turns come in the order of arrival, and never before it")
  func order() {
    var model = QueueModel(arrivals: 2000, window: 1800, service: 6)
    (model.pattern, model.serviceVariation, model.breakdown) = (.surge, 0.7, 300)
    let morning = QueueMorning(model, lanes: 7, seed: 5)
    #expect(morning.starts == morning.starts.sorted())
    #expect(zip(morning.arrivals, morning.starts).allSatisfy { $0 <= $1 })
    #expect(morning.arrivals.allSatisfy { (0..<1800).contains($0) })
  }

  @Test("No more are served at once than there are lanes, and one fewer while one is out of order")
  func capacity() {
    var model = QueueModel(arrivals: 600, window: 600, service: 10)
    model.breakdown = 120
    let morning = QueueMorning(model, lanes: 4, seed: 3)
    func served(at moment: Double) -> Int { morning.starts.count { $0 <= moment && moment < $0 + 10 } }
    for second in 0..<1600 { #expect(served(at: Double(second)) <= 4) }
    // A lane that breaks down finishes the one that it serves.
    for second in 311..<420 { #expect(served(at: Double(second)) <= 3) }
  }

  @Test("Counts the line exactly")
  func queueLength() {
    var model = QueueModel(arrivals: 300, window: 300, service: 3)
    model.pattern = .surge
    let morning = QueueMorning(model, lanes: 2, seed: 9)
    let longest = morning.longestQueues(parts: 10, until: 600).max()
    let counted = morning.arrivals.map { moment in
      zip(morning.arrivals, morning.starts).count { $0 <= moment && moment < $1 }
    }
    #expect(longest == counted.max())
  }

  @Test("Answers with the fewest lanes that keep the limit, and the same each time")
  func fewest() throws {
    var model = QueueModel(arrivals: 3000, window: 5400, service: 4)
    (model.pattern, model.serviceVariation) = (.surge, 0.5)
    let plan = try LanePlan(model, limit: 180, mornings: 40)
    let fewer = try #require(plan.oneFewer)
    #expect(plan.chosen.wait95.high <= 180 && fewer.wait95.high > 180)
    #expect(fewer.longestQueue.median > plan.chosen.longestQueue.median)
    #expect(try LanePlan(model, limit: 180, mornings: 40).chosen.wait95 == plan.chosen.wait95)
    #expect(plan.chosen.wait95.low <= plan.chosen.wait95.median && plan.chosen.wait95.median <= plan.chosen.wait95.high)
  }

  @Test("Shows the line until it is empty, also of the lanes that are too few")
  func wholeLine() throws {
    // One lane is needed for half of them alone, and two for all: with one the line lasts twice as long.
    let model = QueueModel(arrivals: 300, window: 600, service: 3.9)
    let plan = try LanePlan(model, limit: 60, mornings: 20)
    let fewer = try #require(plan.oneFewer)
    for row in [plan.chosen, fewer] {
      #expect(row.queue.last == 0 && row.queue.count < LanePlan.mostParts)
      #expect(Double(row.queue.count) * plan.part >= model.window + row.emptyAfter.median)
    }
    #expect(fewer.queue.count > plan.chosen.queue.count)
  }

  @Test("A surge needs more lanes than people who come evenly, and so do slow badges and a lane that breaks down")
  func harder() throws {
    var model = QueueModel(arrivals: 3000, window: 5400, service: 4)
    let even = try LanePlan(model, limit: 60, mornings: 40).lanes
    model.pattern = .surge
    let surge = try LanePlan(model, limit: 60, mornings: 40).lanes
    (model.slowShare, model.slowService) = (0.1, 40)
    let slow = try LanePlan(model, limit: 60, mornings: 40).lanes
    model.breakdown = 1200
    let broken = try LanePlan(model, limit: 60, mornings: 40).lanes
    #expect(even < surge && surge < slow && slow <= broken)
  }

  @Test("Knows without a simulation that no number of lanes is enough, and no bound is above what is needed")
  func bound() throws {
    var model = QueueModel(arrivals: 1_000_000, window: 1, service: 3600)
    (model.serviceVariation, model.slowShare, model.slowService) = (0.5, 0.1, 30)
    var mornings = 0
    #expect(throws: LanePlan.Impossible.self) {
      try LanePlan(model, limit: 1, mornings: 200) { _, _, _ in mornings += 1 }
    }
    #expect(mornings == 0)
    for arrivals in [1, 10, 300, 3_000] {
      var model = QueueModel(arrivals: arrivals, window: 600, service: 8)
      model.serviceVariation = 0.5
      let plan = try LanePlan(model, limit: 30, mornings: 20) { _, _, _ in mornings += 1 }
      #expect((1...plan.lanes).contains(Int(model.fewestLanes(30))))
    }
    #expect(mornings >= 80)
  }

  @Test("Says so where no number of lanes is enough")
  func impossible() {
    let model = QueueModel(arrivals: 20_000, window: 1, service: 3600)
    #expect(throws: LanePlan.Impossible.self) { try LanePlan(model, limit: 1, mornings: 1) }
  }
}

@Suite("A length of time")
struct TimeSpanTests {
  @Test(
    "Is read as people write it",
    arguments: [
      ("4s", 4000), ("90m", 5_400_000), ("1h30m", 5_400_000), ("250ms", 250), ("1.5s", 1500), ("2d", 172_800_000),
      ("0s", 0),
    ]
  )
  func read(text: String, milliseconds: Int) {
    #expect(TimeSpan(text)?.duration == .milliseconds(milliseconds))
  }

  @Test(
    "Is refused where it is none",
    arguments: ["", "4", "s", "4x", "-4s", "4 s", "1e9d", "1..2s", "infs", "nan s", "٤s", "999999999999999999999d"]
  )
  func refused(text: String) {
    #expect(TimeSpan(text) == nil)
  }

  @Test(
    "Is said in its two largest units",
    arguments: [(0.0, "0 s"), (4, "4 s"), (0.44, "0.4 s"), (60, "1 min"), (150, "2 min 30 s"), (5400, "1 h 30 min")]
  )
  func words(seconds: Double, text: String) {
    #expect(TimeSpan.words(.seconds(seconds)) == text)
  }
}
