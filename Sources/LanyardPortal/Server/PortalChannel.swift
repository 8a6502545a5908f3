import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A browser's connection: TLS with the certificate that is served at the time, HTTP/1.1 within it.
struct PortalChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  /// Of a connection that is one too many.
  private struct TooMany: Error {}

  private let pages: HTTP1Channel
  private let tls: NIOSSLContext
  private let count: ConnectionCount

  init(responder: @escaping HTTPChannelHandler.Responder, tls: NIOSSLContext, count: ConnectionCount) {
    pages = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        idleTimeout: TimeAmount(PortalSettings.idleTime),
        httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
          maxHeaderFieldSize: PortalSettings.headerLimit,
          maxHeaderListSize: PortalSettings.headerLimit,
          maxHeaderFieldCount: 100
        )
      )
    )
    (self.tls, self.count) = (tls, count)
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    guard count.admits(channel) else {
      channel.close(promise: nil)
      return channel.eventLoop.makeFailedFuture(TooMany())
    }
    return channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
    }.flatMap {
      pages.setup(channel: channel, logger: logger)
    }
  }

  func handle(value: Value, logger: Logger) async { await pages.handle(value: value, logger: logger) }
}
