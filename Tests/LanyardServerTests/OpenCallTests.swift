import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Synchronization
import Testing

@Suite("Calls that stay open", .blocking)
struct OpenCallTests {
  private static let event = "events/\(SampleData.forum)"
  private static let lane = "\(event)/checkpoints/entrance-lane-1"

  /// Which statements the server has run on its store.
  private final class Heard: Sendable {
    private struct State {
      var lookUps = 0
      var looks = 0
      var all = 0
    }
    private let state = Mutex(State())
    private let told = AsyncStream.makeStream(of: Int.self)

    func hear(_ statement: SQL, _ values: [any SQLValue], _ session: any SQLSession, _ run: () throws -> Void) throws {
      let looks = state.withLock { state -> Int? in
        state.all += 1
        let isLookUp = ["Tokens.swift", "DeviceRow.swift", "Links.swift"].contains { statement.file.hasSuffix($0) }
        if isLookUp { state.lookUps += 1 }
        guard statement.file.hasSuffix("FeedReader.swift") else { return nil }
        state.looks += 1
        return state.looks
      }
      if let looks { told.continuation.yield(looks) }
      try run()
    }

    /// Look-ups of callers, and all statements of both kinds that the test hears, until feeds were looked at so many times
    /// more.
    func until(looks count: Int) async -> (lookUps: Int, all: Int) {
      let before = state.withLock { $0 }
      for await looks in told.stream where looks >= before.looks + count { break }
      return state.withLock { ($0.lookUps - before.lookUps, $0.all - before.all) }
    }
  }

  @Test(
    "64 lanes that are open and have nothing to do look up none of their callers, however often feeds are looked at"
  )
  func idle() async throws {
    let heard = Heard()
    try await ServerHarness.run(store: { AlternatingStore($0, $0, hear: heard.hear) }) { server in
      var callers = [try await server.enrol().access]
      for _ in 0..<3 { callers.append(server.access(try await server.token(.scanner).text)) }
      let (openings, open) = AsyncStream.makeStream(of: Void.self)
      await withThrowingTaskGroup(of: Void.self) { group in
        for caller in callers {
          group.addTask {
            try await withServerConnection(caller) { client in
              try await withThrowingTaskGroup(of: Void.self) { lanes in
                for _ in 0..<16 {
                  lanes.addTask { try await Self.openLane(client) { open.yield() } }
                }
                try await lanes.waitForAll()
              }
            }
          }
        }
        var opened = 0
        for await _ in openings {
          opened += 1
          if opened == 64 { break }
        }
        // Two feeds are followed, the event's and the installation's.
        let quiet = await heard.until(looks: 8)
        #expect(quiet.lookUps == 0)
        // The store's own watch reads how far it is, and nobody else anything.
        #expect(quiet.all <= 40, "\(quiet.all) statements")
        group.cancelAll()
      }
    }
  }

  @Test("A lane's stream ends when another process revokes its token or its device", arguments: ["token", "device"])
  func revokedElsewhere(kind: String) async throws {
    try await ServerHarness.run { server in
      let other = try SQLiteStore(path: server.folder.appending(path: "lanyard.sqlite").path)
      let (device, token) = (try await server.enrol(), try await server.token(.scanner))
      let access = kind == "device" ? device.access : server.access(token.text)
      let (openings, open) = AsyncStream.makeStream(of: Void.self)
      try await withThrowingTaskGroup(of: CallFailure?.self) { group in
        group.addTask {
          try await DeviceTests.failure {
            try await withServerConnection(access) { try await Self.openLane($0) { open.yield() } }
          }
        }
        for await _ in openings { break }
        if kind == "device" {
          let id = try #require(ResourceName(device.device.name)?.id)
          _ = try await other.revokeDevice(.test(), id, of: SampleData.forum)
        } else {
          _ = try await other.revokeToken(.test(), token.id)
        }
        let failure = try await group.next() ?? nil
        #expect(failure?.code == .unauthenticated)
        #expect(failure?.reason == (kind == "device" ? "DEVICE_REVOKED" : "TOKEN_REFUSED"))
      }
    }
  }

  @Test("A caller that was revoked in the moment in which its call opens does not stay")
  func revokedWhileOpening() async throws {
    try await ServerHarness.run { server in
      let other = try SQLiteStore(path: server.folder.appending(path: "lanyard.sqlite").path)
      for _ in 0..<5 {
        let token = try await server.token(.scanner)
        async let revocation = other.revokeToken(.test(), token.id)
        let failure = try await DeviceTests.failure {
          try await withServerConnection(server.access(token.text)) { try await Self.openLane($0) {} }
        }
        #expect(failure?.reason == "TOKEN_REFUSED")
        #expect(try await revocation)
      }
    }
  }

  /// Opens a lane that scans nothing, until its stream ends.
  private static func openLane(_ client: ServerClient, _ opened: @escaping @Sendable () -> Void) async throws {
    try await Lanyard_V1_CheckInService.Client(wrapping: client).streamCheckIns { requests in
      try await requests.write(.with { $0.checkpoint = lane })
      // Until the call is over, which cancels it.
      try await Task.sleep(for: HangGuard.time)
    } onResponse: { response in
      for try await message in response.messages where message.hasOpened { opened() }
    }
  }
}
