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
/// A body that makes no call has its result all the same.
///
/// - Throws: What the body throws, where an event is not there an `EventFault` in its place, or what keeps the certificates from
///   being loaded.
package func withServerConnection<Value: Sendable>(
  _ access: ServerAccess,
  verification: ServerVerification? = nil,
  _ body: (ServerClient) async throws -> Value
) async throws -> Value {
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
  var outcome: Result<Value, any Error>?
  do {
    return try await withGRPCClient(transport: transport, interceptors: access.interceptors) { client in
      do {
        let value = try await body(client)
        outcome = .success(value)
        return value
      } catch let error as RPCError {
        if let fault = await EventFault(error, client) { throw fault }
        throw error
      } catch {
        outcome = .failure(error)
        throw error
      }
    }
  } catch let error as RPCError {
    throw verification.explained(error)
  } catch let error as RuntimeError where error.code == .clientIsStopped {
    // A body that made no call may end before the client began, which the client takes for a fault.
    guard let outcome else { throw error }
    return try outcome.get()
  }
}

/// Streams, which last as long as there is something to say, and a picture for which all names of an event are measured.
private let longCalls = [
  MethodConfig.Name(service: "lanyard.v1.CheckInService", method: "StreamCheckIns"),
  MethodConfig.Name(service: "lanyard.v1.CheckInService", method: "WatchRoster"),
  MethodConfig.Name(service: "lanyard.v1.AttendanceService", method: "WatchAttendance"),
  MethodConfig.Name(service: "lanyard.v1.FeedService", method: "WatchChanges"),
  MethodConfig.Name(service: "lanyard.v1.RegistrationService", method: "ImportRegistrations"),
  MethodConfig.Name(service: "lanyard.v1.RegistrationService", method: "ExportRegistrations"),
  MethodConfig.Name(service: "lanyard.v1.BadgeService", method: "RenderBadges"),
  MethodConfig.Name(service: "lanyard.v1.BadgeService", method: "PreviewBadges"),
]

/// The same for a connection that is made anew after it, as a lane's: one that does not end soon after its body, or after its
/// cancellation, is left behind, and whoever waited goes on all the same. Some never end: a call that is cancelled just as it
/// begins to wait for its connection is told of neither (grpc-swift-nio-transport 2.9.2, `GRPCChannel.enqueue`, `.poke`).
///
/// - Parameter grace: How soon it has to end. One to a server that says nothing takes longer to be made (10 s) or closed (5 s), and
///   does so where nobody waits.
/// - Throws: What the body throws, what keeps the certificates from being loaded, or `CancellationError` where a body that was
///   cancelled was left behind.
package func withLongServerConnection<Value: Sendable>(
  _ access: ServerAccess,
  endingWithin grace: Duration = .seconds(3),
  _ body: @escaping @Sendable (ServerClient) async throws -> Value
) async throws -> Value {
  try await leavingBehind(after: grace) { isOver in
    try await withServerConnection(access) { client in
      do {
        let value = try await body(client)
        isOver(.success(value))
        return value
      } catch {
        isOver(.failure(error))
        throw error
      }
    }
  }
}

/// Runs the body to its end. Where whoever waits is cancelled, so is the body; one that has not ended `grace` later, or after it
/// said what comes of it, is left behind.
///
/// - Parameter body: Is handed what it may tell its outcome to, once it has only to clean up.
/// - Throws: What the body throws, or `CancellationError` where it was left behind before it told anything.
package func leavingBehind<Value: Sendable>(
  after grace: Duration,
  _ body: @escaping @Sendable (_ isOver: @escaping @Sendable (Result<Value, any Error>) -> Void) async throws -> Value
) async throws -> Value {
  let (ends, end) = AsyncStream.makeStream(of: Result<Value, any Error>.self)
  @Sendable func expire(_ outcome: Result<Value, any Error>) {
    Task {
      // Nobody cancels it; if somebody did, it would be over.
      try? await Task.sleep(for: grace)
      end.yield(outcome)
    }
  }
  // Nobody waits for the body where it hangs, so it is no child of anybody.
  let work = Task {
    do { end.yield(.success(try await body(expire))) } catch { end.yield(.failure(error)) }
  }
  let first = Task<Result<Value, any Error>, Never> {
    for await result in ends { return result }
    return .failure(CancellationError())
  }
  return try await withTaskCancellationHandler {
    await first.value
  } onCancel: {
    work.cancel()
    expire(.failure(CancellationError()))
  }.get()
}

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
