import Foundation
import LanyardDomain

/// A gamma distribution, drawn from as Marsaglia and Tsang do (ACM TOMS 26, 2000).
struct Gamma {
  let shape: Double
  let scale: Double

  func next(_ generator: inout SeededGenerator) -> Double {
    guard shape >= 1 else {
      let base = Gamma(shape: shape + 1, scale: scale).next(&generator)
      return base * pow(Double.random(in: Double.leastNormalMagnitude..<1, using: &generator), 1 / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = Self.normal(&generator)
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      guard v > 0 else { continue }
      let u = Double.random(in: Double.leastNormalMagnitude..<1, using: &generator)
      if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v * scale }
    }
  }

  /// A standard normal number (Box and Muller).
  private static func normal(_ generator: inout SeededGenerator) -> Double {
    let u = Double.random(in: Double.leastNormalMagnitude..<1, using: &generator)
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
  }
}
