import ArgumentParser

/// `lanyard loadtest`.
struct LoadtestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loadtest",
    abstract: "Prove before opening day that the set-up carries the peak hour.",
    subcommands: [LoadRunCommand.self, LoadChaosCommand.self, GrowthCommand.self, LanePlanCommand.self]
  )
}
