/// A chart of lines over the time of a run, as SVG that grows with the page while its letters keep their size.
struct TimeChart {
  /// What is drawn; a gap where there is no value.
  struct Line {
    let name: String
    let values: [Double?]
  }

  /// A time that is shaded.
  struct Span {
    let label: String
    let what: String
    let start: Double
    let end: Double
  }

  /// The most points of a line.
  static let pointLimit = 600
  /// The least width of a shaded time, of 1,000.
  private static let narrowest = 2.0
  /// The most spans that are named below a chart.
  private static let nameLimit = 4
  private static let rowLimit = 60
  private static let height = 170

  let id: String
  let title: String
  /// What one reads from it.
  let summary: String
  /// Seconds from the start, one for each value.
  let times: [Double]
  let length: Double
  let lines: [Line]
  let spans: [Span]
  var kind = ChartScale.Kind.linear
  var least = 1.0
  let unit: (Double) -> String

  /// The figure with its title, key, picture and table.
  var figure: Markup {
    guard !times.isEmpty, length > 0 else {
      return "<figure><figcaption><h3>\(title)</h3><p>Nothing was measured over time.</p></figcaption></figure>\n"
    }
    return """
      <figure><figcaption><h3>\(title)</h3><p>\(summary)</p>\(lines.count > 1 ? key : "")</figcaption>
      \(picture)
      \(shading)<details><summary>The figures of this chart</summary>
      \(table)</details></figure>

      """
  }

  private var key: Markup {
    let entries = lines.enumerated().map { index, line -> Markup in
      "<li>\(Self.swatch(index)) \(line.name)</li>"
    }
    return "<ul class=\"key\">\(entries)</ul>"
  }

  /// A short piece of the line of that index.
  static func swatch(_ index: Int) -> Markup {
    """
    <svg class="swatch" aria-hidden="true" width="34" height="10"><path class="line l\(index % 6)" d="M1 5H33"/></svg>
    """
  }

  private var shading: Markup {
    guard !spans.isEmpty else { return "" }
    let names = spans.prefix(Self.nameLimit).map { "\($0.label): \($0.what) (from \(Figures.seconds($0.start)))" }
    let rest = spans.count - Self.nameLimit
    let more = rest > 0 ? ", and \(rest) more, listed under “What broke”" : ""
    return "<p class=\"note\">Shaded: \(names.joined(separator: " · "))\(more)</p>\n"
  }

  private var picture: Markup {
    let parts = reduced(to: Self.pointLimit)
    let scale = ChartScale(kind, holding: parts.lines.joined().compactMap(\.self), atLeast: least)
    let paths = parts.lines.enumerated().map { index, values -> Markup in
      let data = path(parts.times, values, scale)
      return "<path class=\"line l\(index % 6)\" d=\"\(data)\"><title>\(lines[index].name)</title></path>\n"
    }
    return """
      <svg class="chart" role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" height="\(Self.height + 44)">
      <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(summary)</desc>
      <svg y="22" width="100%" height="\(Self.height)" viewBox="0 0 1000 100" preserveAspectRatio="none">
      \(shades)\(grid(scale))</svg>
      <svg y="22" width="100%" height="\(Self.height)" viewBox="0 0 1000 100" preserveAspectRatio="none" overflow="visible">
      \(paths)</svg>
      \(heights(scale))\(Self.clock(length, y: Self.height + 38))\(marks)</svg>
      """
  }

  /// Spans that touch become one, so that however many there are, few rectangles are drawn and none is left out.
  private var shades: [Markup] {
    var merged: [(start: Double, end: Double, first: Span, count: Int)] = []
    for span in spans.sorted(by: { x($0.start) < x($1.start) }) {
      let start = x(span.start)
      let end = max(x(span.end), start + Self.narrowest)
      if let last = merged.last, start < last.end {
        merged[merged.count - 1].end = max(last.end, end)
        merged[merged.count - 1].count += 1
      } else {
        merged.append((start, end, span, 1))
      }
    }
    return merged.map { shade in
      let more = shade.count > 1 ? ", and \(shade.count - 1) more" : ""
      return """
        <rect class="fault" x="\(Figures.plain(shade.start))" y="0" width="\(Figures.plain(shade.end - shade.start))" \
        height="100"><title>\(shade.first.label): \(shade.first.what)\(more)</title></rect>

        """
    }
  }

  private func grid(_ scale: ChartScale) -> [Markup] {
    scale.ticks.map { "<path class=\"grid\" d=\"M0 \(Figures.plain(scale.y($0)))H1000\"/>\n" }
  }

  /// What each line of the grid stands for, above its left end.
  private func heights(_ scale: ChartScale) -> [Markup] {
    scale.ticks.dropFirst().map { tick in
      let y = 22 + scale.y(tick) / 100 * Double(Self.height) - 4
      return "<text class=\"axis\" x=\"0\" y=\"\(Figures.plain(y))\">\(unit(tick))</text>\n"
    }
  }

  /// The moments below a chart.
  static func clock(_ length: Double, y: Int) -> [Markup] {
    let ticks = ChartScale.times(length)
    return ticks.map { tick in
      let share = min(tick / length * 100, 100)
      let anchor = share < 4 ? "start" : share > 94 ? "end" : "middle"
      return """
        <text class="axis" x="\(Figures.plain(share))%" y="\(y)" text-anchor="\(anchor)">\(Figures.seconds(tick))</text>

        """
    }
  }

  /// The labels of the shaded times, in two rows; one that would cover others joins the one before it in the lower row.
  private var marks: [Markup] {
    var marks: [(label: String, share: Double, row: Int)] = []
    for span in spans.sorted(by: { x($0.start) < x($1.start) }) {
      let share = min(x(span.start) / 10, 98)
      // The upper row begins behind what the chart's left end says.
      let row = [0, 1].first { row in
        (row == 1 || share > 9) && marks.allSatisfy { $0.row != row || share - $0.share > 9 }
      }
      if let row {
        marks.append((span.label, share, row))
      } else if let last = marks.lastIndex(where: { $0.row == 1 }) {
        marks[last].label = Self.joined(marks[last].label, span.label)
      }
    }
    return marks.map { mark in
      "<text class=\"mark\" x=\"\(Figures.plain(mark.share + 0.3))%\" y=\"\(mark.row == 0 ? 18 : 36)\">\(mark.label)</text>\n"
    }
  }

  /// Two labels at one place; of many, that there are more.
  private static func joined(_ label: String, _ next: String) -> String {
    if label.hasSuffix("…") { return label }
    return label.count + next.count > 10 ? "\(label) …" : "\(label), \(next)"
  }

  private func x(_ time: Double) -> Double {
    time.isFinite ? min(max(time / length, 0), 1) * 1_000 : 0
  }

  /// A path with a break at each gap; a point alone becomes a dot.
  private func path(_ times: [Double], _ values: [Double?], _ scale: ChartScale) -> String {
    var text = ""
    var isDrawing = false
    for (time, value) in zip(times, values) {
      guard let value, value.isFinite else {
        isDrawing = false
        continue
      }
      let point = "\(Figures.plain(x(time))) \(Figures.plain(scale.y(value)))"
      text += isDrawing ? "L\(point)" : "M\(point)h.01"
      isDrawing = true
    }
    return text
  }

  /// The values in so many parts of equal length, of each the largest.
  private func reduced(to limit: Int) -> (times: [Double], lines: [[Double?]]) {
    let groups = Self.groups(times.count, limit: limit)
    let starts = groups.map { times[$0.lowerBound] }
    let values = lines.map { line in
      groups.map { group in group.compactMap { $0 < line.values.count ? line.values[$0] : nil }.max() }
    }
    return (starts, values)
  }

  /// Indexes in at most so many parts.
  static func groups(_ count: Int, limit: Int) -> [Range<Int>] {
    let parts = min(count, limit)
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }

  private var table: Markup {
    let parts = reduced(to: Self.rowLimit)
    let rows = parts.times.indices.map { row in
      [Figures.seconds(parts.times[row])] + parts.lines.map { $0[row].map(unit) ?? "–" }
    }
    let note = times.count > Self.rowLimit ? "; each row the largest of its time" : ""
    return .table("\(title)\(note)", ["from the start"] + lines.map(\.name), rows)
  }
}
