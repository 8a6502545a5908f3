import ArgumentParser

/// `lanyard scan`.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Scan badges at a checkpoint, and enrol the device that does it.",
    discussion: "`lanyard scan --checkpoint NAME` scans; `lanyard help scan badges` says how.",
    subcommands: [ScanBadgesCommand.self, EnrolCommand.self],
    defaultSubcommand: ScanBadgesCommand.self
  )
}
