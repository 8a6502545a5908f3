import BadgeCodes
import GRPCCore
import GRPCNIOTransportHTTP2Posix
package import LanyardDomain
package import LanyardStore
package import Logging
import NIOCertificateReloading
import NIOCore
package import NIOSSL
package import ServiceLifecycle

/// The gRPC server with everything behind it, as services that start in this order and stop in the reverse one.
package struct LanyardServer: Sendable {
  /// Writes scans; stops after the calls that hand them in.
  package let writer: AdmissionWriter
  private let followers: FeedFollowers
  private let outbox: Outbox
  private let retention: RetentionUpkeep
  private let upkeep: PendingUpkeep
  private let watch: StoreWatch
  private let certificates: CertificateWatch
  private let endpoint: GRPCEndpoint
  /// The same services for callers in this process, such as the pages.
  package let inProcess: InProcessCalls

  /// Composes a server.
  ///
  /// - Parameters:
  ///   - note: Writes down how far the store is, at most once a second.
  /// - Throws: What keeps it from starting: an unreadable certificate, or a store that fails.
  package static func make(
    settings: ServerSettings,
    store: any Store,
    clock: ServerClock,
    logger: Logger,
    note: StoreWatch.Note? = nil
  ) async throws -> LanyardServer {
    try await TimeZoneCheck.run(store, logger)
    let readiness = Readiness()
    let signer = try await BadgeSigner.load(from: store, clock: clock, secret: settings.keySecret)
    if signer.isLocked {
      logger.warning(
        """
        the keys that sign badges are encrypted, and \(Setting.badgeKeyFile.name) does not open them: no new badge can be issued; \
        those that were issued work
        """
      )
    }
    try await compareClock(clock, store, logger)
    let writer = AdmissionWriter(store: store, clock: clock, reader: signer.read, logger: logger)
    let followers = FeedFollowers(store: store, signer: signer, clock: clock, logger: logger)
    let links = PersonalLinkMaker(store: store, secret: settings.linkSecret, clock: clock)
    let mailLinks: any MailLinks = settings.webAddress.map { WebMailLinks(base: $0, links: links) } ?? NoMailLinks()
    let outbox = try await Outbox(store: store, settings: settings, links: mailLinks, clock: clock, logger: logger)
    let certificates = try CertificateWatch(settings: settings, logger: logger)
    let connections = Connections(settings.connectionLimits, clock: settings.certificateClock)
    let calls = CallServices(
      settings: settings,
      store: store,
      clock: clock,
      logger: logger,
      writer: writer,
      signer: signer,
      followers: followers,
      reports: DeviceReports(store: store, clock: clock, logger: logger),
      devices: DeviceCheck(store: store, clock: clock, logger: logger),
      certificate: certificates.reloader,
      outbox: outbox,
      links: links
    )
    let authentication = Authentication(
      store: store,
      devices: calls.devices,
      connections: connections,
      reports: calls.reports,
      callers: followers.callers,
      clock: clock
    )
    let listener = try settings.listener(certificates, connections, logger)
    let services = try calls.all(readiness)
    let interceptors: [any ServerInterceptor] = [RequestLog(logger: logger), ClientsEnding(), authentication]
    return LanyardServer(
      writer: writer,
      followers: followers,
      outbox: outbox,
      retention: RetentionUpkeep(store: store, clock: clock, logger: logger),
      upkeep: PendingUpkeep(store: store, clock: clock, logger: logger),
      watch: StoreWatch(store: store, readiness: readiness, clock: clock, note: note, logger: logger),
      certificates: certificates,
      endpoint: GRPCEndpoint(
        server: GRPCServer(
          transport: HTTP2ServerTransport.Custom(listenerFactory: listener, config: .lanyard(settings)),
          services: services,
          interceptors: interceptors
        ),
        outcome: listener.outcome
      ),
      inProcess: InProcessCalls(services: services, interceptors: interceptors)
    )
  }

  /// Says so where the clock is behind the last scan on record.
  private static func compareClock(_ clock: ServerClock, _ store: any Store, _ logger: Logger) async throws {
    guard let last = try await store.lastScanTime(), last - clock.now > .seconds(1) else { return }
    logger.warning(
      """
      the clock is behind the last scan on record: scans are decided by the clock, and recorded as of that one until it has \
      caught up
      """,
      metadata: ["seconds_behind": "\((last - clock.now) / .seconds(1))"]
    )
  }

  /// TLS for pages, with the certificate that this server presents at the time.
  package func pagesTLS() throws -> NIOSSLContext { try ServerTLS.pages(certificates.reloader) }

  /// The services in the order of dependence.
  package var services: [any Service] {
    [watch, writer] + followers.services + outbox.services + [upkeep, retention, certificates] + inProcess.services
      + [endpoint]
  }

  /// The address that it listens on; waits until it does.
  package var address: LanyardDomain.Endpoint {
    get async throws { try await endpoint.address }
  }
}

extension ServerSettings {
  /// The address to listen on.
  private var socketAddress: NIOCore.SocketAddress {
    get throws {
      let host = endpoint.host == "localhost" ? "127.0.0.1" : endpoint.host
      do {
        return try NIOCore.SocketAddress(ipAddress: host, port: endpoint.port)
      } catch {
        throw InvalidInput(field: "grpc", .endpoint(.noSocketAddress(address: "\(endpoint)")))
      }
    }
  }

  fileprivate func listener(
    _ certificates: CertificateWatch,
    _ connections: Connections,
    _ logger: Logger
  ) throws -> Listener {
    Listener(
      address: try socketAddress,
      tls: try ServerTLS.context(certificates.reloader, authority: deviceAuthority?.certificatePEM),
      connections: connections,
      limits: peerLimits,
      outcome: ListeningOutcome(),
      logger: logger
    )
  }

  fileprivate var connectionLimits: Connections.Limits {
    Connections.Limits(
      strangersPerAddress: maximumConnectionsPerAddress,
      strangers: maximumStrangers,
      perCaller: maximumConnectionsPerCaller
    )
  }

  private var peerLimits: PeerConduct.Limits {
    PeerConduct.Limits(
      handshake: Int(handshakeTimeout.components.seconds),
      stranger: Int(strangerTimeout.components.seconds),
      silence: Int(silenceTimeout.components.seconds),
      answer: Int(signOfLifeTimeout.components.seconds),
      stop: Int(stopTimeout.components.seconds)
    )
  }
}

/// The gRPC server as a service.
private struct GRPCEndpoint: Service {
  /// Thrown where the server has stopped, or could not begin to listen.
  struct NotListening: Error {}

  let server: GRPCServer<HTTP2ServerTransport.Custom<Listener>>
  let outcome: ListeningOutcome

  func run() async throws {
    do {
      try await withGracefulShutdownHandler {
        try await server.serve()
      } onGracefulShutdown: {
        server.beginGracefulShutdown()
      }
    } catch {
      throw outcome.fault ?? error
    }
  }

  var address: LanyardDomain.Endpoint {
    get async throws {
      let address = await server.transport.listeningAddress
      if let v6 = address?.ipv6 { return LanyardDomain.Endpoint(host: v6.host, port: v6.port) }
      guard let v4 = address?.ipv4 else { throw outcome.fault ?? NotListening() }
      return LanyardDomain.Endpoint(host: v4.host, port: v4.port)
    }
  }
}
