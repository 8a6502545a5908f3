import NIOCore

/// A block of headers that came as HEADERS without END_HEADERS, to be joined with the CONTINUATIONs after it.
struct HeaderBlock {
  private static let endsHeaders: UInt8 = 4
  private static let isPadded: UInt8 = 8

  private let header: FrameHeader
  private var payload = ByteBuffer()
  private var isComplete = false
  /// Whether what has come is HEADERS and not more.
  private var isFirst = true

  init(_ header: FrameHeader) {
    self.header = header
  }

  var size: Int { payload.readableBytes }

  /// Whether a frame goes on with the block; then its payload is to be added.
  mutating func take(_ next: FrameHeader) -> Bool {
    guard next.kind == FrameHeader.Kind.continuation, next.stream == header.stream else { return false }
    if isFirst { stripPadding() }
    isFirst = false
    isComplete = next.endsHeaders
    return true
  }

  mutating func add(_ bytes: ByteBuffer?) {
    if let bytes { payload.writeImmutableBuffer(bytes) }
  }

  /// Takes out what pads HEADERS, so that more of the block can follow.
  private mutating func stripPadding() {
    guard header.flags & Self.isPadded != 0, let padding: UInt8 = payload.readInteger() else { return }
    payload.moveWriterIndex(to: payload.writerIndex - min(Int(padding), payload.readableBytes))
  }

  /// The block as one frame, once its last byte is there; ask only between frames.
  var whole: ByteBuffer? { isComplete ? joined : nil }

  /// What has come of it, as one frame.
  var joined: ByteBuffer {
    var flags = header.flags
    if !isFirst { flags &= ~Self.isPadded }
    if isComplete { flags |= Self.endsHeaders }
    let whole = FrameHeader(length: payload.readableBytes, kind: header.kind, flags: flags, stream: header.stream)
    return whole.frame(payload.readableBytesView)
  }
}
