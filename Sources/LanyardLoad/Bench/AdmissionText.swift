/// What `lanyard bench admission` measured as people read it, each figure beside what is wanted of it.
package struct AdmissionText {
  /// The lanes for which something is wanted.
  private static let wantedLanes = 64

  private let report: AdmissionReport
  private let lanes: Int

  package init(_ report: AdmissionReport, lanes: Int) {
    (self.report, self.lanes) = (report, lanes)
  }

  package var lines: [String] {
    let rows = [
      ["", "measured", "wanted", ""], rate("bare SQLite, the writer’s statements alone", report.barePerSecond),
      batch("its scans a transaction", Double(report.bareBatch)),
      rate("store, the writer with no network", report.storePerSecond),
      batch("its scans a transaction, on average", report.storeBatch),
      share("store to bare SQLite", report.storeRatio, of: 0.9),
      rate("streams over TLS, \(Figures.count(lanes, "lane"))", report.streamsPerSecond),
      share("streams to store", report.ratio, of: 0.9), rate("unary CheckIn", report.unaryPerSecond),
      rate("empty unary call", report.emptyUnaryPerSecond),
      share("unary CheckIn to empty call", report.unaryRatio, of: 0.75),
      time("answers at 1,000 a second, 50 %", report.p50, within: 3),
      time("answers at 1,000 a second, 99 %", report.p99, within: 10),
      time("answers at 1,000 a second, 99.9 %", report.p999, within: 50),
    ]
    return TextTable.lines(rows, words: [0, 2, 3])
  }

  private func batch(_ what: String, _ value: Double) -> [String] { ["  \(what)", Figures.short(value), "", ""] }

  private func rate(_ what: String, _ value: Double) -> [String] { [what, "\(Figures.decimal(value))/s", "", ""] }

  private func share(_ what: String, _ value: Double, of least: Double) -> [String] {
    [what, Figures.decimal(value, 3)] + wanted("at least \(least)", isKept: value >= least)
  }

  private func time(_ what: String, _ value: Double, within most: Double) -> [String] {
    [what, "\(Figures.decimal(value, 2)) ms"] + wanted("at most \(Figures.decimal(most)) ms", isKept: value <= most)
  }

  /// Of other numbers of lanes nothing is wanted.
  private func wanted(_ words: String, isKept: Bool) -> [String] {
    lanes == Self.wantedLanes ? [words, isKept ? "kept" : "NOT KEPT"] : ["", ""]
  }
}
