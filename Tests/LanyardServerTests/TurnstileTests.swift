import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardScanner
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("A turnstile", .hangGuard)
struct TurnstileTests {
  private static let event = "events/\(SampleData.forum)"
  private static let lane = "\(event)/checkpoints/entrance-lane-1"

  private static func programme() throws -> Programme {
    var programme = try SampleData.programme()
    let index = try #require(programme.events[1].checkpoints.firstIndex { $0.id == "entrance-lane-1" })
    programme.events[1].checkpoints[index].directions = .byTurns
    return programme
  }

  @Test("gives a badge that it reads twice the same answer twice, on a stream, by calls and in an upload")
  func twice() async throws {
    try await ServerHarness.run(programme: try Self.programme()) { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        let codes = try await People(client).badges(1...3).map(\.code)
        @Sendable func scan(_ code: String) -> Lanyard_V1_Scan {
          .with { ($0.scanID, $0.code) = (UUID().uuidString, code) }
        }
        let streamed = try await service.streamCheckIns { writer in
          try await writer.write(.with { $0.checkpoint = Self.lane })
          for _ in 0..<2 { try await writer.write(.with { $0.scans = [scan(codes[0])] }) }
        } onResponse: { response in
          var results: [Lanyard_V1_CheckIn] = []
          for try await message in response.messages { results += message.results.map(\.checkIn) }
          return results
        }
        #expect(streamed.map(\.answer) == [.admitted, .admitted])
        #expect(streamed.map(\.doubleReading) == [false, true])
        func call() async throws -> Lanyard_V1_CheckIn {
          try await service.checkIn(.with { ($0.checkpoint, $0.scan) = (Self.lane, scan(codes[1])) }).checkIn
        }
        #expect(try await [call().answer, call().answer] == [.admitted, .admitted])
        server.clock.advance(by: .seconds(4))
        #expect(try await [call().answer, call().answer] == [.left, .left])
        let uploaded = try await service.uploadCheckIns(
          .with { request in
            request.parent = Self.event
            request.checkIns = [Int64(30), 28].map { age in
              .with {
                ($0.checkpoint, $0.scan, $0.answer) = (Self.lane, scan(codes[2]), .admitted)
                $0.age = .with { $0.seconds = age }
              }
            }
          }
        )
        #expect(uploaded.results.map(\.checkIn.doubleReading) == [false, true])
        #expect(uploaded.results.allSatisfy { $0.conflicts.isEmpty })
        let counts = try await server.store.attendance(of: SampleData.forum, checkpoint: nil, at: server.clock.now)
        #expect(counts.peopleInside == 2)
      }
    }
  }

  @Test("an upload whose checkpoint is of another event than its parent is refused by its field")
  func otherEvent() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let code = try await People(client).badge(1).code
        let response = try await Lanyard_V1_CheckInService.Client(wrapping: client).uploadCheckIns(
          .with {
            $0.parent = "events/wsis20-ocp"
            $0.checkIns = [
              .with {
                ($0.checkpoint, $0.answer) = (Self.lane, .admitted)
                ($0.scan.scanID, $0.scan.code) = (UUID().uuidString, code)
              }
            ]
          }
        )
        #expect(response.results.map(\.error.field) == ["check_ins[0].checkpoint"])
        #expect(try await server.store.lastScanTime() == nil)
      }
    }
  }

  @Test("of badges issued to all a revoked one is passed over, until one is issued for that person")
  func revoked() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let badge = try await People(client).badge(1)
        _ = try await service.revokeBadge(.with { $0.name = badge.name })
        let all = try await service.batchIssueBadges(
          .with { ($0.parent, $0.registrations) = (Self.event, [badge.registration]) }
        )
        #expect((all.issued, all.unchanged, all.revoked) == (0, 0, 1))
        #expect(all.badges.map(\.name) == [badge.name] && all.badges.map(\.state) == [.revoked])
        let kiosk = try await server.enrol(.kiosk)
        try await withServerConnection(kiosk.access) { client in
          let refused = await CheckInTests.failure {
            _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).issueBadge(
              .with { $0.registration = badge.registration }
            )
          }
          #expect(refused?.reason == "BADGE_REVOKED")
        }
        let new = try await service.issueBadge(.with { $0.registration = badge.registration })
        #expect(new.state == .active && new.name != badge.name)
      }
    }
  }
}
