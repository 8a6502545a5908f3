import ArgumentParser
import Foundation
import LanyardDomain
import LanyardLoad
import LanyardTexts

/// `lanyard loadtest run`.
struct LoadRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Play a morning, and say whether this set-up carries it and lost nothing.",
    discussion: """
      Starts a server of its own on a temporary folder, makes an event with people and badges, plays the scenario, reads \
      the record back and compares every answer with it. Nothing of yours is touched.

        lanyard loadtest run smoke
        lanyard loadtest run opening-morning --speed 10 --html report.html
        lanyard loadtest run opening-morning --like ./lanyard-data

      --like plays on a copy of your own event; --server on a server that runs, which must be in rehearsal. SCENARIO is \
      one of \(Scenario.delivered.joined(separator: ", ")), or a file of your own. Ends with 0 where every target was \
      kept and nothing was lost, wrong or double, else with 1. Ctrl-C ends it early with a report of what was measured.
      """
  )

  @OptionGroup var server: ServerOptions
  @Argument(help: "Name of a scenario, or a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String
  @Option(name: .long, help: "Play so many times faster than life, 0.1 to 1000.")
  var speed = 1.0
  @Option(
    name: .long,
    help: "How many registrations the event has, 1 to \(Scenario.peopleRange.upperBound). (default: the scenario's)"
  )
  var people: Int?
  @Option(name: .long, help: "How many lanes scan, 1 to \(Scenario.laneRange.upperBound). (default: the scenario's)")
  var lanes: Int?
  @Option(name: .long, help: "The people and times that belong to this number. (default: the scenario's)")
  var seed: UInt64?
  @Option(name: .long, help: "Data folder whose event is copied and played on.", completion: .directory)
  var like: String?
  @Option(name: .long, help: "Slug of the event, with --like or --server.", transform: EventSlug.read)
  var event: String?
  @OptionGroup var load: LoadOptions
  @Option(name: .long, help: "Write a report for people into this file.", completion: .file(extensions: ["html"]))
  var html: String?
  @Option(name: .long, help: "Write the report as JSON into this file.", completion: .file(extensions: ["json"]))
  var save: String?
  @Option(
    name: .long,
    help: "An earlier report, written with --save: say what got better and worse.",
    completion: .file(extensions: ["json"])
  )
  var compare: String?
  @Flag(name: .long, help: "Print the report as JSON.")
  var json = false

  private var files: ReportFiles {
    ReportFiles([("--html", html), ("--save", save)], inputs: [("--compare", compare)])
  }

  func validate() throws {
    try files.check()
    guard (0.1...1000).contains(speed) else {
      throw ValidationError("--speed", Sentence(.faultOutOfRange, ["low": .text("0.1"), "high": .count(1000)]))
    }
    if let people {
      guard Scenario.peopleRange.contains(people) else {
        throw ValidationError("--people", .outOfRange(low: 1, high: Scenario.peopleRange.upperBound))
      }
    }
    if let lanes {
      guard Scenario.laneRange.contains(lanes) else {
        throw ValidationError("--lanes", .outOfRange(low: 1, high: Scenario.laneRange.upperBound))
      }
    }
    guard like == nil || server.server == nil else {
      throw ValidationError(Sentence(.optionNotBoth, ["one": .text("--like"), "other": .text("--server")]))
    }
    guard people == nil || (like == nil && server.server == nil) else {
      throw ValidationError(Sentence(.optionLeaveOut, ["option": .text("--people"), "others": Self.others]))
    }
    guard event == nil || like != nil || server.server != nil else {
      throw ValidationError(Sentence(.optionOnlyWith, ["option": .text("--event"), "others": Self.others]))
    }
  }

  /// What else names people and lanes.
  private static let others = Sentence.Fact.list(["--like", "--server"])

  func run() async throws {
    let scenario = try read()
    try DescriptorLimit.require(scenario.descriptors)
    let earlier = try compare.map { path in
      do throws(UnreadableReport) {
        return try RunReport(file: path)
      } catch {
        throw CommandFailure.usage("lanyard: --compare: \(error)")
      }
    }
    let screen = LoadScreen()
    var report = try await play(scenario, screen)
    report.version = Lanyard.configuration.version
    report.command = CommandWords.line(["lanyard"] + CommandLine.arguments.dropFirst() + credential)
    try write(report, earlier.map { RunComparison(earlier: $0, later: report) })
    guard report.verdict == .pass else { throw ExitStatus.negative }
  }

  private func read() throws -> Scenario {
    do throws(ScenarioFaults) {
      var scenario = try Scenario.named(self.scenario)
      if let people { scenario.people = people }
      if let lanes { scenario.lanes = lanes }
      if let seed { scenario.seed = seed }
      if speed != 1 { scenario = scenario.faster(by: speed) }
      try scenario.check()
      return scenario
    } catch {
      throw CommandFailure.usage(.told(error.lines(in: .ofSystem).joined(separator: "\n")))
    }
  }

  private func play(_ scenario: Scenario, _ screen: LoadScreen) async throws -> RunReport {
    let choice: RunGround.Choice =
      if let like {
        .like(database: DataFolder(path: like).database, event: event)
      } else if server.server != nil {
        .server(try server.access(), event: event)
      } else {
        .own
      }
    let place = load.place
    return try await screen.during { interrupts in
      try await LoadRun.play(scenario, on: choice, in: place, interrupts: interrupts) { screen.show($0) }
    }
  }

  private func write(_ report: RunReport, _ comparison: RunComparison?) throws {
    let written = files.write {
      try $0 == "--html" ? ReportPage(report, comparison: comparison).html : Console.jsonText(report) + "\n"
    }
    // What was measured is told even where a file could not be written.
    if json {
      try Console.json(report)
    } else {
      let page = if case .success = written { html } else { String?.none }
      for line in RunText(report).lines(page: page) { Console.line(line) }
      if let comparison { for line in comparison.lines { Console.line(line) } }
    }
    try written.get()
  }

  /// What names the credential of a server, where the options left that to the environment or to the folder that is there.
  private var credential: [String] {
    guard server.server != nil, server.token == nil, server.dataOptions.data == nil else { return [] }
    return ["--data", server.dataOptions.folder.path]
  }
}
