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
}
