/// Whether lanes came back to the server once nothing was broken any more.
enum LaneReturn {
  /// How long a lane may take for that: a server that was killed has to start, and lanes try again every second.
  static let grace = Duration.seconds(30)

  /// Lanes that still scanned `grace` after all was whole again, and were not answered by the server once from then until something
  /// broke anew; and those that were without it when all was over. Who does not scan any more is not looked at.
  ///
  /// - Parameters:
  ///   - broken: From when to when something was, in any order.
  ///   - offline: Lanes that were without the server at the end.
  ///   - length: When nothing was measured any more.
  static func missing(
    _ observations: [Observation],
    broken: [ClosedRange<Duration>],
    offline: Set<Int>,
    length: Duration
  ) -> Set<Int> {
    guard !broken.isEmpty else { return [] }
    let lanes = Dictionary(grouping: observations, by: \.lane)
    return wholeTimes(broken, length: length).reduce(into: offline) { missing, whole in
      for (lane, scans) in lanes {
        let scans = scans.filter { whole.contains($0.due) }
        let hadTime = scans.contains { $0.due >= whole.lowerBound + grace }
        if hadTime, !scans.contains(where: \.isLive) { missing.insert(lane) }
      }
    }
  }

  /// The times after something broke in which nothing was broken.
  private static func wholeTimes(_ broken: [ClosedRange<Duration>], length: Duration) -> [Range<Duration>] {
    var times: [Range<Duration>] = []
    var end: Duration?
    for span in broken.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let end, end < span.lowerBound { times.append(end..<span.lowerBound) }
      end = max(end ?? .zero, span.upperBound)
    }
    if let end, end < length { times.append(end..<length) }
    return times
  }
}
