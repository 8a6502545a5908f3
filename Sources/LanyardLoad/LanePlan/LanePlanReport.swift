/// A plan as scripts read it.
package struct LanePlanReport: Encodable {
  /// One number of lanes.
  struct Row: Encodable {
    let lanes: Int
    let waitP95Seconds: Double
    /// From the shortest to the longest of the middle 90 % of mornings.
    let waitP95Range: [Double]
    let waitMaxSeconds: Double
    let queueMax: Int
    let queueMaxRange: [Int]
    /// From the first arrival to the moment at which the line is longest.
    let queueMaxAtSeconds: Double

    init(_ row: LanePlan.Row) {
      lanes = row.lanes
      waitP95Seconds = row.wait95.median.rounded(toPlaces: 1)
      waitP95Range = [row.wait95.low.rounded(toPlaces: 1), row.wait95.high.rounded(toPlaces: 1)]
      waitMaxSeconds = row.longestWait.median.rounded(toPlaces: 1)
      queueMax = Int(row.longestQueue.median)
      queueMaxRange = [Int(row.longestQueue.low), Int(row.longestQueue.high)]
      queueMaxAtSeconds = row.longestQueueAt.median.rounded(toPlaces: 1)
    }

    private enum CodingKeys: String, CodingKey {
      case lanes
      case waitP95Seconds = "wait_p95_seconds"
      case waitP95Range = "wait_p95_range_seconds"
      case waitMaxSeconds = "wait_max_seconds"
      case queueMax = "queue_max"
      case queueMaxRange = "queue_max_range"
      case queueMaxAtSeconds = "queue_max_at_seconds"
    }
  }

  private let chosen: Row
  private let oneFewer: Row?

  package init(_ plan: LanePlan) {
    chosen = Row(plan.chosen)
    oneFewer = plan.oneFewer.map(Row.init)
  }

  private enum CodingKeys: String, CodingKey { case oneFewer = "one_lane_fewer" }

  package func encode(to encoder: any Encoder) throws {
    try chosen.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(oneFewer, forKey: .oneFewer)
  }
}
