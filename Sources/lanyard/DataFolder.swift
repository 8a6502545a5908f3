import Foundation
import LanyardCertificates
import LanyardClient
import LanyardTexts

/// The one folder that holds all state of a server, and where its commands find it.
struct DataFolder: Sendable {
  /// Name of the folder where none is given.
  static let defaultPath = "./lanyard-data"

  let url: URL

  /// - Parameter path: As given with --data; nil takes LANYARD_DATA, else the default.
  init(path: String?) {
    let path = path ?? ProcessInfo.variable("LANYARD_DATA") ?? Self.defaultPath
    url = URL(fileURLWithPath: path, isDirectory: true)
  }

  var path: String { url.path }
  var database: String { file("lanyard.sqlite") }
  /// What the database's last transactions are in until they are taken in.
  var databaseLog: String { file("lanyard.sqlite-wal") }
  /// What is known of the store outside of it.
  var storeNote: String { file("store.json") }
  /// Room for a start on a full disk.
  var reserve: String { file("reserve") }
  var settings: String { file("lanyard.json") }
  var organiserToken: String { file("organiser.token") }
  /// What the secrets of personal links are derived from: with it and the database together they can be made.
  var links: String { file("links.key") }
  /// Locked by the server that runs on the folder.
  var lock: String { file("serve.lock") }
  /// Where a running server says its address.
  var server: String { file("server.json") }
  var authorityCertificate: String { file("certs/authority.pem") }
  var authorityKey: String { file("certs/authority.key") }
  /// The authority that issues the certificates of devices, and of nothing else.
  var deviceAuthorityCertificate: String { file("certs/devices.pem") }
  var deviceAuthorityKey: String { file("certs/devices.key") }
  /// Where lanes without a device of their own keep what they have not uploaded yet.
  var lanes: String { file("lanes") }
  var serverCertificate: String { file("certs/server.pem") }
  var serverKey: String { file("certs/server.key") }

  /// Makes the folder for its owner alone, where it is not there yet.
  ///
  /// - Throws: `CommandFailure` where it cannot be made, or is there and open to other users.
  func create() throws {
    do {
      try FileManager.default.createDirectory(
        at: url.appendingPathComponent("certs"),
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
      guard mode & 0o077 == 0 else {
        let facts: [String: Sentence.Fact] = ["folder": .text(path), "command": .text("chmod 700")]
        throw CommandFailure.usage(Sentence(.storeFolderOpen, facts))
      }
    } catch let error as CommandFailure {
      throw error
    } catch {
      let facts: [String: Sentence.Fact] = ["folder": .text(path), "cause": .text(error.localizedDescription)]
      throw CommandFailure.usage(Sentence(.storeFolderNotMade, facts))
    }
  }

  /// The first organiser's token; nil where there is none.
  ///
  /// - Throws: `CommandFailure` where it is there and cannot be read.
  func readOrganiserToken() throws -> String? {
    guard FileManager.default.fileExists(atPath: organiserToken) else { return nil }
    do {
      return try String(contentsOfFile: organiserToken, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    } catch {
      throw Self.unreadable(organiserToken, error)
    }
  }

  /// What may lie in a folder into which a store is put back: what no backup holds.
  static let kept: Set<String> = ["certs", "lanyard.json", "organiser.token", "serve.lock", "links.key"]

  /// Names of what else lies in it, sorted; none where there is no such folder.
  ///
  /// - Throws: `CommandFailure` where it cannot be read.
  func others() throws -> [String] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      // What a restore left that was killed is nothing yet.
      let partial = URL(filePath: database).lastPathComponent + ".partial"
      return try FileManager.default.contentsOfDirectory(atPath: path).filter { name in
        !Self.kept.contains(name) && !name.hasPrefix(partial)
      }.sorted()
    } catch {
      throw Self.unreadable(path, error)
    }
  }

  /// Takes the folder for one server; nil where another one has it. The lock ends with the process, however it ends.
  func lockForServer() throws -> FileHandle? {
    let descriptor = open(lock, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(lock, errno) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? handle : nil
  }

  /// Writes a file for its owner alone, whole or not at all.
  ///
  /// - Parameter mode: File mode; 0600 unless the content is public.
  /// - Throws: `CommandFailure` where it cannot be written.
  static func write(_ text: String, to path: String, mode: mode_t = 0o600) throws {
    do throws(FileFault) {
      try PrivateFile.write(text, to: path, mode: mode)
    } catch {
      throw CommandFailure.usage(error.sentence)
    }
  }

  private static func unreadable(_ path: String, _ error: any Error) -> CommandFailure {
    .usage(Sentence(.storeUnreadable, ["file": .text(path), "cause": .text(error.localizedDescription)]))
  }

  private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
    .usage(FileFault(path, code).sentence)
  }

  private func file(_ name: String) -> String { url.appendingPathComponent(name).path }
}
