import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("What is put right after badges are out", .blocking)
struct AfterwardsTests {
  private static let parent = ResourceName.event(SampleData.forum).description
  private static let lane = "\(parent)/checkpoints/entrance-lane-1"

  /// The sample forum, but for what `change` changes.
  private static func document(_ change: (inout [String: Any]) -> Void) throws -> Data {
    let sample = try JSONSerialization.jsonObject(with: Data(SampleData.bytes("programme.json"))) as? [String: Any]
    let forum = (sample?["events"] as? [[String: Any]] ?? []).filter { $0["slug"] as? String == SampleData.forum }
    let changed = forum.map { event in
      var event = event
      change(&event)
      return event
    }
    return try JSONSerialization.data(withJSONObject: ["events": changed])
  }

  @Test("Longer days say how many badges end earlier, which are renewed with their codes, or replaced by others")
  func renewal() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let badges = try await People(client).badges(1...2)
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        for (day, replace) in [("2024-06-01", false), ("2024-06-02", true)] {
          let document = try Self.document { $0["end_date"] = day }
          let imported = try await events.importProgramme(.with { $0.document = document })
          #expect(imported.events.map(\.badgesEndingEarly) == [2])
          let renewed = try await service.renewBadges(.with { ($0.parent, $0.replace) = (Self.parent, replace) })
          #expect(renewed.badges.count == 2 && renewed.remaining == 0)
          #expect((Set(renewed.badges.map(\.code)) == Set(badges.map(\.code))) != replace)
          let end = SampleData.moment("\(day)T00:00:00+02:00") + .seconds(86_400)
          #expect(renewed.badges.allSatisfy { Instant(shown: $0.expireTime) == end })
          let again = try await service.renewBadges(.with { ($0.parent, $0.replace) = (Self.parent, replace) })
          #expect(again.badges.isEmpty)
        }
        let shorter = try Self.document { $0["end_date"] = "2024-06-01" }
        let failure = try await DeviceTests.failure {
          _ = try await events.importProgramme(.with { $0.document = shorter })
        }
        #expect(failure?.fields.map(\.name) == ["events[0].start_date"])
      }
    }
  }

  @Test("An organiser puts somebody outside, and everybody of an area, and takes that back")
  func sendingOut() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let badges = try await People(client).badges(1...3)
        for badge in badges { _ = try await LaneMethodTests.scan(client) { $0.scan.code = badge.code } }
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        let attendance = Lanyard_V1_AttendanceService.Client(wrapping: client)
        func inside() async throws -> Int32 {
          try await attendance.getAttendance(.with { $0.name = "\(Self.parent)/attendance" }).peopleInside
        }
        let one = try await service.sendOut(
          .with { ($0.parent, $0.registration, $0.note) = (Self.parent, badges[0].registration, "seen leaving") }
        )
        #expect(one.people == 1 && one.checkIns.count == 1)
        #expect(try await inside() == 2)
        let all = try await service.sendOut(.with { ($0.parent, $0.checkpoint) = (Self.parent, Self.lane) })
        #expect(all.people == 2 && all.remaining == 0)
        #expect(try await inside() == 0)
        let scans = try await attendance.listCheckIns(.with { $0.parent = Self.parent }).checkIns
        #expect(scans.map(\.sentOut) == [false, false, false, true, true, true])
        #expect(scans[3].answer == .left && scans[3].sentOutNote == "seen leaving" && !scans[3].wasNotInside)
        let undone = try await service.undoCheckIn(.with { $0.name = one.checkIns[0] })
        #expect(undone.hasUndo && undone.sentOut)
        #expect(try await inside() == 1)
        let failure = try await DeviceTests.failure { _ = try await service.sendOut(.with { $0.parent = Self.parent }) }
        #expect(failure?.fields.map(\.name) == ["registration"])
        let elsewhere = try await DeviceTests.failure {
          _ = try await service.sendOut(
            .with { ($0.parent, $0.checkpoint) = (Self.parent, "events/wsis20-ocp/checkpoints/x") }
          )
        }
        #expect(elsewhere?.fields.map(\.name) == ["checkpoint"])
      }
    }
  }

  /// Eight letters each.
  private static let words = ["ירושלים1", "Бейджики", "تسجيلات1", "대한민국대한민국"]

  @Test(
    "The record keeps which badge a forged code names or one of another event is, and the first characters of what is no code"
  )
  func traces() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let badge = try await People(client).badge(1)
        let forged = String(badge.code.dropLast(4)) + (badge.code.hasSuffix("AAAA") ? "BBBB" : "AAAA")
        let elsewhere = "wsis20-ocp"
        let details = try await SampleData.person(3).validated(for: server.store.event(elsewhere).event)
        let stranger = try await server.store.register(.test(), details, for: elsewhere, request: nil).id
        let other = try await Lanyard_V1_BadgeService.Client(wrapping: client).issueBadge(
          .with { $0.registration = ResourceName.registration(stranger, of: elsewhere).description }
        )
        for code in [forged, "https://example.org/jane.doe", badge.code, other.code] + Self.words + ["WEB_ADDRESS"] {
          _ = try await LaneMethodTests.scan(client) { $0.scan.code = code }
        }
        let attendance = Lanyard_V1_AttendanceService.Client(wrapping: client)
        let scans = try await attendance.listCheckIns(.with { $0.parent = Self.parent }).checkIns
        #expect(scans.map(\.reason).prefix(4) == [.forged, .unreadable, .unspecified, .otherEvent])
        #expect(
          scans[0].codeTrace == .with { ($0.serial, $0.event) = (ResourceName(badge.name)?.id ?? "", SampleData.forum) }
        )
        // A text is compared without case, and kept as it is compared.
        #expect(scans[1].codeTrace == .with { ($0.beginning, $0.length) = ("HTTPS:", 28) })
        #expect(!scans[2].hasCodeTrace)
        // Of another event: which badge it was, and nobody's name.
        #expect(
          scans[3].codeTrace == .with { ($0.serial, $0.event) = (ResourceName(other.name)?.id ?? "", elsewhere) }
            && !scans[3].hasAttendee
        )
        let texts = Self.words.map { text in
          Lanyard_V1_CodeTrace.with { ($0.beginning, $0.length) = (String(text.prefix(4)), 8) }
        }
        let withheld = Lanyard_V1_CodeTrace.with { ($0.beginning, $0.withheld) = ("WEB_ADDRESS", .webAddress) }
        #expect(scans.dropFirst(4).map(\.codeTrace) == texts + [withheld])
      }
    }
  }

  @Test(
    "No more are booked than a session takes, unless somebody insists; who waits is named, who cancelled passed over"
  )
  func bookings() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        let document = try Self.document { event in
          var sessions = event["sessions"] as? [[String: Any]] ?? []
          (sessions[0]["capacity"], sessions[0]["booked_only"]) = (1, true)
          event["sessions"] = sessions
          event["reviewed_stakeholder_groups"] = ["Civil Society"]
        }
        _ = try await events.importProgramme(.with { $0.document = document })
        let people = People(client)
        let confirmed = try await people.registration(1).name
        let waiting = try await people.registration(
          Lanyard_V1_Registration(SampleData.person(2, group: "Civil Society"))
        )
        let cancelled = try await people.registration(3).name
        _ = try await Lanyard_V1_RegistrationService.Client(wrapping: client).cancelRegistration(
          .with { $0.name = cancelled }
        )
        let names = [confirmed, waiting.name, cancelled]
        func book(insist: Bool) async throws -> Lanyard_V1_AddBookingsResponse {
          try await events.addBookings(
            .with { ($0.parent, $0.registrations, $0.insist) = ("\(Self.parent)/sessions/s001", names, insist) }
          )
        }
        let failure = try await DeviceTests.failure { _ = try await book(insist: false) }
        #expect(failure?.reason == "BOOKED_OUT" && failure?.code == .failedPrecondition)
        let made = try await book(insist: true)
        #expect(made.added == 2 && made.unchanged == 0 && made.booked == 2 && made.capacity == 1)
        #expect(made.notConfirmed == [waiting.name] && made.ended == [cancelled])
      }
    }
  }

  @Test("A rejection holds under another group until an organiser lifts it")
  func rejection() async throws {
    try await ServerHarness.run(programme: MethodWalk.programme()) { server in
      try await withServerConnection(server.access) { client in
        let people = People(client)
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let made = try await people.registration(Lanyard_V1_Registration(SampleData.person(1, group: "Civil Society")))
        _ = try await service.rejectRegistration(.with { $0.name = made.name })
        let failure = try await DeviceTests.failure { _ = try await people.registration(1) }
        #expect(failure?.reason == "REGISTRATION_REJECTED" && failure?.code == .failedPrecondition)
        #expect(try await service.restoreRegistration(.with { $0.name = made.name }).state == .submitted)
        #expect(try await service.approveRegistration(.with { $0.name = made.name }).state == .confirmed)
      }
    }
  }
}
