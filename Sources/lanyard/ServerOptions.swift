import ArgumentParser
import Foundation
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardTexts
import Logging

/// Where the data lies; every command has it.
struct DataOptions: ParsableArguments {
  @Option(name: .long, help: "Data folder. (default: $LANYARD_DATA, else ./lanyard-data)", completion: .directory)
  var data: String?

  var folder: DataFolder { DataFolder(path: data) }
}

/// How a server is found by options or data folder. Commands have it in `CallerOptions`, so that one that was given a device calls
/// as that; but for those that are a lane, make a device, or bring a server and its load.
struct ServerOptions: ParsableArguments {
  @OptionGroup(title: HelpText.connection) var dataOptions: DataOptions
  @OptionGroup(title: HelpText.connection) private var connection: ConnectionOptions

  var server: String? { connection.server }
  var token: String? { connection.token }
  var ca: String? { connection.ca }

  /// How long a server may take for an answer.
  static let callTimeout = Duration.seconds(30)

  /// Server, credential and authority, from the options or the data folder.
  func access() throws -> ServerAccess {
    let folder = dataOptions.folder
    var access = ServerAccess(try address(), token: try bearer(folder), authorityPath: try authorityFile())
    access.callTimeout = Self.callTimeout
    access.language = Language.ofSystem?.tag
    return access
  }

  /// Where the server is.
  func address() throws -> Endpoint {
    try server.map { try Endpoint($0, of: "--server") } ?? RunningServer.read(dataOptions.folder).grpc
  }

  /// Connects and hands over the client.
  func withConnection<Result: Sendable>(_ body: (ServerClient) async throws -> Result) async throws -> Result {
    try await withServerConnection(access(), body)
  }

  private func bearer(_ folder: DataFolder) throws -> String {
    if let token = token ?? ProcessInfo.variable("LANYARD_TOKEN") { return token }
    guard let token = try folder.readOrganiserToken() else {
      throw CommandFailure.usage(Sentence(.serverNoToken))
    }
    return token
  }

  /// The file of the authority to trust; nil trusts the system's.
  func authorityFile() throws -> String? {
    if let ca {
      guard Foundation.access(ca, R_OK) == 0 else {
        throw CommandFailure.usage(Sentence(.serverNoAuthority, ["file": .text(ca)]))
      }
      return try Self.checked(ca)
    }
    let path = dataOptions.folder.authorityCertificate
    return FileManager.default.fileExists(atPath: path) ? try Self.checked(path) : nil
  }

  /// The path of a file that holds a certificate.
  private static func checked(_ path: String) throws(CommandFailure) -> String {
    var fault = Sentence(.certificateFileMissing)
    do {
      _ = try CertificateSummary(pem: String(contentsOfFile: path, encoding: .utf8))
      return path
    } catch let error as CertificateError {
      fault = error.sentence
    } catch {
      // It cannot be read.
    }
    throw .usage(Sentence(.certificateOfFile, ["file": .text(path), "fault": .sentence(fault)]))
  }
}

/// What says where a server is, and as whom to call it.
struct ConnectionOptions: ParsableArguments {
  @Option(name: .long, help: "Server as HOST:PORT. (default: the one that runs on the data folder)")
  var server: String?

  @Option(
    name: .long,
    help: "Bearer token. (default: $LANYARD_TOKEN, else the data folder's organiser.token)"
  )
  var token: String?

  @Option(
    name: .long,
    help: "PEM file of the authority that the server's certificate comes from. (default: the data folder's)",
    completion: .file(extensions: ["pem"])
  )
  var ca: String?
}

/// What a running server writes into its data folder.
struct RunningServer: Codable {
  /// Address for clients on the same machine.
  let grpc: Endpoint

  /// The server that runs on a folder.
  static func read(_ folder: DataFolder) throws -> RunningServer {
    guard let data = FileManager.default.contents(atPath: folder.server) else {
      throw CommandFailure.unreachable(Sentence(.serverNotRunning, ["folder": .text(folder.path)]))
    }
    do {
      return try JSONDecoder().decode(RunningServer.self, from: data)
    } catch {
      throw CommandFailure.unreachable(Sentence(.serverUnreadable, ["file": .text(folder.server)]))
    }
  }

  /// Says in a folder where its server is.
  func write(to folder: DataFolder) throws {
    try DataFolder.write(String(decoding: try JSONEncoder().encode(self), as: UTF8.self), to: folder.server)
  }

  /// Takes back what a folder says of its server.
  static func remove(from folder: DataFolder, _ logger: Logger) {
    guard unlink(folder.server) != 0, errno != ENOENT else { return }
    logger.warning("\(folder.server) could not be removed: \(String(cString: strerror(errno)))")
  }
}

extension Language {
  /// That of the system's environment: what a command's errors are told in; nil where it says none that Lanyard speaks.
  static var ofSystem: Language? { Language(environment: ProcessInfo.processInfo.environment) }
}

extension Phrasebook {
  /// In the language of the system's environment, else in English.
  static var ofSystem: Phrasebook { .of(.ofSystem ?? .english) }
}
