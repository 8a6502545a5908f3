/// Percentiles of measured times.
package struct LatencySummary: Sendable {
  private let sorted: [Duration]

  package init(_ times: [Duration]) {
    sorted = times.sorted()
  }

  /// The time that `share` of all, 0 to 1, did not exceed (nearest rank); zero where nothing was measured.
  package func percentile(_ share: Double) -> Duration {
    guard !sorted.isEmpty else { return .zero }
    let rank = Int((share * Double(sorted.count)).rounded(.up)) - 1
    return sorted[min(max(rank, 0), sorted.count - 1)]
  }
}
