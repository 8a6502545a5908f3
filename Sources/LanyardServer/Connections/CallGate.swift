import Foundation
import GRPCCore
import LanyardDomain
import LanyardMessages
import LanyardTexts
import NIOCore
import NIOHPACK
import NIOHTTP2

/// Stands at the network's end of one call: says on which connection it came, and answers what gRPC would refuse by
/// resetting the stream, which clients show as if they had cancelled.
final class CallGate: ChannelDuplexHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias InboundOut = HTTP2Frame.FramePayload
  typealias OutboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  /// The most bytes of one call's headers, by the count of RFC 9113, section 6.5.2. Up to `PeerConduct.headerLimit` they are
  /// still read, and refused here.
  static let headerLimit = 16 * 1024
  /// What a header costs besides its text.
  private static let headerOverhead = 32

  private let connection: String
  private let messageLimit: Int
  private var messages = MessageScanner()
  private var hasBegun = false
  private var hasSentHeaders = false
  /// Whether the service has said how the call ended.
  private var hasAnswered = false
  private var isRefused = false
  /// That the call asks for.
  private var language = Language.english

  private init(connection: Connections.ID, messageLimit: Int) {
    self.connection = "\(connection)"
    self.messageLimit = messageLimit
  }

  /// Puts a gate into a new call.
  static func install(in stream: any Channel, messageLimit: Int) throws {
    guard let parent = stream.parent else { return }
    let connection = try parent.pipeline.syncOperations.handler(type: ConnectionGuard.self).id
    let gate = CallGate(connection: connection, messageLimit: messageLimit)
    try stream.pipeline.syncOperations.addHandler(gate, position: .first)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    switch unwrapInboundIn(data) {
    case .headers(let request) where !hasBegun: begin(request, context)
    case .data(let part) where !hasAnswered:
      if case .byteBuffer(let bytes) = part.data, let size = messages.read(bytes), size > messageLimit {
        return refuse(
          context,
          .requestTooLarge,
          Sentence(.errorRequestTooLarge, ["count": .count(size), "limit": .count(messageLimit)])
        )
      }
      context.fireChannelRead(data)
    default: context.fireChannelRead(data)
    }
  }

  private func begin(_ request: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext) {
    hasBegun = true
    language = request.headers.first(name: "accept-language").flatMap(Language.init(acceptLanguage:)) ?? .english
    var request = request
    let size = request.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + Self.headerOverhead }
    guard size <= Self.headerLimit else {
      return refuse(
        context,
        .headersTooLarge,
        Sentence(.errorHeadersTooLarge, ["limit": .count(Self.headerLimit)])
      )
    }
    if let coding = request.headers.first(name: "grpc-encoding"), coding.lowercased() != "identity" {
      return refuse(
        context,
        .messagesNotCompressed,
        Sentence(.errorMessagesNotCompressed, ["coding": .text(String(coding.prefix(40)))])
      )
    }
    request.headers.add(name: Connections.metadataKey, value: connection)
    context.fireChannelRead(wrapInboundOut(.headers(request)))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !isRefused else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    if case .headers(let headers) = unwrapOutboundIn(data) {
      hasSentHeaders = true
      hasAnswered = headers.endStream
    }
    context.write(data, promise: promise)
  }

  /// Answers the call with an error and ends it.
  private func refuse(
    _ context: ChannelHandlerContext,
    _ reason: ErrorReason,
    _ sentence: Sentence
  ) {
    let error = CallFault(reason: reason, sentence: sentence).error(in: language)
    var trailers = HPACKHeaders()
    if !hasSentHeaders {
      trailers.add(name: ":status", value: "200")
      trailers.add(name: "content-type", value: "application/grpc")
    }
    trailers.add(name: "grpc-status", value: "\(error.code.rawValue)")
    trailers.add(name: "grpc-message", value: Self.percentEncoded(error.message))
    for (key, value) in error.metadata {
      switch value {
      case .string(let text): trailers.add(name: key, value: text)
      case .binary(let bytes): trailers.add(name: key, value: Data(bytes).base64EncodedString())
      }
    }
    isRefused = true
    context.write(wrapOutboundOut(.headers(.init(headers: trailers, endStream: true))), promise: nil)
    // The answer is whole, and nothing more of the request is wanted (RFC 9113, section 8.1); by any other code, as by that of
    // closing the channel, some clients take the answer for none.
    context.writeAndFlush(wrapOutboundOut(.rstStream(.noError)), promise: nil)
  }

  /// A message as the trailer `grpc-message` has it (gRPC over HTTP/2, Percent-Encoded): other bytes than ASCII's visible
  /// ones, space among these, and %, are told by their two figures.
  static func percentEncoded(_ message: String) -> String {
    message.utf8.reduce(into: "") { encoded, byte in
      switch byte {
      case 0x20...0x7E where byte != UInt8(ascii: "%"): encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default: encoded += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}

/// Walks along the messages of a call, each of which has a flag and its length before it.
struct MessageScanner {
  /// Bytes of a flag and a length.
  private static let prefixSize = 5

  /// Bytes of the message that are still to come.
  private var skip = 0
  private var prefix: UInt64 = 0
  private var prefixCount = 0

  /// Takes bytes that came; returns the largest length that they announce, nil where they announce none.
  mutating func read(_ bytes: ByteBuffer) -> Int? {
    var largest: Int?
    var rest = bytes.readableBytesView
    while !rest.isEmpty {
      let skipped = min(skip, rest.count)
      skip -= skipped
      rest = rest.dropFirst(skipped)
      while prefixCount < Self.prefixSize, let byte = rest.popFirst() {
        prefix = prefix << 8 | UInt64(byte)
        prefixCount += 1
      }
      if prefixCount == Self.prefixSize {
        skip = Int(UInt32(truncatingIfNeeded: prefix))
        largest = max(largest ?? 0, skip)
        (prefix, prefixCount) = (0, 0)
      }
    }
    return largest
  }
}
