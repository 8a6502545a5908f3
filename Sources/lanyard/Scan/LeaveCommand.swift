import ArgumentParser
import LanyardDomain
import LanyardScanner
import LanyardTexts

/// `lanyard scan leave`.
struct LeaveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leave",
    abstract: "End this device: the server revokes it, and its key, roster and journals are erased here.",
    discussion: """
      For a device that goes back to its owner. Where scans are left on it, or the server is not reached, nothing is ended: \
      run `lanyard scan` once more, or see `lanyard scan kept`.
      """
  )

  @Option(
    name: .long,
    help: "Folder of the enrolled device. (default: $LANYARD_DEVICE, else ./lanyard-device)",
    completion: .directory
  )
  var device: String?
  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false

  func run() async throws {
    let folder = DeviceFolder(option: device)
    let language = LaneLanguage(folder: folder.path).known()
    try await LaneLanguage.saying(in: language) {
      let left = try await folder.leave(in: language)
      if json { return try Console.json(["device": left.device.name.description, "folder": folder.path]) }
      let facts: [String: Sentence.Fact] = ["device": .text(left.displayName), "folder": .text(folder.path)]
      Console.line(Phrasebook.of(language).text(Sentence(.leaveDone, facts)))
    }
  }
}
