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
    let isSupervisor: Bool
  }

  let url: URL

  /// - Parameter path: As given with --device; nil takes LANYARD_DEVICE, else the default.
  init(path: String?) {
    let path = path ?? ProcessInfo.processInfo.environment["LANYARD_DEVICE"] ?? Self.defaultPath
    url = URL(fileURLWithPath: path, isDirectory: true)
  }

  var path: String { url.path }
  private var identityFile: String { file("device.json") }
  /// Private key and certificate together, so that the two are replaced at once.
  private var credential: String { file("credential.pem") }
  private var requestFile: String { file("request.json") }
  private var authority: String { file("authority.pem") }

  /// Whether a device is enrolled here.
  var isEnrolled: Bool { FileManager.default.fileExists(atPath: identityFile) }

  func create() throws {
    try FileManager.default.createDirectory(
      at: url,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
  }

  func identity() throws -> Identity {
    guard let data = FileManager.default.contents(atPath: identityFile),
      let identity = try? JSONDecoder().decode(Identity.self, from: data)
    else {
      throw CommandFailure.usage(
        "lanyard: there is no enrolled device in \(path): enrol it with `lanyard scan enrol CODE`, or name its folder "
          + "with --device"
      )
    }
    return identity
  }

  /// The way in with the device's certificate, as it lies in the folder now.
  func access() throws -> ServerAccess {
    let identity = try identity()
    let pem = try String(contentsOfFile: credential, encoding: .utf8)
    guard
      var access = ServerAccess(
        address: identity.server,
        credential: .certificate(pem: pem, privateKeyPEM: pem),
        authorityPath: FileManager.default.fileExists(atPath: authority) ? authority : nil
      )
    else { throw CommandFailure.usage("lanyard: \(identityFile) names no server as HOST:PORT") }
    access.callTimeout = ServerOptions.callTimeout
    return access
  }

  /// Path of what a lane keeps for one checkpoint: a device that takes another's place in the folder begins anew.
  func journal(of checkpoint: String) throws -> String {
    file("lane-\(ResourcePart.last(of: try identity().device))-\(ResourcePart.last(of: checkpoint)).sqlite")
  }

  /// What the device before kept: rosters are erased, and what waits goes to the new device where it is of the same server
  /// and event; elsewhere it would be told of another event's people, so it stays and is named.
  func handOver(from before: Identity, to after: Identity) throws {
    let (old, new) = (ResourcePart.last(of: before.device), ResourcePart.last(of: after.device))
    let isSame =
      before.server == after.server && ResourcePart.event(of: before.device) == ResourcePart.event(of: after.device)
    guard old != new else { return }
    for name in try FileManager.default.contentsOfDirectory(atPath: path)
    where name.hasPrefix("lane-\(old)-") && name.hasSuffix(".sqlite") {
      let journal = try LaneJournal(path: file(name))
      try journal.eraseRoster()
      let waiting = try journal.waitingCount()
      if isSame {
        try journal.move(to: file("lane-\(new)-" + name.dropFirst("lane-\(old)-".count)))
      } else if waiting > 0 {
        Console.error(
          "lanyard: \(waiting) scans of \(before.displayName) were never uploaded; they stay in \(file(name))"
        )
      }
    }
  }

  // MARK: - Enrolling and renewing

  private struct Request: Codable {
    let code: String
    let request: String
    let privateKey: String
  }

  /// The request that goes with a code: the same one when it is tried again after a lost answer.
  func request(for code: String) throws -> (pem: String, privateKey: String) {
    if let data = FileManager.default.contents(atPath: requestFile),
      let before = try? JSONDecoder().decode(Request.self, from: data), before.code == code
    {
      return (before.request, before.privateKey)
    }
    let made = try CertificateRequest.make(commonName: "lanyard device")
    let request = Request(code: code, request: made.requestPEM, privateKey: made.privateKeyPEM)
    try DataFolder.write(String(decoding: try JSONEncoder().encode(request), as: UTF8.self), to: requestFile)
    return (made.requestPEM, made.privateKeyPEM)
  }

  /// Keeps what enrolling gave.
  func keep(_ identity: Identity, certificate: String, privateKey: String, authorityPEM: String?) throws {
    try DataFolder.write(privateKey + certificate, to: credential)
    if let authorityPEM { try DataFolder.write(authorityPEM, to: authority) }
    try DataFolder.write(String(decoding: try JSONEncoder().encode(identity), as: UTF8.self), to: identityFile)
    try? FileManager.default.removeItem(atPath: requestFile)
  }

  /// Renews the certificate when less than a third of its time is left.
  ///
  /// - Returns: Whether it was renewed.
  @discardableResult
  func renewIfDue(_ client: ServerClient, at now: Date = Date()) async throws -> Bool {
    let summary = try CertificateSummary(pem: String(contentsOfFile: credential, encoding: .utf8))
    let left = summary.notAfter - Int64(now.timeIntervalSince1970)
    guard left < (summary.notAfter - summary.notBefore) / 3 else { return false }
    let made = try CertificateRequest.make(commonName: "lanyard device")
    let service = Lanyard_V1_DeviceService.Client(wrapping: client)
    let answer = try await service.renewDeviceCertificate(.with { $0.certificateRequest = made.requestPEM })
    try DataFolder.write(made.privateKeyPEM + answer.certificate, to: credential)
    return true
  }

  private func file(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// A text with everything that a device needs to enrol: the server, the code, and the authority to trust. Its QR symbol
/// is shown on the organiser's screen.
struct EnrolmentLink {
  private static let scheme = "lanyard-enrol://"

  /// `HOST:PORT`.
  let server: String
  let code: String
  /// PEM of the authority; nil trusts the device's system.
  let authorityPEM: String?

  init(server: String, code: String, authorityPEM: String?) {
    self.server = server
    self.code = code
    self.authorityPEM = authorityPEM
  }

  /// Nil where the text is no link.
  init?(_ text: String) {
    guard text.hasPrefix(Self.scheme), text.utf8.count <= 8192 else { return nil }
    let parts = text.dropFirst(Self.scheme.count).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    (server, code) = (String(parts[0]), String(parts[1]))
    authorityPEM = parts.count == 3 ? Self.pem(String(parts[2])) : nil
  }

  var text: String {
    let authority = authorityPEM.map { "/" + Self.base64URL($0) } ?? ""
    return "\(Self.scheme)\(server)/\(code)\(authority)"
  }

  private static func base64URL(_ pem: String) -> String {
    pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }

  private static func pem(_ text: String) -> String {
    let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
    var lines: [String] = []
    var rest = padded[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    return "-----BEGIN CERTIFICATE-----\n\(lines.joined(separator: "\n"))\n-----END CERTIFICATE-----\n"
  }
}
