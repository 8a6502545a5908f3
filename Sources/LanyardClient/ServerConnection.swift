package import GRPCCore
package import GRPCNIOTransportHTTP2Posix
import LanyardDomain
import NIOCore
import NIOSSL

/// A client of a Lanyard server over TLS.
package typealias ServerClient = GRPCClient<HTTP2ClientTransport.Posix>

/// Connects, hands the client to the body, and closes the connection after it.
///
/// - Parameter verification: Checks the server's certificate; one for this access where nothing is given.
/// - Throws: What the body throws, or what keeps the certificates from being loaded.
package func withServerConnection<Result: Sendable>(
  _ access: ServerAccess,
  verification: ServerVerification? = nil,
  _ body: (ServerClient) async throws -> Result
) async throws -> Result {
  let verification = try verification ?? ServerVerification(access)
  let transport = try HTTP2ClientTransport.Posix(
    target: access.target,
    transportSecurity: .tls { tls in
      // The transport's own check would take a certificate of the address for any name.
      tls.serverCertificateVerification = .noHostnameVerification
      tls.trustRoots = .certificates([])
      tls.customVerificationCallback = { verification.check($0, $1) }
      if case .certificate(let pem, let key) = access.credential {
        tls.certificateChain = [.bytes(Array(pem.utf8), format: .pem)]
        tls.privateKey = .bytes(Array(key.utf8), format: .pem)
      }
    },
    config: .defaults { config in
      config.http2.targetWindowSize = 1 << 20
      config.connection.keepalive = .init(time: .seconds(30), timeout: .seconds(10), allowWithoutCalls: true)
      if let idleTime = access.idleTime { config.connection.maxIdleTime = idleTime }
      config.backoff.initial = .milliseconds(100)
      config.backoff.max = .seconds(2)
    },
    // A command says at once that there is no server, rather than wait for one.
    serviceConfig: ServiceConfig(
      methodConfig: [
        MethodConfig(names: [.init(service: "")], waitForReady: false, timeout: access.callTimeout),
        MethodConfig(names: longCalls, waitForReady: false),
      ]
    )
  )
  do {
    return try await withGRPCClient(
      transport: transport,
      interceptors: access.interceptors,
      handleClient: body
    )
  } catch let error as RPCError {
    throw verification.explained(error)
  }
}

/// Streams, which last as long as there is something to say.
private let longCalls = [
  MethodConfig.Name(service: "lanyard.v1.CheckInService", method: "StreamCheckIns"),
  MethodConfig.Name(service: "lanyard.v1.CheckInService", method: "WatchRoster"),
  MethodConfig.Name(service: "lanyard.v1.AttendanceService", method: "WatchAttendance"),
  MethodConfig.Name(service: "lanyard.v1.FeedService", method: "WatchChanges"),
  MethodConfig.Name(service: "lanyard.v1.RegistrationService", method: "ImportRegistrations"),
]

extension ServerAccess {
  fileprivate var interceptors: [any ClientInterceptor] {
    var metadata: [(key: String, value: String)] = []
    if case .token(let token) = credential { metadata.append(("authorization", "Bearer \(token)")) }
    if let language { metadata.append(("accept-language", language)) }
    return metadata.isEmpty ? [] : [ConstantMetadata(metadata: metadata)]
  }

  fileprivate var target: any ResolvableTarget {
    let (host, port) = (endpoint.host, endpoint.port)
    // What is no address is a name.
    return switch try? SocketAddress(ipAddress: host, port: port) {
    case .v4: .ipv4(address: host, port: port)
    case .v6: .ipv6(address: host, port: port)
    default: .dns(host: host, port: port)
    }
  }
}

/// Sends the same with every call: the token, and the language of the answers.
private struct ConstantMetadata: ClientInterceptor {
  let metadata: [(key: String, value: String)]

  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingClientRequest<Input>,
    context: ClientContext,
    next: (StreamingClientRequest<Input>, ClientContext) async throws -> StreamingClientResponse<Output>
  ) async throws -> StreamingClientResponse<Output> {
    var request = request
    for (key, value) in metadata { request.metadata.replaceOrAddString(value, forKey: key) }
    return try await next(request, context)
  }
}
