/// How long answers took from the quickest half to the slowest one, a line for each operation.
struct PercentileChart {
  private static let names = ["50", "90", "99", "99.9", "all"]
  private static let height = 170

  let operations: [(name: String, operation: RunReport.Operation)]

  private var measured: ArraySlice<(name: String, operation: RunReport.Operation)> {
    operations.filter { $0.operation.count > 0 }.prefix(6)
  }

  private func values(_ operation: RunReport.Operation) -> [Double] {
    [operation.p50, operation.p90, operation.p99, operation.p999, operation.max]
  }

  var figure: Markup {
    let title = "How many were answered within which time"
    guard let first = measured.first else {
      return "<figure><figcaption><h3>\(title)</h3><p>Nothing was measured.</p></figcaption></figure>\n"
    }
    let summary =
      "Half of the \(Figures.operation(first.name)) were answered within \(Figures.milliseconds(first.operation.p50)), "
      + "99 of 100 within \(Figures.milliseconds(first.operation.p99)), all within "
      + "\(Figures.milliseconds(first.operation.max))."
    let scale = ChartScale(.logarithmic, holding: measured.flatMap { values($0.operation) })
    let entries = measured.enumerated().map { index, entry -> Markup in
      "<li>\(TimeChart.swatch(index)) \(Figures.operation(entry.name))</li>"
    }
    return """
      <figure><figcaption><h3>\(title)</h3><p>\(summary)</p><ul class="key">\(entries)</ul></figcaption>
      <svg class="chart" role="img" aria-labelledby="percentiles-t percentiles-d" width="100%" height="\(Self.height + 44)">
      <title id="percentiles-t">\(title)</title><desc id="percentiles-d">\(summary)</desc>
      <svg y="22" width="100%" height="\(Self.height)" viewBox="0 0 1000 100" preserveAspectRatio="none" overflow="visible">
      \(scale.ticks.map { "<path class=\"grid\" d=\"M0 \(Figures.plain(scale.y($0)))H1000\"/>\n" as Markup })\(curves(scale))</svg>
      \(labels(scale))</svg>
      <details><summary>The figures of this chart</summary>
      \(ReportPage.operationTable("Time from when each was due", operations))</details></figure>

      """
  }

  private func curves(_ scale: ChartScale) -> [Markup] {
    measured.enumerated().map { index, entry in
      let points = values(entry.operation).enumerated().map { step, value in
        "\(Figures.plain(x(step) * 10)) \(Figures.plain(scale.y(value)))"
      }
      return """
        <path class="line l\(index % 6)" d="M\(points.joined(separator: "L"))"><title>\(Figures.operation(entry.name))</title></path>

        """
    }
  }

  private func labels(_ scale: ChartScale) -> [Markup] {
    let heights = scale.ticks.dropFirst().map { tick -> Markup in
      let y = 22 + scale.y(tick) / 100 * Double(Self.height) - 4
      return "<text class=\"axis\" x=\"0\" y=\"\(Figures.plain(y))\">\(Figures.milliseconds(tick))</text>\n"
    }
    let steps = Self.names.enumerated().map { step, name -> Markup in
      let anchor = step + 1 == Self.names.count ? "end" : "middle"
      return """
        <text class="axis" x="\(Figures.plain(x(step)))%" y="\(Self.height + 38)" text-anchor="\(anchor)">\
        \(name == "all" ? name : name + " %")</text>

        """
    }
    return heights + steps
  }

  /// From the left, in 0 to 100.
  private func x(_ step: Int) -> Double { 16 + Double(step) * 20.5 }
}
