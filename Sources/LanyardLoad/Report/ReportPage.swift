import LanyardScanner

/// A report as one HTML page that needs nothing else: no scripts, no files, no other site.
package struct ReportPage {
  /// The most phases, faults and histories that are listed.
  static let listLimit = 500

  let report: RunReport
  let comparison: RunComparison?

  package init(_ report: RunReport, comparison: RunComparison? = nil) {
    self.report = report
    self.comparison = comparison
  }

  /// The page; what of the report comes from files is escaped in it.
  package var html: String {
    let word = report.verdict == .pass ? "passed" : report.isEndedEarly ? "ended early" : "failed"
    let title = "Load test \(ShownText.isolated(report.scenario)): \(word)"
    return Self.page(
      title,
      "\(verdict)\(targets)\(ends)\(played)\(compared)\(charts)\(operations)\(faults)\(audit)\(driver)\(again)"
    )
  }

  /// A whole page of this look.
  static func page(_ title: String, _ content: Markup) -> String {
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      \(WrittenReport.mark)
      <title>\(title)</title>
      <style>\(style)</style>
      </head>
      <body>
      <main>
      \(content)</main>
      </body>
      </html>

      """
    return page.text
  }

  /// The verdict in one word, and the sentence that says it.
  static func verdict(isPass: Bool, isEndedEarly: Bool = false, _ sentence: String) -> Markup {
    let word = isPass ? "Pass" : isEndedEarly ? "Ended early" : "Fail"
    return """
      <header class="verdict \(isPass ? "pass" : "fail")">
      <p class="word"><span aria-hidden="true">\(isPass ? "✓" : "✗")</span> \(word)</p>
      <h1 dir="auto">\(sentence)</h1>
      </header>

      """
  }

  private var verdict: Markup {
    Self.verdict(
      isPass: report.verdict == .pass,
      isEndedEarly: report.isEndedEarly,
      report.sentence.isEmpty ? report.verdictSentence : report.sentence
    )
  }

  private var targets: Markup {
    guard !report.targets.isEmpty else { return "" }
    let rows = report.targets.prefix(Self.listLimit).map { target -> Markup in
      """
      <tr><th scope="row" dir="auto">\(target.what)</th><td>\(target.wanted)</td><td>\(target.measured)</td>\
      <td class="\(target.kept ? "kept" : "broken")">\(target.kept ? "✓ kept" : "✗ not kept")</td></tr>

      """
    }
    return """
      <section><h2>Targets</h2>
      <div class="wide" tabindex="0" role="region" aria-label="Targets"><table class="narrow">
      <thead><tr><th scope="col" class="words">target</th><th scope="col">wanted</th><th scope="col">measured</th>\
      <th scope="col">kept</th></tr></thead>
      <tbody>
      \(Array(rows))</tbody></table></div></section>

      """
  }

  private var ends: Markup {
    guard !report.ends.isEmpty else { return "" }
    let list = report.ends.prefix(Self.listLimit).map { "<li><pre>\($0)</pre></li>\n" as Markup }
    return "<section><h2>What ended by itself</h2>\n<ol>\(Array(list))</ol></section>\n\n"
  }

  private var played: Markup {
    var words: [String] = []
    if !report.summary.isEmpty { words.append(report.summary) }
    let speed = report.speed == 1 ? "" : ", \(Figures.short(report.speed)) times as fast as in life"
    words.append(
      "The scenario “\(ShownText.isolated(report.scenario))” was played with \(Figures.count(report.people, "person", "people")) on site and "
        + "\(Figures.count(report.lanes, "lane")), for \(Figures.seconds(report.seconds))\(speed)."
    )
    words += [report.waitWords].compactMap(\.self) + report.recordedWords
    words += [report.sharedWords, report.returnWords, report.unplayedWords].compactMap(\.self)
    if !report.phases.isEmpty {
      let names = report.phases.prefix(12).map {
        "\(ShownText.isolated($0.name)) (\(Figures.seconds($0.end - $0.start)))"
      }
      let more = report.phases.count > 12 ? " and \(report.phases.count - 12) more" : ""
      words.append("Its phases: \(names.joined(separator: ", "))\(more).")
    }
    if report.wasInterrupted {
      words.append("It was ended before its time; what follows is what was measured until then.")
    }
    words.append(
      report.closedLoopWords
        ?? "Each scan had a time at which it was due, and its answer time counts from there, whatever the server did."
    )
    return "<section><h2>What was played</h2>\n\(words.map { "<p>\($0)</p>\n" as Markup })</section>\n"
  }

  private var compared: Markup { comparison?.section ?? "" }

  private var operations: Markup {
    var sections = [Self.operationTable("The whole run", RunReport.ordered(report.operations))]
    for phase in report.phases.prefix(Self.listLimit) {
      let title =
        "\(phase.name): asked \(Figures.perSecond(phase.asked)), carried \(Figures.perSecond(phase.carried)), from "
        + "\(Figures.seconds(report.life(phase.start))) to \(Figures.seconds(report.life(phase.end)))"
      sections.append(Self.operationTable(title, RunReport.ordered(phase.operations)))
    }
    let unable = report.withoutBadgeWords.map { "<p>\($0)</p>\n" as Markup } ?? ""
    return """
      <section><h2>Operations and phases</h2>
      <p>Times count from when each was due: a badge from the registration before it, and the scan of somebody who has just \
      registered or was found by name from the answer before it. Numbers and times of a phase are of what was due in it, \
      its rates of what was answered while it lasted. What dashboards and screens show counts from the answer at the door to the \
      first count that has it.</p>
      \(unable)\(sections)</section>

      """
  }

  /// Counts and times of each operation.
  static func operationTable(
    _ title: String,
    _ operations: [(name: String, operation: RunReport.Operation)]
  ) -> Markup {
    guard !operations.isEmpty else { return "<h3>\(title)</h3>\n<p>Nothing was measured.</p>\n" }
    let rows = operations.map { name, operation in
      let errors = operation.errors.sorted { $0.key < $1.key }.map { "\(Figures.count($0.value)) \($0.key)" }
      return [
        Figures.operation(name), Figures.count(operation.count), Figures.perSecond(operation.perSecond),
      ] + operation.timeWords + [
        errors.isEmpty ? "none" : errors.joined(separator: ", ")
      ]
    }
    let head = ["operation", "number", "a second", "50 %", "90 %", "99 %", "99.9 %", "slowest", "failed"]
    return .table(title, head, rows, words: [8])
  }

  private var faults: Markup {
    guard !report.faults.isEmpty else { return "" }
    let rows = zip(spans, report.faults).prefix(Self.listLimit).map { span, fault in
      [
        "\(span.label): \(fault.what)" + (fault.trouble.map { "; it did not come off: \($0)" } ?? ""),
        Figures.seconds(report.life(fault.at)), Figures.seconds(fault.seconds),
        fault.withoutServer.map(Figures.seconds) ?? "not measured", Figures.seconds(fault.longestSilence),
        Figures.count(fault.answeredOffline),
        fault.recovered.map { "after \(Figures.seconds($0))" }
          ?? (fault.isFollowed ? "not before the end" : "not measured: none scanned"),
      ]
    }
    let head = [
      "what broke", "from the start", "for", "longest without the server", "longest without an answer",
      "answered by lanes alone",
      "every lane that scanned afterwards live again",
    ]
    let more = report.faults.count > Self.listLimit ? "The first \(Self.listLimit) of \(report.faults.count). " : ""
    return """
      <section><h2>What broke, and how the lanes went on</h2>
      <p>\(more)A lane that has no server decides by itself with the roster that it holds, and reports its scans \
      afterwards. The figures are of the lanes that a fault hit.</p>
      \(Markup.table("Faults", head, rows, words: [6]))</section>

      """
  }

  private var audit: Markup {
    let audit = report.audit
    let rows =
      [
        ["answered scans that are not on record (lost)", Figures.count(audit.lost)],
        ["answers that were not right, or are on record as another (wrong)", Figures.count(audit.wrong)],
        [
          "scans on record more than once, and people inside twice whom no conflict names (double)",
          Figures.count(audit.double),
        ],
        ["scans on record that nobody of this run made (invented)", Figures.count(audit.invented)],
        ["headcounts that are not right (miscounted)", Figures.count(audit.miscounted)],
      ]
      + (audit.comparesRegistrations
        ? [["registrations that are not on record as answered (misregistered)", Figures.count(audit.misregistered)]]
        : [])
    let lead =
      audit.unread.map { "The record could not be read back (\($0)): nothing was compared." }
      ?? (audit.checked + audit.registered == 0
        ? "Nothing was compared with the record."
        : "\(audit.comparedWords) of this run were compared with the server's record, one by one.")
    let histories = audit.faults.prefix(Self.listLimit).map { "<li><pre>\($0)</pre></li>\n" as Markup }
    let notes = audit.notes.map { "<p>\($0)</p>\n" as Markup }
    let cut: Markup = audit.cutWords(histories.count).map { "<p>\($0)</p>\n" } ?? ""
    let list: Markup = histories.isEmpty ? "" : "<h3>What was found</h3>\n\(cut)<ol>\(Array(histories))</ol>\n"
    let state =
      audit.unread != nil
      ? "✗ Nobody knows." : audit.isClean ? "✓ Nothing was found." : "✗ Faults were found."
    return """
      <section><h2>Is everything that was answered on record?</h2>
      <p>\(lead) <strong class="\(audit.isClean ? "kept" : "broken")">\(state)</strong></p>
      \(Markup.table("Audit", ["what was looked for", "found"], rows))\(notes)\(list)</section>

      """
  }

  private var driver: Markup {
    let driver = report.driver
    let limit: Markup =
      driver.wasTheLimit
      ? #"<strong class="broken">✗ It was itself the limit: what is said here of the server is not certain.</strong>"#
      : driver.isJudged
        ? #"<strong class="kept">✓ It was not the limit.</strong>"#
        : "<strong>Whether it was the limit was not measured.</strong>"
    var words =
      "\(driver.words), and the driver took "
      + "\(Figures.shareOrUnknown(driver.cpuShare)) of one processor"
    if let server = report.server {
      words +=
        ", the server \(Figures.shareOrUnknown(server.cpuShare)). The server held at most \(Figures.bytes(server.memory)) since its start, "
        + "\(server.written.map { "wrote \(Figures.bytes($0)) to disk" } ?? "wrote to memory, which is not measured,") and was started \(Figures.count(server.starts, "time"))"
    }
    return """
      <section><h2>The machine that played the people</h2>
      <p>\(words). \(limit)\(report.processorWords.map { " \($0)" } ?? "")</p></section>

      """
  }

  private var again: Markup {
    let rows = [
      ["machine", report.machine], ["started", report.started], ["Lanyard", report.version],
      ["seed", String(report.seed)], ["speed", Figures.short(report.speed)],
    ].filter { $0[1] != "" }
    return """
      <section><h2>How to run it again</h2>
      <p>The same seed brings the same people at the same times:</p>
      <pre class="command">\(report.commandAgain)</pre>
      \(Markup.table("This run", ["what", "value"], rows, words: [1]))</section>

      """
  }
}
