import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardSQLite
import LanyardScanner
import LanyardServer
import LanyardStore
import LanyardTexts
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
      and the code is good for another try until it runs out. From then on the server may have the device on record: \
      what it has is kept in the folder, and the same command, run again, goes on with it.
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

  /// The folder, which speaks the language that is asked for, else its own.
  private var folder: DeviceFolder { DeviceFolder(path: device, language: language) }

  func run() async throws {
    try await LaneLanguage.saying(in: folder.phrasebook.language) { try await enrolHere() }
  }

  private func enrolHere() async throws {
    let folder = folder
    let (link, code) = try link()
    let enrolled = try await folder.enrolling(with: code) { staged in
      try checkPlace(in: folder, staged)
      do {
        return try await enrol(link, in: folder, staged)
      } catch {
        try report(error, folder, staged)
      }
    }
    let phrasebook = Phrasebook.of(try LaneLanguage(folder: folder.path).settle(on: language))
    try show(enrolled, folder, phrasebook)
    if let before = enrolled.before, before.device != enrolled.identity.device {
      let facts: [String: Sentence.Fact] = [
        "device": .text(before.displayName), "command": .text(DeviceFolder.revocation(of: before.device)),
      ]
      Console.error(Sentence(.enrolDeviceBefore, facts), phrasebook)
    }
  }

  /// A device that has taken its place in the folder.
  private struct Enrolled {
    let device: Lanyard_V1_Device
    let identity: DeviceFolder.Identity
    /// Whose place it took.
    let before: DeviceFolder.Identity?
  }

  /// - Throws: `CommandFailure` where another device is in the folder that is not to be replaced.
  private func checkPlace(in folder: DeviceFolder, _ staged: DeviceFolder) throws {
    guard folder.isEnrolled, !replace else { return }
    // The run before this one may have ended when all but its own folder was done.
    if let begun = try staged.begun(), try begun.device().name == folder.identity().device { return }
    throw CommandFailure.usage(Sentence(.enrolFolderTaken, ["folder": .text(folder.path)]))
  }

  /// Says what went wrong, and how to go on where the server may have the device on record.
  private func report(_ error: any Error, _ folder: DeviceFolder, _ staged: DeviceFolder) throws -> Never {
    let phrasebook = folder.phrasebook
    if let begun = try staged.begun() {
      let (status, device) = (Lanyard.report(error, in: phrasebook.language), try begun.device())
      let facts: [String: Sentence.Fact] = [
        "device": .text(device.displayName), "folder": .text(staged.path),
        "command": .text(DeviceFolder.revocation(of: device.name)),
      ]
      let hint = Sentence(begun.isOnRecord ? .enrolIsOnRecord : .enrolMayBeOnRecord, facts)
      Console.error(phrasebook.text(hint))
      throw status
    }
    guard let call = error as? RPCError, CallFailure(call).reason == "ENROLMENT_CODE_REFUSED",
      let other = folder.othersBegun(than: staged).first
    else { throw error }
    let status = Lanyard.report(error, in: phrasebook.language)
    let facts: [String: Sentence.Fact] = [
      "device": .text(try other.device().displayName), "server": .text("\(other.server)"),
    ]
    Console.error(phrasebook.text(Sentence(.enrolOtherBegun, facts)))
    throw status
  }

  /// Who was enrolled in the folder; nil where nobody was, or that cannot be read, which must not keep the next one out.
  private func before(in folder: DeviceFolder) -> DeviceFolder.Identity? {
    guard folder.isEnrolled else { return nil }
    do {
      return try folder.identity()
    } catch {
      Console.error(Sentence(.enrolBeforeUnreadable, ["folder": .text(folder.path)]), folder.phrasebook)
      return nil
    }
  }

  /// Where the device before scanned, while its authority is still in the folder.
  private func origin(of before: DeviceFolder.Identity, in folder: DeviceFolder) -> JournalOrigin? {
    do {
      return try folder.origin(of: before)
    } catch {
      let facts: [String: Sentence.Fact] = [
        "device": .text(before.displayName), "cause": .text(error.localizedDescription),
      ]
      Console.error(Sentence(.enrolOriginUnreadable, facts), folder.phrasebook)
      return nil
    }
  }

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

  private func enrol(
    _ link: EnrolmentLink,
    in folder: DeviceFolder,
    _ staged: DeviceFolder
  ) async throws -> Enrolled {
    let before = before(in: folder)
    let oldOrigin = before.flatMap { origin(of: $0, in: folder) }
    let (device, identity) = try await begin(link, in: staged)
    try folder.adopt(staged, as: identity)
    folder.handOver(from: before, oldOrigin, to: identity)
    return Enrolled(device: device, identity: identity, before: before)
  }

  /// Begins, or goes on where an enrolment with the same code began that did not end.
  private func begin(
    _ link: EnrolmentLink,
    in staged: DeviceFolder
  ) async throws -> (Lanyard_V1_Device, DeviceFolder.Identity) {
    if let begun = try staged.begun() {
      let device = try begun.device()
      Console.error(Sentence(.enrolGoingOn, ["device": .text(device.displayName)]), folder.phrasebook)
      do {
        return (device, try await call(begun, isNew: false, link, in: staged))
      } catch let error as RPCError where CallFailure(error).reason == Self.unknown && begun.server == link.server {
        // It never came onto the record, and a code that still runs is good for another certificate.
        try staged.forgetBegun()
      }
    }
    let begun = try await certify(link, in: staged)
    return (try begun.device(), try await call(begun, isNew: true, link, in: staged))
  }

  /// Gets a certificate for a new key and keeps both; nothing is spent by that yet.
  private func certify(_ link: EnrolmentLink, in staged: DeviceFolder) async throws -> BegunEnrolment {
    let made = try CertificateRequest.make(commonName: "lanyard device")
    try staged.keepEnrolling(authorityPEM: link.authorityPEM)
    let papers = staged.unnamedPapers
    var access = ServerAccess(
      link.server,
      credential: .none,
      authorityPath: papers.hasAuthority ? papers.authority : nil
    )
    access.callTimeout = .seconds(patience)
    access.language = folder.phrasebook.language.tag
    let answer = try await withServerConnection(access) { client in
      try await Lanyard_V1_DeviceService.Client(wrapping: client).enrolDevice(
        .with {
          $0.code = link.code
          $0.certificateRequest = made.requestPEM
        }
      )
    }
    try DataFolder.write(made.privateKeyPEM + answer.certificate, to: papers.credential)
    // From here on the certificate is not lost, whatever ends this.
    let begun = try BegunEnrolment(server: link.server, answer.device)
    try staged.keep(begun)
    return begun
  }

  /// Makes the device's first calls, by which it comes onto the record: what it is to know of itself, and its roster.
  ///
  /// - Parameter isNew: Whether no call was made with its certificate yet.
  private func call(
    _ begun: BegunEnrolment,
    isNew: Bool,
    _ link: EnrolmentLink,
    in staged: DeviceFolder
  ) async throws -> DeviceFolder.Identity {
    try staged.keepEnrolling(authorityPEM: link.authorityPEM)
    var access = try staged.unnamedPapers.access(to: link.server)
    access.callTimeout = .seconds(patience)
    access.language = folder.phrasebook.language.tag
    for attempt in 1... {
      do {
        return try await withServerConnection(access) { try await identity($0, of: begun, link, in: staged) }
      } catch let error as RPCError {
        let failure = CallFailure(error)
        let isFirstCall = isNew && attempt == 1
        if failure.isWithoutCertificate {
          if isFirstCall { try staged.forgetBegun() }
          throw Self.withoutCertificate(link.server, isUnspent: isFirstCall)
        }
        // Nobody has it on record any more, or ever had where its code has run out.
        if failure.reason == Self.revoked || (isNew && failure.reason == Self.unknown) { try staged.forgetBegun() }
        guard failure.code == .unavailable, failure.certificateFault == nil, attempt < Self.tries else { throw error }
        try await Task.sleep(for: .seconds(1))
      }
    }
    preconditionFailure("the last attempt returns or throws")
  }

  private func identity(
    _ client: ServerClient,
    of begun: BegunEnrolment,
    _ link: EnrolmentLink,
    in staged: DeviceFolder
  ) async throws -> DeviceFolder.Identity {
    let device = try begun.device()
    let event = ResourceName.event(ResourcePart.event(of: device.name))
    let all = try await Listing.checkpoints(client, of: event.description).map {
      DeviceFolder.Identity.Checkpoint(name: $0.name, displayName: $0.displayName)
    }
    var begun = begun
    begun.isOnRecord = true
    try staged.keep(begun)
    try await fetchRoster(client, of: device, from: link.server, in: staged)
    return DeviceFolder.Identity(
      server: link.server,
      device: device.name,
      displayName: device.displayName,
      checkpoints: device.checkpoints.compactMap { name in all.first { $0.name == name } },
      known: device.checkpoints.isEmpty ? all : nil,
      isSupervisor: device.supervisor
    )
  }

  private static let unknown = "DEVICE_UNKNOWN"
  private static let revoked = "DEVICE_REVOKED"

  private static func withoutCertificate(_ server: Endpoint, isUnspent: Bool) -> CommandFailure {
    let fault = Sentence(.enrolWithoutCertificate, ["server": .text("\(server)")])
    return .unreachable(isUnspent ? Sentence(.enrolUnspent, ["fault": .sentence(fault)]) : fault)
  }

  /// Fetches what the device needs to scan while it is offline, so that it can begin with that.
  private func fetchRoster(
    _ client: ServerClient,
    of device: Lanyard_V1_Device,
    from server: Endpoint,
    in staged: DeviceFolder
  ) async throws {
    guard device.profile != .kiosk else { return }
    let path = staged.firstRoster(of: device.name)
    let fetching = "\(path).new"
    // A run before this one may have left some; after a move nothing is left but what SQLite keeps beside a file.
    func clear() { for suffix in ["", "-wal", "-shm"] { unlink(fetching + suffix) } }
    clear()
    defer { clear() }
    do {
      let journal = try LaneJournal(path: fetching)
      try await RosterFetch.run(
        client,
        event: ResourcePart.event(of: device.name),
        into: journal,
        patience: .seconds(patience)
      )
      unlink(path)
      try journal.move(to: path)
    } catch let fault as RosterFetch.Fault {
      switch fault {
      case .ended: throw CommandFailure.unreachable(Sentence(.enrolRosterEnded, ["server": .text("\(server)")]))
      case .stalled:
        let facts: [String: Sentence.Fact] = ["server": .text("\(server)"), "count": .count(patience)]
        throw CommandFailure.unreachable(Sentence(.enrolRosterStalled, facts))
      }
    }
  }

  private func show(_ enrolled: Enrolled, _ folder: DeviceFolder, _ phrasebook: Phrasebook) throws {
    let (identity, profile) = (enrolled.identity, enrolled.device.profile)
    if json {
      return try Console.json(["device": identity.device, "folder": folder.path, "profile": profile.shortName])
    }
    let places = identity.checkpoints.map(\.displayName)
    let command = "lanyard scan --device \(folder.path)" + (places.isEmpty ? " --checkpoint NAME" : "")
    let facts: [String: Sentence.Fact] = [
      "device": .text(identity.displayName), "profile": profile.value.map { .profile($0) } ?? .text(profile.shortName),
      "folder": .text(folder.path),
    ]
    let reach =
      places.isEmpty ? Sentence(.enrolMayScanEverywhere) : Sentence(.enrolMayScanAt, ["places": .list(places)])
    Console.line(phrasebook.text(Sentence(.enrolDeviceEnrolled, facts)))
    Console.line(phrasebook.text(reach))
    Console.line(phrasebook.text(Sentence(.enrolFromNowOn, ["command": .text(command)])))
  }
}

extension CallFailure {
  /// Whether a call that was made with a device's certificate came to the server, or to what stands before it, without.
  fileprivate var isWithoutCertificate: Bool {
    switch code {
    case .unauthenticated, .permissionDenied: source != .service || reason == "TOKEN_MISSING"
    default: false
    }
  }
}
