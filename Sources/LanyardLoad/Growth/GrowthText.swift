/// What was measured as work grew, as people read it: in a terminal, and on a page that can be mailed.
package struct GrowthText {
  private let report: GrowthReport

  package init(_ report: GrowthReport) {
    self.report = report
  }

  private static let head = [
    "state", "check-ins", "base", "ratio", "of single turns", "wanted", "", "server CPU", "driver CPU",
  ]

  private var cells: [[String]] {
    report.rows.map { row in
      [
        row.state, Figures.perSecond(row.measured.perSecond), Figures.perSecond(row.base.perSecond),
        Figures.decimal(row.ratio, 2),
        row.ratioRange.map { Figures.decimal($0, 2) }.joined(separator: " to "),
        row.wanted.map { Figures.decimal($0, 2) } ?? "–",
        row.kept.map { $0 ? "kept" : "NOT KEPT" } ?? "",
        "\(Figures.share(row.measured.serverCPU)) (\(Figures.share(row.base.serverCPU)))",
        "\(Figures.share(row.measured.driverCPU)) (\(Figures.share(row.base.driverCPU)))",
      ]
    }
  }

  private var explanation: String {
    "Base: \(report.base). Check-ins a second in a closed loop, \(report.window) under way a lane, each "
      + "\(report.isInMemory ? "in memory and on no disk" : "on disk") before it is answered; both states of a row took turns. CPU in shares of one processor, the base’s in brackets."
  }

  /// What a long record costs beside the event that it is of; nothing where only one of the two was measured.
  private var ofRecord: [String] {
    report.rows.compactMap { row in
      row.ratioToEmptyRecord.map {
        "Its record alone: \(row.state) carried \(Figures.decimal($0, 2)) of what the same event carried with an empty record, "
          + "each as a share of its own base."
      }
    }
  }

  package var lines: [String] {
    ["\(report.isPass ? "PASS" : "FAIL"): \(report.sentence)", ""]
      + TextTable.lines([Self.head] + cells, words: [0, 6]) + [""] + ofRecord
      + [explanation, "Machine: \(report.machine)"]
  }

  /// The page; it needs nothing else.
  package var html: String {
    ReportPage.page(
      "Growth: \(report.isPass ? "kept" : "not kept")",
      """
      \(ReportPage.verdict(isPass: report.isPass, report.sentence))\(chart)<section><h2>Figures</h2>
      <p>\(explanation)</p>
      \(Markup.table("States beside the base", Self.head, cells, words: [6]))\(ofRecord.map { "<p>\($0)</p>\n" as Markup })\
      <p>Machine: \(report.machine)</p></section>

      """
    )
  }

  /// A bar for each ratio, with a mark where it is to reach.
  private var chart: Markup {
    let most = max(1, report.rows.map(\.ratio).max() ?? 1)
    func share(_ ratio: Double) -> String { "\(Figures.plain(ratio / most * 100))%" }
    let bars = report.rows.enumerated().map { index, row -> Markup in
      let mark: Markup =
        row.wanted.map {
          #"<rect class="fault" x="\#(share($0))" y="\#(index * 40 + 16)" width="3" height="18"/>"#
        } ?? ""
      return """
        <text class="label" x="0" y="\(index * 40 + 13)">\(row.state): \(Figures.decimal(row.ratio, 2))</text>
        <rect class="bar" x="0" y="\(index * 40 + 19)" width="\(share(row.ratio))" height="12"/>\(mark)

        """
    }
    let summary = "Check-ins a second, in shares of the base's; a mark stands where a share is to reach."
    return """
      <figure><figcaption><h3>What is left as the work grows</h3><p>\(summary)</p></figcaption>
      <svg class="chart" role="img" aria-labelledby="growth-t growth-d" width="100%" height="\(report.rows.count * 40)">
      <title id="growth-t">What is left as the work grows</title><desc id="growth-d">\(summary)</desc>
      \(bars)</svg></figure>

      """
  }
}
