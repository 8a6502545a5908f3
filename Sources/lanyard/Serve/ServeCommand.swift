import ArgumentParser
import Foundation
import Glibc
import LanyardDomain
import LanyardPortal
import LanyardServer
import LanyardStore
import LanyardTexts
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
      else its default. A stranger is a connection on which nobody has shown a credential. The first start \
      makes an organiser's token in organiser.token, which the other commands find by themselves. SIGTERM or Ctrl-C stops \
      it: what was accepted is answered first, for at most stop-seconds. A second one ends it at once; nothing that was \
      answered is lost by that.
      """
  )

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var settings: ServeOptions
  @Flag(
    name: .long,
    help: "Go on although the data folder's store lacks something that was in it; it is said what. For one start."
  )
  var acceptLoss = false
  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Stop when standard input ends, as where the process that started it is gone.",
      visibility: .hidden
    )
  )
  var untilEndOfInput = false

  func run() async throws {
    let folder = dataOptions.folder
    try folder.create()
    let settings = try await ServeSettings.resolve(settings, folder: folder)
    guard let lock = try folder.lockForServer() else {
      throw CommandFailure.taken(Sentence(.serverRunsAlready, ["folder": .text(folder.path)]))
    }
    defer { withExtendedLifetime(lock) {} }
    DescriptorLimit.raise()
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    var logger = Logger(label: "lanyard")
    logger.logLevel = settings.logLevel
    let served = try await OpenStore.forServer(
      folder,
      clock: settings.clock,
      acceptsLoss: acceptLoss,
      logger
    )
    let store = served.store
    try await makeOrganiserToken(store, folder)
    let clock = settings.clock.goingOn(from: try await store.lastScanTime())
    let server = try await makeServer(settings, store, folder, clock, logger)
    let portal = try makePortal(settings, server, clock, logger)
    let announcement = Announcement(server: server, portal: portal, folder: folder, clock: clock, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: (server.services + (portal.map { [$0] } ?? []) + [announcement]).map { .init(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger
    )
    // By then each connection is closed; this is for what hangs all the same.
    configuration.maximumGracefulShutdownDuration = settings.server.stopTimeout + .seconds(5)
    let group = ServiceGroup(configuration: configuration)
    if untilEndOfInput { stopAtEndOfInput() }
    do {
      try await endingAtSecondSignal { try await group.run() }
      served.close()
    } catch let failure as CommandFailure {
      throw failure
    } catch let fault as any SpokenError {
      throw CommandFailure.unreachable(fault.sentence)
    } catch {
      throw CommandFailure.unreachable(Sentence(.serverStopped, ["cause": .sentence(.unexpected(error))]))
    }
  }

  /// How soon after the first a signal is the same request once more: a Ctrl-C reaches the server, and the script that
  /// started it and passes it on.
  private static let sameRequest = Duration.milliseconds(200)

  /// Runs the body; who asks twice for the end gets it at once. The store is as it is after a power cut, which it stands.
  private func endingAtSecondSignal(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask(operation: body)
      group.addTask {
        var first: ContinuousClock.Instant?
        for await _ in signals {
          if let first, first.duration(to: .now) > Self.sameRequest { _exit(EXIT_FAILURE) }
          first = first ?? .now
        }
        // The sequence ends only by cancellation.
        throw CancellationError()
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Reading waits, so it has a thread of its own, which ends with the process.
  private func stopAtEndOfInput() {
    Thread.detachNewThread {
      var bytes = [UInt8](repeating: 0, count: 64)
      while true {
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count == 0 || (count < 0 && errno != EINTR) { break }
      }
      kill(getpid(), SIGTERM)
    }
  }

  private func makeServer(
    _ settings: ServeSettings,
    _ store: any Store,
    _ folder: DataFolder,
    _ clock: ServerClock,
    _ logger: Logger
  ) async throws -> LanyardServer {
    var server = settings.server
    server.linkSecret = try folder.linkSecret()
    do {
      return try await LanyardServer.make(
        settings: server,
        store: store,
        clock: clock,
        logger: logger,
        note: { standing, isOpen in
          try folder.write(StoreNote(standing, isOpen: isOpen))
          DiskReserve(path: folder.reserve).take()
        }
      )
    } catch let error as InvalidInput {
      throw CommandFailure.usage(error.sentence)
    } catch let error as StoreError {
      throw CommandFailure.unreachable(Sentence(.callStoreFailed, ["cause": .sentence(error.sentence)]))
    } catch let fault as CertificateFileFault {
      throw CommandFailure.usage(fault.sentence)
    } catch {
      throw CommandFailure.unreachable(Sentence(.serverNotStarted, ["cause": .sentence(.unexpected(error))]))
    }
  }

  /// The pages, as a client of this server; nil where they are turned off.
  private func makePortal(
    _ settings: ServeSettings,
    _ server: LanyardServer,
    _ clock: ServerClock,
    _ logger: Logger
  ) throws -> Portal? {
    guard let endpoint = settings.web else { return nil }
    do {
      return try Portal.make(
        settings: PortalSettings(endpoint: endpoint, isRehearsal: clock.isRehearsal),
        calls: ServiceCalls(server.inProcess.client),
        tls: try server.pagesTLS(),
        now: { clock.now },
        logger: logger
      )
    } catch {
      throw CommandFailure.unreachable(Sentence(.serverNotStarted, ["cause": .sentence(.unexpected(error))]))
    }
  }

  /// The first start's token for whoever has the folder. One that was revoked is not made anew.
  private func makeOrganiserToken(_ store: any Store, _ folder: DataFolder) async throws {
    if let made = try folder.readOrganiserToken().flatMap(BearerToken.init), try await store.token(made.id) != nil {
      return
    }
    let token = BearerToken.random()
    try await store.addToken(
      .server(at: ServerClock.system.now),
      token.stored(role: .organiser, label: Phrasebook.ofSystem.text(.listFirstToken), at: ServerClock.system.now)
    )
    try DataFolder.write(token.text + "\n", to: folder.organiserToken)
  }
}

/// Says that the server is ready, where clients find it, and takes that back when it stops.
private struct Announcement: Service {
  let server: LanyardServer
  let portal: Portal?
  let folder: DataFolder
  let clock: ServerClock
  let logger: Logger

  private struct Ready: Encodable {
    let ready = true
    let grpc: Endpoint
    let web: Endpoint?
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
    let web = try await portal?.address
    do {
      try DiskReserve(path: folder.reserve).writing { try RunningServer(grpc: local(address)).write(to: folder) }
    } catch let failure as CommandFailure {
      // As on a full disk: who reads from the server can still do so.
      logger.error("commands must be told --server \(local(address)): \(failure)")
    }
    defer { RunningServer.remove(from: folder, logger) }
    try Console.json(Ready(grpc: address, web: web, rehearsal: clock.isRehearsal))
    if clock.isRehearsal {
      logger.notice("REHEARSAL: the server runs as if it were \(clock.now.rfc3339())")
    }
    try await gracefulShutdown()
  }

  /// The address for clients on this machine: one that listens everywhere is called by loopback.
  private func local(_ address: Endpoint) -> Endpoint {
    switch address.host {
    case "0.0.0.0": .loopback(port: address.port)
    case "::": Endpoint(host: "::1", port: address.port)
    default: address
    }
  }
}
