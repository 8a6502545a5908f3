package import Foundation
import LanyardCertificates
package import LanyardClient
import LanyardDomain
import LanyardTexts

/// The folder of an enrolled device: who it is, its key, which never leaves it, and what its lanes keep.
package struct DeviceFolder: Sendable {
  package let url: URL

  package init(path: String) {
    url = URL(fileURLWithPath: path, isDirectory: true)
  }

  package var path: String { url.path }

  /// Who the device is; with it one takes the place of the one before.
  var identityFile: String { file("device.json") }

  /// Whether a device is enrolled here.
  package var isEnrolled: Bool { FileManager.default.fileExists(atPath: identityFile) }

  /// - Throws: `DeviceFault` where no device is enrolled here, or who it is cannot be read.
  package func identity() throws -> DeviceIdentity {
    guard isEnrolled else {
      throw DeviceFault.usage(Sentence(.enrolNoDevice, ["folder": .text(path)]))
    }
    do {
      return try JSONDecoder().decode(DeviceIdentity.self, from: Data(contentsOf: URL(fileURLWithPath: identityFile)))
    } catch let unknown as InvalidInput {
      throw DeviceFault.failed(.deviceNeedsUpdate(unknown))
    } catch {
      let facts: [String: Sentence.Fact] = ["file": .text(identityFile), "cause": .text(error.localizedDescription)]
      throw DeviceFault.usage(Sentence(.enrolDeviceUnreadable, facts))
    }
  }

  /// Keeps who the device is, at once or not at all.
  func keep(_ identity: DeviceIdentity) throws {
    try PrivateFile.write(String(decoding: try JSONEncoder().encode(identity), as: UTF8.self), to: identityFile)
  }

  // MARK: - What it comes in with

  /// What a device comes in with.
  struct Papers: Sendable {
    /// How long a server may take for an answer.
    private static let callTimeout = Duration.seconds(30)

    /// Private key and certificate together, so that the two are replaced at once.
    let credential: String
    /// Of the server's certificate; where there is none, the system's are trusted.
    let authority: String

    var hasCredential: Bool { FileManager.default.fileExists(atPath: credential) }
    var hasAuthority: Bool { FileManager.default.fileExists(atPath: authority) }

    /// - Throws: `DeviceFault` where a file of them is missing or damaged.
    func access(to server: Endpoint) throws -> ServerAccess {
      let pem = try Self.read(credential) { text throws(CertificateError) in try ClientCredential.check(pem: text) }
      if hasAuthority {
        _ = try Self.read(authority) { text throws(CertificateError) in _ = try CertificateSummary(pem: text) }
      }
      var access = ServerAccess(
        server,
        credential: .certificate(pem: pem, privateKeyPEM: pem),
        authorityPath: hasAuthority ? authority : nil
      )
      access.callTimeout = Self.callTimeout
      return access
    }

    private static func read(
      _ path: String,
      _ check: (String) throws(CertificateError) -> Void
    ) throws(DeviceFault) -> String {
      // Whatever keeps it from being read, it has to be brought back.
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw DeviceFolder.unusable(path, Sentence(.certificateFileMissing))
      }
      do throws(CertificateError) {
        try check(text)
      } catch {
        throw DeviceFolder.unusable(path, error.sentence)
      }
      return text
    }
  }

  static func unusable(_ file: String, _ cause: Sentence) -> DeviceFault {
    .usage(Sentence(.enrolFileUnusable, ["file": .text(file), "cause": .sentence(cause)]))
  }

  /// Those of a device: files of its own, so that nothing of another's changes before it takes its place.
  func papers(of device: DeviceAddress) -> Papers {
    Papers(credential: file("credential-\(device.id).pem"), authority: file("authority-\(device.id).pem"))
  }

  /// Those of a device that is enrolled here; in folders of before they had no id.
  func papersInUse(by device: DeviceAddress) -> Papers {
    let own = papers(of: device)
    return own.hasCredential || !unnamedPapers.hasCredential ? own : unnamedPapers
  }

  /// Those of a device that is still enrolling, in the folder of that enrolment.
  var unnamedPapers: Papers { Papers(credential: file("credential.pem"), authority: file("authority.pem")) }

  /// The way in with the device's certificate, as it lies in the folder now.
  ///
  /// - Throws: `DeviceFault` where no device is enrolled here, or one of its files is missing or damaged.
  package func access() throws -> ServerAccess {
    let identity = try identity()
    let papers = papersInUse(by: identity.device)
    // By the system's authorities it would trust others than it was told to.
    if identity.hasAuthority == true, !papers.hasAuthority {
      throw Self.unusable(papers.authority, Sentence(.certificateFileMissing))
    }
    return try papers.access(to: identity.server)
  }

  // MARK: - What its lanes keep

  /// Path of what a lane keeps for one checkpoint: a device that takes another's place in the folder begins anew.
  func journal(of checkpoint: CheckpointAddress) throws -> String {
    file("\(Self.journals(of: try identity()))\(checkpoint.checkpoint).sqlite")
  }

  /// How the names of an enrolment's journals begin.
  static func journals(of identity: DeviceIdentity) -> String { "lane-\(identity.device.id)-" }

  /// For which server and event this enrolment scans.
  package func origin() throws -> JournalOrigin { try origin(of: identity()) }

  func origin(of identity: DeviceIdentity) throws -> JournalOrigin {
    let papers = papersInUse(by: identity.device)
    return JournalOrigin(
      server: identity.server,
      authority: papers.hasAuthority ? try String(contentsOfFile: papers.authority, encoding: .utf8) : nil,
      event: identity.device.event
    )
  }

  static let rosterPrefix = "roster-"

  /// Path of the roster that the device fetched when it enrolled; each lane begins with it.
  func firstRoster(of device: DeviceAddress) -> String { file("\(Self.rosterPrefix)\(device.id).sqlite") }

  /// Gives a lane that has no journal yet the roster that the device enrolled with.
  func beginJournal(at path: String) throws {
    let files = FileManager.default
    let roster = firstRoster(of: try identity().device)
    guard !files.fileExists(atPath: path), files.fileExists(atPath: roster) else { return }
    let copy = "\(path).\(UUID().uuidString).new"
    defer { for suffix in ["", "-wal", "-shm"] { unlink(copy + suffix) } }
    do {
      try files.copyItem(atPath: roster, toPath: copy)
      let journal = try LaneJournal(path: copy)
      _ = try journal.roster()
      try journal.move(to: path)
    } catch let fault as JournalError where fault.isDamage {
      throw DeviceFault.usage(
        Sentence(.laneRosterUnreadable, ["file": .text(roster), "cause": .sentence(.of(fault))])
      )
    } catch let fault as JournalError {
      throw fault
    } catch {
      throw FileFault(path: path, cause: error.localizedDescription)
    }
  }

  func file(_ name: String) -> String { url.appendingPathComponent(name).path }
}
