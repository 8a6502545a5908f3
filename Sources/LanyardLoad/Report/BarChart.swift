/// Bars from left to right, each with its number and share.
struct BarChart {
  /// The most bars; what is left over becomes one.
  static let barLimit = 20

  let title: String
  let summary: String
  let counts: [String: Int]

  private var bars: [(name: String, count: Int)] {
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (name: $0.key, count: $0.value) }
    let rest = sorted.dropFirst(Self.barLimit).map(\.count).reduce(0, +)
    return sorted.prefix(Self.barLimit) + (rest > 0 ? [(name: "others", count: rest)] : [])
  }

  var figure: Markup {
    let total = max(counts.values.reduce(0, +), 1)
    let most = max(counts.values.max() ?? 0, 1)
    let height = bars.count * 40
    guard !bars.isEmpty else {
      return "<figure><figcaption><h3>\(title)</h3><p>There was none.</p></figcaption></figure>\n"
    }
    func words(_ count: Int) -> String { "\(Figures.count(count)), \(Figures.share(Double(count) / Double(total)))" }
    let rows = bars.enumerated().map { index, bar -> Markup in
      """
      <text class="label" x="0" y="\(index * 40 + 13)">\(Figures.answer(bar.name)): \(words(bar.count))</text>
      <rect class="bar" x="0" y="\(index * 40 + 19)" width="\(Figures.plain(Double(bar.count) / Double(most) * 100))%" \
      height="12"/>

      """
    }
    return """
      <figure><figcaption><h3>\(title)</h3><p>\(summary)</p></figcaption>
      <svg class="chart" role="img" aria-labelledby="bars-t bars-d" width="100%" height="\(height)">
      <title id="bars-t">\(title)</title><desc id="bars-d">\(summary)</desc>
      \(rows)</svg>
      <details><summary>The figures of this chart</summary>
      \(Markup.table(title, ["answer", "number", "share"], bars.map {
        [Figures.answer($0.name), Figures.count($0.count), Figures.share(Double($0.count) / Double(total))]
      }))</details></figure>

      """
  }
}
