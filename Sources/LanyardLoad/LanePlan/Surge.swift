import LanyardDomain

/// How people come on a morning: slowly at first, most after a third of the time at 1.7 times the mean rate, then fewer and
/// fewer (a gamma distribution of shape 3).
struct Surge {
  private static let shape = 3.0
  /// The window is as long as six scales, so that the most come after a third of it.
  private static let scales = 6.0

  /// The time in which all come, in seconds.
  let window: Double

  /// When most people come, in seconds from the start.
  var peak: Double { window * (Self.shape - 1) / Self.scales }

  /// When one of them comes, in seconds from the start.
  func next(_ generator: inout SeededGenerator) -> Double {
    while true {
      let moment = Gamma(shape: Self.shape, scale: window / Self.scales).next(&generator)
      // The few that the tail would bring after the end come earlier instead.
      if moment < window { return moment }
    }
  }
}
