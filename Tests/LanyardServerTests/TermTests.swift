import BadgeCodes
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Groups, roles and titles over TLS", .hangGuard)
struct TermTests {
  private static let event = "events/\(SampleData.forum)"
  private static let society = "civil-society"

  /// The forum with labelled groups in this order, and a door for civil society and guests alone.
  private static func programme(_ order: [Int] = [0, 1, 2]) throws -> Programme {
    let terms = [
      Term(id: society, labels: [.english: "Civil society", .french: "Société civile"]), "Government",
      Term(id: "academia", labels: [.french: "Milieux universitaires"]),
    ]
    var programme = try SampleData.programme()
    programme.events.removeFirst()
    programme.events[0].event.stakeholderGroups = order.map { terms[$0] }
    programme.events[0].event.guestRoles = [Term(id: "mp", labels: [.french: "Député", .english: "MP"])]
    programme.events[0].event.title = LocalizedText("Forum", translations: [.french: "Le forum"])
    for index in programme.events[0].sessions.indices { programme.events[0].sessions[index].admittedGroups = [] }
    programme.events[0].checkpoints[1].admits = AdmissionList(groups: [society, "Government"], roles: ["mp"])
    programme.events[0].checkpoints[2].admits = AdmissionList(participations: [.remote])
    return programme
  }

  private static func person(_ number: Int, _ group: String, role: String = "") -> Lanyard_V1_Registration {
    var person = People.message(number)
    (person.stakeholderGroup, person.guestRole) = (group, role)
    return person
  }

  private static func run(_ body: (ServerHarness, ServerClient) async throws -> Void) async throws {
    try await ServerHarness.run(programme: programme()) { server in
      var access = server.access
      access.language = "fr"
      try await withServerConnection(access) { try await body(server, $0) }
    }
  }

  @Test("A person and a row may name a group by a label in any language, and are kept and found by its id")
  func labels() async throws {
    try await Self.run { _, client in
      let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
      let made = try await service.createRegistration(
        .with { ($0.parent, $0.registration) = (Self.event, Self.person(1, "Société civile", role: "MP")) }
      )
      #expect(made.stakeholderGroup == Self.society && made.guestRole == "mp")
      let rows = ["societe CIVILE", "Government", "Civil society", "Press"].enumerated().map { index, group in
        Lanyard_V1_ImportRegistrationsRequest.Row.with {
          ($0.row, $0.registration) = (Int32(index + 2), Self.person(index + 2, group))
        }
      }
      let summary = try await service.importRegistrations { writer in
        try await writer.write(.with { ($0.parent, $0.rows) = (Self.event, rows) })
      }
      #expect(summary.imported == 3 && summary.refused.map(\.row) == [5])
      // The event's language is English, in which these have no label.
      #expect(summary.refused.first?.reason.contains("Civil society, Government") == true, "\(summary.refused)")
      // The same people by their ids are registered already.
      let again = try await service.importRegistrations { writer in
        try await writer.write(
          .with {
            $0.parent = Self.event
            $0.rows = [.with { ($0.row, $0.registration) = (2, Self.person(2, Self.society)) }]
          }
        )
      }
      #expect(again.unchanged == 1)
      for group in [Self.society, "Civil society"] {
        let found = try await service.listRegistrations(
          .with { ($0.parent, $0.stakeholderGroup) = (Self.event, group) }
        )
        #expect(found.totalSize == 3 && found.registrations.allSatisfy { $0.stakeholderGroup == Self.society })
      }
    }
  }

  @Test("An event has its terms with numbers and labels, and its title by language")
  func event() async throws {
    try await Self.run { _, client in
      let event = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = Self.event })
      #expect(event.title == "Forum" && event.titles == ["fr": "Le forum"])
      #expect(event.stakeholderGroups == [Self.society, "Government", "academia"])
      #expect(event.stakeholderGroupTerms.map(\.number) == [1, 2, 3])
      #expect(event.stakeholderGroupTerms[0].labels == ["en": "Civil society", "fr": "Société civile"])
      #expect(event.guestRoles == ["mp"] && event.guestRoleTerms.map(\.labels.count) == [2])
    }
  }

  @Test("A door admits by id, and a refusal says in the caller's language for whom it is")
  func refusal() async throws {
    try await Self.run { server, client in
      let people = People(client)
      let (member, outsider, guest) = (
        try await people.badge(Self.person(1, "Civil society")), try await people.badge(Self.person(2, "academia")),
        try await people.badge(Self.person(3, "academia", role: "Député"))
      )
      func scan(_ code: String, lane: Int) async throws -> Lanyard_V1_CheckIn {
        try await Lanyard_V1_CheckInService.Client(wrapping: client).checkIn(
          .with {
            $0.checkpoint = "\(Self.event)/checkpoints/entrance-lane-\(lane)"
            ($0.scan.code, $0.scan.scanID) = (code, UUIDBytes.timeOrdered(at: server.clock.now).description)
          }
        ).checkIn
      }
      let admitted = try await scan(member.code, lane: 2)
      #expect(admitted.answer == .admitted && admitted.attendee.stakeholderGroup == Self.society)
      #expect(admitted.attendee.stakeholderGroupLabel == "Société civile" && admitted.attendee.guestRoleLabel.isEmpty)
      let invited = try await scan(guest.code, lane: 2)
      #expect(invited.answer == .admitted && invited.attendee.guestRole == "mp")
      #expect(invited.attendee.guestRoleLabel == "Député")
      let refused = try await scan(outsider.code, lane: 2)
      #expect(refused.reason == .notAdmittedHere && refused.admittedHere == [Self.society, "Government", "mp"])
      #expect(refused.admittedHereLabels == ["Société civile", "Government", "Député"])
      #expect(refused.admittedParticipations == [])
      #expect(refused.operatorMessage.contains("Société civile") && !refused.operatorMessage.contains(Self.society))
      let remote = try await scan(outsider.code, lane: 3)
      #expect(
        remote.reason == .notAdmittedHere && remote.admittedHere == [] && remote.admittedParticipations == [.remote]
      )
      #expect(remote.operatorMessageKey == "operator.notAdmittedHereRemote")
      #expect(remote.operatorMessage == "Réservé aux personnes qui participent à distance.")
      // What is read back of the ledger is what was answered.
      let listed = try await Lanyard_V1_AttendanceService.Client(wrapping: client).listCheckIns(
        .with { $0.parent = Self.event }
      ).checkIns
      #expect(listed == [admitted, invited, refused, remote])
      let search = try await Lanyard_V1_CheckInService.Client(wrapping: client).searchAttendees(
        .with { ($0.parent, $0.query) = (Self.event, "Nº 1") }
      )
      #expect(search.matches.map(\.attendee.stakeholderGroupLabel) == ["Société civile"])
      #expect(try SQLiteStore.verify(fileAt: server.folder.appending(path: "lanyard.sqlite").path)?.broken == nil)
    }
  }

  @Test("A badge carries its group's number, whatever the order of the programme since")
  func badgeNumber() async throws {
    try await Self.run { server, client in
      let ring = try await BadgeSigner.load(from: server.store, clock: server.clock.serverClock).ring
      func number(_ person: Lanyard_V1_Registration) async throws -> Int {
        let code = try await People(client).badge(person).code
        return try ring.verify(UnverifiedBadgeCode(reading: code)).payload.stakeholderGroup
      }
      #expect(try await number(Self.person(1, Self.society)) == 1)
      #expect(try await number(Self.person(2, "academia")) == 3)
      _ = try await server.store.importProgramme(.test(server.clock.now), Self.programme([2, 0]))
      #expect(try await number(Self.person(3, Self.society)) == 1)
      #expect(try await number(Self.person(4, "academia")) == 3)
    }
  }
}
