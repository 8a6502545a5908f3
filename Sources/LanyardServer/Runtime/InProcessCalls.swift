package import GRPCCore
package import GRPCInProcessTransport
import ServiceLifecycle

/// The services of a server for callers in its own process, who pass on who their visitors are. They are the same services as
/// those on the network, behind the same checks.
package struct InProcessCalls: Sendable {
  private let server: GRPCServer<InProcessTransport.Server>
  /// Makes the calls.
  package let client: GRPCClient<InProcessTransport.Client>

  init(services: [any RegistrableRPCService], interceptors: [any ServerInterceptor]) {
    let transport = InProcessTransport()
    server = GRPCServer(
      transport: transport.server,
      services: services,
      interceptors: interceptors
    )
    client = GRPCClient(transport: transport.client)
  }

  /// In the order of dependence: who calls is served until the calls have ended.
  var services: [any Service] { [Served(server: server), Calling(client: client)] }

  private struct Served: Service {
    let server: GRPCServer<InProcessTransport.Server>

    func run() async throws {
      try await withGracefulShutdownHandler {
        try await server.serve()
      } onGracefulShutdown: {
        server.beginGracefulShutdown()
      }
    }
  }

  private struct Calling: Service {
    let client: GRPCClient<InProcessTransport.Client>

    func run() async throws {
      try await withGracefulShutdownHandler {
        try await client.runConnections()
      } onGracefulShutdown: {
        client.beginGracefulShutdown()
      }
    }
  }
}
