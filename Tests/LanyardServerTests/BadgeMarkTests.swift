import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Marks of badges")
struct BadgeMarkTests {
  @Test("Two desks that mark one badge: the second one with the first one's etag is refused, and reads again")
  func etag() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let badge = try await People(client).badge(1)
        #expect(!badge.etag.isEmpty)
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        func mark(etag: String, paths: [String], _ fill: (inout Lanyard_V1_Badge) -> Void) async throws
          -> Lanyard_V1_Badge
        {
          var request = Lanyard_V1_UpdateBadgeRequest()
          (request.badge.name, request.badge.etag, request.updateMask.paths) = (badge.name, etag, paths)
          fill(&request.badge)
          return try await service.updateBadge(request)
        }
        let first = try await mark(etag: badge.etag, paths: ["attention", "attention_note"]) {
          ($0.attention, $0.attentionNote) = (.escort, "Call protocol")
        }
        #expect(first.etag != badge.etag)
        let failure = try await DeviceTests.failure {
          _ = try await mark(etag: badge.etag, paths: ["attention"]) { $0.attention = .specialNeeds }
        }
        #expect(failure?.code == .aborted && failure?.reason == "ETAG_MISMATCH")
        #expect(try await service.getBadge(.with { $0.name = badge.name }) == first)
        let second = try await mark(etag: first.etag, paths: ["attention"]) { $0.attention = .specialNeeds }
        #expect(second.attention == .specialNeeds && second.attentionNote == "Call protocol")
        let blind = try await mark(etag: "", paths: ["attention_note"]) { $0.attentionNote = "Ramp" }
        #expect(blind.attention == .specialNeeds && blind.attentionNote == "Ramp")
      }
    }
  }

  @Test("A badge that is held is refused with what to do until it is released, and a list shows who needs attention")
  func held() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let badge = try await People(client).badge(1)
        let bare = try await People(client).badge(2)
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let checkIns = Lanyard_V1_CheckInService.Client(wrapping: client)
        func scan() async throws -> Lanyard_V1_CheckIn {
          try await checkIns.checkIn(
            .with {
              $0.checkpoint = "events/\(SampleData.forum)/checkpoints/entrance-lane-1"
              ($0.scan.code, $0.scan.scanID, $0.simulate) = (badge.code, UUID().uuidString, true)
            }
          ).checkIn
        }
        #expect(try await service.holdBadge(.with { $0.name = badge.name }).state == .held)
        let refused = try await scan()
        #expect(refused.reason == .held && refused.severity == .callSupervisor)
        #expect(refused.operatorMessageKey == "operator.held" && !refused.participantMessage.isEmpty)
        #expect(try await service.releaseBadge(.with { $0.name = badge.name }).state == .active)
        #expect(try await scan().answer == .admitted)
        _ = try await service.updateBadge(
          .with { ($0.badge.name, $0.badge.attention, $0.updateMask.paths) = (badge.name, .escort, ["attention"]) }
        )
        func list(_ withAttention: Bool) async throws -> [String] {
          try await service.listBadges(
            .with { ($0.parent, $0.withAttention) = ("events/\(SampleData.forum)", withAttention) }
          ).badges.map(\.name)
        }
        #expect(try await list(true) == [badge.name])
        #expect(try await list(false) == [badge.name, bare.name])
      }
    }
  }
}
