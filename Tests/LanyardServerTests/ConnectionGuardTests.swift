import GRPCCore
import LanyardDomain
import LanyardTesting
import Logging
import NIOCore
import NIOEmbedded
import NIOTLS
import Testing

@testable import LanyardServer

@Suite("The guard of a connection")
struct ConnectionGuardTests {
  private struct Connection {
    let channel = EmbeddedChannel()
    let connections: Connections
    let id: Connections.ID

    init(
      _ connections: Connections = Connections(
        .init(strangersPerAddress: 10, strangers: 10, perCaller: 10),
        clock: .system
      ),
      _ limits: PeerConduct.Limits = .init()
    ) throws {
      self.connections = connections
      id = connections.accept(channel)
      var logger = Logger(label: "test")
      logger.logLevel = .critical
      try channel.pipeline.syncOperations.addHandler(
        ConnectionGuard(id, of: connections, limits: limits, logger: logger)
      )
      channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
      channel.pipeline.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: "h2"))
      try channel.writeInbound(ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
      _ = try channel.readInbound(as: ByteBuffer.self)
    }

    func pass(seconds: Int) { channel.embeddedEventLoop.advanceTime(by: .seconds(Int64(seconds))) }

    /// All that was sent to the peer until now.
    func sent() throws -> [UInt8] {
      var bytes: [UInt8] = []
      while let part = try channel.readOutbound(as: ByteBuffer.self) { bytes += Array(part.readableBytesView) }
      return bytes
    }

    /// Expects a GOAWAY, and the end: at once, or a second later where it gives advice, so that the peer can read that.
    func expectFarewell(lastStream: UInt8, code: UInt8, _ advice: String? = nil) throws {
      let bytes = try sent()
      let header = try #require(FrameHeader(ByteBuffer(bytes: bytes), at: 0))
      #expect(header.kind == FrameHeader.Kind.goAway && bytes.count == FrameHeader.size + header.length)
      #expect(bytes.dropFirst(FrameHeader.size).prefix(8) == [0, 0, 0, lastStream, 0, 0, 0, code])
      let text = String(decoding: bytes.dropFirst(FrameHeader.size + 8), as: UTF8.self)
      #expect(advice.map(text.contains) ?? text.isEmpty, "\(text)")
      #expect(channel.isActive == (advice != nil))
      pass(seconds: 1)
      #expect(!channel.isActive)
    }
  }

  @Test("A device that answers no PING is closed, and one that answers is not")
  func unansweredPing() throws {
    let connection = try Connection()
    connection.connections.certify(connection.id, DeviceCertificate(name: "d1", endsAt: .distantFuture))
    for _ in 0..<10 {
      connection.pass(seconds: 31)
      #expect(try connection.sent() == Array(FrameHeader.ping(FrameScanner.ownPing, isAnswer: false).readableBytesView))
      try connection.channel.writeInbound(FrameHeader.ping(FrameScanner.ownPing, isAnswer: true))
      #expect(try connection.channel.readInbound(as: ByteBuffer.self) == nil)
    }
    connection.pass(seconds: 40)
    #expect(connection.channel.isActive)
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
  }

  @Test("A stranger that says nothing after its handshake is closed")
  func silentStranger() throws {
    let connection = try Connection()
    connection.pass(seconds: 29)
    #expect(connection.channel.isActive)
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
  }

  @Test("PINGs are answered here, as many as were sent messages, and a flood of them ends with the last stream named")
  func answersPings() throws {
    let connection = try Connection()
    try connection.channel.writeInbound(FrameHeader(length: 1, kind: 1, flags: 4, stream: 5).frame([0]))
    _ = try connection.channel.readInbound(as: ByteBuffer.self)
    let message = FrameHeader(length: 1, kind: 0, stream: 5).frame([0])
    for number in 0..<5000 as Range<UInt64> {
      try connection.channel.writeOutbound(message)
      try connection.channel.writeInbound(FrameHeader.ping(number, isAnswer: false))
      let answer = FrameHeader.ping(number, isAnswer: true)
      #expect(try connection.sent() == Array(message.readableBytesView) + Array(answer.readableBytesView))
    }
    for number in 0..<200 as Range<UInt64> {
      try connection.channel.writeInbound(FrameHeader.ping(number, isAnswer: false))
    }
    #expect(connection.channel.isActive)
    _ = try connection.sent()
    try connection.channel.writeInbound(FrameHeader.ping(0, isAnswer: false))
    try connection.expectFarewell(lastStream: 5, code: 11, "PINGs in 30 seconds")
  }

  @Test("A frame that is too long, and headers without end, are answered by what is wrong, and end the connection")
  func tooLong() throws {
    for (frames, code, advice) in [
      ([FrameHeader(length: 16_385, kind: 0, stream: 1)], 6 as UInt8, nil as String?),
      (
        [FrameHeader(length: 0, kind: 1, stream: 1)]
          + Array(repeating: FrameHeader(length: 0, kind: 9, stream: 1), count: 256), 11, "metadata of a call"
      ),
    ] {
      let connection = try Connection()
      for frame in frames { try connection.channel.writeInbound(frame.frame([])) }
      try connection.expectFarewell(lastStream: 1, code: code, advice)
    }
  }

  @Test("Large headers come in on so many connections at once and no more, and any end makes room again")
  func headerRoom() throws {
    let connections = Connections(.init(strangersPerAddress: 1000, strangers: 1000, perCaller: 10), clock: .system)
    let half = [UInt8](repeating: 0, count: 16_384)
    func connect() throws -> Connection {
      let connection = try Connection(connections)
      try connection.channel.writeInbound(FrameHeader(length: 16_384, kind: 1, stream: 1).frame(half))
      try connection.channel.writeInbound(FrameHeader(length: 16_384, kind: 9, stream: 1).frame(half))
      return connection
    }
    var open = try (0..<Connections.headerRoomLimit).map { _ in try connect() }
    let areOpen = open.map { $0.channel.isActive }
    #expect(!areOpen.contains(false))
    #expect(try !connect().channel.isActive)
    open[1].channel.close(promise: nil)
    open[1].channel.embeddedEventLoop.run()
    open.append(try connect())
    #expect(open.last?.channel.isActive == true)
    try open[0].channel.writeInbound(FrameHeader(length: 0, kind: 9, flags: 4, stream: 1).frame([]))
    open.append(try connect())
    #expect(open.last?.channel.isActive == true)
    #expect(try !connect().channel.isActive)
  }

  @Test("A connection does not outlive the certificate that it was made with")
  func certificateEnds() throws {
    let clock = ManualClock(SampleData.firstMorning)
    let limits = Connections.Limits(strangersPerAddress: 10, strangers: 10, perCaller: 10)
    let connections = Connections(limits, clock: clock.serverClock)
    let connection = try Connection(connections)
    #expect(connections.isStranger(connection.id))
    let certificate = DeviceCertificate(name: "d1", endsAt: clock.now + .seconds(3600))
    connections.certify(connection.id, certificate)
    #expect(!connections.isStranger(connection.id))
    #expect(!connections.hasEnded(certificate))
    clock.advance(by: .seconds(3600))
    #expect(connections.hasEnded(certificate))
    #expect(throws: (any Error).self) {
      try connections.certifiedName([Connections.metadataKey: "\(connection.id)"])
    }
  }

  @Test("A stop closes a stranger at once, and a caller that does not react after its time")
  func stop() throws {
    let stranger = try Connection()
    stranger.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    #expect(!stranger.channel.isActive)
    let lane = try Connection()
    lane.connections.certify(lane.id, DeviceCertificate(name: "d1", endsAt: .distantFuture))
    lane.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    lane.pass(seconds: 9)
    #expect(lane.channel.isActive)
    lane.pass(seconds: 1)
    #expect(!lane.channel.isActive)
  }

  @Test("A stranger too many takes the place of the oldest stranger, and never that of a caller")
  func displaces() throws {
    let connections = Connections(.init(strangersPerAddress: 3, strangers: 3, perCaller: 2), clock: .system)
    let lane = try Connection(connections)
    try connections.admit([Connections.metadataKey: "\(lane.id)"], "caller")
    let strangers = try (0..<5).map { _ in try Connection(connections) }
    #expect(strangers.map(\.channel.isActive) == [false, false, true, true, true])
    #expect(lane.channel.isActive)
  }

  @Test("One caller has no more connections than the limit, until one of them is closed")
  func connectionsOfOneCaller() throws {
    let connections = Connections(.init(strangersPerAddress: 9, strangers: 9, perCaller: 2), clock: .system)
    let three = try (0..<3).map { _ in try Connection(connections) }
    func admit(_ connection: Connection) throws {
      try connections.admit([Connections.metadataKey: "\(connection.id)"], "caller")
    }
    try admit(three[0])
    try admit(three[0])
    try admit(three[1])
    #expect(throws: (any Error).self) { try admit(three[2]) }
    three[0].channel.close(promise: nil)
    three[0].channel.embeddedEventLoop.run()
    try admit(three[2])
  }

  @Test("The connection that a call came on is what the server says, not what a client sends")
  func forgedConnection() throws {
    let connections = Connections(.init(strangersPerAddress: 9, strangers: 9, perCaller: 9), clock: .system)
    let (device, stranger) = (try Connection(connections), try Connection(connections))
    connections.certify(device.id, DeviceCertificate(name: "d1", endsAt: .distantFuture))
    let key = Connections.metadataKey
    #expect(try connections.certifiedName([key: "\(device.id)"]) == "d1")
    #expect(try connections.certifiedName([key: "\(device.id)", key: "\(stranger.id)"]) == nil)
  }
}

extension Instant {
  fileprivate static let distantFuture = Instant(microseconds: .max)
}
