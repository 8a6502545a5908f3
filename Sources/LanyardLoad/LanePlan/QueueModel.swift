import LanyardDomain

/// How people come to a row of lanes, and how long each of them takes there. They wait in one line, and whoever is first
/// goes to the lane that is free first.
package struct QueueModel: Sendable, Hashable {
  /// How arrivals are spread over the time in which people come.
  package enum Pattern: String, Sendable, CaseIterable {
    /// As many at any moment as at any other.
    case uniform
    /// A morning: slowly at first, most after a third of the time at 1.7 times the mean rate, then fewer and fewer (a gamma
    /// distribution of shape 3).
    case surge
  }

  /// How many people come.
  package var arrivals: Int
  /// The time in which they come, in seconds.
  package var window: Double
  package var pattern = Pattern.uniform
  /// Mean time that one takes at a lane, in seconds.
  package var service: Double
  /// Standard deviation of that time to its mean: 0 is always the same, 1 as irregular as telephone calls.
  package var serviceVariation = 0.0
  /// Share of people, 0 to 1, whose badge takes longer, and how long these take, in seconds.
  package var slowShare = 0.0
  package var slowService = 0.0
  /// How long one lane is out of order, from the moment at which most people come, in seconds.
  package var breakdown = 0.0

  package init(arrivals: Int, window: Double, service: Double) {
    self.arrivals = arrivals
    self.window = window
    self.service = service
  }

  /// When most people come, in seconds from the start.
  var peak: Double {
    switch pattern {
    case .uniform: window / 2
    case .surge: Surge(window: window).peak
    }
  }

  /// The fewest lanes with which 19 people of 20 can wait no longer than `limit` seconds, whatever else: before the last of
  /// 20 have their turn, all before them but those that are being served must be through. A whole number, at least 1.
  func fewestLanes(_ limit: Double) -> Double {
    // A twentieth of the people waits at least as long as whoever is the first of them.
    let before = 0.95 * Double(arrivals)
    let mean = (1 - slowShare) * service + slowShare * slowService
    let variation = 1 + serviceVariation * serviceVariation
    let square = variation * ((1 - slowShare) * service * service + slowShare * slowService * slowService)
    // How long so many take together is less than this on one morning of many millions only.
    func least(_ people: Double) -> Double { max(0, people * mean - 6 * (people * square).squareRoot()) }
    let time = max(limit + window, .leastNormalMagnitude)
    func isTooFew(_ lanes: Double) -> Bool { least(max(0, before - lanes)) > lanes * time }
    var (below, enough) = (0.0, before + 1)
    while enough - below > 1 {
      let middle = ((below + enough) / 2).rounded(.down)
      if isTooFew(max(1, middle)) { below = max(1, middle) } else { enough = max(1, middle) }
    }
    return max(1, enough.rounded(.down))
  }

  /// Moments of arrival in seconds from the start, in order.
  func arrivalTimes(_ generator: inout SeededGenerator) -> [Double] {
    (0..<arrivals).map { _ in arrival(&generator) }.sorted()
  }

  private func arrival(_ generator: inout SeededGenerator) -> Double {
    switch pattern {
    case .uniform: window * Double.random(in: 0..<1, using: &generator)
    case .surge: Surge(window: window).next(&generator)
    }
  }

  /// How long the next person takes at a lane, in seconds.
  func serviceTime(_ generator: inout SeededGenerator) -> Double {
    let isSlow = slowShare > 0 && Double.random(in: 0..<1, using: &generator) < slowShare
    let mean = isSlow ? slowService : service
    guard serviceVariation > 0, mean > 0 else { return mean }
    let square = serviceVariation * serviceVariation
    return Gamma(shape: 1 / square, scale: mean * square).next(&generator)
  }
}
