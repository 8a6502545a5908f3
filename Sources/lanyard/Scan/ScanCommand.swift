import ArgumentParser

/// `lanyard scan`.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Scan badges at a checkpoint, enrol the device that does it, see what it keeps, and end it.",
    discussion: "`lanyard scan --checkpoint NAME` scans; its other commands have a --help each.",
    subcommands: [ScanBadgesCommand.self, EnrolCommand.self, KeptCommand.self, LeaveCommand.self],
    defaultSubcommand: ScanBadgesCommand.self
  )
}
