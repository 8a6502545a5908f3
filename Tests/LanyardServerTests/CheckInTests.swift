import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardSQLite
import LanyardScanner
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Synchronization
import Testing

@Suite("Check-in over TLS")
struct CheckInTests {
  private static let lane = "events/\(SampleData.forum)/checkpoints/entrance-lane-1"

  @Test("the same badge on 50 streams in the same instant is admitted exactly once")
  func fiftyStreams() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        let gate = Gate(parties: 50)
        let answers = try await withThrowingTaskGroup(of: Lanyard_V1_CheckIn.self) { group in
          for number in 0..<50 {
            group.addTask {
              let name = "events/\(SampleData.forum)/checkpoints/entrance-lane-\(number % 8 + 1)"
              return try await Self.scanOnce(code, at: name, client, when: { await gate.arrive() })
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0.answer == .admitted } == 1)
        #expect(answers.count { $0.reason == .alreadyInside && $0.hasEarlier } == 49)
      }
    }
  }

  @Test("a stream answers thousands of scans in their order, whatever is among them")
  func order() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let codes = try await People(client).badges(1...20).map(\.code)
        let scans = (0..<3000).map { number -> Lanyard_V1_Scan in
          .with {
            $0.scanID = number % 7 == 6 ? "not a uuid" : UUIDBytes.timeOrdered(at: server.clock.now).description
            $0.code = number % 11 == 10 ? "garbage" : codes[number % 20]
          }
        }
        let results = try await Self.stream(scans, client)
        #expect(results.map(\.scanID) == scans.map(\.scanID))
        #expect(results.count { $0.error.reason == "INVALID_FIELD" } == scans.count { $0.scanID == "not a uuid" })
        #expect(results.count { $0.checkIn.answer == .admitted } == 20)
      }
    }
  }

  @Test("a scan sent again gets the same answer; its id with other content is an invalid argument")
  func idempotency() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        let code = try await People(client).badge(1).code
        var request = Lanyard_V1_CheckInRequest()
        request.checkpoint = Self.lane
        request.scan.scanID = UUIDBytes.timeOrdered(at: server.clock.now).description
        request.scan.code = code.lowercased()
        let first = try await service.checkIn(request)
        #expect(first.checkIn.answer == .admitted)
        #expect(first.checkIn.attendee.displayName == "محمد Nº 1")
        server.clock.advance(by: .seconds(30))
        #expect(try await service.checkIn(request) == first)
        request.scan.direction = .out
        let failure = await Self.failure { _ = try await service.checkIn(request) }
        #expect(failure?.code == .invalidArgument)
        #expect(failure?.reason == "SCAN_ID_REUSED")
        #expect(failure?.fields.map(\.name) == ["scan_id"])
      }
    }
  }

  @Test("a forged code, a code of another key and garbage are told apart from an unknown badge")
  func codes() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let badge = try await People(client).badge(1)
        let end = badge.code.index(badge.code.endIndex, offsetBy: -10)
        let forged =
          badge.code[..<end] + (badge.code[end] == "A" ? "B" : "A") + badge.code[badge.code.index(after: end)...]
        let reasons = try await Self.stream(
          [String(forged), "https://example.org", "LY1", "", "\(badge.code)\0", "\(badge.code)\0X", "\0"].map { code in
            .with { ($0.code, $0.scanID) = (code, UUIDBytes.timeOrdered(at: server.clock.now).description) }
          },
          client
        ).map(\.checkIn.reason)
        #expect(reasons == [.forged] + Array(repeating: .unreadable, count: 6))
        let listed = try await Lanyard_V1_AttendanceService.Client(wrapping: client).listCheckIns(
          .with { $0.parent = "events/\(SampleData.forum)" }
        ).checkIns
        #expect(listed.map(\.reason) == reasons && listed.allSatisfy { $0.badge.isEmpty })
      }
    }
  }

  @Test(
    "A refusal is told in the language that the call asks for, with its keys, and the facts beside them",
    arguments: [
      (nil, "en", "This is no badge code. Scan again."), ("de", "en", "This is no badge code. Scan again."),
      ("fr-CH, en;q=0.5", "fr", "Ce n’est pas un code de badge. Scannez de nouveau."),
      ("ar", "ar", "هذا ليس رمز شارة. أعد المسح."),
    ] as [(String?, String, String)]
  )
  func languages(asked: String?, tag: String, words: String) async throws {
    try await ServerHarness.run { server in
      var access = server.access
      access.language = asked
      try await withServerConnection(access) { client in
        let streamed = try await Self.stream(
          [.with { ($0.code, $0.scanID) = ("garbage", UUIDBytes.timeOrdered(at: server.clock.now).description) }],
          client
        ).map(\.checkIn)
        let listed = try await Lanyard_V1_AttendanceService.Client(wrapping: client).listCheckIns(
          .with { $0.parent = "events/\(SampleData.forum)" }
        ).checkIns
        #expect(streamed.count == 1 && listed == streamed)
        let answer = try #require(streamed.first)
        #expect(answer.operatorMessage == words && answer.messageLanguage == tag)
        #expect(answer.operatorMessageKey == "operator.unreadable" && answer.timeZone == "Europe/Zurich")
        #expect(answer.participantMessageKey == "participant.unreadable" && !answer.participantMessage.isEmpty)
      }
    }
  }

  @Test("a graceful stop answers what was accepted and tells the lane to connect again")
  func gracefulStop() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        let (readings, feed) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
        feed.yield(.reading(LaneSession.Reading(code: code, direction: .into, readAt: server.clock.now)))
        let answered = Mutex<[Lanyard_V1_Answer]>([])
        let failure = await Self.failure {
          try await LaneSession(client: client, checkpoint: Self.lane).run(readings) { event in
            guard case .answered(let result) = event else { return }
            answered.withLock { $0.append(result.checkIn.answer) }
            await server.stop()
          }
        }
        feed.finish()
        #expect(answered.withLock { $0 } == [.admitted])
        #expect(failure?.code == .unavailable)
      }
    }
  }

  @Test("a token that is revoked ends its open streams")
  func revokedStream() async throws {
    try await ServerHarness.run { server in
      let token = try await server.token(.scanner)
      let code = try await withServerConnection(server.access) { try await People($0).badge(1).code }
      try await withServerConnection(server.access(token.text)) { client in
        let (readings, feed) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
        let scan: @Sendable () -> Void = {
          _ = feed.yield(.reading(LaneSession.Reading(code: code, direction: .out, readAt: server.clock.now)))
        }
        scan()
        let revoked = Mutex(false)
        let failure = await Self.failure {
          try await LaneSession(client: client, checkpoint: Self.lane).run(readings) { event in
            guard case .answered = event else { return }
            if !revoked.withLock({ $0 }) {
              revoked.withLock { $0 = true }
              _ = try? await server.store.revokeToken(.test(server.clock.now), token.id)
            }
            scan()
          }
        }
        feed.finish()
        #expect(failure?.code == .unauthenticated)
        #expect(failure?.reason == "TOKEN_REFUSED")
      }
    }
  }

  @Test("the first message must name a checkpoint that is there, and messages have a limit")
  func badStreams() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let unknown = await Self.failure { _ = try await Self.stream([], client, at: Self.lane + "0") }
        #expect(unknown?.code == .notFound)
        let unnamed = await Self.failure { _ = try await Self.stream([], client, at: "") }
        #expect(unnamed?.fields.map(\.name) == ["checkpoint"])
        let many = Array(repeating: Lanyard_V1_Scan(), count: 65)
        let tooMany = await Self.failure { _ = try await Self.stream(many, client, batch: 65) }
        #expect(tooMany?.fields.map(\.name) == ["scans"])
      }
    }
  }

  private static func scanOnce(
    _ code: String,
    at checkpoint: String,
    _ client: ServerClient,
    when ready: @escaping @Sendable () async -> Void
  ) async throws -> Lanyard_V1_CheckIn {
    try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns { writer in
      try await writer.write(.with { $0.checkpoint = checkpoint })
      await ready()
      try await writer.write(
        .with {
          $0.scans = [.with { ($0.code, $0.scanID) = (code, UUIDBytes.timeOrdered(at: .init(seconds: 0)).description) }]
        }
      )
    } onResponse: { response in
      for try await message in response.messages {
        if let result = message.results.first { return result.checkIn }
      }
      throw RPCError(code: .unknown, message: "no answer")
    }
  }

  private static func stream(
    _ scans: [Lanyard_V1_Scan],
    _ client: ServerClient,
    at checkpoint: String = lane,
    batch: Int = 50
  ) async throws -> [Lanyard_V1_StreamCheckInsResponse.Result] {
    try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns { writer in
      try await writer.write(.with { $0.checkpoint = checkpoint })
      for start in stride(from: 0, to: scans.count, by: batch) {
        try await writer.write(.with { $0.scans = Array(scans[start..<min(start + batch, scans.count)]) })
      }
    } onResponse: { response in
      var results: [Lanyard_V1_StreamCheckInsResponse.Result] = []
      for try await message in response.messages { results += message.results }
      return results
    }
  }

  static func failure(_ body: () async throws -> Void) async -> CallFailure? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? EventFault)?.failure ?? (error as? RPCError).map(CallFailure.init)
    }
  }
}

/// Lets all parties through when the last has arrived.
private actor Gate {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(parties: Int) {
    missing = parties
  }

  func arrive() async {
    missing -= 1
    if missing == 0 {
      for continuation in waiting { continuation.resume() }
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }
}
