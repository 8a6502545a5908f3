import LanyardDomain

/// Faults by chance.
package enum FaultSchedule {
  /// The most faults of one schedule.
  private static let limit = 6
  /// The longest that one lasts, in milliseconds.
  private static let longest = 5_000

  /// A mix of faults that may overlap, the same for the same seed: one to six, from the first tenth of the run on, each no
  /// longer than a quarter of it or five seconds, and all over when a fifth of it is left. The server is killed at most
  /// twice, and the disk full at most once.
  ///
  /// - Parameters:
  ///   - length: Of the run; one of less than a second has none.
  ///   - lanes: How many there are; without any, only the server breaks.
  package static func seeded(_ seed: UInt64, length: Duration, lanes: Int) -> [ScheduledFault] {
    let run = Int(length / .milliseconds(1))
    guard run >= 1_000 else { return [] }
    var generator = SeededGenerator(seed: seed)
    var faults: [ScheduledFault] = []
    var rare: [Sort: Int] = [.kill: 2, .fullDisk: 1, .clockBack: 1]
    for _ in 0..<Int.random(in: 1...limit, using: &generator) {
      let sorts = Sort.allCases.filter { (!$0.isOfLanes || lanes > 0) && rare[$0] != 0 }
      let sort = sorts[Int.random(in: 0..<sorts.count, using: &generator)]
      rare[sort]? -= 1
      let milliseconds = Int.random(in: min(200, run / 8)...min(longest, run / 4), using: &generator)
      let at = Int.random(in: run / 10...(run * 4 / 5 - milliseconds), using: &generator)
      let kind = kind(sort, .milliseconds(milliseconds), lanes: lanes, &generator)
      faults.append(ScheduledFault(at: .milliseconds(at), kind: kind))
    }
    return faults.sorted { $0.at < $1.at }
  }

  /// What may break.
  private enum Sort: CaseIterable {
    case kill, freeze, cut, blackHole, slow, flap, freezeLane, fullDisk, clockBack

    var isOfLanes: Bool {
      switch self {
      case .cut, .blackHole, .slow, .flap, .freezeLane: true
      case .kill, .freeze, .fullDisk, .clockBack: false
      }
    }
  }

  private static func kind(
    _ sort: Sort,
    _ length: Duration,
    lanes: Int,
    _ generator: inout SeededGenerator
  ) -> ScheduledFault.Kind {
    switch sort {
    case .kill: .kill(after: length)
    case .freeze: .freeze(length)
    case .cut: .cut(lanes: some(of: lanes, &generator), length)
    case .blackHole: .blackHole(lanes: some(of: lanes, &generator), length)
    case .slow:
      .slow(
        lanes: some(of: lanes, &generator),
        by: .milliseconds(Int.random(in: 5...400, using: &generator)),
        length
      )
    case .flap:
      .flap(
        lanes: some(of: lanes, &generator),
        every: .milliseconds(Int.random(in: 50...500, using: &generator)),
        length
      )
    case .freezeLane: .freezeLane(Int.random(in: 0..<lanes, using: &generator), length)
    case .fullDisk: .fullDisk(length)
    case .clockBack: .clockBack(.seconds(Int.random(in: 1...3_600, using: &generator)))
    }
  }

  /// One lane or more, in order.
  private static func some(of lanes: Int, _ generator: inout SeededGenerator) -> [Int] {
    let count = Int.random(in: 1...lanes, using: &generator)
    return Array(0..<lanes).shuffled(using: &generator).prefix(count).sorted()
  }
}
