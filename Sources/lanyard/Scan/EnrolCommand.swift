import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardScanner
import LanyardServer
import SwiftProtobuf

/// `lanyard scan enrol`.
struct EnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Enrol this device with the code or link that `lanyard device code` shows.",
    discussion: """
      The device makes a private key, which never leaves its folder, and gets a certificate for it; from then on it needs \
      no token. A link holds the server and the authority too; with a bare code give --server and --ca, or run it where \
      the server's data folder is. If the answer is lost, run the same command again.
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
  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false
  @Argument(help: "The code, such as K7QM-3XRP, or the link.")
  var code: String

  func run() async throws {
    let folder = DeviceFolder(path: device)
    guard replace || !folder.isEnrolled else {
      throw CommandFailure.usage(
        "lanyard: a device is enrolled in \(folder.path) already: name another folder with --device, or say --replace"
      )
    }
    let before = folder.isEnrolled ? try folder.identity() : nil
    try folder.create()
    let link = try link()
    let authorityFile = "\(folder.path)/enrol-authority.pem"
    if let authority = link.authorityPEM { try DataFolder.write(authority, to: authorityFile) }
    defer { try? FileManager.default.removeItem(atPath: authorityFile) }
    guard
      var access = ServerAccess(
        address: link.server,
        credential: .none,
        authorityPath: link.authorityPEM == nil ? nil : authorityFile
      )
    else { throw CommandFailure.usage("lanyard: \(link.server) is not HOST:PORT") }
    access.callTimeout = ServerOptions.callTimeout
    let (request, key) = try folder.request(for: link.code)
    let answer = try await withServerConnection(access) { client in
      try await Lanyard_V1_DeviceService.Client(wrapping: client).enrolDevice(
        .with {
          $0.code = link.code
          $0.certificateRequest = request
        }
      )
    }
    let identity = try await identity(answer, link, key)
    if let before { try folder.handOver(from: before, to: identity) }
    try folder.keep(identity, certificate: answer.certificate, privateKey: key, authorityPEM: link.authorityPEM)
    await fetchRosters(identity, folder)
    try show(identity, answer.device, folder)
    if let before, before.device != identity.device {
      Console.error(
        "lanyard: \(before.displayName), which was enrolled here before, is still known to its server; end it with: "
          + "lanyard device revoke --event \(ResourcePart.event(of: before.device)) \(ResourcePart.last(of: before.device))"
      )
    }
  }

  /// Gets the device what it needs to scan while it is offline, so that it can begin with that.
  private func fetchRosters(_ identity: DeviceFolder.Identity, _ folder: DeviceFolder) async {
    for checkpoint in identity.checkpoints {
      let place = LanePlace(
        checkpoint: checkpoint.name,
        displayName: checkpoint.displayName,
        isSupervisor: identity.isSupervisor,
        keeper: .device(folder),
        access: { try folder.access() }
      )
      guard let lane = try? place.openLane(Lane.Setup(checkpoint: checkpoint.name)) else { continue }
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await LaneLink(lane.lane, access: place.access).run() }
        await lane.lane.waitForRoster(atMost: .seconds(10))
        group.cancelAll()
      }
      withExtendedLifetime(lane) {}
    }
  }

  /// Server, code and authority, from the link or from the options.
  private func link() throws -> EnrolmentLink {
    if let link = EnrolmentLink(code) { return link }
    // What cannot be a code must not cost one of the attempts.
    guard EnrolmentCode(code) != nil else {
      throw CommandFailure.usage(
        "lanyard: \(code.prefix(40)) is neither a code such as K7QM-3XRP nor a whole link; take it from "
          + "`lanyard device code` once more"
      )
    }
    let authority = try server.authorityFile().map { try String(contentsOfFile: $0, encoding: .utf8) }
    return EnrolmentLink(server: try server.address(), code: code, authorityPEM: authority)
  }

  /// What the device is to know of itself, with the names of its checkpoints, asked for with its new certificate.
  private func identity(
    _ answer: Lanyard_V1_EnrolDeviceResponse,
    _ link: EnrolmentLink,
    _ key: String
  ) async throws -> DeviceFolder.Identity {
    let temporary = FileManager.default.temporaryDirectory.appending(path: "lanyard-\(UUID().uuidString).pem").path
    if let authority = link.authorityPEM { try DataFolder.write(authority, to: temporary) }
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    let access = ServerAccess(
      address: link.server,
      credential: .certificate(pem: answer.certificate, privateKeyPEM: key),
      authorityPath: link.authorityPEM == nil ? nil : temporary
    )
    guard let access else { throw CommandFailure.usage("lanyard: \(link.server) is not HOST:PORT") }
    let checkpoints = try await withServerConnection(access) { client in
      let service = Lanyard_V1_EventService.Client(wrapping: client)
      var found: [DeviceFolder.Identity.Checkpoint] = []
      for name in answer.device.checkpoints {
        let checkpoint = try await service.getCheckpoint(.with { $0.name = name })
        found.append(.init(name: name, displayName: checkpoint.displayName))
      }
      return found
    }
    return DeviceFolder.Identity(
      server: link.server,
      device: answer.device.name,
      displayName: answer.device.displayName,
      checkpoints: checkpoints,
      isSupervisor: answer.device.supervisor
    )
  }

  private func show(_ identity: DeviceFolder.Identity, _ device: Lanyard_V1_Device, _ folder: DeviceFolder) throws {
    if json {
      return try Console.json(
        ["device": identity.device, "folder": folder.path, "profile": device.profile.shortName]
      )
    }
    let places = identity.checkpoints.map(\.displayName).joined(separator: ", ")
    Console.line("enrolled \(identity.displayName) as \(device.profile.shortName) in \(folder.path)")
    Console.line("may scan at: \(places.isEmpty ? "every checkpoint of the event" : places)")
    Console.line("From now on: lanyard scan --device \(folder.path)" + (places.isEmpty ? " --checkpoint NAME" : ""))
  }
}
