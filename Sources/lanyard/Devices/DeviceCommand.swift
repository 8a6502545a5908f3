import ArgumentParser
import BadgeCodes
import BadgePrinting
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// `lanyard device`.
struct DeviceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device",
    abstract: "The devices of lanes, doors, desks and kiosks: let them enrol, list them, change them, revoke them.",
    subcommands: [
      CodeCommand.self, CodesCommand.self, WithdrawCommand.self, ListCommand.self, ChangeCommand.self,
      RevokeCommand.self,
    ]
  )

  /// Ids of the checkpoints that a person means.
  static func checkpoints(_ client: ServerClient, named names: [String], of event: String) async throws -> [String] {
    var ids: [String] = []
    for name in names {
      let found = try await Listing.checkpoint(client, named: name, of: event)
      ids.append(try ResourceName.checkpoint(found.name, of: event, field: "checkpoints"))
    }
    return ids
  }

  /// `lanyard device code`.
  struct CodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "code",
      abstract: "Make a code with which one device can enrol, once and within minutes.",
      discussion: """
        On the device, run `lanyard scan enrol CODE --server HOST:PORT --ca authority.pem`, or give `lanyard scan enrol` \
        the link that is shown here, also as a QR symbol: it holds server, code and authority. The device makes its own \
        key, which never leaves it, and is known by its certificate from then on.

        Profiles: lane scans and finds people by name; door scans; desk registers, issues badges and scans; kiosk draws \
        badges.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(
      name: .long,
      help: "Name of the device, such as \"Tablet at lane 3\"; at most \(Device.nameLimit) characters."
    )
    var name: String
    @Option(name: .long, help: "What it is for. (default: \(DeviceProfile.lane.spelling))")
    var profile: DeviceProfile?
    @Option(name: .long, help: "A checkpoint that it may scan at; may be repeated. (default: all of the event)")
    var checkpoint: [String] = []
    @Flag(name: .long, help: "Its operators may override refusals and take back any scan.")
    var supervisor = false
    @Option(name: .long, help: "Minutes that the code is good, 1 to 60.")
    var minutes = 10
    @Option(
      name: .long,
      help: ArgumentHelp(
        "Server as the device calls it, HOST:PORT; its certificate has to be for that host. (default: as this command does)",
        valueName: "HOST:PORT"
      )
    )
    var address: String?
    @Option(name: .long, help: "Draw the QR symbol into this PNG file instead of the terminal.")
    var png: String?
    @Flag(name: .long, help: "Print the code as JSON.")
    var json = false

    func run() async throws {
      let address = try address.map { try Endpoint($0, of: "--address") }
      let access = try server.access()
      // Before a code is made that nobody sees.
      let picture = try png.map { try PartialFile($0) }
      defer { picture?.discard() }
      let choice = try event.choice(beside: checkpoint)
      let (event, made) = try await withServerConnection(access) { client in
        let event = try await choice.slug(client)
        var request = Lanyard_V1_CreateEnrolmentCodeRequest()
        request.parent = ResourceName.event(event).description
        request.displayName = name
        request.profile = (profile ?? .lane).wire
        request.supervisor = supervisor
        request.address = address?.description ?? ""
        request.lifetime = Google_Protobuf_Duration(.seconds(minutes * 60))
        request.checkpoints = try await DeviceCommand.checkpoints(client, named: checkpoint, of: event)
          .map { ResourceName.checkpoint($0, of: event).description }
        return (event, try await Lanyard_V1_DeviceService.Client(wrapping: client).createEnrolmentCode(request))
      }
      let authority = try access.authorityPath.map { try String(contentsOfFile: $0, encoding: .utf8) }
      let link = EnrolmentLink(server: address ?? access.endpoint, code: made.linkCode, authorityPEM: authority)
      let symbol = try QRSymbol(encoding: link.text, errorCorrection: .low)
      try picture?.write(Data(try QRImage(symbol).bytes(as: .png())))
      try picture?.finish()
      if link.server.isLoopback {
        Console.error(Sentence(.doneLinkOfThisMachine, ["server": .text("\(link.server)")]), .ofSystem)
      }
      if json { return try Console.json(["code": made.code, "link": link.text, "name": made.name]) }
      if png == nil && Console.isTerminal { for row in Self.rows(symbol) { Console.line(row) } }
      Console.say(.doneCode, ["code": .text(made.code)])
      Console.say(.doneLink, ["link": .text(link.text)])
      Console.say(.doneEnrolmentCode, ["count": .count(minutes)])
      let id = try Enrolment(made).id
      Console.say(.doneHowToWithdraw, ["event": .text(event), "code": .text(id)])
    }

    /// The symbol in half blocks, dark on light whatever the terminal's colours, with its quiet zone.
    private static func rows(_ symbol: QRSymbol) -> [String] {
      let quiet = 4
      let side = symbol.width + 2 * quiet
      func isDark(_ row: Int, _ column: Int) -> Bool {
        let (row, column) = (row - quiet, column - quiet)
        guard (0..<symbol.width).contains(row), (0..<symbol.width).contains(column) else { return false }
        return symbol[row: row, column: column]
      }
      return stride(from: 0, to: side, by: 2).map { row in
        let cells = (0..<side).map { column in
          switch (isDark(row, column), isDark(row + 1, column)) {
          case (true, true): "█"
          case (true, false): "▀"
          case (false, true): "▄"
          case (false, false): " "
          }
        }
        return "\u{1B}[30;107m\(cells.joined())\u{1B}[0m"
      }
    }
  }

  /// `lanyard device revoke`.
  struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract:
        "End a device: its open calls end within a second, every later one is refused, and it erases its roster."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Argument(help: "Id of the device, as `lanyard device list` shows it first.")
    var id: String

    func run() async throws {
      let choice = try event.choice(beside: [id])
      let device = try await server.withConnection { client in
        let event = try await choice.slug(client)
        return try await Lanyard_V1_DeviceService.Client(wrapping: client).revokeDevice(
          .with { $0.name = try ResourceName.meant(id, kind: .devices, event: event, field: "id").description }
        )
      }
      Console.say(.doneDeviceRevoked, ["id": .text(id), "name": .text(device.displayName)])
    }
  }
}
