import NIOCore
import NIOSSL
import NIOTLS
import Synchronization

/// Puts the endpoint's own TLS into each new connection, and keeps strangers from tying up the server before they have
/// said anything: a deadline for the TLS handshake, and a limit on the connections from one address.
final class ConnectionGuard: Sendable {
  private let tls: NIOSSLContext
  private let deadline: TimeAmount
  private let limit: Int
  private let open = Mutex<[String: Int]>([:])

  init(tls: NIOSSLContext, handshakeTimeout: Duration, connectionsPerAddress: Int) {
    self.tls = tls
    deadline = TimeAmount(handshakeTimeout)
    limit = connectionsPerAddress
  }

  /// Watches a connection that was just accepted.
  func watch(_ channel: any Channel) -> EventLoopFuture<Void> {
    let address = channel.remoteAddress?.ipAddress ?? ""
    let count = open.withLock { open in
      open[address, default: 0] += 1
      return open[address, default: 0]
    }
    channel.closeFuture.whenComplete { _ in
      self.open.withLock { open in
        open[address, default: 1] -= 1
        if open[address] == 0 { open[address] = nil }
      }
    }
    guard count <= limit else { return channel.close() }
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      // Nothing was read yet, so the transport's handler can still be exchanged.
      let made = try pipeline.handler(type: NIOSSLServerHandler.self)
      let own = NIOSSLServerHandler(context: tls)
      try pipeline.addHandler(own, position: .before(made))
      pipeline.removeHandler(made, promise: nil)
      try pipeline.addHandler(HandshakeDeadline(deadline), position: .after(own))
    }
  }
}

/// Closes a connection whose TLS handshake is not done in time; leaves the pipeline when it is.
private final class HandshakeDeadline: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let deadline: TimeAmount
  private var timeout: Scheduled<Void>?

  init(_ deadline: TimeAmount) {
    self.deadline = deadline
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    timeout = context.eventLoop.scheduleTask(in: deadline) { channel.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timeout?.cancel()
    timeout = nil
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    context.fireUserInboundEventTriggered(event)
    if case .handshakeCompleted = event as? TLSUserEvent {
      context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
  }
}
