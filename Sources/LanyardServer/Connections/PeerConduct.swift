/// What a peer does on its connection: counts seconds and frames, and says when it is enough. It reads no clock and no
/// socket; whoever has it tells it of each second.
struct PeerConduct {
  /// Seconds that a peer has.
  struct Limits: Sendable {
    /// For its TLS handshake, and for a block of headers.
    var handshake = 10
    /// For a call that is answered with a message, until it is known who it is and after each such answer.
    var stranger = 30
    /// Without a sign of life, after which it is asked for one.
    var silence = 30
    /// For the answer.
    var answer = 10
    /// For what was accepted when the server stops.
    var stop = 10
  }

  /// Why a connection ends.
  enum Ending: String, Sendable {
    case handshake = "its TLS handshake was not done in time"
    case stranger = "it did not say who it is"
    case silence = "it gave no sign of life"
    case headers = "its headers did not come to an end"
    case pings = "it sent too many PINGs that nothing asked for"
    case resets = "it ended too many calls before they were answered"
    case flood = "it sent too many frames that carry nothing"
    case frame = "it sent a frame that is too long"
    case largeHeaders = "its headers were far too large"
    case headerRoom = "too many connections sent large headers at once"
    case certificate = "its certificate has run out"
    case displaced = "too many strangers are connected"
    case stop = "the server stops"
  }

  /// What is to be done now.
  enum Verdict: Hashable {
    case goOn
    /// Send a PING.
    case ask
    case end(Ending)
  }

  /// Frames without content in half a minute that no client needs more of, beside those that answers bring about: a client
  /// may measure with a PING what it receives, and says with WINDOW_UPDATE what it has room for.
  static let pingAllowance = 200
  private static let otherAllowance = 1000
  private static let othersPerAnswer = 4
  static let windowSeconds = 30
  /// Calls that a client ends by RST_STREAM in any half minute. HTTP/2 itself would end the connection then, and say nothing.
  static let resetAllowance = 200
  /// The most bytes of a frame: the smallest limit that HTTP/2 allows, and what clients are told.
  static let frameLimit = 16 * 1024
  /// The most bytes of one block of headers, on the wire and when read. More ends the connection, as headers of all its calls
  /// are read with what was in those before; less than that is for `CallGate` to refuse.
  static let headerLimit = 1024 * 1024
  /// The most frames of one block of headers.
  static let headerFrameLimit = 256
  /// The most requests of a stranger that are under way; streams are limited before.
  private static let servedLimit = 20_000

  private let limits: Limits
  private var hasShakenHands = false
  private var seconds = 0
  /// Since the last message to a stranger, without those in which a call of it waited: one that fails brings none.
  private var idleSeconds = 0
  private var silentSeconds = 0
  private var headerSeconds = 0
  /// Bytes and frames of the last block of headers.
  private var headerBytes = 0
  private var headerFrames = 0
  private var hasLongFrame = false
  private var windowAge = 0
  private var stopSeconds: Int?
  private var wasHeard = false
  /// Whether any of an answer was sent this second, and whether a message was.
  private var wasSent = false
  private var wasAnswered = false
  /// How far the answer to a complete request is.
  private enum Answer {
    case awaited
    /// It has begun and cannot go on: the peer takes none of it.
    case stalled
    /// A message was sent, and more may come.
    case flowing
  }

  /// Streams of a stranger whose requests are complete and whose answers are not.
  private var served: [UInt32: Answer] = [:]
  /// Calls that it ended, by the second: this one first, and the half minute before.
  private var resets = Array(repeating: 0, count: windowSeconds + 1)
  private var pings = 0
  private var others = 0
  /// HEADERS and DATA sent in this half minute and in the one before.
  private var sent = 0
  private var sentBefore = 0

  /// Whether it is not known yet who it is.
  private(set) var isStranger = true
  /// The highest stream that it opened.
  private(set) var lastStream: UInt32 = 0

  init(_ limits: Limits) {
    self.limits = limits
  }

  /// Its TLS handshake is done.
  mutating func shookHands() { hasShakenHands = true }

  /// It is known who it is.
  mutating func isKnown() {
    isStranger = false
    served = [:]
  }

  /// Bytes came.
  mutating func heard() { wasHeard = true }

  /// A frame came.
  mutating func received(_ frame: FrameHeader) {
    if frame.length > Self.frameLimit { hasLongFrame = true }
    switch frame.kind {
    case FrameHeader.Kind.data, FrameHeader.Kind.headers:
      lastStream = max(lastStream, frame.stream)
      if frame.kind == FrameHeader.Kind.headers {
        headerSeconds = 0
        (headerBytes, headerFrames) = (frame.length, 1)
      }
      if isStranger && frame.hasFirstFlag && served.count < Self.servedLimit { served[frame.stream] = .awaited }
    case FrameHeader.Kind.continuation:
      headerBytes += frame.length
      headerFrames += 1
    case FrameHeader.Kind.rstStream:
      served[frame.stream] = nil
      resets[0] += 1
    case FrameHeader.Kind.ping: pings += 1
    default: others += 1
    }
  }

  /// A frame was sent.
  mutating func answered(_ frame: FrameHeader) {
    switch frame.kind {
    case FrameHeader.Kind.data, FrameHeader.Kind.headers:
      sent += 1
      wasSent = true
      let isMessage = frame.kind == FrameHeader.Kind.data
      // gRPC says that a call failed in HEADERS alone.
      if isMessage { wasAnswered = true }
      guard isStranger else { return }
      if frame.hasFirstFlag {
        served[frame.stream] = nil
      } else if served[frame.stream] != nil {
        served[frame.stream] = isMessage ? .flowing : .stalled
      }
    case FrameHeader.Kind.rstStream: served[frame.stream] = nil
    default: break
    }
  }

  /// Whether a stranger waits for an answer that it takes.
  private var isServed: Bool { served.values.contains { $0 != .stalled } }

  /// Why what it sent is enough at once; nil where it is not.
  var excess: Ending? {
    if hasLongFrame { return .frame }
    if headerBytes > Self.headerLimit || headerFrames > Self.headerFrameLimit { return .largeHeaders }
    if resets.reduce(0, +) > Self.resetAllowance { return .resets }
    let answers = sent + sentBefore
    if pings > Self.pingAllowance + answers { return .pings }
    return others > Self.otherAllowance + answers * Self.othersPerAnswer ? .flood : nil
  }

  /// Whether a stranger waits for nothing that it takes: an answer that has begun this second may still go on.
  private var isDone: Bool { served.isEmpty || !isServed && !wasSent }

  /// A second has gone by.
  ///
  /// - Parameter isInHeaders: Whether a block of headers has begun and is not complete.
  mutating func tick(isInHeaders: Bool) -> Verdict {
    defer { (wasHeard, wasSent, wasAnswered) = (false, false, false) }
    seconds += 1
    windowAge += 1
    resets.insert(0, at: 0)
    resets.removeLast()
    if windowAge == Self.windowSeconds {
      (windowAge, pings, others) = (0, 0, 0)
      (sentBefore, sent) = (sent, 0)
    }
    if let left = stopSeconds {
      stopSeconds = left - 1
      if left <= 1 || isStranger && isDone { return .end(.stop) }
    }
    guard hasShakenHands else { return seconds >= limits.handshake ? .end(.handshake) : .goOn }
    headerSeconds = isInHeaders ? headerSeconds + 1 : 0
    if headerSeconds >= limits.handshake { return .end(.headers) }
    if wasAnswered || served.values.contains(.flowing) {
      idleSeconds = 0
    } else if !isServed {
      idleSeconds += 1
    }
    if isStranger && idleSeconds >= limits.stranger { return .end(.stranger) }
    silentSeconds = wasHeard ? 0 : silentSeconds + 1
    if silentSeconds >= limits.silence + limits.answer { return .end(.silence) }
    return silentSeconds == limits.silence ? .ask : .goOn
  }

  /// The server stops: whoever has a call under way has some seconds more.
  mutating func stop() -> Verdict {
    if !hasShakenHands || limits.stop == 0 || isStranger && isDone { return .end(.stop) }
    stopSeconds = stopSeconds ?? limits.stop
    return .goOn
  }
}
