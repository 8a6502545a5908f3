import LanyardLoad
import LanyardScanner
import Testing

@Suite("The words of a report")
struct ReportTextTests {
  @Test("A name that runs right to left turns nothing around it, on the page and in a terminal")
  func isolates() {
    var report = ReportSample.morning()
    (report.scenario, report.phases[0].name) = ("صباح الافتتاح", "الأبواب")
    report.sentence = report.verdictSentence
    let name = "\u{2068}صباح الافتتاح\u{2069}"
    #expect(report.sentence.contains("“\(name)”"))
    let page = ReportPage(report).html
    #expect(page.contains("the scenario “\(name)”") && page.contains("<title>Load test \(name): passed</title>"))
    #expect(RunText(report).lines().contains { $0.contains("\u{2068}الأبواب\u{2069}") })
    var progress = RunProgress()
    (progress.scenario, progress.phase) = ("صباح", "الأبواب")
    #expect(RunProgressText(progress).line.contains("\u{2068}الأبواب\u{2069}"))
    #expect(RunProgressText(progress).rows(width: 80)[0].contains("\u{2068}صباح\u{2069}"))
    // What a name itself opens or closes is of no effect, as before.
    (report.scenario, report.phases[0].name) = ("a\u{2069}b", "doors open")
    report.sentence = report.verdictSentence
    #expect(!ReportPage(report).html.contains("\u{2069}"))
  }

  @Test("Says of a run that passed what it carried, how quickly, and that all is on record")
  func passed() {
    #expect(
      ReportSample.morning(faults: 0).verdictSentence
        == "This set-up carries the opening morning: 3,000 people at 8 lanes, 99 of 100 scans were answered within 6.9 ms, "
        + "and all 3,214 answers are on record exactly once."
    )
  }

  @Test("Says what broke meanwhile, and that lanes went on")
  func faults() {
    let sentence = ReportSample.morning(faults: 2).verdictSentence
    #expect(sentence.hasPrefix("This set-up carries"))
    #expect(sentence.contains("although 2 things broke meanwhile: lanes answered 106 scans by themselves"))
    // Both faults had the same scans in their time.
    #expect(ReportSample.morning(faults: 2).faults.map(\.answeredOffline) == [106, 106])
    #expect(sentence.hasSuffix("no lane was without an answer for more than 0.4 s."))
  }

  @Test("Tells the times of the server from those of lanes, and of what loop they are, and that the run was ended")
  func kindsOfAnswers() {
    var report = ReportSample.morning(faults: 0)
    var offline = RunReport.Operation()
    (offline.count, offline.max) = (67, 2_100)
    report.operations["check_in_offline"] = offline
    #expect(
      report.verdictSentence.contains("99 of 100 scans that the server answered were answered within 6.9 ms, and ")
    )
    #expect(report.verdictSentence.contains("67 that lanes answered by themselves within 2.1 s"))
    #expect(!RunText(report).lines().contains { $0.contains("loop") || $0.contains("was ended") })
    (report.isClosedLoop, report.wasInterrupted) = (true, true)
    #expect(RunText(report).lines().contains { $0.contains("(closed loop)") })
    #expect(RunText(report).lines().contains { $0.hasPrefix("The run was ended after ") })
  }

  @Test("Names the first target that was broken, by how much, and how many more")
  func broken() {
    var report = ReportSample.morning(isPass: false)
    #expect(
      report.verdictSentence
        == "This set-up does not carry the opening morning with 3,000 people at 8 lanes: p99 of check-ins was 212 ms, "
        + "wanted at most 50 ms."
    )
    report.targets.append(.init(what: "failed operations", wanted: "none", measured: "3 %", kept: false))
    #expect(report.verdictSentence.contains("(and 1 more target not kept)"))
  }

  @Test("Says what the audit found before anything else, even where the driver was late")
  func audit() {
    var report = ReportSample.morning(isPass: false)
    report.audit.lost = 1
    report.audit.double = 2
    report.driver.wasTheLimit = true
    #expect(
      report.verdictSentence
        == "This set-up must not open: 1 answered scan is not on record, 2 scans are on record twice or let somebody in "
        + "twice, of 3,214 scans checked."
    )
  }

  @Test("Does not judge the server where the driver was the limit")
  func driver() {
    var report = ReportSample.morning(isPass: false)
    report.driver.wasTheLimit = true
    #expect(report.verdictSentence.hasPrefix("This run cannot say whether this set-up carries the opening morning"))
  }

  @Test("Promises nothing where the run was ended before its time")
  func interrupted() {
    var report = ReportSample.morning()
    report.wasInterrupted = true
    report.seconds = 200
    #expect(report.verdictSentence.hasPrefix("The run was ended after 3 min 20 s, before its time"))
    report.verdict = .fail
    #expect(RunText(report).lines()[0].hasPrefix("ENDED EARLY: "))
    #expect(ReportPage(report).html.contains("Ended early"))
    report.targets[0].kept = false
    #expect(RunText(report).lines()[0].hasPrefix("FAIL: "))
    #expect(report.verdictSentence.hasPrefix("This set-up does not carry"))
    #expect(report.verdictSentence.contains("the run was ended after 3 min 20 s"))
  }

  @Test("Prints verdict, targets, operations, audit, driver, the command and where the page lies")
  func printed() {
    let lines = RunText(ReportSample.morning()).lines(page: "report.html")
    #expect(lines[0].hasPrefix("PASS: This set-up carries"))
    let text = lines.joined(separator: "\n")
    for word in ["p99 of check-ins", "look-ups by name", "Audit: 3,214 scans", "Driver: ", "--seed 42 --speed 10"] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(lines.last == "Report: report.html")
  }

  @Test("Says of a search how much is carried, at what it broke and why, and the times of what was carried")
  func search() {
    var report = ReportSample.morning(faults: 0, isPass: true)
    var search = RunReport.Search()
    (search.carried, search.p99, search.broken) = (781.25, 32, 976.5)
    search.target = "the p99 of check-ins was 136 ms, wanted at most 50 ms"
    search.shortage = "the processors were not busy"
    report.search = search
    #expect(
      report.verdictSentence
        == "This set-up carries 781 scans a second at 8 lanes, 99 of 100 answered within 32 ms; all 3,214 answers are on "
        + "record exactly once. At 977 a second the p99 of check-ins was 136 ms, wanted at most 50 ms; the processors were "
        + "not busy."
    )
    (search.carried, search.p99) = (nil, nil)
    report.search = search
    #expect(report.verdictSentence.hasPrefix("This set-up does not carry even 977 scans a second at 8 lanes: the p99"))
    search = RunReport.Search()
    search.carried = 500
    report.search = search
    #expect(report.verdictSentence.contains("Perhaps it carries more"))
  }

  @Test("Says how many came, of how many people, and how quickly registrations with a target were answered")
  func arrivals() {
    var report = ReportSample.morning(faults: 0)
    (report.people, report.arrivals) = (645, 3_000)
    #expect(!ReportPage(report).html.contains("had been there already"))
    (report.returns, report.unplayed) = (2_355, ["replaced": 12, "wrong-door": 3, "good": 2])
    report.operations["register"] = ReportSample.operation(400, p99: 4_300)
    var target = RunReport.TargetResult(what: "the p99 of registrations", wanted: "", measured: "", kept: true)
    target.id = "registrations_p99"
    report.targets.append(target)
    #expect(report.verdictSentence.contains("3,000 arrivals of 645 people at 8 lanes"))
    #expect(report.verdictSentence.contains("of 100 registrations 99 within 4.3 s"))
    let page = ReportPage(report).html
    #expect(page.contains("2,355 of 3,000 arrivals had been there already"))
    #expect(page.contains("Good badges came in place of 12 replaced, 3 wrong-door"))
    #expect(RunText(report).lines().contains { $0.contains("2 arrivals did not come at all") })
  }

  @Test("Tells what failed by kind, who got no badge, and that writes to memory are not measured")
  func kinds() {
    var report = ReportSample.morning()
    report.operations["register"] = ReportSample.operation(4, p99: 10)
    report.operations["register"]?.errors = ["alreadyExists": 3, "unavailable": 1]
    report.withoutBadge = 17
    report.server?.written = nil
    let lines = RunText(report).lines()
    #expect(lines.contains("Failed registrations: 3 alreadyExists, 1 unavailable."))
    #expect(lines.contains { $0.hasPrefix("17 registered on the spot and got no badge") })
    #expect(lines.contains { $0.contains("what it wrote not measured") })
    #expect(ReportPage(report).html.contains("wrote to memory, which is not measured,"))
  }

  @Test("Gives the command so that a shell takes it, and no token")
  func command() {
    #expect(
      CommandWords.line(["lanyard", "loadtest", "run", "my file.yaml", "--token", "a b", "--seed", "1", "it's", ""])
        == "lanyard loadtest run 'my file.yaml' --token TOKEN --seed 1 'it'\\''s' ''"
    )
    #expect(CommandWords.line(["--token=secret", "--token", "--token", "x"]) == "--token=TOKEN --token TOKEN x")
  }

  @Test("Lets no name from a file steer the terminal")
  func steering() {
    var report = ReportSample.morning()
    report.phases[0].name = "\u{1B}[2J\u{9B}\r\n\u{2028}"
    report.audit.faults = ["one\ntwo\u{7}"]
    let lines = RunText(report).lines()
    #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } })
    #expect(lines.contains("  - one"))
  }

  @Test("Keeps the live screen within every width, always as high")
  func live() {
    var progress = ReportTextTests.progress
    progress.phase = "門が開く 🎉 doors open\u{1B}[2J"
    for width in [1, 20, 40, 80, 200] {
      for colour in [false, true] {
        let rows = RunProgressText(progress).rows(width: width, colour: colour)
        #expect(rows.count == RunProgressText(RunProgress()).rows(width: width).count)
        for row in rows {
          let shown = row.replacing(/\u{1B}\[[0-9]+m/, with: "")
          #expect(TextWidth.columns(of: shown) <= width)
          #expect(!shown.unicodeScalars.contains("\u{1B}"))
        }
      }
    }
  }

  @Test("Shows time left, rate, percentiles, errors, queue, lanes without the server and what is broken")
  func liveWords() {
    let text = RunProgressText(Self.progress).rows(width: 100).joined(separator: "\n")
    for word in [
      "3:41, 5 min 19 s left", "doors open", "12/s carried of 15/s asked", "99 % in 6.8 ms", "errors 1 of 2,211",
      "38 at all lanes, 9 at the longest", "2 of them without the server", "lanes 1 and 2 were cut off (12 s left)",
    ] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("Says less on a narrow screen, and cuts no figure in its midst")
  func narrow() {
    var progress = Self.progress
    (progress.p50, progress.p99, progress.max) = (1_234, 412_345, 512_345)
    for width in 30...120 {
      for row in RunProgressText(progress).rows(width: width).dropFirst(2).prefix(5) {
        #expect(!row.hasSuffix("…"), "\(width): \(row)")
      }
    }
    let rows = RunProgressText(progress).rows(width: 36)
    #expect(rows[3] == "answers  99 % in 6 min 52 s")
    #expect(rows[5] == "waiting  38, at most 9 a lane" && rows[6] == "lanes    8, 2 offline")
  }

  @Test("Takes all that stands on the screen away, also where that has become narrower, or wider again")
  func redrawn() {
    var screen = DrawnRows()
    #expect(
      screen.redraw(["\u{1B}[31mred\u{1B}[0m", String(repeating: "x", count: 80), ""], width: 80).hasPrefix(
        "\u{1B}[31mred"
      )
    )
    // Of 40 columns, the row of 80 takes two lines.
    #expect(screen.redraw(["門が開く"], width: 40) == "\u{1B}[4A\r\u{1B}[J門が開く\n")
    #expect(screen.redraw(["a"], width: 3) == "\u{1B}[3A\r\u{1B}[Ja\n")
    #expect(screen.redraw([], width: 80) == "\u{1B}[1A\r\u{1B}[J")
    #expect(screen.redraw([], width: 80).isEmpty)
  }

  @Test("Puts the same on one line where there is no terminal")
  func plain() {
    let line = RunProgressText(Self.progress).line
    #expect(
      line
        == "3:41 of 9:00 · doors open · 12/s of 15/s · 50 % in 1.2 ms, 99 % in 6.8 ms, slowest 42 ms · errors 1 · waiting 38 · "
        + "offline 2 of 8 · broken: lanes 1 and 2 were cut off (12 s left)"
    )
    #expect(RunProgressText(RunProgress()).line.hasPrefix("0:00 · 0/s of 0/s"))
  }

  private static var progress: RunProgress {
    var progress = RunProgress()
    progress.scenario = "opening-morning"
    progress.phase = "doors open"
    progress.elapsed = 221
    progress.length = 540
    progress.asked = 15
    progress.carried = 12
    progress.p50 = 1.2
    progress.p99 = 6.8
    progress.max = 42
    progress.answered = 2_210
    progress.errors = 1
    progress.waiting = 38
    progress.longestQueue = 9
    progress.lanes = 8
    progress.offlineLanes = 2
    progress.fault = "lanes 1 and 2 were cut off"
    progress.faultLeft = 12
    return progress
  }
}
