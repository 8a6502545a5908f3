import LanyardScanner

/// A run under way, as people see it in a terminal or read it in a log.
package struct RunProgressText {
  /// Seconds between two plain lines.
  package static let interval = 10.0

  private let progress: RunProgress

  package init(_ progress: RunProgress) {
    self.progress = progress
  }

  /// The live screen: always as many lines, each within the width, to be drawn over the ones before.
  package func rows(width: Int, colour: Bool = false) -> [String] {
    let width = max(width, 1)
    func fit(_ text: String) -> String { TextWidth.cut(TextTable.plain(text), to: width) }
    func mark(_ text: String, _ isOn: Bool, _ code: String) -> String {
      colour && isOn ? "\u{1B}[\(code)m\(fit(text))\u{1B}[0m" : fit(text)
    }
    /// The longest of these that fits behind a name.
    func row(_ name: String, _ texts: String...) -> String {
      let rows = texts.map { name + String(repeating: " ", count: 9 - name.count) + $0 }
      return rows.first { TextWidth.columns(of: $0) <= width } ?? rows.last ?? name
    }
    let errors = "errors \(Figures.count(progress.errors)) of \(Figures.count(progress.answered + progress.errors))"
    return [
      fit(head),
      fit(bar(width)),
      fit(
        row(
          "rate",
          "\(Figures.perSecond(progress.carried)) carried of \(Figures.perSecond(progress.asked)) asked",
          "\(Figures.perSecond(progress.carried)) of \(Figures.perSecond(progress.asked))"
        )
      ),
      fit(row("answers", times, shortTimes, shortestTimes)),
      mark(row("failed", errors, Figures.count(progress.errors)), progress.errors > 0, "31"),
      fit(
        row(
          "waiting",
          queue,
          "\(Figures.count(progress.waiting)), at most \(Figures.count(progress.longestQueue)) a lane"
        )
      ),
      mark(
        row("lanes", lanes, "\(Figures.count(progress.lanes)), \(Figures.count(progress.offlineLanes)) offline"),
        progress.offlineLanes > 0,
        "33"
      ),
      mark("broken   \(fault ?? "nothing")", fault != nil, "33"),
      mark(
        progress.isDriverLate ? "The driver itself is late: what is measured may not be the server's." : "",
        true,
        "31"
      ),
    ]
  }

  /// One line for where there is no terminal.
  package var line: String {
    var parts = [
      "\(clock(progress.elapsed))\(progress.length.map { " of \(clock($0))" } ?? "")",
      ShownText.isolated(progress.phase),
      "\(Figures.perSecond(progress.carried)) of \(Figures.perSecond(progress.asked))",
      times,
      "errors \(Figures.count(progress.errors))",
      "waiting \(Figures.count(progress.waiting))",
    ]
    if progress.offlineLanes > 0 { parts.append("offline \(progress.offlineLanes) of \(progress.lanes)") }
    if let fault { parts.append("broken: \(fault)") }
    if progress.isDriverLate { parts.append("the driver is late") }
    return TextTable.plain(parts.filter { !$0.isEmpty }.joined(separator: " · "))
  }

  private var head: String {
    let left = progress.length.map { ", \(Figures.seconds(max($0 - progress.elapsed, 0).rounded())) left" } ?? ""
    let names = [progress.scenario, progress.phase].filter { !$0.isEmpty }.map(ShownText.isolated)
    return (["\(clock(progress.elapsed))\(left)"] + names).joined(separator: " · ")
  }

  private func bar(_ width: Int) -> String {
    guard let length = progress.length, length > 0 else { return "" }
    let cells = min(width, 60)
    let share = min(max(progress.elapsed / length, 0), 1)
    let full = share.isFinite ? Int((share * Double(cells)).rounded(.down)) : 0
    return String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
  }

  private var times: String {
    guard progress.max > 0 else { return "none in the last seconds" }
    return
      "50 % in \(Figures.milliseconds(progress.p50)), 99 % in \(Figures.milliseconds(progress.p99)), slowest "
      + Figures.milliseconds(progress.max)
  }

  private var shortTimes: String {
    guard progress.max > 0 else { return "none lately" }
    return "50 % in \(Figures.milliseconds(progress.p50)), 99 % in \(Figures.milliseconds(progress.p99))"
  }

  private var shortestTimes: String {
    progress.max > 0 ? "99 % in \(Figures.milliseconds(progress.p99))" : "none"
  }

  private var queue: String {
    "\(Figures.count(progress.waiting)) at all lanes, \(Figures.count(progress.longestQueue)) at the longest"
  }

  private var lanes: String {
    progress.offlineLanes == 0
      ? "\(Figures.count(progress.lanes)), all with the server"
      : "\(Figures.count(progress.lanes)), \(Figures.count(progress.offlineLanes)) of them without the server"
  }

  private var fault: String? {
    progress.fault.map { fault in
      fault + (progress.faultLeft.map { " (\(Figures.seconds(max($0, 0).rounded())) left)" } ?? "")
    }
  }

  /// Hours, minutes and seconds.
  private func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, (0..<1e9).contains(seconds) else { return "0:00" }
    let whole = Int(seconds)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return whole < 3_600
      ? "\(whole / 60):\(two(whole % 60))" : "\(whole / 3_600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }
}
