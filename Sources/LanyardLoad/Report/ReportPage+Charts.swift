extension ReportPage {
  /// The times at which something was broken, numbered from 1.
  var spans: [TimeChart.Span] {
    report.faults.enumerated().map { index, fault in
      let end = fault.at + max(fault.seconds, 0)
      return .init(label: String(index + 1), what: fault.what, start: report.life(fault.at), end: report.life(end))
    }
  }

  /// With the times of the morning that was played, however fast that was.
  private var moments: [RunReport.Moment] {
    report.moments.map { moment in
      var moment = moment
      moment.at = report.life(moment.at)
      return moment
    }
  }

  private var length: Double {
    let last = report.moments.map(\.at).filter(\.isFinite).max() ?? 0
    return report.life(max(last, report.seconds.isFinite ? report.seconds : 0))
  }

  /// Every chart of the page.
  var charts: Markup {
    let answers = BarChart(
      title: "Answers by reason",
      summary: "What scans were answered: admitted, left, or refused for a reason.",
      counts: report.answers
    )
    let ordered = RunReport.ordered(report.operations)
    return """
      <section><h2>In pictures</h2>
      \(report.clockWords.map { "<p>\($0)</p>\n" as Markup } ?? "")\
      \(latency.figure)\(PercentileChart(operations: ordered).figure)\(rate.figure)\
      \(QueueChart(moments: moments, length: length, spans: spans).figure)\(answers.figure)\(processors.figure)\
      \(memory.figure)\(disk.figure)</section>

      """
  }

  private func chart(
    _ id: String,
    _ title: String,
    _ summary: String,
    _ lines: [TimeChart.Line],
    kind: ChartScale.Kind = .linear,
    least: Double = 1,
    unit: @escaping (Double) -> String
  ) -> TimeChart {
    TimeChart(
      id: id,
      title: title,
      summary: summary,
      times: lines.allSatisfy { $0.values.allSatisfy { $0 == nil } } ? [] : moments.map(\.at),
      length: length,
      lines: lines,
      spans: spans,
      kind: kind,
      least: least,
      unit: unit
    )
  }

  /// Values of each moment; nil where there is none.
  private func line(_ name: String, _ value: (RunReport.Moment) -> Double?) -> TimeChart.Line {
    .init(name: name, values: report.moments.map(value))
  }

  /// The same by the second, where a moment may stand for more than one.
  private func rate(_ name: String, _ count: (RunReport.Moment) -> Int?) -> TimeChart.Line {
    let starts = [0] + report.moments.map(\.at)
    let values = zip(report.moments, starts).map { moment, start in
      count(moment).map { Double($0) / max(moment.at - start, 1) }
    }
    return .init(name: name, values: values)
  }

  private var latency: TimeChart {
    let worst = report.moments.filter { $0.max > 0 }.max { $0.max < $1.max }
    let summary =
      worst.map {
        "The slowest answer took \(Figures.milliseconds($0.max)), \(Figures.seconds(report.life($0.at))) from the start. "
      }
      ?? ""
    func time(_ path: KeyPath<RunReport.Moment, Double>) -> (RunReport.Moment) -> Double? {
      { $0.answered > 0 && $0[keyPath: path] > 0 ? $0[keyPath: path] : nil }
    }
    return chart(
      "latency",
      "How long an answer took",
      summary + "Each line of the grid is ten times the one below it.",
      [
        line("half of all within", time(\.p50)), line("99 of 100 within", time(\.p99)),
        line("the slowest", time(\.max)),
      ],
      kind: .logarithmic,
      unit: Figures.milliseconds
    )
  }

  private var rate: TimeChart {
    let asked = report.moments.map(\.due).reduce(0, +)
    let answered = report.moments.map(\.answered).reduce(0, +)
    let offline = report.moments.map(\.offline).reduce(0, +)
    let alone = offline > 0 ? " by the server and \(Figures.count(offline)) by lanes alone" : ""
    var lines = [
      rate("due", \.due), rate("answered", \.answered),
    ]
    if report.moments.contains(where: { $0.failed > 0 }) { lines.append(rate("failed", \.failed)) }
    if report.moments.contains(where: { $0.offline > 0 }) {
      lines.append(rate("answered by lanes alone", \.offline))
    }
    return chart(
      "rate",
      "Rate asked and carried",
      "Scans a second. \(Figures.count(asked)) were due, \(Figures.count(answered - offline)) were answered\(alone).",
      lines,
      unit: Figures.perSecond
    )
  }

  private var processors: TimeChart {
    var lines = report.server == nil ? [] : [line("server", { $0.serverCPU })]
    lines.append(line("driver", { $0.driverCPU }))
    let server = report.server.map {
      "The server took \(Figures.shareOrUnknown($0.cpuShare)) of one processor over the whole run, "
    }
    return chart(
      "cpu",
      "Processor time of server and driver",
      "\(server ?? "")\(server == nil ? "The" : "the") driver \(Figures.shareOrUnknown(report.driver.cpuShare)). 100 % is one "
        + "processor.",
      lines,
      least: 0.1,
      unit: Figures.share
    )
  }

  private static let notOwn = "Not measured: the server is not this run's own."

  private var memory: TimeChart {
    let most = report.server.map { "The server held at most \(Figures.bytes($0.memory))." }
    return chart(
      "memory",
      "Memory of the server",
      most ?? Self.notOwn,
      [line("memory", { $0.serverMemory.flatMap { $0 > 0 ? Double($0) : nil } })],
      unit: Figures.bytes
    )
  }

  private var disk: TimeChart {
    let written = report.server?.written
    let all = report.server.map { server in
      server.written.map { "The server wrote \(Figures.bytes($0)) in all." }
        ?? "Not measured: what the server wrote lay in memory."
    }
    let isMeasured = written != nil
    return chart(
      "disk",
      "Writes to disk by the server, a second",
      all ?? Self.notOwn,
      isMeasured ? [rate("written", \.serverWritten)] : [line("written", { _ in nil })],
      unit: Figures.bytes
    )
  }
}
