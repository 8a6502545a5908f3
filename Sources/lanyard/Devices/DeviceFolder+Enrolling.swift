import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardServer
import LanyardTexts
import SwiftProtobuf

/// What an enrolment knows once it has a certificate: the server may have the device on record from then on.
struct BegunEnrolment: Codable, Sendable {
  /// Where it began.
  let server: Endpoint
  /// A `lanyard.v1.Device`.
  private let message: Data
  /// Whether the server has answered a call of the device, by which it came onto the record.
  var isOnRecord = false

  init(server: Endpoint, _ device: Lanyard_V1_Device) throws {
    self.server = server
    message = try device.serializedBytes()
  }

  func device() throws -> Lanyard_V1_Device { try Lanyard_V1_Device(serializedBytes: message) }
}

/// An enrolment has a folder of its own within the device's, named by its code, until the device takes its place.
extension DeviceFolder {
  private static let enrollingPrefix = "enrolling-"
  private var begunFile: String { file("begun.json") }

  /// Runs an enrolment; only one at a time runs in a folder. Its own folder stays where the body throws while that holds a
  /// begun enrolment, so that the next run with the same code goes on with it; else nothing stays.
  ///
  /// - Throws: What the body throws, or `CommandFailure` where the folder cannot be used.
  func enrolling<Result>(with code: EnrolmentCode, _ body: (DeviceFolder) async throws -> Result) async throws -> Result
  {
    let missing = missingFolders()
    let lock = try lockForEnrolling()
    defer { withExtendedLifetime(lock) {} }
    let staged = DeviceFolder(path: file(Self.enrollingPrefix + code.hash.prefix(16).map(Self.hex).joined()))
    do {
      if try staged.begun() == nil { try staged.makeAnew() }
      let result = try await body(staged)
      sweep(staged)
      return result
    } catch {
      // What cannot be read may be the only key of a device that is on record.
      guard (try? staged.begun()) == nil, !FileManager.default.fileExists(atPath: staged.begunFile) else { throw error }
      // What cannot be removed is named by the error that the caller tells.
      try? FileManager.default.removeItem(at: staged.url)
      // Only folders that are empty go; one that somebody else uses meanwhile stays.
      for folder in missing { rmdir(folder) }
      throw error
    }
  }

  private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

  /// The folder and those around it that are not there, the innermost first.
  private func missingFolders() -> [String] {
    var missing: [String] = []
    var folder = url.standardizedFileURL
    while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
      missing.append(folder.path)
      folder.deleteLastPathComponent()
    }
    return missing
  }

  /// Makes the folder where it is not there, and keeps other enrolments off it; that ends with the process, however it ends.
  private func lockForEnrolling() throws -> FileHandle {
    try FileManager.default.createDirectory(
      at: url,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let facts: [String: Sentence.Fact] = ["folder": .text(path), "cause": .text(String(cString: strerror(errno)))]
      throw CommandFailure.unreachable(Sentence(.enrolFolderUnusable, facts))
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw CommandFailure.usage(Sentence(.enrolOtherRuns, ["folder": .text(path)]))
    }
    return handle
  }

  private func makeAnew() throws {
    if FileManager.default.fileExists(atPath: path) { try removeEnrolment() }
    // Not the folders around it: where one is gone, so is the lock.
    try FileManager.default.createDirectory(
      at: url,
      withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700]
    )
  }

  /// First what says that it began: where this ends on the way, nothing goes on without its key.
  private func removeEnrolment() throws {
    unlink(begunFile)
    try FileManager.default.removeItem(at: url)
  }

  // MARK: - The enrolment's own folder

  /// The enrolment that has a certificate here; nil where there is none.
  ///
  /// - Throws: `CommandFailure` where it cannot be read.
  func begun() throws -> BegunEnrolment? {
    guard FileManager.default.fileExists(atPath: begunFile) else { return nil }
    do {
      return try JSONDecoder().decode(BegunEnrolment.self, from: Data(contentsOf: URL(fileURLWithPath: begunFile)))
    } catch {
      let facts: [String: Sentence.Fact] = [
        "file": .text(begunFile), "folder": .text(path), "cause": .text(error.localizedDescription),
      ]
      throw CommandFailure.unreachable(Sentence(.enrolBegunUnreadable, facts))
    }
  }

  /// Keeps that the enrolment has a certificate, and what is known since.
  func keep(_ begun: BegunEnrolment) throws {
    try DataFolder.write(String(decoding: try JSONEncoder().encode(begun), as: UTF8.self), to: begunFile)
  }

  /// Forgets the certificate: no device is on record by it that anybody could use.
  func forgetBegun() throws { try makeAnew() }

  /// Keeps the authority to trust; nil for the system's.
  func keepEnrolling(authorityPEM: String?) throws {
    let path = unnamedPapers.authority
    if let authorityPEM { try DataFolder.write(authorityPEM, to: path) } else { unlink(path) }
  }

  // MARK: - Taking a device's place

  /// Takes in what an enrolment gave. What the device before has stays as it is until who the device is changes, at once
  /// and last; wherever this fails or ends, it can be done again.
  func adopt(_ staged: DeviceFolder, as identity: Identity) throws {
    let (given, own) = (staged.unnamedPapers, papers(of: identity.device))
    if given.hasAuthority {
      try take(String(contentsOfFile: given.authority, encoding: .utf8), to: own.authority, staged)
    }
    try take(String(contentsOfFile: given.credential, encoding: .utf8), to: own.credential, staged)
    let roster = staged.firstRoster(of: identity.device)
    // It is fetched anew where the enrolment runs again.
    if FileManager.default.fileExists(atPath: roster) { try Self.move(roster, to: firstRoster(of: identity.device)) }
    try take(String(decoding: try JSONEncoder().encode(identity), as: UTF8.self), to: identityFile, staged)
  }

  /// Writes a file by way of the enrolment's folder, so that nothing is left elsewhere wherever this ends.
  private func take(_ text: String, to path: String, _ staged: DeviceFolder) throws {
    let written = staged.file("written")
    try DataFolder.write(text, to: written)
    try Self.move(written, to: path)
  }

  private static func move(_ old: String, to new: String) throws {
    guard rename(old, new) == 0 else {
      let facts: [String: Sentence.Fact] = ["file": .text(new), "cause": .text(String(cString: strerror(errno)))]
      throw CommandFailure.unreachable(Sentence(.enrolCannotWrite, facts))
    }
  }

  /// Enrolments that began here and did not end, but for the one in this folder.
  func othersBegun(than staged: DeviceFolder) -> [BegunEnrolment] {
    // Only for hints: who cannot be read is not named.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasPrefix(Self.enrollingPrefix) && file($0) != staged.path }.sorted().compactMap {
      try? DeviceFolder(path: file($0)).begun()
    }
  }

  /// Removes the folders of this and of all other enrolments, none of which can be running, and names the devices that
  /// nobody has from now on.
  private func sweep(_ staged: DeviceFolder) {
    for begun in othersBegun(than: staged) {
      // What cannot be read cannot be named.
      guard let device = try? begun.device() else { continue }
      let facts: [String: Sentence.Fact] = [
        "device": .text(device.displayName), "command": .text(Self.revocation(of: device.name)),
      ]
      Console.error(Sentence(.enrolGivenUp, facts), phrasebook)
    }
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasPrefix(Self.enrollingPrefix) {
        try DeviceFolder(path: file(name)).removeEnrolment()
      }
    } catch {
      let facts: [String: Sentence.Fact] = [
        "files": .text("\(path)/\(Self.enrollingPrefix)*"), "cause": .text(error.localizedDescription),
      ]
      Console.error(Sentence(.enrolRemoveKeys, facts), phrasebook)
    }
  }

  /// The command that ends a device.
  ///
  /// - Parameter device: Resource name.
  static func revocation(of device: String) -> String {
    "lanyard device revoke --event \(ResourcePart.event(of: device)) \(ResourcePart.last(of: device))"
  }

  /// What the device before kept, once the next one is enrolled: its key and rosters are erased, and what waits says for which server
  /// and event it is, so that the next one uploads it where these are the same. Says where that fails: the next one is
  /// enrolled all the same.
  ///
  /// - Parameter origin: Of the device before; nil where it is not known.
  func handOver(from before: Identity?, _ origin: JournalOrigin?, to after: Identity) {
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
        do {
          try handOver(name, from: before, origin, to: after)
        } catch {
          sayMayHoldOld(file(name), error)
        }
      }
    } catch {
      sayMayHoldOld(path, error)
    }
  }

  private func sayMayHoldOld(_ file: String, _ error: any Error) {
    let facts: [String: Sentence.Fact] = ["file": .text(file), "cause": .sentence(.of(error))]
    Console.error(Sentence(.enrolMayHoldOld, facts), phrasebook)
  }

  private func handOver(
    _ name: String,
    from before: Identity?,
    _ origin: JournalOrigin?,
    to after: Identity
  ) throws {
    if name.hasPrefix(Self.rosterPrefix) {
      guard file(name) != firstRoster(of: after.device) else { return }
      try FileManager.default.removeItem(atPath: file(name))
    } else if name == "credential.pem" || name.hasPrefix("credential-") {
      // What a renewal is just writing begins like what it takes the place of.
      guard !file(name).hasPrefix(papers(of: after.device).credential) else { return }
      try FileManager.default.removeItem(atPath: file(name))
    } else if name.hasPrefix("authority-"), file(name) != papers(of: after.device).authority {
      try FileManager.default.removeItem(atPath: file(name))
    } else if let before, before.device != after.device, file(name) == papersInUse(by: before.device).authority {
      try FileManager.default.removeItem(atPath: file(name))
    } else if name.hasPrefix("lane-"), name.hasSuffix(".sqlite"), !name.hasPrefix(Self.journals(of: after)) {
      let journal = try LaneJournal(path: file(name))
      // One that a lane has opened says so already.
      if let before, let origin, name.hasPrefix(Self.journals(of: before)), try journal.origin() == nil {
        try journal.bind(to: origin)
      }
      try journal.eraseRoster()
    }
  }
}
