import NIOCore

/// The header of an HTTP/2 frame (RFC 9113, section 4.1).
struct FrameHeader: Hashable {
  /// Kinds of frames (RFC 9113, section 6).
  enum Kind {
    static let data: UInt8 = 0
    static let headers: UInt8 = 1
    static let rstStream: UInt8 = 3
    static let settings: UInt8 = 4
    static let ping: UInt8 = 6
    static let goAway: UInt8 = 7
    static let continuation: UInt8 = 9
  }

  /// Bytes of a header, and of a whole PING.
  static let size = 9
  static let pingSize = 17
  /// Tells a peer that its settings are known.
  static let settingsAnswer = FrameHeader(length: 0, kind: Kind.settings, flags: 1)

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

  /// ACK of a PING or of settings, END_STREAM of the others.
  var hasFirstFlag: Bool { flags & 1 != 0 }
  var endsHeaders: Bool { flags & 4 != 0 }
  var isPing: Bool { kind == Kind.ping && length == 8 && stream == 0 }
  var isSettings: Bool { kind == Kind.settings }
  /// Whether a PING or an acknowledgement of settings, which this end may take out.
  fileprivate var isForThisEnd: Bool { isPing || isSettings && hasFirstFlag && length == 0 && stream == 0 }
  /// Whether more frames of a block of headers follow it.
  fileprivate var beginsBlock: Bool { kind == Kind.headers && !endsHeaders }

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

/// Walks along the frames in a stream of bytes: takes out the PINGs and the acknowledgements of settings that are for this
/// end of the connection, and joins the frames of a block of headers into one, of which HTTP/2 takes only a few. It looks at
/// nothing but headers of frames, and holds back nothing but such a block and the beginning of a header or of a PING.
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

  /// What is to be passed on once the first frame has been, and before any other.
  var afterFirstFrame: ByteBuffer?
  /// Bytes of the current frame that are still to come; at first those before the first frame.
  private var skip: Int
  private var held = ByteBuffer()
  private var last: FrameHeader?
  private var block: HeaderBlock?

  /// - Parameter skip: Bytes before the first frame.
  init(skip: Int = 0) {
    self.skip = skip
  }

  /// Whether a block of headers has begun and is not complete.
  var isInHeaders: Bool {
    held.readableBytes > 0 || block != nil || skip > 0 && last?.kind == FrameHeader.Kind.headers
  }

  /// Bytes of a block of headers that are held back until it is complete.
  var blockSize: Int { block?.size ?? 0 }

  /// Takes bytes that came; `note` is told each frame, those taken out included, and says whether to go on.
  mutating func read(_ new: ByteBuffer, note: (FrameHeader) -> Bool) -> Passage {
    var bytes = new
    if held.readableBytes > 0 {
      held.writeImmutableBuffer(new)
      bytes = held
      held = ByteBuffer()
    }
    var passage = Passage()
    /// What lies before it is passed on or taken out.
    var start = bytes.readerIndex
    var cursor = start
    func pass(upTo index: Int) {
      passage.add(bytes.getSlice(at: start, length: index - start))
      start = index
    }
    while true {
      let part = min(skip, bytes.writerIndex - cursor)
      cursor += part
      skip -= part
      if block != nil {
        block?.add(bytes.getSlice(at: start, length: cursor - start))
        start = cursor
      }
      guard skip == 0 else { break }
      if let whole = block?.whole {
        passage.add(whole)
        block = nil
      }
      guard let header = FrameHeader(bytes, at: cursor) else { break }
      if last != nil, let first = afterFirstFrame {
        pass(upTo: cursor)
        passage.add(first)
        afterFirstFrame = nil
      }
      if block == nil, header.isForThisEnd {
        guard header.isSettings || bytes.writerIndex - cursor >= FrameHeader.pingSize else { break }
        let payload: UInt64? = bytes.getInteger(at: cursor + FrameHeader.size)
        if header.isSettings || !header.hasFirstFlag || payload == Self.ownPing {
          guard note(header) else { return passage }
          if let payload, !header.isSettings, !header.hasFirstFlag { passage.pings.append(payload) }
          pass(upTo: cursor)
          cursor += FrameHeader.size + header.length
          start = cursor
          continue
        }
      }
      guard note(header) else { return passage }
      let isPartOfBlock = block?.take(header) ?? header.beginsBlock
      if isPartOfBlock {
        pass(upTo: cursor)
        if block == nil { block = HeaderBlock(header) }
        start = cursor + FrameHeader.size
      } else if let broken = block {
        // Something else within a block of headers is a broken connection, which is for HTTP/2 to say.
        passage.add(broken.joined)
        block = nil
      }
      last = header
      cursor += FrameHeader.size
      skip = header.length
    }
    pass(upTo: cursor)
    if cursor < bytes.writerIndex { held.writeBytes(bytes.readableBytesView[cursor...]) }
    return passage
  }

  /// Walks along frames that are sent, of which each begins in a buffer with its whole header; `note` is told each, and where
  /// it begins.
  mutating func follow(_ bytes: ByteBuffer, note: (FrameHeader, Int) -> Void) {
    let end = bytes.writerIndex
    var cursor = min(bytes.readerIndex + skip, end)
    skip -= cursor - bytes.readerIndex
    while let header = FrameHeader(bytes, at: cursor) {
      note(header, cursor)
      let next = cursor + FrameHeader.size + header.length
      cursor = min(next, end)
      skip = next - cursor
    }
  }
}

extension ByteBuffer {
  /// The parameter SETTINGS_MAX_FRAME_SIZE, and how many bytes it has with its value (RFC 9113, section 6.5).
  private static let maximumFrameSize: UInt16 = 5
  private static let settingSize = 6

  /// Makes a SETTINGS frame say that frames have at most so many bytes, where it says anything of that.
  mutating func tell(maximumFrameSize size: UInt32, inSettingsAt index: Int) {
    guard let header = FrameHeader(self, at: index) else { return }
    let settings = index + FrameHeader.size
    for setting in stride(from: settings, to: settings + header.length, by: Self.settingSize)
    where getInteger(at: setting) == Self.maximumFrameSize {
      setInteger(size, at: setting + MemoryLayout<UInt16>.size)
    }
  }
}
