import ArgumentParser
import Foundation
import LanyardDomain
import LanyardLoad
import LanyardTexts

/// `lanyard loadtest chaos`.
struct LoadChaosCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chaos",
    abstract: "Break everything by chance, a thousand times, until something is lost.",
    discussion: """
      Plays schedules of faults, each small and on a server of its own: the server is killed, frozen, its disk full and \
      its clock set back; lanes are cut off, slowed down and frozen. After each the whole record is compared with every \
      answer. The first schedule after which something is lost, wrong or double is told with its seed, which alone plays \
      it again:

        lanyard loadtest chaos
        lanyard loadtest chaos --seed 4711 --keep ./what-was-left

      What breaks, who comes when, and with what is the same for the same seed, lanes and seconds; how the threads of a \
      machine take turns is not, so that a rare fault may take a few tries. Ends with 0 where all were played and \
      nothing was found, else with 1. Ctrl-C ends it with what was tried so far, and with 1.
      """
  )

  @Option(name: .long, help: "How many schedules, 1 to 1000000. (default: 1000, or 1 with --seed)")
  var schedules: Int?
  @Option(name: .long, help: "The first schedule's number. (default: 1)")
  var seed: UInt64?
  @Option(name: .long, help: "How many lanes scan in each, 1 to 16.")
  var lanes = 3
  @Option(name: .long, help: "How long each is, 1 to 600.")
  var seconds = 2.0
  @Option(name: .long, help: "How many are played at the same time, 1 to 16.")
  var together = 4
  @Option(name: .long, help: "Folder that gets what a schedule that fails leaves behind.", completion: .directory)
  var keep: String?
  @OptionGroup var load: LoadOptions
  @Flag(name: .long, help: "Print what came of it as JSON.")
  var json = false

  /// The most faults that are printed for people.
  private static let listLimit = 100

  func validate() throws {
    if let schedules, !(1...1_000_000).contains(schedules) {
      throw ValidationError("--schedules", .outOfRange(low: 1, high: 1_000_000))
    }
    guard (1...16).contains(lanes) else { throw ValidationError("--lanes", .outOfRange(low: 1, high: 16)) }
    guard (1...600).contains(seconds) else { throw ValidationError("--seconds", .outOfRange(low: 1, high: 600)) }
    guard (1...16).contains(together) else { throw ValidationError("--together", .outOfRange(low: 1, high: 16)) }
    if let keep { try Self.checkFolder("--keep", keep) }
    guard (seed ?? 1) <= .max - 1_000_000 else {
      let bounds: [String: Sentence.Fact] = ["low": .count(0), "high": .text("\(UInt64.max - 1_000_000)")]
      throw ValidationError("--seed", Sentence(.faultOutOfRange, bounds))
    }
  }

  /// Makes sure beforehand that a folder is there, or can be made, and can be written into, since it is needed hours later.
  private static func checkFolder(_ option: String, _ path: String) throws {
    var (place, isFolder) = (URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL, ObjCBool(false))
    while !FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), place.path != "/" {
      place = place.deletingLastPathComponent()
    }
    guard !path.isEmpty, isFolder.boolValue else {
      throw ValidationError(Sentence(.optionNoFolder, ["option": .text("\(option) \(path)")]))
    }
    guard access(place.path, W_OK | X_OK) == 0 else {
      let facts: [String: Sentence.Fact] = ["option": .text("\(option) \(path)"), "folder": .text(place.path)]
      throw ValidationError(Sentence(.optionFolderClosed, facts))
    }
    try FilePlace.refuseDataFolder(option, path)
  }

  func run() async throws {
    try DescriptorLimit.require(OpenFiles.needed(lanes: together * lanes, areReal: true))
    let first = seed ?? 1
    let count = schedules ?? (seed == nil ? 1_000 : 1)
    let (screen, began) = (LoadScreen(), ContinuousClock.now)
    let chaos = ChaosRun(
      seeds: first..<first + UInt64(count),
      lanes: lanes,
      length: .seconds(seconds),
      together: min(together, count),
      in: load.place,
      kept: keep.map { URL(fileURLWithPath: $0, isDirectory: true) }
    )
    screen.show("schedule 1 of \(count) …")
    let result = try await screen.during { interrupts in
      await chaos.run(interrupts: interrupts) { result in
        let each = began.duration(to: .now) / .seconds(1) / Double(max(1, result.tried))
        let time = String(format: "%.1f", each)
        screen.show("\(result.tried) of \(count) schedules, \(result.checked) answers compared, \(time) s each")
      }
    }
    if json { try Console.json(Printed(result, self)) } else { tell(result, of: count) }
    // What was not played proves nothing.
    if result.failure != nil || result.wasInterrupted { throw ExitStatus.negative }
  }

  private func tell(_ result: ChaosRun.Result, of count: Int) {
    let words =
      "\(result.tried) of \(count) schedules were played, and \(result.checked) answers compared with the record"
    guard let failure = result.failure else {
      guard result.tried > 0 else { return Console.line("\(words): that proves nothing.") }
      let ending = result.wasInterrupted ? "; it was ended before all were played." : "."
      return Console.line("\(words): nothing was lost, wrong or double\(ending)")
    }
    Console.line("\(words). Seed \(failure.schedule.seed) failed:")
    for line in failure.schedule.lines { Console.line("  \(line)") }
    Console.line("What is wrong after it:")
    for fault in failure.faults.prefix(Self.listLimit) { Console.line("  \(fault)") }
    let more = failure.faults.count - Self.listLimit
    if more > 0 { Console.line("  … and \(more) more of \(failure.faults.count), which --json prints.") }
    Console.line("Play it again: \(command(failure))")
  }

  private func command(_ failure: ChaosRun.Failure) -> String {
    let folder = load.folder.map { ["--folder", $0] } ?? []
    return CommandWords.line(
      [
        "lanyard", "loadtest", "chaos", "--seed", "\(failure.schedule.seed)", "--lanes", "\(lanes)", "--seconds",
        "\(seconds)",
      ]
        + folder
    )
  }

  /// What `--json` prints.
  private struct Printed: Encodable {
    struct Failure: Encodable {
      let seed: UInt64
      let schedule: [String]
      let faults: [String]
      let command: String
    }

    let tried: Int
    let checked: Int
    let interrupted: Bool
    let failure: Failure?

    init(_ result: ChaosRun.Result, _ command: LoadChaosCommand) {
      (tried, checked, interrupted) = (result.tried, result.checked, result.wasInterrupted)
      failure = result.failure.map {
        Failure(
          seed: $0.schedule.seed,
          schedule: $0.schedule.lines,
          faults: $0.faults,
          command: command.command($0)
        )
      }
    }
  }
}
