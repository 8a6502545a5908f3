import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardTesting
import SwiftProtobuf
import Synchronization
import Testing

@Suite("A server that dies", .blocking)
struct CrashTests {
  @Test("kill -9 in the middle of a stream of check-ins loses no answered scan")
  func kill() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      func run(_ arguments: String...) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      _ = try run("certs", "init")
      var server = try LanyardServerProcess(data: data)
      _ = try run("event", "import", SampleData.url("programme.json").path)
      _ = try run("registrations", "import", SampleData.url("participants.csv").path, "--event", SampleData.forum)
      _ = try run("badge", "issue", "--event", SampleData.forum, "--all")
      let codes = try run("badge", "list", "--event", SampleData.forum, "--codes").output.split(separator: "\n")
      let token = try String(contentsOf: data.appending(path: "organiser.token"), encoding: .utf8)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      func access() throws -> ServerAccess {
        ServerAccess(
          server.address,
          token: token,
          authorityPath: data.appending(path: "certs/authority.pem").path
        )
      }

      let answered = Mutex<[String: Lanyard_V1_CheckIn]>([:])
      let sent = Mutex<[String: Lanyard_V1_Scan]>([:])
      let (readings, feed) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
      @Sendable func send(_ codes: ArraySlice<Substring>) {
        for code in codes {
          let reading = LaneSession.Reading(code: String(code), direction: .into, readAt: SampleData.firstMorning)
          sent.withLock { $0[reading.id.description] = reading.message }
          feed.yield(.reading(reading))
        }
      }
      send(codes.dropLast())
      let victim = server
      await #expect(throws: (any Error).self) {
        try await withServerConnection(access()) { client in
          try await LaneSession(client: client, checkpoint: Self.lane).run(readings) { event in
            guard case .answered(let result) = event else { return }
            let count = answered.withLock { answers in
              answers[result.scanID] = result.checkIn
              return answers.count
            }
            guard count == 300 else { return }
            victim.kill()
            // This one can have no answer, however many of the others had theirs.
            send(codes.suffix(1))
          }
        }
      }
      let before = answered.withLock { $0 }
      #expect(before.count >= 300)
      #expect(before.count < codes.count)

      server = try LanyardServerProcess(data: data)
      defer { server.stop() }
      let again = try await withServerConnection(access()) { client in
        try await Self.sendAgain(sent.withLock { $0 }.values.filter { before[$0.scanID] != nil }, client)
      }
      #expect(again == before)
      let attendance = try run("attendance", "--event", SampleData.forum, "--json").json()[0]
      let inside = try #require(attendance["people_inside"] as? Int)
      #expect(inside >= before.values.count { $0.answer == .admitted })
    }
  }

  private static let lane = "events/\(SampleData.forum)/checkpoints/entrance-lane-1"

  /// The answers to scans that were answered before.
  private static func sendAgain(
    _ scans: [Lanyard_V1_Scan],
    _ client: ServerClient
  ) async throws -> [String: Lanyard_V1_CheckIn] {
    try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns { writer in
      try await writer.write(.with { $0.checkpoint = lane })
      for scan in scans { try await writer.write(.with { $0.scans = [scan] }) }
    } onResponse: { response in
      var answers: [String: Lanyard_V1_CheckIn] = [:]
      for try await message in response.messages {
        for result in message.results { answers[result.scanID] = result.checkIn }
      }
      return answers
    }
  }
}
