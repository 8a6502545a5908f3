import ArgumentParser
import Foundation
import LanyardDomain
import LanyardServer
import LanyardStore
import Logging
import ServiceLifecycle
import UnixSignals

/// `lanyard serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run the server on a data folder.",
    discussion: """
      Each setting is taken from its option, else from the environment (LANYARD_ and the option's name in capitals, with _ \
      for -, such as LANYARD_LOG_LEVEL), else from the file lanyard.json in the data folder (the option's name as key), \
      else its default. The first start makes an organiser's token in organiser.token, which the other commands find by \
      themselves. SIGTERM or Ctrl-C stops it: what was accepted is answered first.
      """
  )

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var settings: ServeOptions

  func run() async throws {
    let folder = dataOptions.folder
    try folder.create()
    let settings = try await ServeSettings.resolve(settings, folder: folder)
    guard let lock = try folder.lockForServer() else {
      throw CommandFailure.usage("lanyard: a server runs already on the data folder \(folder.path); stop it first")
    }
    defer { try? lock.close() }
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    var logger = Logger(label: "lanyard")
    logger.logLevel = settings.logLevel
    let store = try OpenStore.open(folder, mode: settings.clock.isRehearsal ? .rehearsal : .real)
    try await makeOrganiserToken(store, folder)
    let server = try await makeServer(settings, store, logger)
    let announcement = Announcement(server: server, folder: folder, clock: settings.clock, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: (server.services + [announcement]).map { .init(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger
    )
    configuration.maximumGracefulShutdownDuration = .seconds(20)
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      let address = "\(settings.server.host):\(settings.server.port)"
      throw CommandFailure.unreachable(
        "lanyard: the server stopped: \(error)\nIs \(address) an address of this machine, and is its port free?"
      )
    }
  }

  private func makeServer(_ settings: ServeSettings, _ store: SQLiteStore, _ logger: Logger) async throws
    -> LanyardServer
  {
    do {
      return try await LanyardServer.make(
        settings: settings.server,
        store: store,
        clock: settings.clock,
        logger: logger
      )
    } catch let error as InvalidInput {
      let faults = error.violations.map { "the setting \($0.field) \($0.reason)" }
      throw CommandFailure.usage("lanyard: \(faults.joined(separator: "; "))")
    } catch let error as StoreError {
      throw CommandFailure.unreachable("lanyard: the store failed: \(error)")
    } catch {
      throw CommandFailure.usage(
        "lanyard: \(settings.server.certificatePath) and \(settings.server.privateKeyPath) cannot be used as certificate "
          + "and key, in PEM and belonging together: \(error)"
      )
    }
  }

  /// The first start's token for whoever has the folder. One that was revoked is not made anew.
  private func makeOrganiserToken(_ store: SQLiteStore, _ folder: DataFolder) async throws {
    if let text = try? String(contentsOfFile: folder.organiserToken, encoding: .utf8),
      let made = BearerToken(text.trimmingCharacters(in: .whitespacesAndNewlines)),
      try await store.token(made.id) != nil
    {
      return
    }
    let token = BearerToken.random()
    try await store.addToken(
      token.stored(role: .organiser, label: "made by the first start", at: ServerClock.system.now)
    )
    try DataFolder.write(token.text + "\n", to: folder.organiserToken)
  }
}

/// Says that the server is ready, where clients find it, and takes that back when it stops.
private struct Announcement: Service {
  let server: LanyardServer
  let folder: DataFolder
  let clock: ServerClock
  let logger: Logger

  private struct Ready: Encodable {
    let ready = true
    let grpc: String
    let web: String?
    let rehearsal: Bool

    enum CodingKeys: CodingKey { case ready, grpc, web, rehearsal }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(ready, forKey: .ready)
      try container.encode(grpc, forKey: .grpc)
      try container.encode(web, forKey: .web)
      try container.encode(rehearsal, forKey: .rehearsal)
    }
  }

  func run() async throws {
    let address = try await server.address
    try DataFolder.write(
      String(decoding: try JSONEncoder().encode(RunningServer(grpc: local(address))), as: UTF8.self),
      to: folder.server
    )
    defer { try? FileManager.default.removeItem(atPath: folder.server) }
    try Console.json(Ready(grpc: address, web: nil, rehearsal: clock.isRehearsal))
    if clock.isRehearsal {
      logger.notice("REHEARSAL: the server runs as if it were \(Date(clock.now).formatted(.iso8601))")
    }
    try await gracefulShutdown()
  }

  /// The address for clients on this machine: one that listens everywhere is called by loopback.
  private func local(_ address: String) -> String {
    address.replacingOccurrences(of: "0.0.0.0:", with: "127.0.0.1:").replacingOccurrences(of: "[::]:", with: "[::1]:")
  }
}
