/// A report as people read it in a terminal when the run is over.
package struct RunText {
  /// The most phases, faults and histories that are printed; the page has the others.
  static let listLimit = 20

  private let report: RunReport

  package init(_ report: RunReport) {
    self.report = report
  }

  /// - Parameter page: Where the HTML report lies; nil where none was written.
  package func lines(page: String? = nil) -> [String] {
    let sentence = report.sentence.isEmpty ? report.verdictSentence : report.sentence
    let word = report.verdict == .pass ? "PASS" : report.isEndedEarly ? "ENDED EARLY" : "FAIL"
    var lines = ["\(word): \(sentence)", ""]
    if !report.targets.isEmpty {
      let rows = report.targets.map { [$0.kept ? "kept" : "NOT KEPT", $0.what, $0.measured, "wanted \($0.wanted)"] }
      lines += TextTable.lines([["", "target", "measured", ""]] + rows, words: [0, 1, 2, 3]) + [""]
    }
    if report.wasInterrupted {
      lines += ["The run was ended after \(Figures.seconds(report.seconds)), before its time.", ""]
    }
    if let words = report.closedLoopWords { lines += [words, ""] }
    if !report.ends.isEmpty { lines += report.ends.flatMap(Self.indented) + [""] }
    lines += operations + [""] + errors + faults + audit + [driver]
    if let server = report.server {
      lines.append(
        "Server: \(Figures.shareOrUnknown(server.cpuShare)) of one processor, at most \(Figures.bytes(server.memory)) of memory since its start, "
          + "\(server.written.map { "\(Figures.bytes($0)) written" } ?? "what it wrote not measured, since it lay in memory"), started \(Figures.count(server.starts, "time"))."
      )
    }
    if let words = report.processorWords { lines.append(words) }
    lines.append("Again: \(report.commandAgain)")
    if let page { lines.append("Report: \(page)") }
    return lines.map(TextTable.plain)
  }

  private var operations: [String] {
    func row(_ phase: String, _ name: String, _ operation: RunReport.Operation) -> [String] {
      [
        phase, Figures.operation(name), Figures.count(operation.count), Figures.perSecond(operation.perSecond),
      ] + operation.timeWords + [Figures.count(operation.failed)]
    }
    let head = ["phase", "operation", "number", "rate", "50 %", "90 %", "99 %", "99.9 %", "slowest", "failed"]
    var rows = RunReport.ordered(report.operations).map { row("all", $0.name, $0.operation) }
    if report.phases.count > 1 {
      for phase in report.phases.prefix(Self.listLimit) {
        rows += RunReport.ordered(phase.operations).map { row(phase.name, $0.name, $0.operation) }
        if phase.operations.isEmpty { rows.append([phase.name, "nothing"] + head.dropFirst(2).map { _ in "–" }) }
      }
    }
    return TextTable.lines([head] + rows, words: [0, 1])
  }

  /// What failed, by kind, and who registered for nothing.
  private var errors: [String] {
    var lines = RunReport.ordered(report.operations).filter { $0.operation.failed > 0 }.map { name, operation in
      let kinds = operation.errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let more = kinds.count > Self.listLimit ? ", …" : ""
      let words = kinds.prefix(Self.listLimit).map { "\(Figures.count($0.value)) \($0.key)" }.joined(separator: ", ")
      return "Failed \(Figures.operation(name)): \(words)\(more)."
    }
    lines += [report.waitWords].compactMap(\.self) + report.recordedWords
    lines += [report.sharedWords, report.withoutBadgeWords, report.returnWords, report.unplayedWords].compactMap(\.self)
    return lines.isEmpty ? [] : lines + [""]
  }

  private var faults: [String] {
    guard !report.faults.isEmpty else { return [] }
    let lines = report.faults.prefix(Self.listLimit).map { fault in
      let recovered =
        fault.recovered.map { "each that scanned afterwards was live again after \(Figures.seconds($0))" }
        ?? (fault.isFollowed ? "not every lane was live again before the end" : "no lane scanned afterwards")
      if let trouble = fault.trouble {
        return "At \(Figures.seconds(report.life(fault.at))) \(fault.what), which did not come off: \(trouble)."
      }
      let without = fault.withoutServer.map { "at most \(Figures.seconds($0)) without the server and " } ?? ""
      return
        "At \(Figures.seconds(report.life(fault.at))) \(fault.what): the lanes that it hit answered \(Figures.count(fault.answeredOffline, "scan")) by "
        + "themselves, were \(without)at most \(Figures.seconds(fault.longestSilence)) without an answer, and \(recovered)."
    }
    let more = report.faults.count - Self.listLimit
    return [report.clockWords].compactMap(\.self) + lines
      + (more > 0 ? ["… and \(Figures.count(more, "more fault"))."] : []) + [""]
  }

  private var audit: [String] {
    let audit = report.audit
    if let unread = audit.unread { return ["Audit: none, since the record could not be read back: \(unread)."] }
    let head =
      "Audit: \(audit.comparedWords) compared with the record; lost \(audit.lost), wrong \(audit.wrong), "
      + "double \(audit.double), invented \(audit.invented), miscounted \(audit.miscounted)"
      + (audit.comparesRegistrations ? ", misregistered \(audit.misregistered)." : ".")
    let listed = audit.faults.prefix(Self.listLimit)
    return [head] + audit.notes + listed.flatMap(Self.indented)
      + (audit.cutWords(listed.count).map { ["  \($0)"] } ?? [])
  }

  /// What may have several lines, as an entry of a list.
  private static func indented(_ text: String) -> [String] {
    text.split(separator: "\n").enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
  }

  private var driver: String {
    let driver = report.driver
    return
      "Driver: \(driver.words), "
      + "\(Figures.shareOrUnknown(driver.cpuShare)) of one processor; "
      + (driver.wasTheLimit
        ? "IT WAS THE LIMIT, not the server."
        : driver.isJudged ? "it was not the limit." : "whether it was the limit was not measured.")
  }
}
