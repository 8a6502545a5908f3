package import Hummingbird
import HummingbirdCore
package import LanyardDomain
package import Logging
import NIOCore
package import NIOSSL
import ServiceLifecycle

/// The web pages: a server for browsers, and a client of the service that calls it as its visitors.
package struct Portal: Service {
  /// Thrown where the server ended before it listened.
  struct NotListening: Error {}

  /// The application as a browser sees it; tests send it requests without a network.
  package let application: Application<RouterResponder<Visit>>
  private let endpoint: Endpoint
  private let listening: AsyncStream<Endpoint>

  /// Composes the pages.
  ///
  /// - Parameters:
  ///   - tls: Presents the certificate; nil where the pages are served without TLS, which tests alone do.
  ///   - now: The clock that the service goes by.
  package static func make(
    settings: PortalSettings,
    calls: ServiceCalls,
    tls: NIOSSLContext?,
    now: @escaping @Sendable () -> Instant,
    logger: Logger
  ) throws -> Portal {
    let site = Site(
      templates: try TemplateLibrary(),
      assets: Assets(),
      calls: calls,
      isRehearsal: settings.isRehearsal,
      now: now,
      logger: logger
    )
    let count = ConnectionCount(total: settings.connections, perAddress: settings.connectionsPerAddress)
    let (listening, continuation) = AsyncStream.makeStream(of: Endpoint.self)
    let server = HTTPServerBuilder { responder in
      if let tls { return PortalChannel(responder: responder, tls: tls, count: count) }
      return HTTP1Channel(responder: responder)
    }
    let host = settings.endpoint.host
    let application = Application(
      router: site.router(),
      server: server,
      configuration: ApplicationConfiguration(address: .hostname(host, port: settings.endpoint.port)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? settings.endpoint.port
        continuation.yield(Endpoint(host: host, port: port))
        continuation.finish()
      },
      logger: logger.quieter
    )
    return Portal(application: application, endpoint: settings.endpoint, listening: listening)
  }

  package func run() async throws {
    do {
      try await application.run()
    } catch let error as IOError {
      throw PortFault(error, at: endpoint) ?? error
    }
  }

  /// The address that it listens on; waits until it does. Asked for once.
  package var address: Endpoint {
    get async throws {
      for await endpoint in listening { return endpoint }
      throw NotListening()
    }
  }
}

extension Logger {
  /// For a server that tells at `info` of what the program's own log says better.
  fileprivate var quieter: Logger {
    var logger = self
    logger.logLevel = max(logger.logLevel, .notice)
    return logger
  }
}
