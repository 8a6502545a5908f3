import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardTexts
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

    /// Where the server is.
    let server: Endpoint
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
  /// The language that is asked for now; nil for the one that the folder keeps.
  var language: Language?

  /// - Parameter path: As given with --device; nil takes LANYARD_DEVICE, else the default.
  init(path: String?, language: Language? = nil) {
    self.language = language
    let path = path ?? ProcessInfo.processInfo.environment["LANYARD_DEVICE"] ?? Self.defaultPath
    url = URL(fileURLWithPath: path, isDirectory: true)
  }

  var path: String { url.path }

  /// Of what the device's operators are told.
  var phrasebook: Phrasebook { .of(language ?? LaneLanguage(folder: path).known()) }

  /// Who the device is; with it one takes the place of the one before.
  var identityFile: String { file("device.json") }

  /// Whether a device is enrolled here.
  var isEnrolled: Bool { FileManager.default.fileExists(atPath: identityFile) }

  /// - Throws: `CommandFailure` where no device is enrolled here, or who it is cannot be read.
  func identity() throws -> Identity {
    guard isEnrolled else {
      throw CommandFailure.usage(Sentence(.enrolNoDevice, ["folder": .text(path)]))
    }
    do {
      return try JSONDecoder().decode(Identity.self, from: Data(contentsOf: URL(fileURLWithPath: identityFile)))
    } catch {
      let facts: [String: Sentence.Fact] = ["file": .text(identityFile), "cause": .text(error.localizedDescription)]
      throw CommandFailure.usage(Sentence(.enrolDeviceUnreadable, facts))
    }
  }

  /// What a device comes in with.
  struct Papers: Sendable {
    /// Private key and certificate together, so that the two are replaced at once.
    let credential: String
    /// Of the server's certificate; where there is none, the system's are trusted.
    let authority: String

    var hasCredential: Bool { FileManager.default.fileExists(atPath: credential) }
    var hasAuthority: Bool { FileManager.default.fileExists(atPath: authority) }

    func access(to server: Endpoint) throws -> ServerAccess {
      let pem = try String(contentsOfFile: credential, encoding: .utf8)
      var access = ServerAccess(
        server,
        credential: .certificate(pem: pem, privateKeyPEM: pem),
        authorityPath: hasAuthority ? authority : nil
      )
      access.callTimeout = ServerOptions.callTimeout
      return access
    }
  }

  /// Those of a device: files of its own, so that nothing of another's changes before it takes its place.
  ///
  /// - Parameter device: Resource name.
  func papers(of device: String) -> Papers {
    let id = ResourcePart.last(of: device)
    return Papers(credential: file("credential-\(id).pem"), authority: file("authority-\(id).pem"))
  }

  /// Those of a device that is enrolled here; in folders of before they had no id.
  func papersInUse(by device: String) -> Papers {
    let own = papers(of: device)
    return own.hasCredential ? own : unnamedPapers
  }

  /// Those of a device that is still enrolling, in the folder of that enrolment.
  var unnamedPapers: Papers { Papers(credential: file("credential.pem"), authority: file("authority.pem")) }

  /// The way in with the device's certificate, as it lies in the folder now.
  func access() throws -> ServerAccess {
    let identity = try identity()
    return try papersInUse(by: identity.device).access(to: identity.server)
  }

  /// Path of what a lane keeps for one checkpoint: a device that takes another's place in the folder begins anew.
  func journal(of checkpoint: String) throws -> String {
    file("\(Self.journals(of: try identity()))\(ResourcePart.last(of: checkpoint)).sqlite")
  }

  /// How the names of an enrolment's journals begin.
  static func journals(of identity: Identity) -> String { "lane-\(ResourcePart.last(of: identity.device))-" }

  /// For which server and event this enrolment scans.
  func origin() throws -> JournalOrigin { try origin(of: identity()) }

  func origin(of identity: Identity) throws -> JournalOrigin {
    let papers = papersInUse(by: identity.device)
    return JournalOrigin(
      server: identity.server,
      authority: papers.hasAuthority ? try String(contentsOfFile: papers.authority, encoding: .utf8) : nil,
      event: ResourcePart.event(of: identity.device)
    )
  }

  // MARK: - The roster that it enrolled with

  static let rosterPrefix = "roster-"

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
      let facts: [String: Sentence.Fact] = ["file": .text(path), "cause": .text(error.localizedDescription)]
      throw CommandFailure.unreachable(Sentence(.enrolCannotWrite, facts))
    }
  }

  /// Renews the certificate when less than a third of its time is left, counted from when it was made.
  ///
  /// - Returns: Whether it was renewed.
  @discardableResult
  func renewIfDue(_ client: ServerClient, at now: Date = Date()) async throws -> Bool {
    let credential = papersInUse(by: try identity().device).credential
    let summary = try CertificateSummary(pem: String(contentsOfFile: credential, encoding: .utf8))
    let left = summary.notAfter - Int64(now.timeIntervalSince1970)
    guard left < (summary.notAfter - summary.notBefore - CertificateAuthority.backdating) / 3 else { return false }
    let made = try CertificateRequest.make(commonName: "lanyard device")
    let service = Lanyard_V1_DeviceService.Client(wrapping: client)
    let answer = try await service.renewDeviceCertificate(.with { $0.certificateRequest = made.requestPEM })
    try DataFolder.write(made.privateKeyPEM + answer.certificate, to: credential)
    return true
  }

  func file(_ name: String) -> String { url.appendingPathComponent(name).path }
}
