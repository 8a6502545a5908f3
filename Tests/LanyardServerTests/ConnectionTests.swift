import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardServer
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Connections of strangers and of callers", .blocking, .hangGuard)
struct ConnectionTests {
  private static let event = "events/\(SampleData.forum)"
  private static let lane = "\(event)/checkpoints/entrance-lane-1"

  @Test("What comes of a connection that nobody calls over is what its body made of it")
  func silentBody() async throws {
    struct Own: Error {}
    try await ServerHarness.run { server in
      // Whether the client has begun by the time that the body is over, differs.
      for number in 0..<200 {
        let made = try await withServerConnection(server.access) { _ in number }
        #expect(made == number)
        await #expect(throws: Own.self) { try await withServerConnection(server.access) { _ in throw Own() } }
      }
    }
  }

  @Test("Strangers that finish their handshake and say nothing are closed, and a caller is not")
  func silentStrangers() async throws {
    try await ServerHarness.run(settings: { $0.strangerTimeout = .seconds(5) }) { server in
      try await withServerConnection(server.access) { client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        // On a busy machine five seconds may be over before it has said who it is.
        while await CheckInTests.failure({ _ = try await events.listEvents(.init()) }) != nil {}
        #expect(Self.areClosed(3, of: try Self.strangers(3, server)))
        _ = try await events.listEvents(.init())
      }
    }
  }

  @Test("Strangers that call on and on, and whose calls all fail, are closed")
  func failingStrangers() async throws {
    try await ServerHarness.run(settings: { $0.strangerTimeout = .seconds(3) }) { server in
      let failing = try RawPeer(
        2,
        to: server.address,
        authority: server.folder.appending(path: "authority.pem").path,
        token: "no token",
        checkpoint: Self.lane,
        isRepeating: true
      )
      #expect(Self.areClosed(2, of: failing))
    }
  }

  @Test("A lane gets in however many strangers of its address are connected")
  func besideStrangers() async throws {
    try await ServerHarness.run(
      settings: { ($0.strangerTimeout, $0.maximumConnectionsPerAddress) = (.seconds(300), 4) }
    ) { server in
      let known = try await Self.lane(server)
      let strangers = try Self.strangers(4, server)
      #expect(await Self.listEvents(server.access) == nil)
      #expect(Self.areClosed(1, of: strangers))
      known.end()
    }
  }

  @Test("A token that has its connections open gets no more, and is told so")
  func tooManyOfOneCaller() async throws {
    try await ServerHarness.run(settings: { $0.maximumConnectionsPerCaller = 2 }) { server in
      let other = server.access(try await server.token(.viewer).text)
      try await withServerConnection(server.access) { first in
        _ = try await Lanyard_V1_EventService.Client(wrapping: first).listEvents(.init())
        try await withServerConnection(server.access) { second in
          _ = try await Lanyard_V1_EventService.Client(wrapping: second).listEvents(.init())
          let third = await Self.listEvents(server.access)
          #expect(third?.code == .resourceExhausted && third?.reason == "TOO_MANY_CONNECTIONS")
          #expect(await Self.listEvents(other) == nil)
        }
      }
    }
  }

  @Test("A stop does not wait for strangers")
  func stopWithStranger() async throws {
    try await ServerHarness.run(
      settings: { ($0.strangerTimeout, $0.stopTimeout) = (.seconds(3600), .seconds(3600)) }
    ) { server in
      let strangers = try Self.strangers(1, server)
      await server.stop()
      #expect(Self.areClosed(1, of: strangers))
    }
  }

  @Test("A stop cuts a lane that does not react, after its time")
  func stopWithFrozenLane() async throws {
    try await ServerHarness.run(settings: { $0.stopTimeout = .seconds(1) }) { server in
      let frozen = try await Self.lane(server)
      await server.stop()
      #expect(Self.areClosed(1, of: frozen))
    }
  }

  @Test("A device's calls, new connections and open ones end with its certificate")
  func certificateEnds() async throws {
    let time = ManualClock(ServerClock.system.now)
    try await ServerHarness.run(settings: { $0.certificateClock = time.serverClock }) { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      let failure = try await withServerConnection(device.access) { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        return await CheckInTests.failure {
          try await service.watchRoster(.with { $0.parent = Self.event }) { response in
            for try await _ in response.messages { time.advance(by: .seconds(7200)) }
          }
        }
      }
      #expect(failure?.code == .unavailable)
      // TLS takes the certificate, by the true time, as it does where a session is resumed.
      let anew = await Self.listEvents(device.access)
      #expect(anew?.code == .unauthenticated && anew?.reason == "DEVICE_CERTIFICATE_EXPIRED")
    }
  }

  @Test("A request over the limit is refused by a status that says so, and the connection goes on")
  func tooLarge() async throws {
    try await ServerHarness.run(settings: { $0.maximumMessageBytes = 65_536 }) { server in
      try await withServerConnection(server.access) { client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        _ = try await events.listEvents(.init())
        let failure = await CheckInTests.failure {
          _ = try await events.getEvent(.with { $0.name = String(repeating: "x", count: 200_000) })
        }
        #expect(failure?.code == .resourceExhausted && failure?.reason == "REQUEST_TOO_LARGE")
        _ = try await events.listEvents(.init())
      }
      var access = server.access
      for (language, words) in [("ru", "В сообщении запроса"), ("zh", "请求"), ("en", "A message of the request has")] {
        access.language = language
        try await withServerConnection(access) { client in
          let failure = await CheckInTests.failure {
            _ = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(
              .with { $0.name = String(repeating: "x", count: 200_000) }
            )
          }
          #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "no error")")
        }
      }
    }
  }

  @Test("Headers over the limit fail their call, as the first of a connection too, and what else is under way goes on")
  func largeHeaders() async throws {
    try await ServerHarness.run { server in
      let counts = [600, 2500, 15_000]
      for count in counts {
        try await withServerConnection(server.access) { client in
          #expect(await Self.refusal(of: count, client) == "HEADERS_TOO_LARGE")
        }
      }
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let (opened, open) = AsyncStream.makeStream(of: Void.self)
        try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns { writer in
          try await writer.write(.with { $0.checkpoint = Self.lane })
          for await _ in opened {}
          for count in counts + counts { #expect(await Self.refusal(of: count, client) == "HEADERS_TOO_LARGE") }
          try await writer.write(.with { $0.report.version = "test" })
        } onResponse: { response in
          var answers = 0
          for try await message in response.messages {
            if message.hasOpened { open.finish() } else { answers += 1 }
          }
          #expect(answers == 1)
        }
      }
    }
  }

  /// Why a call is refused with so many entries of metadata. Sent again they take a byte, and read 34; Swift's own client
  /// cannot send more than one frame of them.
  private static func refusal(of count: Int, _ client: ServerClient) async -> String? {
    var metadata = Metadata()
    for _ in 0..<count { metadata.addString("y", forKey: "x") }
    let many = metadata
    let failure = await CheckInTests.failure {
      _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init(), metadata: many)
    }
    #expect(failure?.code == .resourceExhausted)
    return failure?.reason
  }

  @Test("A client that offers no HTTP/2 gets the alert that there is no protocol in common")
  func noProtocol() async throws {
    try await ServerHarness.run { server in
      let command = "openssl s_client -connect \(server.address) -CAfile authority.pem -alpn http/1.1 </dev/null 2>&1"
      let said = try Tool.run("sh", "-c", command, in: server.folder).output
      #expect(said.contains("no application protocol"))
    }
  }

  @Test("A report on a lane's stream is answered, so that nothing between cuts the stream as silent")
  func reportIsAnswered() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        let (opened, open) = AsyncStream.makeStream(of: Void.self)
        try await service.streamCheckIns { writer in
          try await writer.write(.with { $0.checkpoint = Self.lane })
          for await _ in opened {}
          for _ in 0..<2 { try await writer.write(.with { $0.report.version = "test" }) }
        } onResponse: { response in
          var answers = 0
          for try await message in response.messages {
            if message.hasOpened { open.finish() } else { answers += message == .init() ? 1 : 100 }
          }
          #expect(answers == 2)
        }
      }
    }
  }

  @Test("A device was seen when it made any call")
  func seen() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      #expect(await Self.listEvents(device.access) == nil)
      let listed = try await withServerConnection(server.access) { client in
        try await Lanyard_V1_DeviceService.Client(wrapping: client).listDevices(.with { $0.parent = Self.event })
      }
      #expect(listed.devices.first?.hasLastSeenTime == true)
    }
  }

  private static func strangers(_ count: Int, _ server: ServerHarness) throws -> RawPeer {
    try RawPeer(count, to: server.address, authority: server.folder.appending(path: "authority.pem").path)
  }

  /// A lane that is known, and reacts to nothing.
  private static func lane(_ server: ServerHarness) async throws -> RawPeer {
    try RawPeer(
      1,
      to: server.address,
      authority: server.folder.appending(path: "authority.pem").path,
      token: try await server.token(.scanner).text,
      checkpoint: lane
    )
  }

  private static func areClosed(_ count: Int, of peer: RawPeer) -> Bool {
    (0..<count).allSatisfy { _ in peer.waitForClosed() }
  }

  private static func listEvents(_ access: ServerAccess) async -> CallFailure? {
    await CheckInTests.failure {
      try await withServerConnection(access) { client in
        _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
      }
    }
  }
}
