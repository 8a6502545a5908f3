import Testing

@testable import LanyardLoad

@Suite("A chart over time")
struct TimeChartTests {
  /// The numbers of what broke at these seconds, as they stand in the chart.
  private static func marks(_ starts: [Double]) -> [String] {
    let chart = TimeChart(
      id: "c",
      title: "Times",
      summary: "",
      times: Array(stride(from: 0, to: 100, by: 1)),
      length: 100,
      lines: [TimeChart.Line(name: "p99", values: Array(repeating: 1, count: 100))],
      spans: starts.enumerated().map { .init(label: "\($0 + 1)", what: "it broke", start: $1, end: $1 + 1) },
      unit: { "\($0)" }
    )
    return chart.figure.text.matches(of: /<text class="mark"[^>]*>([^<]*)</).map { String($0.output.1) }
  }

  @Test("Loses no number of what broke, however many things break at once", arguments: [0.0, 5, 50, 99])
  func marks(at second: Double) {
    let numbers = Self.marks([second, second, second + 0.1]).flatMap { $0.split(separator: ", ") }
    #expect(numbers.sorted() == ["1", "2", "3"])
  }

  @Test("Says of very many that there are more")
  func many() {
    let marks = Self.marks(Array(repeating: 50, count: 200))
    #expect(marks.count == 2 && marks[1].hasSuffix("…") && marks[1].count < 20)
  }
}
