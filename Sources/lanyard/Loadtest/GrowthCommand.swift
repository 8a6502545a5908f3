import ArgumentParser
import LanyardDomain
import LanyardLoad

/// `lanyard loadtest growth`.
struct GrowthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth",
    abstract: "Measure what check-ins cost as lanes, registrations, the record and watchers grow.",
    discussion: """
      Counts durable check-ins a second over TLS on servers of its own, in a closed loop: with 1, 8 and 512 lanes, with \
      10,000 and 100,000 registrations, with 1,000,000 scans on record, and with 64 lane screens and 100 watchers. Each \
      takes turns with 64 lanes, 1,000 registrations and an empty record, so that what else the machine does slows both \
      alike; only the ratios of one run mean something. Takes about eight minutes and 2 GB of disk. Ends with 0 where \
      everything that is wanted was kept, else with 1. Use a release build.
      """
  )

  @Option(name: .long, help: "Seconds that each state is measured, 1 to 600. (default: 10, with --quick 1)")
  var seconds: Int?
  @Option(
    name: .long,
    help: "Only these: \(GrowthPlan.Axis.allCases.map(\.rawValue).joined(separator: ", ")); may be given again."
  )
  var only: [GrowthPlan.Axis] = []
  @Flag(name: .long, help: "A small version, which shows that it works and says nothing of the machine.")
  var quick = false
  @OptionGroup var load: LoadOptions
  @Option(name: .long, help: "Write a report for people into this file.", completion: .file(extensions: ["html"]))
  var html: String?
  @Flag(name: .long, help: "Print the report as JSON.")
  var json = false

  private var files: ReportFiles { ReportFiles([("--html", html)]) }

  func validate() throws {
    try files.check()
    if let seconds {
      guard (1...600).contains(seconds) else { throw ValidationError("--seconds", .outOfRange(low: 1, high: 600)) }
    }
  }

  func run() async throws {
    let time = Duration.seconds(seconds ?? (quick ? 1 : 10))
    var plan = quick ? GrowthPlan.quick(time) : GrowthPlan.full(time)
    if !only.isEmpty { plan = plan.only(Set(only)) }
    try DescriptorLimit.require(plan.descriptors)
    let screen = LoadScreen()
    let run = GrowthRun(plan, in: load.place) { screen.show(.preparing($0, $1, $2)) }
    let report = try await screen.during { try await run.run(interrupts: $0) }
    let text = GrowthText(report)
    let written = files.write { _ in text.html }
    if json { try Console.json(report) } else { for line in text.lines { Console.line(line) } }
    try written.get()
    guard report.isPass else { throw ExitStatus.negative }
  }
}

extension GrowthPlan.Axis: ExpressibleByArgument {}
