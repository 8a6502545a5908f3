import NIOCore

/// The header of an HTTP/2 frame (RFC 9113, section 4.1).
struct FrameHeader: Hashable {
  /// Kinds of frames (RFC 9113, section 6).
  enum Kind {
    static let data: UInt8 = 0
    static let headers: UInt8 = 1
    static let rstStream: UInt8 = 3
    static let ping: UInt8 = 6
    static let goAway: UInt8 = 7
    static let continuation: UInt8 = 9
  }

  /// Bytes of a header, and of a whole PING.
  static let size = 9
  static let pingSize = 17

  let length: Int
  let kind: UInt8
  let flags: UInt8
  let stream: UInt32

  init(length: Int, kind: UInt8, flags: UInt8 = 0, stream: UInt32 = 0) {
    self.length = length
    self.kind = kind
    self.flags = flags
    self.stream = stream
  }

  /// Reads a header; nil where fewer bytes have come than it has.
  init?(_ bytes: ByteBuffer, at index: Int) {
    guard let lengthAndKind: UInt32 = bytes.getInteger(at: index), let flags: UInt8 = bytes.getInteger(at: index + 4),
      let stream: UInt32 = bytes.getInteger(at: index + 5)
    else { return nil }
    self.init(
      length: Int(lengthAndKind >> 8),
      kind: UInt8(truncatingIfNeeded: lengthAndKind),
      flags: flags,
      stream: stream & 0x7fff_ffff
    )
  }

  /// ACK of a PING, END_STREAM of the others.
  var hasFirstFlag: Bool { flags & 1 != 0 }
  var endsHeaders: Bool { flags & 4 != 0 }
  var isPing: Bool { kind == Kind.ping && length == 8 && stream == 0 }
  /// Whether it belongs to a block of headers.
  var carriesHeaders: Bool { kind == Kind.headers || kind == Kind.continuation }

  /// The frame's header followed by a payload of that length.
  func frame(_ payload: some Sequence<UInt8>) -> ByteBuffer {
    var bytes = ByteBuffer()
    bytes.writeInteger(UInt32(length) << 8 | UInt32(kind))
    bytes.writeInteger(flags)
    bytes.writeInteger(stream)
    bytes.writeBytes(payload)
    return bytes
  }

  /// A PING, or the answer to one.
  static func ping(_ payload: UInt64, isAnswer: Bool) -> ByteBuffer {
    let header = FrameHeader(length: 8, kind: Kind.ping, flags: isAnswer ? 1 : 0)
    return header.frame(withUnsafeBytes(of: payload.bigEndian, Array.init))
  }
}

/// Walks along the frames in a stream of bytes, and takes out the PINGs that are for this end of the connection. It looks
/// at nothing but headers, and holds back nothing but the beginning of a header or of a PING.
struct FrameScanner {
  /// The payload of the PINGs that this server sends, by which it knows the answers.
  static let ownPing: UInt64 = 0x6c61_6e79_6172_6421
  /// What a client sends before its first frame (RFC 9113, section 3.4).
  static let prefaceSize = 24

  /// What becomes of bytes that came.
  struct Passage {
    /// What is passed on; mostly one piece.
    var first: ByteBuffer?
    var more: [ByteBuffer] = []
    /// Payloads of the PINGs that want an answer.
    var pings: [UInt64] = []

    fileprivate mutating func add(_ piece: ByteBuffer?) {
      guard let piece, piece.readableBytes > 0 else { return }
      if first == nil { first = piece } else { more.append(piece) }
    }
  }

  /// Bytes until the next header.
  private var skip: Int
  private var held = ByteBuffer()
  private var last: FrameHeader?

  /// - Parameter skip: Bytes before the first frame.
  init(skip: Int = 0) {
    self.skip = skip
  }

  /// Whether a block of headers has begun and is not complete.
  var isInHeaders: Bool {
    if held.readableBytes > 0 { return true }
    guard let last, last.carriesHeaders else { return false }
    return skip > 0 || !last.endsHeaders
  }

  /// Takes bytes that came; `note` is told each frame, those taken out included.
  mutating func read(_ new: ByteBuffer, note: (FrameHeader) -> Void) -> Passage {
    var bytes = new
    if held.readableBytes > 0 {
      held.writeImmutableBuffer(new)
      bytes = held
      held = ByteBuffer()
    }
    var passage = Passage()
    var start = bytes.readerIndex
    let end = bytes.writerIndex
    var cursor = min(start + skip, end)
    skip -= cursor - start
    while let header = FrameHeader(bytes, at: cursor) {
      // A PING within a block of headers is a broken connection, which is for HTTP/2 to say.
      if header.isPing, last.map({ $0.endsHeaders || !$0.carriesHeaders }) ?? true {
        guard let payload: UInt64 = bytes.getInteger(at: cursor + FrameHeader.size) else { break }
        if !header.hasFirstFlag || payload == Self.ownPing {
          note(header)
          if !header.hasFirstFlag { passage.pings.append(payload) }
          passage.add(bytes.getSlice(at: start, length: cursor - start))
          cursor += FrameHeader.pingSize
          start = cursor
          continue
        }
      }
      note(header)
      last = header
      let next = cursor + FrameHeader.size + header.length
      cursor = min(next, end)
      skip = next - cursor
    }
    if cursor < end { held.writeBytes(bytes.readableBytesView[cursor..<end]) }
    passage.add(bytes.getSlice(at: start, length: cursor - start))
    return passage
  }

  /// Walks along frames that are sent, of which each begins in a buffer with its whole header.
  mutating func follow(_ bytes: ByteBuffer, note: (FrameHeader) -> Void) {
    let end = bytes.writerIndex
    var cursor = min(bytes.readerIndex + skip, end)
    skip -= cursor - bytes.readerIndex
    while let header = FrameHeader(bytes, at: cursor) {
      note(header)
      let next = cursor + FrameHeader.size + header.length
      cursor = min(next, end)
      skip = next - cursor
    }
  }
}
