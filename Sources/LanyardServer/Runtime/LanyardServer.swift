import BadgeCodes
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import LanyardDomain
package import LanyardStore
package import Logging
import NIOCertificateReloading
import NIOCore
import NIOSSL
package import ServiceLifecycle

/// The gRPC server with everything behind it, as services that start in this order and stop in the reverse one.
package struct LanyardServer: Sendable {
  /// Writes scans; stops after the calls that hand them in.
  package let writer: AdmissionWriter
  private let certificates: CertificateWatch
  private let endpoint: GRPCEndpoint

  /// Composes a server.
  ///
  /// - Throws: What keeps it from starting: an unreadable certificate, or a store that fails.
  package static func make(
    settings: ServerSettings,
    store: any Store,
    clock: ServerClock,
    logger: Logger
  ) async throws -> LanyardServer {
    let signer = try await BadgeSigner.load(from: store, clock: clock)
    let writer = AdmissionWriter(store: store, clock: clock, reader: signer.read, logger: logger)
    let certificates = try CertificateWatch(settings: settings, logger: logger)
    let reflection = try ReflectionProvider()
    let services: [any RegistrableRPCService] = [
      EventServiceProvider(store: store, logger: logger),
      RegistrationServiceProvider(store: store, clock: clock, logger: logger),
      BadgeServiceProvider(store: store, signer: signer, clock: clock, logger: logger),
      CheckInServiceProvider(
        store: store,
        writer: writer,
        roster: RosterFeed(store: store, keys: signer.ring.keys, clock: clock),
        reports: DeviceReports(store: store, clock: clock, logger: logger),
        reader: signer.read,
        clock: clock
      ),
      DeviceServiceProvider(store: store, authority: settings.deviceAuthority, clock: clock, logger: logger),
      AttendanceServiceProvider(store: store, clock: clock),
      HealthProvider(services: Set(reflection.serviceNames)),
      reflection,
    ]
    let tls = try ServerTLS.context(certificates.reloader, authority: settings.deviceAuthority?.certificatePEM)
    let transport = HTTP2ServerTransport.Posix(
      address: try settings.socketAddress,
      transportSecurity: try .tls(certificateReloader: certificates.reloader) { $0.requireALPN = true },
      config: .lanyard(settings, tls)
    )
    let server = GRPCServer(
      transport: transport,
      services: services,
      interceptors: [RequestLog(logger: logger), Authentication(store: store)]
    )
    return LanyardServer(writer: writer, certificates: certificates, endpoint: GRPCEndpoint(server: server))
  }

  /// The services in the order of dependence.
  package var services: [any Service] { [writer, certificates, endpoint] }

  /// The address that it listens on, `HOST:PORT`; waits until it does.
  package var address: String {
    get async throws { try await endpoint.address }
  }
}

extension ServerSettings {
  /// The address to listen on.
  fileprivate var socketAddress: GRPCNIOTransportHTTP2Posix.SocketAddress {
    get throws {
      let host = host == "localhost" ? "127.0.0.1" : host
      guard let address = try? NIOCore.SocketAddress(ipAddress: host, port: port) else {
        throw InvalidInput(
          field: "grpc",
          reason: "is \(host):\(port); say an IP address and a port, such as 0.0.0.0:8443"
        )
      }
      switch address {
      case .v6: return .ipv6(host: host, port: port)
      default: return .ipv4(host: host, port: port)
      }
    }
  }
}

/// The gRPC server as a service.
private struct GRPCEndpoint: Service {
  let server: GRPCServer<HTTP2ServerTransport.Posix>

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await server.serve()
    } onGracefulShutdown: {
      server.beginGracefulShutdown()
    }
  }

  var address: String {
    get async throws {
      let address = try await server.transport.listeningAddress
      if let v6 = address.ipv6 { return "[\(v6.host)]:\(v6.port)" }
      return address.ipv4.map { "\($0.host):\($0.port)" } ?? "\(address)"
    }
  }
}

extension HTTP2ServerTransport.Posix.Config {
  /// The transport with a written limit for all that a stranger can send.
  fileprivate static func lanyard(_ settings: ServerSettings, _ tls: NIOSSLContext) -> Self {
    .defaults { config in
      config.rpc.maxRequestPayloadSize = settings.maximumMessageBytes
      config.http2.maxConcurrentStreams = settings.maximumStreams
      config.connection.keepalive.time = .seconds(30)
      config.connection.keepalive.timeout = .seconds(10)
      config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .seconds(10)
      config.connection.keepalive.clientBehavior.allowWithoutCalls = true
      let guardian = ConnectionGuard(
        tls: tls,
        handshakeTimeout: settings.handshakeTimeout,
        connectionsPerAddress: settings.maximumConnectionsPerAddress
      )
      config.channelDebuggingCallbacks.onAcceptTCPConnection = { guardian.watch($0) }
    }
  }
}
