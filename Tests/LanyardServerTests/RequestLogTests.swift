import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTesting
import LanyardTexts
import Logging
import NIOCore
import SwiftProtobuf
import Synchronization
import Testing

@testable import LanyardServer

@Suite("The log of calls")
struct RequestLogTests {
  @Test("says of a thousand failed calls of strangers how many they were, and of the first what it was")
  func strangers() throws {
    let log = LogRecord()
    let moment = Mutex(ContinuousClock.now)
    let calls = StrangersCalls(logger: log.logger, now: { moment.withLock { $0 } })
    let kind = StrangersCalls.Kind(method: "lanyard.v1.EventService/ListEvents", status: "unauthenticated")
    for port in 0..<1000 { calls.add(kind, peer: "ipv4:10.0.0.1:\(port)") }
    calls.add(.init(method: "lanyard.v1.DeviceService/EnrolDevice", status: "unauthenticated"), peer: "ipv4:10.0.0.1:9")
    calls.tellIfDue()
    #expect(log.levels.count == 2)
    moment.withLock { $0 += StrangersCalls.interval }
    calls.tellIfDue()
    #expect(log.levels.count == 3 && log.text.contains("calls=1000"))
    calls.add(kind, peer: "ipv4:10.0.0.1:1")
    #expect(log.levels.count == 4)
  }

  @Test("is an error only where the server is at fault")
  func faults() {
    let cases: [(any Error, Bool)] = [
      (StoreError.failed(.transaction), true), (StoreError.outOfSpace, true), (StoreError.notFound(.event("x")), false),
      (InvalidInput(field: "x", .isNegative), false), (CancellationError(), false),
      (ChannelError.ioOnClosedChannel, false),
      (RPCError(code: .internalError, message: "no message in a unary call"), false),
      (RPCError(code: .unknown, message: "reset"), false), (UnknownFault(), true),
    ]
    for (error, isOurs) in cases {
      let code = (error as? RPCError ?? (error as? any RPCErrorConvertible).map { RPCError($0) })?.code ?? .unknown
      #expect(RequestLog.isOurs(error, code, isCancelled: false) == isOurs, "\(error)")
    }
    #expect(!RequestLog.isOurs(UnknownFault(), .unknown, isCancelled: true))
  }

  private struct UnknownFault: Error {}

  @Test("names neither the codes nor the tokens that strangers send, and a cancelled call is no error")
  func overTheWire() async throws {
    let log = LogRecord()
    try await ServerHarness.run(logger: log.logger) { server in
      for _ in 0..<20 {
        let stranger = server.access("lanyard_secret")
        _ = await CheckInTests.failure {
          try await withServerConnection(stranger) { client in
            _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
          }
        }
      }
      let opened = AsyncStream.makeStream(of: Void.self)
      try await withServerConnection(server.access) { client in
        await withTaskGroup(of: Void.self) { group in
          group.addTask {
            _ = await CheckInTests.failure {
              try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(
                .with { $0.parent = "events/\(SampleData.forum)" }
              ) {
                for try await _ in $0.messages { opened.continuation.yield() }
              }
            }
          }
          var open = opened.stream.makeAsyncIterator()
          await open.next()
          group.cancelAll()
        }
      }
    }
    #expect(!log.text.contains("secret"))
    #expect(log.text.components(separatedBy: "failed").count < 8)
    #expect(!log.levels.contains(.error))
  }
}

@Suite("A message that is too large", .blocking)
struct LargeMessageTests {
  @Test("is no error of the server's, whether it is the only one of its call or one of several")
  func logged() async throws {
    let log = LogRecord()
    try await ServerHarness.run(settings: { $0.maximumMessageBytes = 65_536 }, logger: log.logger) { server in
      let large = String(repeating: "x", count: 4_000_000)
      for _ in 0..<10 {
        try await withServerConnection(server.access) { client in
          let one = await CheckInTests.failure {
            _ = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = large })
          }
          #expect(one?.reason == "REQUEST_TOO_LARGE")
          let stream = await CheckInTests.failure {
            try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns { writer in
              for _ in 1...3 { try await writer.write(.with { $0.checkpoint = large }) }
            } onResponse: { response in
              for try await _ in response.messages {}
            }
          }
          #expect(stream?.reason == "REQUEST_TOO_LARGE")
        }
      }
    }
    #expect(!log.levels.contains(.error), "\(log.text.suffix(2000))")
  }
}

@Suite("A call that its client ends", .blocking)
struct ClientsEndingTests {
  @Test("is answered and logged as that where its deadline runs out, and not as a server that stops")
  func deadline() async throws {
    let log = LogRecord()
    try await ServerHarness.run(logger: log.logger) { server in
      try await withServerConnection(server.access) { client in
        let roster = await CheckInTests.failure {
          try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(
            .with { $0.parent = "events/\(SampleData.forum)" },
            metadata: ["grpc-timeout": "300m"]
          ) {
            for try await _ in $0.messages {}
          }
        }
        #expect(roster?.code == .deadlineExceeded && roster?.reason == "DEADLINE_EXCEEDED")
        let health = await CheckInTests.failure {
          try await Grpc_Health_V1_Health.Client(wrapping: client).watch(.init(), metadata: ["grpc-timeout": "300m"]) {
            for try await _ in $0.messages {}
          }
        }
        #expect(health?.code == .deadlineExceeded)
      }
    }
    #expect(log.text.contains("status=deadlineExceeded"), "\(log.text)")
    #expect(!log.text.contains("status=unavailable") && !log.levels.contains(.error))
  }

  @Test("is logged as cancelled where it ends before")
  func cancelled() async throws {
    let log = LogRecord()
    try await ServerHarness.run(logger: log.logger) { server in
      let (opened, open) = AsyncStream.makeStream(of: Void.self)
      try await withServerConnection(server.access) { client in
        await withTaskGroup(of: Void.self) { group in
          group.addTask {
            _ = await CheckInTests.failure {
              try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(
                .with { $0.parent = "events/\(SampleData.forum)" },
                metadata: ["grpc-timeout": "1H"]
              ) {
                for try await _ in $0.messages { open.yield() }
              }
            }
          }
          for await _ in opened.prefix(1) {}
          group.cancelAll()
        }
      }
      while !log.text.contains("call failed") { await Task.yield() }
    }
    #expect(log.text.contains("status=cancelled"), "\(log.text)")
  }

  @Test("has the time that its client says, in any of the units")
  func timeouts() {
    let cases: [(String, Duration?)] = [
      ("2H", .seconds(7200)), ("3M", .seconds(180)), ("4S", .seconds(4)), ("5m", .milliseconds(5)),
      ("6u", .microseconds(6)), ("7n", .nanoseconds(7)), ("99999999H", .seconds(359_999_996_400)), ("S", nil),
      ("5", nil), ("-1S", nil), ("100000000S", nil), ("", nil), ("1x", nil),
    ]
    for (text, duration) in cases { #expect(ClientsEnding.timeout(["grpc-timeout": .string(text)]) == duration) }
    #expect(ClientsEnding.timeout([:]) == nil)
  }
}

@Suite("What one caller may have under way")
struct CallLimitTests {
  @Test("is limited for rosters, headcounts, feeds and health")
  func watches() async throws {
    try await ServerHarness.run(settings: { $0.maximumWatchesPerCaller = 2 }) { server in
      let other = server.access(try await server.token(.scanner).text)
      for (access, expected) in [(server.access, "TOO_MANY_WATCHES"), (other, "TOO_MANY_WATCHES")] {
        let reason = try await Self.third(access) { client, opened in
          try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(
            .with { $0.parent = "events/\(SampleData.forum)" }
          ) {
            for try await message in $0.messages where !message.cursor.isEmpty { opened() }
          }
        }
        #expect(reason == expected)
      }
      let headcounts = try await Self.third(server.access) { client, opened in
        try await Lanyard_V1_AttendanceService.Client(wrapping: client).watchAttendance(
          .with { $0.name = "events/\(SampleData.forum)/attendance" }
        ) {
          for try await message in $0.messages where message.snapshot { opened() }
        }
      }
      #expect(headcounts == "TOO_MANY_WATCHES")
      let feeds = try await Self.third(server.access) { client, opened in
        try await Lanyard_V1_FeedService.Client(wrapping: client).watchChanges(
          .with { $0.parent = "events/\(SampleData.forum)" }
        ) {
          for try await _ in $0.messages { opened() }
        }
      }
      #expect(feeds == "TOO_MANY_WATCHES")
      let health = try await Self.third(server.access) { client, opened in
        try await Grpc_Health_V1_Health.Client(wrapping: client).watch(.init()) {
          for try await _ in $0.messages { opened() }
        }
      }
      #expect(health == "TOO_MANY_WATCHES")
    }
  }

  /// Opens two calls and returns why a third one is refused.
  private static func third(
    _ access: ServerAccess,
    _ call: @escaping @Sendable (ServerClient, _ opened: @escaping @Sendable () -> Void) async throws -> Void
  ) async throws -> String? {
    try await withServerConnection(access) { client in
      let (opened, opening) = AsyncStream.makeStream(of: Void.self)
      return await withTaskGroup(of: Void.self) { group in
        var open = opened.makeAsyncIterator()
        for _ in 0..<2 {
          group.addTask { _ = await CheckInTests.failure { try await call(client) { opening.yield() } } }
          await open.next()
        }
        let failure = await CheckInTests.failure { try await call(client) {} }
        group.cancelAll()
        return failure?.reason
      }
    }
  }

  @Test("frees its place when it is over, and is counted for each caller")
  func places() async throws {
    let limit = CallLimit(total: 2, perCaller: 1, (.tooManyWatches, .errorTooManyWatches, .errorSearchesBusy))
    try await limit.run(for: "a") {
      await #expect(throws: RPCError.self) { try await limit.run(for: "a") {} }
      try await limit.run(for: "b") {
        _ = await #expect(throws: RPCError.self) { try await limit.run(for: "c") {} }
      }
      try await limit.run(for: "c") {}
    }
    try await limit.run(for: "a") {}
  }
}
