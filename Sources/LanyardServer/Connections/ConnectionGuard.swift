import Foundation
import LanyardCertificates
import LanyardDomain
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// Stands between TLS and HTTP/2 on one connection: answers PINGs, lets HTTP/2 read headers that are far over the limit, so
/// that their call alone fails, and closes the connection, without waiting for the peer, when `PeerConduct` says that it is
/// enough.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// The longest frame that HTTP/2 is told to take: a whole block of headers. Peers are told `PeerConduct.frameLimit`.
  static let innerFrameLimit = PeerConduct.headerLimit

  let id: Connections.ID
  private let connections: Connections
  private let logger: Logger
  private var conduct: PeerConduct
  private var inbound = FrameScanner(skip: FrameScanner.prefaceSize)
  private var outbound = FrameScanner()
  private var certificate: DeviceCertificate?
  private var clock: Scheduled<Void>?
  private var hasAnsweredPings = false
  private var hasHeaderRoom = false
  private var isEnding = false

  init(_ id: Connections.ID, of connections: Connections, limits: PeerConduct.Limits, logger: Logger) {
    self.id = id
    self.connections = connections
    self.logger = logger
    conduct = PeerConduct(limits)
  }

  func handlerAdded(context: ChannelHandlerContext) { waitASecond(context) }

  func handlerRemoved(context: ChannelHandlerContext) {
    clock?.cancel()
    clock = nil
    if hasHeaderRoom { connections.returnHeaderRoom() }
    hasHeaderRoom = false
  }

  private func waitASecond(_ context: ChannelHandlerContext) {
    clock = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { self.tick(context) }
  }

  private func tick(_ context: ChannelHandlerContext) {
    waitASecond(context)
    if isEnding { return cut(context) }
    learnWhoItIs()
    if let certificate, connections.hasEnded(certificate) { return end(.certificate, context) }
    obey(conduct.tick(isInHeaders: inbound.isInHeaders), context)
  }

  private func learnWhoItIs() {
    if conduct.isStranger && !connections.isStranger(id) { conduct.isKnown() }
  }

  private func obey(_ verdict: PeerConduct.Verdict, _ context: ChannelHandlerContext) {
    switch verdict {
    case .goOn: break
    case .ask:
      context.writeAndFlush(wrapOutboundOut(FrameHeader.ping(FrameScanner.ownPing, isAnswer: false)), promise: nil)
    case .end(let ending): end(ending, context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    context.fireUserInboundEventTriggered(event)
    switch event {
    case TLSUserEvent.handshakeCompleted: shookHands(context)
    case is ChannelShouldQuiesceEvent:
      learnWhoItIs()
      obey(conduct.stop(), context)
    case is Connections.Displaced: end(.displaced, context)
    default: break
    }
  }

  private func shookHands(_ context: ChannelHandlerContext) {
    conduct.shookHands()
    do {
      if let peer = try context.pipeline.syncOperations.nioSSL_peerCertificate() {
        let certificate = try DeviceCertificate(peer)
        connections.certify(id, certificate)
        // One that has run out before stays without effect, and each call is told so.
        if !connections.hasEnded(certificate) { self.certificate = certificate }
      }
    } catch {
      logger.warning("the certificate of a client cannot be read", metadata: ["cause": "\(error)"])
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isEnding { return }
    conduct.heard()
    let passage = inbound.read(unwrapInboundIn(data)) { frame in
      conduct.received(frame)
      return conduct.excess == nil
    }
    if let excess = conduct.excess { return end(excess, context) }
    guard keepHeaderRoom() else { return end(.headerRoom, context) }
    for payload in passage.pings {
      context.write(wrapOutboundOut(FrameHeader.ping(payload, isAnswer: true)), promise: nil)
      hasAnsweredPings = true
    }
    if let first = passage.first { context.fireChannelRead(wrapInboundOut(first)) }
    for piece in passage.more { context.fireChannelRead(wrapInboundOut(piece)) }
  }

  /// Takes room for a large block of headers that is held back, or gives it back; false where there is none.
  private func keepHeaderRoom() -> Bool {
    let isLarge = inbound.blockSize > CallGate.headerLimit
    if isLarge && !hasHeaderRoom { hasHeaderRoom = connections.takeHeaderRoom() }
    if !isLarge && hasHeaderRoom {
      connections.returnHeaderRoom()
      hasHeaderRoom = false
    }
    return isLarge == hasHeaderRoom
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if hasAnsweredPings {
      hasAnsweredPings = false
      context.flush()
    }
    context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    var bytes = unwrapOutboundIn(data)
    var settings: [Int] = []
    outbound.follow(bytes) { frame, index in
      conduct.answered(frame)
      if frame.isSettings && !frame.hasFirstFlag { settings.append(index) }
    }
    guard !settings.isEmpty else { return context.write(data, promise: promise) }
    for index in settings {
      bytes.tell(maximumFrameSize: UInt32(PeerConduct.frameLimit), inSettingsAt: index)
      holdSettings()
    }
    context.write(wrapOutboundOut(bytes), promise: promise)
  }

  /// Lets settings hold from the first call on, as HTTP/2 waits with them for the peer's acknowledgement otherwise: they give
  /// a peer more than it has before it knows of them.
  private func holdSettings() {
    inbound.afterFirstFrame = inbound.afterFirstFrame ?? ByteBuffer()
    inbound.afterFirstFrame?.writeImmutableBuffer(FrameHeader.settingsAnswer.frame([]))
  }

  private func end(_ ending: PeerConduct.Ending, _ context: ChannelHandlerContext) {
    guard !isEnding else { return }
    isEnding = true
    let peer = context.remoteAddress.map { "\($0)" } ?? ""
    // Strangers come and go as they like; that must not fill a log.
    let level: Logger.Level = conduct.isStranger || ending == .stop ? .debug : .info
    logger.log(level: level, "a connection was closed: \(ending.rawValue)", metadata: ["peer": "\(peer)"])
    // What was answered goes out before; where it cannot be sent, the next second cuts the connection.
    let farewell: ByteBuffer
    if let code = ending.code {
      var payload = [conduct.lastStream, code].flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
      payload += (ending.advice ?? "").utf8
      farewell = FrameHeader(length: payload.count, kind: FrameHeader.Kind.goAway).frame(payload)
    } else if ending == .stop {
      farewell = ByteBuffer()
    } else {
      return cut(context)
    }
    let sent = context.writeAndFlush(wrapOutboundOut(farewell)).assumeIsolated()
    // A socket that is closed while something comes in takes what was sent last from its peer: who is told something has
    // until the next second to read it, and nothing that comes in meanwhile is looked at.
    if ending.advice == nil { sent.whenComplete { _ in self.cut(context) } }
  }

  /// Closes the socket. TLS is left out: it would wait for the peer's farewell, which may never come.
  private func cut(_ context: ChannelHandlerContext) {
    do {
      try context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self).close(promise: nil)
    } catch {
      context.close(promise: nil)
    }
  }
}

extension PeerConduct.Ending {
  /// What a GOAWAY says to a peer that sends too much (RFC 9113, section 7); nil where none is sent.
  fileprivate var code: UInt32? {
    switch self {
    case .frame: 6  // FRAME_SIZE_ERROR
    case .pings, .resets, .flood, .largeHeaders, .headerRoom: 11  // ENHANCE_YOUR_CALM
    default: nil
    }
  }

  /// What the GOAWAY says besides, in English, for whoever writes the client; gRPC shows it with the calls that fail.
  fileprivate var advice: String? {
    let seconds = PeerConduct.windowSeconds
    return switch self {
    case .pings:
      "lanyard: more than \(PeerConduct.pingAllowance) PINGs in \(seconds) seconds, beside one a message sent; "
        + "send fewer, or none"
    case .resets:
      "lanyard: more than \(PeerConduct.resetAllowance) calls cancelled or out of time in \(seconds) seconds; "
        + "connect again, and give calls more time or make fewer at once"
    case .flood: "lanyard: too many frames that carry nothing, such as WINDOW_UPDATE or SETTINGS"
    case .largeHeaders: "lanyard: metadata of a call is far too large"
    default: nil
    }
  }
}

extension DeviceCertificate {
  /// Reads a certificate that TLS has verified.
  fileprivate init(_ peer: NIOSSLCertificate) throws {
    let base64 = Data(try peer.toDERBytes()).base64EncodedString(options: [
      .lineLength64Characters, .endLineWithLineFeed,
    ])
    let summary = try CertificateSummary(
      pem: "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n"
    )
    self.init(name: summary.commonName, endsAt: Instant(seconds: summary.notAfter + 1))
  }
}
