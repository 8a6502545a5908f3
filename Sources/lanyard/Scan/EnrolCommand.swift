import ArgumentParser
import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardServer
import LanyardTexts

/// `lanyard scan enrol`.
struct EnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Enrol this device with the code or link that `lanyard device code` shows.",
    discussion: """
      The device makes a private key, which never leaves its folder, and gets a certificate for it; from then on it needs \
      no token. A link holds the server and the authority too; with a bare code give --server and --ca, or run it where \
      the server's data folder is. Until the device's first call a failure leaves nothing behind, here or on the server, \
      and the code is good for another try until it runs out. From then on the server may have the device on record: \
      what it has is kept in the folder, and the same command, run again, goes on with it.
      """
  )

  @OptionGroup var server: ServerOptions
  @Option(
    name: .long,
    help: "Folder of the device, made where it is not there. (default: $LANYARD_DEVICE, else ./lanyard-device)",
    completion: .directory
  )
  var device: String?
  @Flag(name: .long, help: "Take the place of a device that is enrolled in the folder.")
  var replace = false
  @Option(name: .long, help: "Seconds in which the server may send nothing, 1 to 600.")
  var patience = 30
  @Option(name: .long, help: "Language of the device: ar, en, es, fr, ru or zh; it is kept on the device.")
  var language: Language?
  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false
  @Argument(help: "The code, such as K7QM-3XRP, or the link.")
  var code: String

  func validate() throws {
    guard (1...600).contains(patience) else { throw ValidationError("--patience", .outOfRange(low: 1, high: 600)) }
  }

  func run() async throws {
    let folder = DeviceFolder(option: device)
    let spoken = language ?? LaneLanguage(folder: folder.path).known()
    try await LaneLanguage.saying(in: spoken) { try await enrol(in: folder, .of(spoken)) }
  }

  private func enrol(in folder: DeviceFolder, _ phrasebook: Phrasebook) async throws {
    let (link, code) = try link()
    let enrolment = DeviceEnrolment(
      in: folder,
      link,
      called: code.hash.prefix(16).map(Self.hex).joined(),
      patience: .seconds(patience),
      language: phrasebook.language,
      replaces: replace,
      say: { Console.error($0, phrasebook) }
    )
    let enrolled: DeviceEnrolment.Enrolled
    do {
      enrolled = try await enrolment.run()
    } catch let stopped as DeviceEnrolment.Stopped {
      let status = Lanyard.report(stopped.cause, in: phrasebook.language)
      Console.error(phrasebook.text(stopped.hint))
      throw status
    }
    try show(enrolled, folder, .of(try LaneLanguage(folder: folder.path).settle(on: language)))
  }

  private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

  /// Server, code and authority, from the link or from the options.
  private func link() throws -> (EnrolmentLink, EnrolmentCode) {
    let given = try EnrolmentLink(code)
    // What cannot be a code must not cost one of the attempts.
    guard let read = EnrolmentCode(given?.code ?? code) else {
      throw CommandFailure.usage(Sentence(.enrolNoCode, ["code": .text(String(code.prefix(40)))]))
    }
    if let given { return (given, read) }
    let authority = try server.authorityFile().map { try String(contentsOfFile: $0, encoding: .utf8) }
    return (EnrolmentLink(server: try server.address(), code: code, authorityPEM: authority), read)
  }

  private func show(_ enrolled: DeviceEnrolment.Enrolled, _ folder: DeviceFolder, _ phrasebook: Phrasebook) throws {
    let (identity, profile) = (enrolled.identity, enrolled.device.profile)
    if json {
      try Console.json([
        "device": identity.device.name.description, "folder": folder.path, "profile": profile.shortName,
      ])
    } else {
      let places = identity.checkpoints.map(\.displayName)
      let command =
        identity.isForScanning
        ? "lanyard scan --device \(folder.path)" + (places.count == 1 ? "" : " --checkpoint NAME")
        : profile.value == .kiosk
          ? "lanyard kiosk --device \(folder.path)" : "lanyard badge issue --device \(folder.path) REGISTRATION"
      let facts: [String: Sentence.Fact] = [
        "device": .text(identity.displayName), "folder": .text(folder.path),
        "profile": profile.value.map { .profile($0) } ?? .text(profile.shortName),
      ]
      let reach =
        places.isEmpty ? Sentence(.enrolMayScanEverywhere) : Sentence(.enrolMayScanAt, ["places": .list(places)])
      Console.line(phrasebook.text(Sentence(.enrolDeviceEnrolled, facts)))
      if identity.isForScanning { Console.line(phrasebook.text(reach)) }
      Console.line(phrasebook.text(Sentence(.enrolFromNowOn, ["command": .text(command)])))
    }
    guard let before = enrolled.before, before.device != identity.device, !enrolled.isBeforeRevoked else { return }
    let facts: [String: Sentence.Fact] = [
      "device": .text(before.displayName), "command": .text(DeviceEnrolment.revocation(of: before.device)),
    ]
    Console.error(Sentence(.enrolDeviceBefore, facts), phrasebook)
  }
}
