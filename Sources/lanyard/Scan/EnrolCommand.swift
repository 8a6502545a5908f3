import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardScanner
import LanyardServer
import LanyardStore
import SwiftProtobuf

/// `lanyard scan enrol`.
struct EnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Enrol this device with the code or link that `lanyard device code` shows.",
    discussion: """
      The device makes a private key, which never leaves its folder, and gets a certificate for it; from then on it needs \
      no token. A link holds the server and the authority too; with a bare code give --server and --ca, or run it where \
      the server's data folder is. Until the device's first call a failure leaves nothing behind, here or on the server, \
      and the code is good for another try until it runs out.
      """
  )

  /// How often the first call is made where the network fails.
  private static let tries = 3

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
    let before = before(in: folder)
    let oldOrigin = before.flatMap { origin(of: $0, in: folder) }
    let link = try link()
    let (identity, enrolled) = try await folder.enrolling { staged in
      let answer = try await certify(link, in: staged)
      let identity = try await begin(answer.device, link, in: staged)
      try staged.keep(identity)
      try folder.adopt(staged)
      return (identity, answer.device)
    }
    folder.handOver(from: before, oldOrigin, to: identity)
    try show(identity, enrolled, folder)
    if let before, before.device != identity.device {
      Console.error(
        "lanyard: \(before.displayName), which was enrolled here before, is still known to its server; end it with: "
          + "lanyard device revoke --event \(ResourcePart.event(of: before.device)) \(ResourcePart.last(of: before.device))"
      )
    }
  }

  /// Who was enrolled in the folder; nil where nobody was, or that cannot be read, which must not keep the next one out.
  private func before(in folder: DeviceFolder) -> DeviceFolder.Identity? {
    guard folder.isEnrolled else { return nil }
    do {
      return try folder.identity()
    } catch {
      Console.error(
        "lanyard: who was enrolled in \(folder.path) before cannot be read, and may still be known to its server: "
          + "`lanyard device list` shows it, `lanyard device revoke` ends it"
      )
      return nil
    }
  }

  /// Where the device before scanned, while its authority is still in the folder.
  private func origin(of before: DeviceFolder.Identity, in folder: DeviceFolder) -> JournalFolder.Origin? {
    do {
      return try folder.origin(of: before)
    } catch {
      Console.error(
        "lanyard: for which server \(before.displayName) scanned cannot be read: \(error.localizedDescription)"
      )
      return nil
    }
  }

  /// Server, code and authority, from the link or from the options.
  private func link() throws -> EnrolmentLink {
    let link: EnrolmentLink
    if let given = EnrolmentLink(code) {
      link = given
    } else {
      // What cannot be a code must not cost one of the attempts.
      guard EnrolmentCode(code) != nil else {
        throw CommandFailure.usage(
          "lanyard: \(code.prefix(40)) is neither a code such as K7QM-3XRP nor a whole link; take it from "
            + "`lanyard device code` once more"
        )
      }
      let authority = try server.authorityFile().map { try String(contentsOfFile: $0, encoding: .utf8) }
      link = EnrolmentLink(server: try server.address(), code: code, authorityPEM: authority)
    }
    guard ServerAccess(address: link.server, credential: .none, authorityPath: nil) != nil else {
      throw CommandFailure.usage("lanyard: \(link.server) is not HOST:PORT")
    }
    return link
  }

  /// Gets a certificate for a new key and keeps both; nothing is spent by that yet.
  private func certify(
    _ link: EnrolmentLink,
    in staged: DeviceFolder
  ) async throws -> Lanyard_V1_EnrolDeviceResponse {
    let made = try CertificateRequest.make(commonName: "lanyard device")
    let authorityFile = "\(staged.path)/enrol-authority.pem"
    if let authority = link.authorityPEM { try DataFolder.write(authority, to: authorityFile) }
    defer { unlink(authorityFile) }
    guard
      var access = ServerAccess(
        address: link.server,
        credential: .none,
        authorityPath: link.authorityPEM == nil ? nil : authorityFile
      )
    else { throw CommandFailure.usage("lanyard: \(link.server) is not HOST:PORT") }
    access.callTimeout = ServerOptions.callTimeout
    let answer = try await withServerConnection(access) { client in
      try await Lanyard_V1_DeviceService.Client(wrapping: client).enrolDevice(
        .with {
          $0.code = link.code
          $0.certificateRequest = made.requestPEM
        }
      )
    }
    try staged.keep(
      certificate: answer.certificate,
      privateKey: made.privateKeyPEM,
      authorityPEM: link.authorityPEM
    )
    return answer
  }

  /// Makes the device's first calls, by which it comes onto the record: what it is to know of itself, and its roster.
  private func begin(
    _ device: Lanyard_V1_Device,
    _ link: EnrolmentLink,
    in staged: DeviceFolder
  ) async throws -> DeviceFolder.Identity {
    let event = "events/\(ResourcePart.event(of: device.name))"
    for attempt in 1... {
      do {
        return try await withServerConnection(staged.access(to: link.server)) { client in
          let all = try await Listing.checkpoints(client, of: event).map {
            DeviceFolder.Identity.Checkpoint(name: $0.name, displayName: $0.displayName)
          }
          await fetchRoster(client, of: device, in: staged)
          return DeviceFolder.Identity(
            server: link.server,
            device: device.name,
            displayName: device.displayName,
            checkpoints: device.checkpoints.compactMap { name in all.first { $0.name == name } },
            known: device.checkpoints.isEmpty ? all : nil,
            isSupervisor: device.supervisor
          )
        }
      } catch let error as RPCError {
        let failure = CallFailure(error)
        if failure.isWithoutCertificate { throw Self.withoutCertificate(link.server) }
        let isNetwork = [.unavailable, .deadlineExceeded].contains(failure.code) && failure.certificateFault == nil
        guard isNetwork, attempt < Self.tries else { throw error }
        try await Task.sleep(for: .seconds(1))
      }
    }
    preconditionFailure("the last attempt returns or throws")
  }

  private static func withoutCertificate(_ server: String) -> CommandFailure {
    .unreachable(
      """
      lanyard: the device's certificate does not reach the server: something at \(server) ends TLS before it. Devices \
      need the server itself, or a balancer of TCP that passes connections on as they are. Nothing was spent: the code is \
      good until it runs out.
      """
    )
  }

  /// Fetches what the device needs to scan while it is offline, so that it can begin with that.
  private func fetchRoster(_ client: ServerClient, of device: Lanyard_V1_Device, in staged: DeviceFolder) async {
    guard device.profile != .kiosk else { return }
    let path = staged.firstRoster(of: device.name)
    let fetching = "\(path).new"
    do {
      let journal = try LaneJournal(path: fetching)
      try await RosterFetch.run(client, event: ResourcePart.event(of: device.name), into: journal)
      try journal.move(to: path)
    } catch {
      Console.error(
        "lanyard: the roster could not be fetched, so start the device once with the server before it scans without it: "
          + "\((error as? RPCError)?.message ?? "\(error)")"
      )
    }
    // After a move nothing is left of it but what SQLite keeps beside a file.
    for suffix in ["", "-wal", "-shm"] { unlink(fetching + suffix) }
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

extension CallFailure {
  /// Whether a call that was made with a device's certificate came to the server, or to what stands before it, without.
  fileprivate var isWithoutCertificate: Bool {
    switch code {
    case .unauthenticated, .permissionDenied: !reason.hasPrefix("DEVICE_")
    default: false
    }
  }
}
