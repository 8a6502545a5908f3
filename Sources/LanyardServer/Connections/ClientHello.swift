import NIOCore

/// The protocols that a client offers in the first message of its TLS handshake (RFC 8446, section 4.1.2; RFC 7301).
struct ClientHello: Hashable {
  /// What can be said of bytes that came.
  enum Reading: Hashable {
    /// More must come.
    case incomplete
    /// It is no such message, or a broken one; TLS says so itself.
    case other
    case hello(ClientHello)
  }

  /// The most bytes that are waited for.
  static let limit = 16 * 1024
  private static let record: UInt8 = 22
  private static let message: UInt8 = 1
  private static let protocolsExtension: UInt16 = 16

  /// Nil where it offers none.
  let protocols: [String]?

  /// Reads what a client sends first.
  static func read(_ bytes: ByteBuffer) -> Reading {
    var bytes = bytes
    var handshake = ByteBuffer()
    while true {
      guard let kind: UInt8 = bytes.readInteger() else { return .incomplete }
      guard kind == record, handshake.readableBytes < limit else { return .other }
      guard bytes.readSlice(length: 2) != nil, let length: UInt16 = bytes.readInteger(),
        let fragment = bytes.readSlice(length: Int(length))
      else { return bytes.readableBytes > limit ? .other : .incomplete }
      handshake.writeImmutableBuffer(fragment)
      guard let start: UInt32 = handshake.getInteger(at: handshake.readerIndex) else { continue }
      guard UInt8(truncatingIfNeeded: start >> 24) == message else { return .other }
      let size = Int(start & 0xff_ffff)
      if let body = handshake.getSlice(at: handshake.readerIndex + 4, length: size) {
        return ClientHello(body: body).map(Reading.hello) ?? .other
      }
    }
  }

  private init?(body: ByteBuffer) {
    var body = body
    // Version and random; session, cipher suites and compression, each with its length.
    guard body.readSlice(length: 34) != nil, body.readVector(UInt8.self) != nil, body.readVector(UInt16.self) != nil,
      body.readVector(UInt8.self) != nil, var extensions = body.readVector(UInt16.self)
    else { return nil }
    while let kind: UInt16 = extensions.readInteger() {
      guard var content = extensions.readVector(UInt16.self) else { return nil }
      guard kind == Self.protocolsExtension else { continue }
      guard var list = content.readVector(UInt16.self) else { return nil }
      var protocols: [String] = []
      while let name = list.readVector(UInt8.self) { protocols.append(String(buffer: name)) }
      self.protocols = protocols
      return
    }
    protocols = nil
  }
}

extension ByteBuffer {
  /// Reads a length and as many bytes.
  fileprivate mutating func readVector<Length: FixedWidthInteger>(_: Length.Type) -> ByteBuffer? {
    readLengthPrefixedSlice(as: Length.self)
  }
}

/// Tells a client that offers only other protocols than HTTP/2 so, with the alert that TLS has for it: the TLS behind it
/// would go on without one, and the client would wait for an answer in its own.
final class ProtocolGate: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// A fatal alert, no_application_protocol (RFC 7301, section 3.2), in a record of TLS.
  private static let alert: [UInt8] = [21, 3, 3, 0, 2, 2, 120]

  private var start = ByteBuffer()
  private var isRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    start.writeImmutableBuffer(unwrapInboundIn(data))
    switch ClientHello.read(start) {
    case .incomplete: return
    // One that offers none may want to see the certificate; the transport closes the connection then.
    case .hello(let hello) where hello.protocols.map { !$0.contains("h2") } ?? false:
      isRefused = true
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Self.alert))).assumeIsolated().whenComplete { _ in
        context.close(promise: nil)
      }
    case .hello, .other:
      context.fireChannelRead(NIOAny(start))
      start = ByteBuffer()
      context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
  }
}
