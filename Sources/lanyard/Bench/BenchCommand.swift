import ArgumentParser
import Foundation
import LanyardDomain
import LanyardLoad

/// `lanyard bench`.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure this machine.",
    subcommands: [AdmissionCommand.self]
  )

  /// `lanyard bench admission`.
  struct AdmissionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "admission",
      abstract: "Durable check-ins a second: the writer alone, with streams over TLS, and one call each.",
      discussion: """
        Everything runs in this one process on a data folder of its own that is removed afterwards: server and load share \
        the machine. In one run it measures the writer's statements in bare SQLite, the admission writer with no network \
        (store), the same writer behind streams over TLS (streams; ratio is streams to store), unary CheckIn and an empty \
        unary call, and the answer time of an open loop of 1,000 scans a second over all lanes, from the moment each was \
        due (p99). At 64 lanes each stands beside what is wanted of it. Use a release build.
        """
    )

    @Option(name: .long, help: "Lanes that scan at once, 1 to 500.")
    var lanes = 64
    @Option(name: .long, help: "Seconds of each measurement, 1 to 600.")
    var seconds = 10
    @Option(name: .long, help: "Scans that each lane has under way, 1 to 64.")
    var window = 32
    @OptionGroup var load: LoadOptions
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func validate() throws {
      guard (1...500).contains(lanes) else { throw ValidationError("--lanes", .outOfRange(low: 1, high: 500)) }
      guard (1...600).contains(seconds) else { throw ValidationError("--seconds", .outOfRange(low: 1, high: 600)) }
      guard (1...64).contains(window) else { throw ValidationError("--window", .outOfRange(low: 1, high: 64)) }
    }

    func run() async throws {
      try DescriptorLimit.require(OpenFiles.needed(lanes: lanes))
      let bench = AdmissionBench(lanes: lanes, window: window, time: .seconds(seconds), in: load.place)
      if bench.isInMemory {
        Console.error(
          "lanyard: \(load.place.path) lies in memory and on no disk; name a folder on the disk with --folder"
        )
      }
      let report: AdmissionReport
      do {
        report = try await bench.run { Console.error("measuring \($0) …") }
      } catch let failure as LoadFailure {
        throw CommandFailure(failure)
      }
      if json { return try Console.json(report) }
      for line in AdmissionText(report, lanes: lanes).lines { Console.line(line) }
    }
  }
}
