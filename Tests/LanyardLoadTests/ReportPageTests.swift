import Foundation
import LanyardLoad
import Testing

@Suite("The page of a report")
struct ReportPageTests {
  /// Names of all elements, once the page is known to be well formed.
  private static func elements(of html: String) throws -> [String] {
    let checker = WellFormedness()
    return try checker.elements(of: html)
  }

  @Test("Names keep their own direction, a fault's number is told from its lanes, and targets fit a phone")
  func names() {
    let html = ReportPage(ReportSample.morning()).html
    #expect(html.contains("<h1 dir=\"auto\">") && html.contains("<th scope=\"row\" dir=\"auto\">"))
    #expect(html.contains("2: lanes 1 and 2 were cut off") && !html.contains("2 lanes 1 and 2"))
    #expect(html.contains("<table class=\"narrow\">") && html.contains(".narrow td { white-space: normal;"))
  }

  @Test("Is well formed for 8, 32 and 64 lanes, with and without faults and moments", arguments: [0, 1, 8, 32, 33, 64])
  func wellFormed(lanes: Int) throws {
    for (moments, faults) in [(0, 0), (1, 1), (540, 2), (2_000, 40)] {
      let html = ReportPage(ReportSample.morning(lanes: lanes, moments: moments, faults: faults)).html
      let elements = try Self.elements(of: html)
      #expect(elements.contains("h1") && elements.count { $0 == "main" } == 1)
    }
  }

  @Test("Is well formed for a report of nothing at all")
  func empty() throws {
    let html = ReportPage(RunReport()).html
    #expect(try !Self.elements(of: html).isEmpty)
    #expect(html.contains("nothing was scanned"))
  }

  @Test("Is well formed where figures are no numbers")
  func notNumbers() throws {
    var report = ReportSample.morning(moments: 20)
    report.seconds = .infinity
    report.moments[3].p99 = .nan
    report.moments[4].max = .infinity
    report.moments[5].at = .nan
    report.moments[6].queues = []
    report.faults[0].at = -.infinity
    report.faults[0].seconds = .nan
    report.phases[0].end = .nan
    report.operations["check_in"]?.p50 = -.infinity
    report.operations["check_in"]?.max = .greatestFiniteMagnitude
    let html = ReportPage(report, comparison: RunComparison(earlier: report, later: report)).html
    #expect(try Self.elements(of: html).contains("svg"))
    #expect(!html.contains("nan") && !html.contains("inf\""))
  }

  @Test("Holds no script, and asks no other site and no file for anything")
  func selfContained() throws {
    let html = ReportPage(ReportSample.morning()).html
    let elements = try Self.elements(of: html)
    #expect(["script", "link", "img", "iframe", "object", "base", "use"].allSatisfy { !elements.contains($0) })
    for word in ["http://", "https://", "url(", "@import", "src=", "href="] { #expect(!html.contains(word)) }
  }

  @Test("Escapes every text that comes from a file")
  func escapes() throws {
    let evil = "</title><script>alert('1')</script>\"&\u{0}\u{1B}[2J\u{202E}"
    var report = ReportSample.morning(moments: 30)
    report.scenario = evil
    report.summary = evil
    report.sentence = evil
    report.machine = evil
    report.command = evil
    report.version = evil
    report.started = evil
    report.phases[0].name = evil
    report.phases[0].operations = [evil: ReportSample.operation(3, p99: 1)]
    report.operations[evil] = ReportSample.operation(3, p99: 1)
    report.operations["check_in"]?.errors = [evil: 3]
    report.faults[0].what = evil
    report.answers = [evil: 3]
    report.audit.faults = [evil]
    report.targets = [.init(what: evil, wanted: evil, measured: evil, kept: false)]
    var other = report
    other.machine = evil + evil
    let html = ReportPage(report, comparison: RunComparison(earlier: other, later: report)).html
    #expect(try !Self.elements(of: html).contains("script"))
    #expect(!html.unicodeScalars.contains { ["\u{0}", "\u{1B}", "\u{202E}"].contains($0) })
  }

  @Test("Says the verdict by a word and a sign before anything else")
  func verdictFirst() throws {
    for (isPass, words) in [(true, ["Pass", "✓"]), (false, ["Fail", "✗"])] {
      let html = ReportPage(ReportSample.morning(isPass: isPass)).html
      let body = try #require(html.range(of: "<body>")).upperBound
      let heading = try #require(html.range(of: "<h2>")).lowerBound
      let first = html[body..<heading]
      for word in words { #expect(first.contains(word)) }
      #expect(first.contains("opening morning"))
    }
  }

  @Test("Gives each picture a role, a title and a description, and the figures as a table")
  func accessible() throws {
    let html = ReportPage(ReportSample.morning()).html
    let pictures = html.components(separatedBy: "role=\"img\"").count - 1
    #expect(pictures == 9)
    #expect(html.components(separatedBy: "<desc id=").count - 1 == pictures)
    #expect(html.components(separatedBy: "<details>").count - 1 == pictures)
    #expect(html.contains("<html lang=\"en\">") && html.contains("prefers-color-scheme: dark"))
    let ids = html.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
  }

  @Test("Counts what lanes answered alone apart from what the server answered")
  func alone() {
    let report = ReportSample.morning(faults: 2)
    let due = report.moments.map(\.due).reduce(0, +)
    let offline = report.moments.map(\.offline).reduce(0, +)
    func words(_ count: Int) -> String { "\(count / 1_000),\("\(1_000 + count % 1_000)".dropFirst())" }
    #expect((1_000..<100_000).contains(offline) && (1_000..<100_000).contains(due - offline))
    let sentence = "\(words(due - offline)) were answered by the server and \(words(offline)) by lanes alone"
    let isThere = ReportPage(report).html.contains(sentence)
    #expect(isThere, "\(sentence)")
  }

  @Test("Shades each fault in every chart over time")
  func shades() {
    let report = ReportSample.morning(faults: 2)
    let html = ReportPage(report).html
    let charts = 6  // latency, rate, queue, processors, memory, disk
    #expect(html.components(separatedBy: "class=\"fault\"").count - 1 == charts * report.faults.count)
  }

  @Test("Maps each of up to 32 lanes, and of more those with the longest lines, with the sum and the longest line")
  func queues() {
    let few = ReportPage(ReportSample.morning(lanes: 32)).html
    #expect(few.contains("id=\"lanes-t\"") && !few.contains("with the longest lines"))
    var report = ReportSample.morning(lanes: 64)
    for index in report.moments.indices { report.moments[index].queues[60] = 500 }
    let many = ReportPage(report).html
    #expect(many.contains("id=\"lanes-t\"") && many.contains("These are the 32 of 64 lanes with the longest lines"))
    #expect(many.contains(">61</text>") && many.contains("At most 500 at one lane"))
    let named = (1...64).filter { many.contains("<text class=\"axis\" x=\"0\" y=\"\(16 * 31 + 12)\">\($0)</text>") }
    #expect(named.count == 1)
    #expect(many.contains("all 64 lanes") && many.contains("the longest line of one lane"))
  }

  @Test("Is printed whole: no table keeps a column behind a scroll bar, and headings fold")
  func printed() throws {
    let page = ReportPage(ReportSample.morning()).html
    let start = try #require(page.range(of: "@media print {")).upperBound
    let rules = page[start...].prefix(400)
    #expect(rules.contains(".wide { overflow: visible; }") && rules.contains("th, td { white-space: normal;"))
    #expect(page.contains("thead th { color: var(--soft); font-weight: 600; white-space: normal;"))
  }

  @Test("Stays small for seven days, and keeps the slowest moment")
  func week() throws {
    var report = ReportSample.morning(lanes: 32, moments: 100_000, faults: 700)
    report.seconds = 604_800
    for index in report.moments.indices { report.moments[index].at = Double(index) * 6.048 }
    report.moments[54_321].max = 77_000
    let html = ReportPage(report).html
    #expect(html.utf8.count < 1_000_000)
    for path in html.components(separatedBy: " d=\"").dropFirst() {
      let data = path.prefix { $0 != "\"" }
      #expect(data.count { $0 == "L" || $0 == "M" } <= 600)
    }
    #expect(html.components(separatedBy: "class=\"fault\"").count < 3_000)
    #expect(html.contains("The slowest answer took 77 s"))
    #expect(html.contains("<td>77 s</td>"))
  }

  @Test("Tells conflicts by reason, and what was not compared, as the terminal does")
  func notes() {
    var report = ReportSample.morning()
    report.audit.conflicts = ["FULL": 2, "ALREADY_INSIDE": 3]
    report.audit.notCompared = ["people inside anywhere"]
    for words in [
      "Conflicts that the server names: 3 ALREADY_INSIDE, 2 FULL.", "Not compared: people inside anywhere.",
    ] {
      #expect(ReportPage(report).html.contains("<p>\(words)</p>"))
      #expect(RunText(report).lines().contains(words))
    }
  }

  @Test("Leaves a gap where nothing was measured, and draws no nought")
  func gaps() {
    var report = ReportSample.morning(moments: 10, faults: 0)
    func dashes() -> Int { ReportPage(report).html.components(separatedBy: "<td>–</td>").count - 1 }
    let before = dashes()
    (report.moments[4].serverCPU, report.moments[4].driverCPU, report.moments[4].serverWritten) = (nil, nil, nil)
    #expect(dashes() == before + 3)
    for index in report.moments.indices { (report.moments[index].driverCPU, report.moments[index].max) = (nil, 0) }
    report.server = nil
    report.operations = ["search": RunReport.Operation()]
    report.operations["search"]?.errors = ["UNAVAILABLE": 2]
    let page = ReportPage(report).html
    // A server of others may well be a process of this machine.
    #expect(page.components(separatedBy: "Not measured: the server is not this run&#39;s own.").count == 3)
    #expect(!page.contains("process of this machine"))
    #expect(page.contains("Processor time of server and driver</h3><p>Nothing was measured over time."))
    #expect(!page.contains("The slowest answer took") && !page.contains("<td>0 ms</td>"))
    #expect(
      RunText(report).lines().contains { $0.contains("look-ups by name") && $0.contains("–") && !$0.contains("0 ms") }
    )
  }

  @Test("Says of how many faults those are that are listed, and where the others stand")
  func manyFaults() throws {
    var report = ReportSample.morning(isPass: false)
    (report.audit.lost, report.audit.misregistered) = (1_199, 1)
    report.audit.faults = (0..<1_200).map { "fault \($0)" }
    #expect(
      ReportPage(report).html.contains(
        "These are 500 of 1,200 that were found; --save FILE and --json have all of them."
      )
    )
    let lines = RunText(report).lines()
    #expect(lines.contains("  These are 20 of 1,200 that were found; --save FILE and --json have all of them."))
    // What is saved has all of them, and is read again.
    let read = try RunReport(reading: JSONEncoder().encode(report), named: "saved.json")
    #expect(read.audit.faults.count == 1_200)
    // Where not all are told in words, nothing says that they are.
    report.audit.faults.removeLast(200)
    #expect(
      RunText(report).lines().contains {
        $0.hasSuffix("of 1,200 that were found; --save FILE and --json have 1,000 of them.")
      }
    )
    report.audit.faults.removeLast(990)
    #expect(RunText(report).lines().contains("  These are 10 of 1,200 that were found."))
    (report.audit.lost, report.audit.misregistered) = (9, 1)
    #expect(!ReportPage(report).html.contains("that were found"))
  }

  @Test("Lists the history of each audit fault")
  func histories() {
    var report = ReportSample.morning(isPass: false)
    report.audit.lost = 1
    report.audit.faults = ["scan 7 was answered ADMITTED at lane 3 and is not on record"]
    #expect(ReportPage(report).html.contains("scan 7 was answered ADMITTED at lane 3 and is not on record"))
  }
}

/// Reads a page as XML, which it also is; anything that is not closed, nested wrongly or not escaped is an error.
private struct WellFormedness {
  struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  /// Names of all elements in order.
  func elements(of html: String) throws -> [String] {
    var open: [Substring] = []
    var all: [String] = []
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      try text(rest[..<start])
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: ">") else { throw Broken(description: "unclosed: \(rest.prefix(60))") }
      var tag = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!DOCTYPE") { continue }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { throw Broken(description: "closes nothing: \(tag)") }
        continue
      }
      let isEmpty = tag.hasSuffix("/")
      if isEmpty { tag.removeLast() }
      let name = tag.prefix { !$0.isWhitespace }
      try attributes(tag[name.endIndex...])
      all.append(String(name))
      if !isEmpty { open.append(name) }
    }
    guard open.isEmpty else { throw Broken(description: "never closed: \(open)") }
    return all
  }

  private func attributes(_ text: Substring) throws {
    var rest = text.drop { $0.isWhitespace }
    while !rest.isEmpty {
      guard let match = rest.prefixMatch(of: /[A-Za-z][-A-Za-z0-9]*="([^"<]*)"\s*/) else {
        throw Broken(description: "no attribute: \(rest.prefix(60))")
      }
      try self.text(match.1)
      rest = rest[match.range.upperBound...]
    }
  }

  private func text(_ text: Substring) throws {
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    where part.prefixMatch(of: /(amp|lt|gt|quot|#39);/) == nil {
      throw Broken(description: "not escaped: &\(part.prefix(20))")
    }
  }
}
