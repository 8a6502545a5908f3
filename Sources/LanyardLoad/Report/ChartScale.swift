import Foundation

/// From values to heights of a chart, with the lines to read them by.
struct ChartScale {
  /// How values are spread.
  enum Kind {
    case linear, logarithmic
  }

  private let kind: Kind
  private let low: Double
  private let high: Double
  /// Where the lines are.
  let ticks: [Double]

  /// A scale that holds all values, from zero where it is linear.
  init(_ kind: Kind, holding values: some Sequence<Double>, atLeast least: Double = 1) {
    let usable = values.filter { $0.isFinite && $0 >= 0 }
    let most = max(usable.max() ?? 0, least)
    self.kind = kind
    switch kind {
    case .linear:
      let step = Self.step(most / 4)
      low = 0
      high = (most / step).rounded(.up) * step
      ticks = (0...Int((high / step).rounded())).map { Double($0) * step }
    case .logarithmic:
      var bottom = 0.01
      let fewest = max(min(usable.filter { $0 > 0 }.min() ?? 1, most / 10), bottom)
      while bottom * 10 <= fewest { bottom *= 10 }
      var top = bottom
      var lines = [bottom]
      while top < most, lines.count < 12 {
        top *= 10
        lines.append(top)
      }
      (low, high, ticks) = (bottom, top, lines)
    }
  }

  /// Height from the top, in 0 to 100.
  func y(_ value: Double) -> Double {
    guard high > low else { return 100 }
    let share =
      switch kind {
      case .linear: (value - low) / (high - low)
      case .logarithmic: log10(max(value, low) / low) / log10(high / low)
      }
    return 100 - 100 * min(max(share, 0), 1)
  }

  /// 1, 2 or 5 times a power of ten, at least so much.
  private static func step(_ least: Double) -> Double {
    var power = 1.0
    while power < least { power *= 10 }
    while power / 10 >= least { power /= 10 }
    return [power / 5, power / 2].first { $0 >= least } ?? power
  }

  /// Moments of a time axis, at most seven, at whole seconds, minutes, hours or days.
  static func times(_ length: Double) -> [Double] {
    let steps: [Double] = [
      0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
      172_800, 604_800, 2_592_000,
    ]
    guard length > 0, length.isFinite, let step = steps.first(where: { length / $0 <= 6 }) else { return [0] }
    return (0...Int(length / step)).map { Double($0) * step }
  }
}
