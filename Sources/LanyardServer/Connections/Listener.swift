import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore
import NIOHTTP2
import NIOPosix
import NIOSSL
import NIOTLS

/// Accepts connections: TLS of the endpoint, then the connection's guard, then gRPC.
struct Listener: HTTP2ServerTransport.ListenerFactory {
  let address: NIOCore.SocketAddress
  let tls: NIOSSLContext
  let connections: Connections
  let limits: PeerConduct.Limits
  let outcome: ListeningOutcome
  let logger: Logger

  var eventLoopGroup: any EventLoopGroup { MultiThreadedEventLoopGroup.singleton }

  func makeListeningChannel(
    listenerConfigurator: HTTP2ServerTransport.ListenerConfigurator,
    connectionConfigurator: HTTP2ServerTransport.ConnectionConfigurator
  ) async throws -> NIOAsyncChannel<HTTP2ServerTransport.ConnectionConfigurator.ConnectionChannel, Never> {
    do {
      return try await bind(listenerConfigurator, connectionConfigurator)
    } catch let error as IOError {
      throw outcome.failed(error, at: address)
    }
  }

  private func bind(
    _ listenerConfigurator: HTTP2ServerTransport.ListenerConfigurator,
    _ connectionConfigurator: HTTP2ServerTransport.ConnectionConfigurator
  ) async throws -> NIOAsyncChannel<HTTP2ServerTransport.ConnectionConfigurator.ConnectionChannel, Never> {
    try await ServerBootstrap(group: eventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { listenerConfigurator.configure(channel: $0) }
      .bind(to: address) { channel in
        channel.eventLoop.makeCompletedFuture { try prepare(channel) }
          .flatMap { connectionConfigurator.configure(channel: channel, tls: .configured(requireALPN: true)) }
          .flatMapThrowing { connection in
            try channel.pipeline.syncOperations.addHandler(HeaderRoom())
            // NIO ends the program where a connection that nobody takes any more, since the listener ends, is given up before
            // it is closed.
            channel.closeFuture.whenComplete { _ in withExtendedLifetime(connection) {} }
            return connection
          }
      }
  }

  private func prepare(_ channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(ProtocolGate())
    try pipeline.addHandler(NIOSSLServerHandler(context: tls))
    try pipeline.addHandler(
      ConnectionGuard(connections.accept(channel), of: connections, limits: limits, logger: logger)
    )
  }
}

/// Gives clients more room for headers than the transport says at first: past its limit the whole connection is lost, while
/// `CallGate` can refuse the one call.
private final class HeaderRoom: ChannelInboundHandler {
  typealias InboundIn = Any
  typealias OutboundOut = HTTP2Frame

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted = event as? TLSUserEvent {
      let room = HTTP2Setting(parameter: .maxHeaderListSize, value: PeerConduct.headerLimit)
      let frame = HTTP2Frame(streamID: .rootStream, payload: .settings(.settings([room])))
      context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }
}

extension HTTP2ServerTransport.Custom<Listener>.Config {
  /// The transport with a written limit for all that a stranger can send.
  static func lanyard(_ settings: ServerSettings) -> Self {
    var config = defaults
    config.rpc.maxRequestPayloadSize = settings.maximumMessageBytes
    config.http2.maxConcurrentStreams = settings.maximumStreams
    config.http2.maxFrameSize = ConnectionGuard.innerFrameLimit
    // `ConnectionGuard` looks after both itself: the transport's own keepalive waits for a peer that has gone, and its
    // limit of PINGs knows nothing of what was sent.
    config.connection.keepalive.time = .seconds(86_400)
    config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .zero
    config.connection.keepalive.clientBehavior.allowWithoutCalls = true
    let messageLimit = settings.maximumMessageBytes
    config.channelDebuggingCallbacks.onAcceptHTTP2Stream = { stream in
      stream.eventLoop.makeCompletedFuture { try CallGate.install(in: stream, messageLimit: messageLimit) }
    }
    return config
  }
}
