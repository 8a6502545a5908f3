import Foundation
package import LanyardDomain

extension Phase {
  /// When people come, in seconds from the start of the phase, in order; the same seed brings them at the same times.
  package func arrivalTimes(_ generator: inout SeededGenerator) -> [Double] {
    let window = length / .seconds(1)
    switch arrivals {
    case .constant(let perSecond):
      return Self.poisson(from: perSecond, to: perSecond, window: window, &generator)
    case .ramp(let from, let to):
      return Self.poisson(from: from, to: to, window: window, &generator)
    case .surge(let people):
      let surge = Surge(window: window)
      return (0..<people).map { _ in surge.next(&generator) }.sorted()
    case .replay(let moments):
      return moments.filter { $0 >= .zero && $0 < length }.map { $0 / .seconds(1) }.sorted()
    }
  }

  /// How many people come, by expectation.
  package var expectedArrivals: Double {
    let window = length / .seconds(1)
    return switch arrivals {
    case .constant(let perSecond): perSecond * window
    case .ramp(let from, let to): (from + to) / 2 * window
    case .surge(let people): Double(people)
    case .replay(let moments): Double(moments.count { $0 >= .zero && $0 < length })
    }
  }

  /// A Poisson process whose rate goes evenly from one to the other: one of rate 1, its time stretched by the inverse of what
  /// has come by then.
  private static func poisson(
    from: Double,
    to: Double,
    window: Double,
    _ generator: inout SeededGenerator
  ) -> [Double] {
    let total = (from + to) / 2 * window
    guard total > 0 else { return [] }
    let slope = (to - from) / window
    var times: [Double] = []
    times.reserveCapacity(Int(total + 4 * total.squareRoot()) + 1)
    var come = 0.0
    while true {
      come -= log(Double.random(in: Double.leastNormalMagnitude..<1, using: &generator))
      guard come < total else { return times }
      // Of the two forms of the root the one that does not cancel where the slope is small.
      let time = 2 * come / (from + max(from * from + 2 * slope * come, 0).squareRoot())
      if time < window { times.append(time) }
    }
  }
}
