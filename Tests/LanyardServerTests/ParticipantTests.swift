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

@Suite("A participant with a personal link", .blocking)
struct ParticipantTests {
  private static func id(_ name: String) throws -> String { try #require(ResourceName(name)).id }

  @Test("Reads and cancels their own registration, which the record says was them, and still reads it then")
  func ownRegistration() async throws {
    try await ServerHarness.run { server in
      let badge = try await withServerConnection(server.access) { client in
        let badge = try await People(client).badge(1)
        _ = try await People(client).badge(2)
        // What is noted about somebody is for those who work with them.
        let marked = try await Lanyard_V1_BadgeService.Client(wrapping: client).updateBadge(
          .with {
            $0.badge.name = badge.name
            ($0.badge.attention, $0.badge.attentionNote) = (.escort, "Call the host.")
          }
        )
        #expect(marked.attentionNote == "Call the host.")
        return marked
      }
      let person = try Self.id(badge.registration)
      let link = try await server.personalLink(of: person)
      try await withServerConnection(server.access(link.text)) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        #expect(
          try await registrations.getRegistration(.with { $0.name = badge.registration }).name == badge.registration
        )
        let badges = Lanyard_V1_BadgeService.Client(wrapping: client)
        var read = badge
        (read.attention, read.attentionNote) = (.unspecified, "")
        #expect(try await badges.getBadge(.with { $0.name = badge.name }) == read)
        // They need not know the names of what is theirs.
        let event = ResourceName.event(SampleData.forum).description
        #expect(try await badges.listBadges(.with { $0.parent = event }).badges == [read])
        let own = ResourceName.registration(ResourceName.own, of: SampleData.forum).description
        #expect(try await registrations.getRegistration(.with { $0.name = own }).name == badge.registration)
        let cancelled = try await registrations.cancelRegistration(.with { $0.name = badge.registration })
        #expect(cancelled.state == .cancelled)
        #expect(try await registrations.getRegistration(.with { $0.name = badge.registration }) == cancelled)
      }
      var filter = AuditFilter(event: SampleData.forum)
      filter.resource = ChangedResource(recorded: badge.registration)
      let entries = try await server.store.auditEntries(filter, PageRequest(size: 10)).items
      #expect(entries.last?.name == "registration.cancelled")
      #expect(entries.last?.act.actor == .participant(person))
      // The trail outlives whoever is erased: neither where they called from nor words of their own stand on it.
      #expect(entries.last?.act.address == "")
      let created = try #require(entries.first)
      #expect(!created.act.address.isEmpty)
    }
  }

  @Test("Changes their own registration as the public may, which the record says was them, and nothing of the desk's")
  func change() async throws {
    try await ServerHarness.run { server in
      let made = try await withServerConnection(server.access) { try await People($0).registration(1) }
      let person = try Self.id(made.name)
      let link = try await server.personalLink(of: person)
      try await withServerConnection(server.access(link.text)) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func update(
          _ paths: [String],
          over: Bool = false,
          _ edit: (inout Lanyard_V1_Registration) -> Void
        ) async throws -> Lanyard_V1_Registration {
          var registration = try await service.getRegistration(.with { $0.name = made.name })
          edit(&registration)
          return try await service.updateRegistration(
            .with { ($0.registration, $0.updateMask.paths, $0.overCapacity) = (registration, paths, over) }
          )
        }
        let changed = try await update(["given_name", "participation"]) {
          ($0.givenName, $0.participation) = ("Zoë", .remote)
        }
        #expect(changed.givenName == "Zoë" && changed.participation == .remote && changed.state == .confirmed)
        #expect(try await service.getRegistration(.with { $0.name = made.name }) == changed)
        // All fields, of which one differs.
        #expect(try await update([]) { $0.organisation = "Zoë & Co." }.organisation == "Zoë & Co.")
        let refused = try await DeviceTests.failure {
          _ = try await update(["email", "given_name"]) {
            ($0.email, $0.givenName) = ("other@example.org", "Other")
          }
        }
        #expect(refused?.reason == "INVALID_FIELD" && refused?.fields.map(\.name) == ["registration.email"])
        let over = try await DeviceTests.failure {
          _ = try await update(["participation"], over: true) { $0.participation = .onsite }
        }
        #expect(over?.reason == "ROLE_NOT_ALLOWED" && over?.code == .permissionDenied)
        let now = try await service.getRegistration(.with { $0.name = made.name })
        #expect(now.email == made.email && now.givenName == "Zoë" && now.participation == .remote)
      }
      var filter = AuditFilter(event: SampleData.forum)
      filter.resource = ChangedResource(recorded: made.name)
      let entries = try await server.store.auditEntries(filter, PageRequest(size: 10)).items
      let updates = entries.filter { $0.name == "registration.updated" }
      #expect(updates.count == 2)
      #expect(updates.allSatisfy { $0.act.actor == .participant(person) && $0.act.address == "" })
    }
  }

  @Test(
    "Gets the link from the desk, uses it for that registration alone, and has it until they are erased",
    .hangGuard
  )
  func madeOverTheWire() async throws {
    try await ServerHarness.run { server in
      let names = try await withServerConnection(server.access) { client in
        let people = People(client)
        return [try await people.registration(1).name, try await people.registration(2).name]
      }
      let desk = server.access(try await server.token(.desk, event: SampleData.forum).text)
      let link = try await withServerConnection(desk) { client in
        try await Lanyard_V1_RegistrationService.Client(wrapping: client).createPersonalLink(
          .with { $0.name = names[0] }
        )
      }
      let valid = Instant(shown: link.expireTime) - server.clock.now
      #expect(valid > .seconds(89 * 24 * 3600) && valid <= .seconds(90 * 24 * 3600))
      func reason(_ name: String) async throws -> String? {
        try await withServerConnection(server.access(link.token)) { client in
          try await DeviceTests.failure {
            let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
            _ = try await registrations.cancelRegistration(.with { $0.name = name })
            _ = try await registrations.getRegistration(.with { $0.name = name })
          }?.reason
        }
      }
      #expect(try await reason(names[0]) == nil)
      #expect(try await reason(names[1]) == "NOT_YOURS")
      var filter = AuditFilter(event: SampleData.forum)
      filter.resource = ChangedResource(recorded: names[0])
      let entries = try await server.store.auditEntries(filter, PageRequest(size: 10)).items
      let linked = try #require(entries.first { $0.name == "registration.linked" })
      if case .token = linked.act.actor {} else { Issue.record("\(linked.act.actor)") }
      try await withServerConnection(server.access) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        _ = try await registrations.eraseRegistration(.with { $0.name = names[0] })
        let again = try await DeviceTests.failure {
          _ = try await registrations.createPersonalLink(.with { $0.name = names[0] })
        }
        #expect(again?.reason == "PERSON_ERASED" && again?.code == .failedPrecondition)
        let nobody = try await DeviceTests.failure {
          _ = try await registrations.createPersonalLink(.with { $0.name = "\(names[0])-none" })
        }
        #expect(nobody?.reason == "NOT_FOUND")
      }
      // A token that was good a moment ago may be taken for a moment more.
      while try await reason(names[0]) != "TOKEN_REFUSED" {}
    }
  }

  @Test("Is told the same of what is somebody else's and of what is not there")
  func othersThings() async throws {
    try await ServerHarness.run { server in
      let (own, other) = try await withServerConnection(server.access) { client in
        let people = People(client)
        return (try await people.registration(1), try await people.badge(2))
      }
      let link = try await server.personalLink(of: try Self.id(own.name))
      let forum = "events/\(SampleData.forum)"
      try await withServerConnection(server.access(link.text)) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let badges = Lanyard_V1_BadgeService.Client(wrapping: client)
        var told: [CallFailure?] = []
        for name in [other.registration, "\(forum)/registrations/none", "events/none/registrations/none"] {
          told.append(
            try await DeviceTests.failure { _ = try await registrations.getRegistration(.with { $0.name = name }) }
          )
          told.append(
            try await DeviceTests.failure { _ = try await registrations.cancelRegistration(.with { $0.name = name }) }
          )
          told.append(
            try await DeviceTests.failure {
              _ = try await registrations.updateRegistration(.with { $0.registration.name = name })
            }
          )
        }
        for name in [other.name, "\(forum)/badges/0000000000000001", "events/none/badges/0000000000000001"] {
          told.append(try await DeviceTests.failure { _ = try await badges.getBadge(.with { $0.name = name }) })
          told.append(
            try await DeviceTests.failure {
              _ = try await badges.renderBadge(.with { ($0.name, $0.format) = (name, .svg) })
            }
          )
        }
        told.append(
          try await DeviceTests.failure {
            _ = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = "events/none" })
          }
        )
        for failure in told {
          #expect(failure?.code == .permissionDenied && failure?.reason == "NOT_YOURS")
          #expect(failure?.message == told[0]?.message)
        }
      }
    }
  }

  @Test("Is out when the link has run out, was ended, or is another of the same id")
  func ends() async throws {
    try await ServerHarness.run { server in
      let name = try await withServerConnection(server.access) { try await People($0).registration(1).name }
      let person = try Self.id(name)
      func reason(_ token: String) async throws -> String? {
        try await withServerConnection(server.access(token)) { client in
          try await DeviceTests.failure {
            let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
            _ = try await registrations.getRegistration(.with { $0.name = name })
          }?.reason
        }
      }
      let first = try await server.personalLink(of: person)
      #expect(first.kind == .personalLink && BearerToken(first.text)?.text == first.text)
      #expect(try await reason(first.text) == nil)
      #expect(try await reason("lanyard_\(first.id)_\(String(repeating: "0", count: 64))") == "TOKEN_REFUSED")
      server.clock.advance(by: .seconds(3600))
      #expect(try await reason(first.text) == "TOKEN_REFUSED")
      // Nobody knew this one before, so that its end is seen at once.
      let second = try await server.personalLink(of: person)
      _ = try await server.store.endPersonalLinks(.test(server.clock.now), of: person, event: SampleData.forum)
      #expect(try await reason(second.text) == "TOKEN_REFUSED")
    }
  }
}
