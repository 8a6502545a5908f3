import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
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
    var leftOut: [Lanyard_V1_RenderBadgesResponse.LeftOut] = []
    /// Of the first page.
    var page = ""
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
      var file = Data()
      for try await part in response.messages {
        file += part.content
        drawn.leftOut += part.leftOut
        drawn.total = max(drawn.total, Int(part.totalSize))
        drawn.passedOver += Int(part.passedOver)
        drawn.before += Int(part.printedBefore)
        drawn.bytes += part.content.count
        if !part.printRun.isEmpty { drawn.run = part.printRun }
      }
      let text = String(decoding: file, as: UTF8.self)
      drawn.page = text.firstMatch(of: /MediaBox ?\[ ?([0-9. ]+?) ?\]/).map { String($0.1) } ?? ""
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

  @Test("Goes on by the design and on the sheet of its run, and by others only where that is said")
  func looks() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        for number in 1...3 { _ = try await People(client).badge(number) }
        let labels = try await Self.draw(client) { ($0.design, $0.sheet) = (.label, .a4) }
        let own = BadgeDesignFile(name: "own.yaml", content: Array(Self.design.utf8))
        let changed = BadgeDesignFile(name: "own.yaml", content: Array((Self.design + "# anew\n").utf8))
        let renamed = BadgeDesignFile(name: "forum.yaml", content: own.content)
        let other = try await Self.draw(client) { $0.designFile = Lanyard_V1_BadgeDesignFile(own) }
        let usual = try await Self.draw(client) { _ in }
        #expect(labels.page.hasPrefix("0 0 595.27") && other.page != usual.page)
        func rest(
          _ run: String,
          _ fill: @escaping @Sendable (inout Lanyard_V1_RenderBadgesRequest) -> Void = { _ in }
        ) async throws -> Drawn {
          try await Self.draw(client) {
            ($0.printRun, $0.fromNumber) = (run, 2)
            fill(&$0)
          }
        }
        func refused(
          _ run: String,
          _ fill: @escaping @Sendable (inout Lanyard_V1_RenderBadgesRequest) -> Void
        ) async throws -> [String]? {
          try await DeviceTests.failure { _ = try await rest(run, fill) }?.fields.map(\.name)
        }
        #expect(try await rest(labels.run).page == labels.page)
        #expect(try await rest(labels.run) { $0.design = .label }.total == 2)
        #expect(try await refused(labels.run) { $0.design = .conference } == ["design"])
        #expect(try await refused(labels.run) { $0.designFile = Lanyard_V1_BadgeDesignFile(own) } == ["design_file"])
        #expect(try await refused(labels.run) { $0.sheet = .single } == ["sheet"])
        let said = try await rest(labels.run) { ($0.sheet, $0.allowOtherDesign) = (.single, true) }
        #expect(said.total == 2 && said.page != labels.page)

        #expect(try await refused(other.run) { _ in } == ["design_file"])
        #expect(try await rest(other.run) { $0.designFile = Lanyard_V1_BadgeDesignFile(renamed) }.page == other.page)
        #expect(try await refused(other.run) { $0.designFile = Lanyard_V1_BadgeDesignFile(changed) } == ["design_file"])
        #expect(try await refused(labels.run) { $0.fromNumber = 4 } == ["from_number"])
        let runs = try await Lanyard_V1_BadgeService.Client(wrapping: client).listPrintRuns(
          .with { $0.parent = Self.parent }
        )
        #expect(runs.printRuns.first { $0.name == labels.run }?.sheet == .a4)
      }
    }
  }

  private static let design = """
    paper: {width: 80, height: 50}
    front:
      name: {x: 2, y: 2, width: 40, height: 20, shows: name}
      code: {x: 48, y: 2, width: 30, height: 30, shows: code}

    """

  @Test("Leaves out by name and reason whom it was asked for one by one, or has in its run, and who cannot be printed")
  func leftOut() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        var badges: [Lanyard_V1_Badge] = []
        for number in 1...3 { badges.append(try await People(client).badge(number)) }
        let all = badges
        let run = try await Self.draw(client) { $0.badges = all.map(\.name) }
        #expect(run.total == 3 && run.leftOut.isEmpty)
        _ = try await service.holdBadge(.with { $0.name = all[0].name })
        _ = try await service.replaceBadge(.with { $0.name = all[1].name })
        let registration = try await Lanyard_V1_RegistrationService.Client(wrapping: client)
          .getRegistration(.with { $0.name = all[0].registration })
        let again = try await Self.draw(client) { $0.printRun = run.run }
        #expect(again.total == 3 && Set(again.leftOut.map(\.badge)) == [all[0].name, all[1].name])
        let held = try #require(again.leftOut.first { $0.badge == all[0].name })
        #expect(held.displayName == registration.displayName && held.message.contains("held"), "\(held)")
        let alone = try await Self.draw(client) { $0.badges = [all[0].name] }
        #expect(alone.bytes == 0 && alone.leftOut == [held])
        let failure = try await DeviceTests.failure {
          _ = try await service.activateBadge(.with { $0.name = all[0].name })
        }
        #expect(
          failure?.reason == "BADGE_NOT_ACTIVE" && failure?.message.contains("is held") == true,
          "\(failure as Any)"
        )
      }
    }
  }

  @Test(
    "Is taken back where a printer failed, by the kiosk alone that printed it, and is printed when it is asked for again"
  )
  func withdrawn() async throws {
    try await ServerHarness.run { server in
      let (kiosk, other) = (try await server.enrol(.kiosk), try await server.enrol(.kiosk))
      let badge = try await withServerConnection(server.access) { try await People($0).badge(1) }
      func own(_ kiosk: EnrolledDevice) async throws -> Lanyard_V1_PrintOwnBadgeResponse {
        try await withServerConnection(kiosk.access) { client in
          try await Lanyard_V1_BadgeService.Client(wrapping: client)
            .printOwnBadge(.with { ($0.parent, $0.code) = (Self.parent, badge.code) })
        }
      }
      func withdraw(_ run: String, _ kiosk: EnrolledDevice) async throws -> Lanyard_V1_PrintRun {
        try await withServerConnection(kiosk.access) { client in
          try await Lanyard_V1_BadgeService.Client(wrapping: client).withdrawPrintRun(.with { $0.name = run })
        }
      }
      let first = try await own(kiosk)
      #expect(!first.content.isEmpty && !first.printRun.isEmpty && !first.isNotActivated)
      let failure = try await DeviceTests.failure { _ = try await withdraw(first.printRun, other) }
      #expect(failure?.code == .notFound)
      #expect(try await own(other).earlierBadgeCount == 1)
      for _ in 1...2 { #expect(try await !withdraw(first.printRun, kiosk).hasPrintTime) }
      let again = try await own(other)
      #expect(!again.content.isEmpty && again.printRun != first.printRun)
    }
  }
}
