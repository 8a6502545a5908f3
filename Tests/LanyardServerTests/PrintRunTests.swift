import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardServer
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("What was printed", .blocking, .hangGuard)
struct PrintRunTests {
  private static let parent = "events/\(SampleData.forum)"

  /// What comes of drawing badges.
  private struct Drawn {
    var total = 0
    var passedOver = 0
    var before = 0
    var run = ""
    var bytes = 0
  }

  private static func draw(
    _ client: ServerClient,
    _ fill: @Sendable (inout Lanyard_V1_RenderBadgesRequest) -> Void
  ) async throws -> Drawn {
    let request = Lanyard_V1_RenderBadgesRequest.with {
      ($0.parent, $0.record) = (parent, true)
      fill(&$0)
    }
    return try await Lanyard_V1_BadgeService.Client(wrapping: client).renderBadges(request) { response in
      var drawn = Drawn()
      for try await part in response.messages {
        drawn.total = max(drawn.total, Int(part.totalSize))
        drawn.passedOver += Int(part.passedOver)
        drawn.before += Int(part.printedBefore)
        drawn.bytes += part.content.count
        if !part.printRun.isEmpty { drawn.run = part.printRun }
      }
      return drawn
    }
  }

  @Test("Is passed over the next time, but for what is new or would look otherwise now; a run goes on from any badge")
  func again() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let people = [
          try await People(client).badge(1), try await People(client).badge(2), try await People(client).badge(3),
        ]
        let first = try await Self.draw(client) { $0.unprinted = true }
        #expect(first.total == 3 && first.run == "\(Self.parent)/printRuns/1")
        // Nobody has said that it was printed.
        #expect(try await Self.draw(client) { $0.unprinted = true }.total == 3)
        let run = try await service.confirmPrintRun(.with { $0.name = first.run })
        #expect(run.hasPrintTime && run.badgeCount == 3 && run.design == "CONFERENCE" && run.actor.hasPrefix("tokens/"))
        let nothing = try await Self.draw(client) { $0.unprinted = true }
        #expect(nothing.total == 0 && nothing.passedOver == 3 && nothing.run.isEmpty && nothing.bytes == 0)
        #expect(try await service.getBadge(.with { $0.name = people[0].name }).printTime == run.printTime)

        _ = try await Lanyard_V1_RegistrationService.Client(wrapping: client).updateRegistration(
          .with {
            ($0.registration.name, $0.registration.organisation) = (people[1].registration, "Institut für Völkerkunde")
            $0.updateMask.paths = ["organisation"]
          }
        )
        _ = try await People(client).badge(4)
        let changed = try await Self.draw(client) { $0.unprinted = true }
        #expect(changed.total == 2 && changed.passedOver == 2 && changed.before == 1)
        let named = try await Self.draw(client) { $0.badges = [people[0].name] }
        #expect(named.before == 1)

        let rest = try await Self.draw(client) { ($0.printRun, $0.fromNumber) = (first.run, 2) }
        #expect(rest.total == 2 && rest.before == 2)
        let runs = try await service.listPrintRuns(.with { ($0.parent, $0.pageSize) = (Self.parent, 2) })
        #expect(runs.printRuns.count == 2 && !runs.nextPageToken.isEmpty)
        let failure = try await DeviceTests.failure {
          _ = try await Self.draw(client) { ($0.printRun, $0.stakeholderGroup) = (first.run, "Academia") }
        }
        #expect(failure?.fields.map(\.name) == ["stakeholder_group"])
        let day = try await DeviceTests.failure { _ = try await Self.draw(client) { $0.day = "2031-01-01" } }
        #expect(day?.fields.map(\.name) == ["day"])
      }
    }
  }

  @Test("At a kiosk is somebody's own badge, once, by a code or a personal link of theirs, and no other's")
  func kiosk() async throws {
    try await ServerHarness.run { server in
      let kiosk = try await server.enrol(.kiosk)
      let (badge, lost, person) = try await withServerConnection(server.access) { client in
        let people = People(client)
        return (try await people.badge(1), try await people.badge(2), try await people.registration(3))
      }
      let name = try #require(ResourceName(person.name))
      let link = try await server.personalLink(of: name.id)
      try await withServerConnection(server.access) { client in
        _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).replaceBadge(.with { $0.name = lost.name })
      }
      try await withServerConnection(kiosk.access) { client in
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        func own(_ code: String) async throws -> Lanyard_V1_PrintOwnBadgeResponse {
          try await service.printOwnBadge(.with { ($0.parent, $0.code) = (Self.parent, code) })
        }
        let first = try await own(badge.code.lowercased())
        #expect(first.content.starts(with: "%PDF".utf8) && first.badge == badge.name && !first.displayName.isEmpty)
        let again = try await own(badge.code)
        #expect(again.content.isEmpty && again.hasEarlierPrintTime && again.earlierDevice == kiosk.device.displayName)
        // Who has no badge yet gets one; the link may stand in a web address.
        let linked = try await own("https://forum.example/me#\(link.text)")
        #expect(!linked.content.isEmpty && linked.badge != badge.name)
        #expect(try await own(link.text).content.isEmpty)
        let wrong = link.text.dropLast() + (link.text.hasSuffix("0") ? "1" : "0")
        let middle = badge.code.index(badge.code.endIndex, offsetBy: -20)
        let other = badge.code[middle] == "A" ? "B" : "A"
        let altered = badge.code.prefix(upTo: middle) + other + badge.code.suffix(from: middle).dropFirst()
        for code in [lost.code, String(wrong), "hello", "", "lanyard_00_00", String(altered)] {
          let failure = try await DeviceTests.failure { _ = try await own(code) }
          #expect(failure?.reason == "OWN_CODE_UNKNOWN", "\(code)")
        }
        // In bytes, as of each scan.
        for long in [String(repeating: "x", count: 1025), String(repeating: "ж", count: 513)] {
          let failure = try await DeviceTests.failure { _ = try await own(long) }
          #expect(failure?.fields.map(\.name) == ["code"])
        }
      }
    }
  }
}
