/// How many lanes a morning needs, found by simulating many mornings.
package struct LanePlan: Sendable {
  /// A figure over all simulated mornings.
  package struct Range: Sendable, Hashable {
    /// Of twenty mornings one is below `low`, one above `high`.
    package let low: Double
    package let median: Double
    package let high: Double

    fileprivate init(_ values: [Double]) {
      let sorted = values.sorted()
      low = sorted.share(0.05)
      median = sorted.share(0.5)
      high = sorted.share(0.95)
    }
  }

  /// What a number of lanes leads to.
  package struct Row: Sendable {
    package let lanes: Int
    /// Seconds that a person waits: the time that 19 of 20 do not exceed, and the longest.
    package let wait95: Range
    package let longestWait: Range
    /// The most people that wait at once, and when that is, in seconds from the start.
    package let longestQueue: Range
    package let longestQueueAt: Range
    /// Seconds from the end of the arrivals until the line is empty.
    package let emptyAfter: Range
    /// The median of the most that wait at once in each part of the time, until the line is empty, or `LanePlan.mostParts`.
    package let queue: [Double]
  }

  /// Thrown where no number of lanes is enough.
  package struct Impossible: Error {}

  /// The most lanes that are tried.
  package static let laneLimit = 500

  package let model: QueueModel
  /// The longest time, in seconds, that 19 of 20 people may wait.
  package let limit: Double
  /// The fewest lanes with which 19 of 20 mornings keep the limit.
  package let lanes: Int
  /// One lane fewer where there can be, the lanes themselves, and one more.
  package let rows: [Row]
  /// Length of one part of `Row.queue`, in seconds.
  package let part: Double

  /// The parts that are looked at however soon the line is empty, and the most.
  private static let leastParts = 18
  package static let mostParts = 60

  /// - Parameters:
  ///   - mornings: How many are simulated for each number of lanes.
  ///   - tell: Told before each morning: with how many lanes, the how manieth it is, and how many are left to simulate after it where
  ///     the lanes that are tried are enough.
  /// - Throws: `Impossible` where even `laneLimit` lanes are too few.
  package init(
    _ model: QueueModel,
    limit: Double,
    mornings: Int,
    seed: UInt64 = 1,
    tell: (_ lanes: Int, _ morning: Int, _ left: Int) -> Void = { _, _, _ in }
  ) throws(Impossible) {
    // Rows that are still to be simulated once this one is: what halving takes, and the three that are shown.
    var rowsLeft = 0
    func row(_ lanes: Int) -> Row {
      Row(model, lanes: lanes, mornings: mornings, seed: seed) {
        tell(lanes, $0, mornings - $0 + rowsLeft * mornings)
      }
    }
    func halvings(_ below: Int, _ enough: Int) -> Int {
      Int.bitWidth - (max(enough - below, 1) - 1).leadingZeroBitCount
    }
    func isEnough(_ row: Row) -> Bool { row.wait95.high <= limit }
    // What cannot be is not simulated, which takes long where many come.
    let least = model.fewestLanes(limit)
    guard least <= Double(Self.laneLimit) else { throw Impossible() }
    // More lanes never make anybody wait longer, so halving finds the fewest.
    var (below, enough) = (Int(least) - 1, Int(least))
    rowsLeft = halvings(below, enough) + 3
    while !isEnough(row(enough)) {
      guard enough < Self.laneLimit else { throw Impossible() }
      (below, enough) = (enough, min(enough * 2, Self.laneLimit))
      rowsLeft = halvings(below, enough) + 3
    }
    while enough - below > 1 {
      let middle = (below + enough) / 2
      rowsLeft = halvings(below, enough) + 2
      if isEnough(row(middle)) { enough = middle } else { below = middle }
    }
    self.model = model
    self.limit = limit
    lanes = enough
    let shown = max(enough - 1, 1)...(enough + 1)
    rows = shown.map { lanes in
      rowsLeft = shown.upperBound - lanes
      return row(lanes)
    }
    part = Self.part(model)
  }

  /// A fifteenth of the time in which people come.
  fileprivate static func part(_ model: QueueModel) -> Double { model.window / 15 }

  /// The most that wait at once in each part of a morning, until its line is empty.
  fileprivate static func queue(_ morning: QueueMorning, _ model: QueueModel) -> [Int] {
    let (part, last) = (part(model), morning.starts.last ?? 0)
    // What is left after the last part is in it.
    let count = Int(min(max((last / part).rounded(.down) + 1, Double(leastParts)), Double(mostParts)))
    return morning.longestQueues(parts: count, until: part * Double(count))
  }

  /// The median of each part over all mornings; of the empty parts at the end the first alone, where there are not many.
  fileprivate static func median(_ queues: [[Int]]) -> [Double] {
    let count = queues.map(\.count).max() ?? 0
    let medians = (0..<count).map { part in
      queues.map { part < $0.count ? Double($0[part]) : 0 }.sorted().share(0.5)
    }
    let last = medians.lastIndex { $0 > 0 } ?? 0
    // Afterwards nobody waits.
    return Array((medians + (count < mostParts ? [0] : [])).prefix(max(last + 2, leastParts)))
  }

  /// The row of the plan's own number of lanes.
  package var chosen: Row { rows.first { $0.lanes == lanes } ?? rows[0] }
  /// What one lane fewer would do; nil where there is only one.
  package var oneFewer: Row? { rows.first { $0.lanes == lanes - 1 } }
}

extension LanePlan.Row {
  fileprivate init(
    _ model: QueueModel,
    lanes: Int,
    mornings: Int,
    seed: UInt64,
    tell: (Int) -> Void
  ) {
    self.lanes = lanes
    var (share, longest, queue, at, after) = ([Double](), [Double](), [Double](), [Double](), [Double]())
    var queues: [[Int]] = []
    for number in 0..<mornings {
      tell(number + 1)
      let morning = QueueMorning(model, lanes: lanes, seed: seed &+ UInt64(number))
      let waits = morning.waits
      share.append(waits.share(0.95))
      longest.append(waits.last ?? 0)
      let lengths = LanePlan.queue(morning, model)
      let most = lengths.max() ?? 0
      queue.append(Double(most))
      at.append(Double(lengths.firstIndex(of: most) ?? 0) * LanePlan.part(model))
      after.append(max(0, (morning.starts.last ?? 0) - model.window))
      queues.append(lengths)
    }
    wait95 = LanePlan.Range(share)
    longestWait = LanePlan.Range(longest)
    longestQueue = LanePlan.Range(queue)
    longestQueueAt = LanePlan.Range(at)
    emptyAfter = LanePlan.Range(after)
    self.queue = LanePlan.median(queues)
  }
}

extension [Double] {
  /// The value that a share of the sorted values, 0 to 1, does not exceed (nearest rank).
  fileprivate func share(_ share: Double) -> Double {
    guard !isEmpty else { return 0 }
    let rank = Int((share * Double(count)).rounded(.up)) - 1
    return self[Swift.min(Swift.max(rank, 0), count - 1)]
  }
}
