import Foundation
import LanyardAPI
import LanyardCertificates
import LanyardTexts

/// An enrolment has a folder of its own within the device's, named by its code, until the device takes its place.
extension DeviceFolder {
  private static let enrollingPrefix = "enrolling-"
  private var begunFile: String { file("begun.json") }

  /// Runs an enrolment; only one at a time runs in a folder. Its own folder stays where the body throws while that holds a
  /// begun enrolment, so that the next run with the same code goes on with it; else nothing stays.
  ///
  /// - Parameters:
  ///   - name: What its own folder is called by: the same for the same code, and not the code.
  ///   - say: Is told of what is left of other enrolments.
  /// - Throws: What the body throws, or `DeviceFault` where the folder cannot be used.
  func enrolling<Result>(
    _ name: String,
    _ say: (Sentence) -> Void,
    _ body: (DeviceFolder) async throws -> Result
  ) async throws -> Result {
    let missing = missingFolders()
    let lock = try lockForEnrolling()
    defer { withExtendedLifetime(lock) {} }
    let staged = DeviceFolder(path: file(Self.enrollingPrefix + name))
    do {
      if try staged.begun() == nil { try staged.makeAnew() }
      let result = try await body(staged)
      sweep(staged, say)
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
    guard let handle = try lockFolder() else {
      throw DeviceFault.taken(Sentence(.enrolOtherRuns, ["folder": .text(path)]))
    }
    return handle
  }

  /// Keeps others from changing who the device is; nil where somebody does. That ends with the process, however it ends.
  func lockFolder() throws(DeviceFault) -> FileHandle? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let facts: [String: Sentence.Fact] = ["folder": .text(path), "cause": .text(String(cString: strerror(errno)))]
      throw .failed(Sentence(.enrolFolderUnusable, facts))
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? handle : nil
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
  /// - Throws: `DeviceFault` where it cannot be read.
  func begun() throws -> BegunEnrolment? {
    guard FileManager.default.fileExists(atPath: begunFile) else { return nil }
    do {
      return try JSONDecoder().decode(BegunEnrolment.self, from: Data(contentsOf: URL(fileURLWithPath: begunFile)))
    } catch {
      let facts: [String: Sentence.Fact] = [
        "file": .text(begunFile), "folder": .text(path), "cause": .text(error.localizedDescription),
      ]
      throw DeviceFault.failed(Sentence(.enrolBegunUnreadable, facts))
    }
  }

  /// Keeps that the enrolment has a certificate, and what is known since.
  func keep(_ begun: BegunEnrolment) throws {
    try PrivateFile.write(String(decoding: try JSONEncoder().encode(begun), as: UTF8.self), to: begunFile)
  }

  /// Forgets the certificate: no device is on record by it that anybody could use.
  func forgetBegun() throws { try makeAnew() }

  /// Keeps the authority to trust; nil for the system's.
  func keepEnrolling(authorityPEM: String?) throws {
    let path = unnamedPapers.authority
    if let authorityPEM { try PrivateFile.write(authorityPEM, to: path) } else { unlink(path) }
  }

  // MARK: - Taking a device's place

  /// Takes in what an enrolment gave. What the device before has stays as it is until who the device is changes, at once
  /// and last; wherever this fails or ends, it can be done again.
  func adopt(_ staged: DeviceFolder, as identity: DeviceIdentity) throws {
    let (given, own) = (staged.unnamedPapers, papers(of: identity.device))
    var identity = identity
    identity.hasAuthority = given.hasAuthority
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
    try PrivateFile.write(text, to: written)
    try Self.move(written, to: path)
  }

  private static func move(_ old: String, to new: String) throws {
    guard rename(old, new) == 0 else { throw FileFault(new, errno) }
  }

  // MARK: - Other enrolments

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
  private func sweep(_ staged: DeviceFolder, _ say: (Sentence) -> Void) {
    for begun in othersBegun(than: staged) {
      // What cannot be read cannot be named.
      guard let device = try? begun.device(), let address = try? begun.address() else { continue }
      let facts: [String: Sentence.Fact] = [
        "device": .text(device.displayName), "command": .text(DeviceEnrolment.revocation(of: address)),
      ]
      say(Sentence(.enrolGivenUp, facts))
    }
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasPrefix(Self.enrollingPrefix) {
        try DeviceFolder(path: file(name)).removeEnrolment()
      }
    } catch {
      let facts: [String: Sentence.Fact] = [
        "files": .text("\(path)/\(Self.enrollingPrefix)*"), "cause": .text(error.localizedDescription),
      ]
      say(Sentence(.enrolRemoveKeys, facts))
    }
  }
}
