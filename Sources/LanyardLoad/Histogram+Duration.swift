import Histogram

/// Measured times, kept in microseconds.
extension Histogram where Count == UInt32 {
  mutating func record(_ time: Duration) { record(UInt64(Swift.max(0, time / .microseconds(1)))) }

  /// The milliseconds that so many of a hundred did not exceed; 0 where nothing was recorded.
  func milliseconds(_ percentile: Double) -> Double {
    totalCount == 0 ? 0 : Double(valueAtPercentile(percentile)) / 1000
  }
}
