/// How many wait at each lane over time: the sum and the longest, and a row for each lane, of many for those with the longest lines.
struct QueueChart {
  /// The most lanes that have a row of their own.
  static let laneLimit = 32
  /// The most columns of the map.
  static let columnLimit = 120
  private static let levels = 5
  private static let row = 16

  let moments: [RunReport.Moment]
  let length: Double
  let spans: [TimeChart.Span]

  private var lanes: Int { min(moments.map(\.queues.count).max() ?? 0, 10_000) }

  var figure: Markup {
    let sums = moments.map { moment in moment.queues.isEmpty ? nil : Double(moment.queues.reduce(0, +)) }
    let longest = moments.map { moment in moment.queues.max().map(Double.init) }
    let peak = zip(moments, sums).max { ($0.1 ?? 0) < ($1.1 ?? 0) }
    let summary =
      peak.map { moment, sum in
        "At most \(Figures.count(Int(sum ?? 0), "person", "people")) stood at the lanes at once, those served too, "
          + "\(Figures.seconds(moment.at)) from the start."
      } ?? ""
    let lines = TimeChart(
      id: "queue",
      title: "People waiting at all lanes",
      summary: summary,
      times: lanes == 0 ? [] : moments.map(\.at),
      length: length,
      lines: [
        .init(name: "all \(Figures.count(lanes, "lane"))", values: sums),
        .init(name: "the longest line of one lane", values: longest),
      ],
      spans: spans,
      unit: Figures.short
    )
    return lanes > 0 ? "\(lines.figure)\(map(shown))" : lines.figure
  }

  /// The lanes that have a row, in their order: of more than there may be those with the longest lines.
  private var shown: [Int] {
    // Each look at how many there are goes through all moments.
    let lanes = lanes
    var most = Array(repeating: 0, count: lanes)
    for moment in moments {
      for (lane, queue) in moment.queues.prefix(lanes).enumerated() { most[lane] = max(most[lane], queue) }
    }
    return most.indices.sorted { (most[$1], $0) < (most[$0], $1) }.prefix(Self.laneLimit).sorted()
  }

  private func map(_ shown: [Int]) -> Markup {
    let groups = TimeChart.groups(moments.count, limit: Self.columnLimit)
    let most = max(moments.flatMap(\.queues).max() ?? 0, 1)
    let height = shown.count * Self.row
    let rows = shown.enumerated().map { place, lane in
      row(place, groups.map { group in group.map { waiting(lane, moments[$0]) }.max() ?? 0 }, most: most)
    }
    let names = shown.enumerated().map { place, lane -> Markup in
      "<text class=\"axis\" x=\"0\" y=\"\(place * Self.row + 12)\">\(lane + 1)</text>\n"
    }
    let title = "People waiting at each lane"
    let summary =
      "Each row is a lane, time goes from left to right, and the key tells how many wait. At most \(most) at one lane."
      + (shown.count < lanes
        ? " These are the \(shown.count) of \(lanes) lanes with the longest lines; at the others fewer waited, or as many."
        : "")
    return """
      <figure><figcaption><h3>\(title)</h3><p>\(summary)</p>\(key(most))</figcaption>
      <svg class="chart" role="img" aria-labelledby="lanes-t lanes-d" width="100%" height="\(height + 22)">
      <title id="lanes-t">\(title)</title><desc id="lanes-d">\(summary)</desc>
      <svg width="100%" height="\(height)" viewBox="0 0 \(max(groups.count, 1)) \(height)" preserveAspectRatio="none">
      \(rows)</svg>
      \(names)\(TimeChart.clock(length, y: height + 16))</svg>
      <details><summary>The figures of this chart</summary>
      \(table(shown))</details></figure>

      """
  }

  private func waiting(_ lane: Int, _ moment: RunReport.Moment) -> Int {
    lane < moment.queues.count ? moment.queues[lane] : 0
  }

  /// Neighbours of one shade become one rectangle.
  private func row(_ place: Int, _ values: [Int], most: Int) -> Markup {
    let shades = values.map { shade($0, most) }
    var (pieces, start) = ([Markup](), 0)
    for column in shades.indices where column + 1 == shades.count || shades[column + 1] != shades[column] {
      pieces.append(
        """
        <rect class="h\(shades[column])" x="\(start)" y="\(place * Self.row)" width="\(column + 1 - start)" \
        height="\(Self.row - 2)"/>

        """
      )
      start = column + 1
    }
    return "\(pieces)"
  }

  /// 0 where nobody waits, 1 to 5 in even steps up to the most.
  private func shade(_ value: Int, _ most: Int) -> Int {
    value <= 0 ? 0 : min((value * Self.levels - 1) / most + 1, Self.levels)
  }

  private func key(_ most: Int) -> Markup {
    let entries = (0...Self.levels).compactMap { level -> Markup? in
      let (low, high) = (most * (level - 1) / Self.levels + 1, most * level / Self.levels)
      guard level == 0 || low <= high else { return nil }
      let words = level == 0 ? "nobody" : low == high ? "\(low)" : "\(low)–\(high)"
      return """
        <li><svg class="swatch" aria-hidden="true" width="16" height="12"><rect class="h\(level)" width="16" \
        height="12"/></svg> \(words)</li>
        """
    }
    return "<ul class=\"key\">\(entries)</ul>"
  }

  private func table(_ shown: [Int]) -> Markup {
    let rows = shown.map { lane -> [String] in
      let values = moments.map { waiting(lane, $0) }
      let most = values.max() ?? 0
      let mean = Double(values.reduce(0, +)) / Double(max(values.count, 1))
      let moment = moments.first { waiting(lane, $0) == most }
      return ["\(lane + 1)", Figures.decimal(mean, 1), "\(most)", moment.map { Figures.seconds($0.at) } ?? "–"]
    }
    return .table("People waiting at each lane", ["lane", "mean", "most", "most at"], rows)
  }
}
