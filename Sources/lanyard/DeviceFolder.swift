import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardScanner
import LanyardStore
import SwiftProtobuf

/// The folder of an enrolled device: who it is, its key, which never leaves it, and what its lanes keep.
struct DeviceFolder: Sendable {
  /// Name of the folder where none is given.
  static let defaultPath = "./lanyard-device"

  /// What the device was told when it enrolled.
  struct Identity: Codable, Sendable {
    struct Checkpoint: Codable, Sendable {
      /// Resource name.
      let name: String
      let displayName: String
    }

    /// Where the server is, `HOST:PORT`.
    let server: String
    /// Resource name of the device.
    let device: String
    let displayName: String
    /// Empty means all of the event.
    let checkpoints: [Checkpoint]
    /// All of the event, as they were called when it enrolled, where the device may scan at all of them.
    var known: [Checkpoint]?
    let isSupervisor: Bool
  }

  let url: URL

  /// - Parameter path: As given with --device; nil takes LANYARD_DEVICE, else the default.
  init(path: String?) {
    let path = path ?? ProcessInfo.processInfo.environment["LANYARD_DEVICE"] ?? Self.defaultPath
    url = URL(fileURLWithPath: path, isDirectory: true)
  }

  var path: String { url.path }
  private static let identityName = "device.json"
  private var identityFile: String { file(Self.identityName) }
  /// Private key and certificate together, so that the two are replaced at once.
  private var credential: String { file("credential.pem") }
  private var authority: String { file("authority.pem") }

  /// Whether a device is enrolled here.
  var isEnrolled: Bool { FileManager.default.fileExists(atPath: identityFile) }

  /// - Throws: `CommandFailure` where no device is enrolled here, or who it is cannot be read.
  func identity() throws -> Identity {
    guard isEnrolled else {
      throw CommandFailure.usage(
        "lanyard: there is no enrolled device in \(path): enrol it with `lanyard scan enrol CODE`, or name its folder "
          + "with --device"
      )
    }
    do {
      return try JSONDecoder().decode(Identity.self, from: Data(contentsOf: URL(fileURLWithPath: identityFile)))
    } catch {
      throw CommandFailure.usage(
        "lanyard: \(identityFile) cannot be read: \(error.localizedDescription) Where it is damaged, enrol the device "
          + "anew with `lanyard scan enrol CODE --replace`; what it scanned is kept"
      )
    }
  }

  /// The way in with the device's certificate, as it lies in the folder now.
  func access() throws -> ServerAccess {
    try access(to: identity().server)
  }

  /// Path of what a lane keeps for one checkpoint: a device that takes another's place in the folder begins anew.
  func journal(of checkpoint: String) throws -> String {
    file("\(Self.journals(of: try identity()))\(ResourcePart.last(of: checkpoint)).sqlite")
  }

  /// How the names of an enrolment's journals begin.
  private static func journals(of identity: Identity) -> String { "lane-\(ResourcePart.last(of: identity.device))-" }

  /// For which server and event this enrolment scans.
  func origin() throws -> JournalFolder.Origin { try origin(of: identity()) }

  func origin(of identity: Identity) throws -> JournalFolder.Origin {
    let hasAuthority = FileManager.default.fileExists(atPath: authority)
    return JournalFolder.Origin(
      server: identity.server,
      authority: hasAuthority ? try String(contentsOfFile: authority, encoding: .utf8) : nil,
      event: ResourcePart.event(of: identity.device)
    )
  }

  /// What the device before kept, once the next one is enrolled: rosters are erased, and what waits says for which server
  /// and event it is, so that the next one uploads it where these are the same. Says where that fails: the next one is
  /// enrolled all the same.
  ///
  /// - Parameter origin: Of the device before; nil where it is not known.
  func handOver(from before: Identity?, _ origin: JournalFolder.Origin?, to after: Identity) {
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
        do {
          try handOver(name, from: before, origin, to: after)
        } catch {
          Console.error(
            "lanyard: \(file(name)) may still hold people whom the device before knew: \(StoreError.words(for: error))"
          )
        }
      }
    } catch {
      Console.error("lanyard: \(path) may still hold people whom the device before knew: \(error.localizedDescription)")
    }
  }

  private func handOver(
    _ name: String,
    from before: Identity?,
    _ origin: JournalFolder.Origin?,
    to after: Identity
  ) throws {
    if name.hasPrefix(Self.rosterPrefix) {
      guard file(name) != firstRoster(of: after.device) else { return }
      try FileManager.default.removeItem(atPath: file(name))
    } else if name.hasPrefix("lane-"), name.hasSuffix(".sqlite"), !name.hasPrefix(Self.journals(of: after)) {
      let journal = try LaneJournal(path: file(name))
      if let before, let origin, name.hasPrefix(Self.journals(of: before)) { try journal.keep(origin) }
      try journal.eraseRoster()
    }
  }

  // MARK: - Enrolling and renewing

  /// Runs an enrolment in a folder of its own; only when it is done does what it gave take its place here.
  ///
  /// - Throws: What the body throws; then all is as it was before.
  func enrolling<Result>(_ body: (DeviceFolder) async throws -> Result) async throws -> Result {
    var missing: [URL] = []
    var folder = url.standardizedFileURL
    while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
      missing.append(folder)
      folder.deleteLastPathComponent()
    }
    let staged = DeviceFolder(path: file("enrolling-\(UUID().uuidString)"))
    do {
      try FileManager.default.createDirectory(
        at: staged.url,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      let result = try await body(staged)
      rmdir(staged.path)
      return result
    } catch {
      // What cannot be removed is named by the error that the caller tells.
      try? FileManager.default.removeItem(at: staged.url)
      // Only folders that are empty go; one that somebody else uses meanwhile stays.
      for folder in missing { rmdir(folder.path) }
      throw error
    }
  }

  /// Keeps the credential that enrolling gave, and the authority that the server's certificate comes from.
  func keep(certificate: String, privateKey: String, authorityPEM: String?) throws {
    try DataFolder.write(privateKey + certificate, to: credential)
    if let authorityPEM { try DataFolder.write(authorityPEM, to: authority) }
  }

  /// The way in with a credential that was kept before the device knows who it is.
  func access(to server: String) throws -> ServerAccess {
    let pem = try String(contentsOfFile: credential, encoding: .utf8)
    guard
      var access = ServerAccess(
        address: server,
        credential: .certificate(pem: pem, privateKeyPEM: pem),
        authorityPath: FileManager.default.fileExists(atPath: authority) ? authority : nil
      )
    else { throw CommandFailure.usage("lanyard: \(server) is not HOST:PORT") }
    access.callTimeout = ServerOptions.callTimeout
    return access
  }

  /// Keeps who the device is.
  func keep(_ identity: Identity) throws {
    try DataFolder.write(String(decoding: try JSONEncoder().encode(identity), as: UTF8.self), to: identityFile)
  }

  /// Takes in what an enrolment gave, by renaming only, which needs no room on the disk; the identity last.
  func adopt(_ staged: DeviceFolder) throws {
    let files = FileManager.default
    if !files.fileExists(atPath: staged.authority), files.fileExists(atPath: authority) {
      try files.removeItem(atPath: authority)
    }
    for name in try files.contentsOfDirectory(atPath: staged.path) where name != Self.identityName {
      try take(name, from: staged)
    }
    try take(Self.identityName, from: staged)
  }

  private func take(_ name: String, from staged: DeviceFolder) throws {
    guard rename(staged.file(name), file(name)) == 0 else {
      throw CommandFailure.unreachable("lanyard: cannot write \(file(name)): \(String(cString: strerror(errno)))")
    }
  }

  // MARK: - The roster that it enrolled with

  private static let rosterPrefix = "roster-"

  /// Path of the roster that the device fetched when it enrolled; each lane begins with it.
  func firstRoster(of device: String) -> String { file("\(Self.rosterPrefix)\(ResourcePart.last(of: device)).sqlite") }

  /// Gives a lane that has no journal yet the roster that the device enrolled with.
  func beginJournal(at path: String) throws {
    let files = FileManager.default
    let roster = firstRoster(of: try identity().device)
    guard !files.fileExists(atPath: path), files.fileExists(atPath: roster) else { return }
    let copy = "\(path).\(UUID().uuidString).new"
    do {
      try files.copyItem(atPath: roster, toPath: copy)
      guard rename(copy, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      unlink(copy)
      throw CommandFailure.unreachable("lanyard: cannot write \(path): \(error.localizedDescription)")
    }
  }

  /// Renews the certificate when less than a third of its time is left, counted from when it was made.
  ///
  /// - Returns: Whether it was renewed.
  @discardableResult
  func renewIfDue(_ client: ServerClient, at now: Date = Date()) async throws -> Bool {
    let summary = try CertificateSummary(pem: String(contentsOfFile: credential, encoding: .utf8))
    let left = summary.notAfter - Int64(now.timeIntervalSince1970)
    guard left < (summary.notAfter - summary.notBefore - CertificateAuthority.backdating) / 3 else { return false }
    let made = try CertificateRequest.make(commonName: "lanyard device")
    let service = Lanyard_V1_DeviceService.Client(wrapping: client)
    let answer = try await service.renewDeviceCertificate(.with { $0.certificateRequest = made.requestPEM })
    try DataFolder.write(made.privateKeyPEM + answer.certificate, to: credential)
    return true
  }

  private func file(_ name: String) -> String { url.appendingPathComponent(name).path }
}
