import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Registrations by hand over TLS")
struct RegistrationByHandTests {
  private static let forum = "events/\(SampleData.forum)"

  @Test("A person is found by id, name, address, badge code, serial and words, and by nobody else's code")
  func finding() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let people = People(client)
        let badge = try await people.badge(1)
        let name = badge.registration
        _ = try await people.registration(12)
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func found(_ text: String) async throws -> [String] {
          let found = try await service.findRegistrations(.with { ($0.parent, $0.text) = (Self.forum, text) })
          #expect(Int(found.totalSize) == found.registrations.count)
          return found.registrations.map(\.name)
        }
        let id = try #require(name.split(separator: "/").last.map(String.init))
        let serial = try #require(badge.name.split(separator: "/").last.map(String.init))
        for text in [
          name, id, badge.name, serial, badge.code, " \(badge.code.lowercased()) ", "PERSON1@example.org",
          "محمد Nº 1",
        ] {
          #expect(try await found(text) == [name], "\(text)")
        }
        #expect(try await found("محمد").count == 2)
        for text in ["events/other/registrations/\(id)", "0000000000000001", "nobody@example.org", "!", ""] {
          #expect(try await found(text) == [], "\(text)")
        }
        // A code that says this serial and was not issued.
        let forged = String(badge.code.dropLast(8)) + "AAAAAAAA"
        #expect(try await found(forged) == [])
      }
    }
  }

  @Test("An update changes what its mask names, with the etag that was read, and names what is wrong as it was sent")
  func update() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let made = try await People(client).registration(1)
        func update(
          _ paths: [String],
          _ edit: (inout Lanyard_V1_Registration) -> Void
        ) async throws -> Lanyard_V1_Registration {
          try await service.updateRegistration(
            .with {
              $0.registration.name = made.name
              edit(&$0.registration)
              $0.updateMask.paths = paths
            }
          )
        }
        let changed = try await update(["organisation", "country"]) {
          ($0.organisation, $0.country, $0.givenName, $0.etag) = ("Another", "CH", "Passed over", made.etag)
        }
        #expect(changed.organisation == "Another" && changed.country == "CH" && changed.givenName == made.givenName)
        #expect(changed.etag != made.etag && changed.email == made.email)
        let stale = await CheckInTests.failure { _ = try await update(["country"]) { $0.etag = made.etag } }
        #expect(stale?.reason == "ETAG_MISMATCH")
        let words = "since it was read: organisation, country."
        #expect(stale?.message.contains(words) == true, "\(stale?.message ?? "")")
        #expect(stale?.message.contains("`lanyard registrations show \(made.name)`") == true)
        let cancelled = try await service.cancelRegistration(.with { ($0.name, $0.etag) = (made.name, changed.etag) })
        _ = try await service.restoreRegistration(.with { $0.name = made.name })
        // Only what was changed since then, and of a state that it was.
        for (etag, what) in [(changed.etag, "state"), (made.etag, "organisation, country, state")] {
          let late = await CheckInTests.failure {
            _ = try await service.cancelRegistration(.with { ($0.name, $0.etag) = (made.name, etag) })
          }
          #expect(late?.message.contains("it was read: \(what).") == true, "\(late?.message ?? "")")
        }
        #expect(cancelled.state == .cancelled)
        let unheard = await CheckInTests.failure {
          _ = try await service.eraseRegistration(.with { ($0.name, $0.etag) = (made.name, "\"900\"") })
        }
        #expect(unheard?.reason == "ETAG_MISMATCH" && unheard?.message.contains("Look at it again") == true)
        let wrong = await CheckInTests.failure {
          _ = try await update(["email", "stakeholder_group"]) { ($0.email, $0.stakeholderGroup) = ("x", "Friends") }
        }
        #expect(wrong?.fields.map(\.name) == ["registration.email", "registration.stakeholder_group"])
        let nameless = await CheckInTests.failure { _ = try await update(["given_name", "family_name"]) { _ in } }
        #expect(nameless?.fields.map(\.name) == ["registration.given_name"])
        let path = await CheckInTests.failure { _ = try await update(["state"]) { _ in } }
        #expect(path?.fields.map(\.name) == ["update_mask"])
        let order = await CheckInTests.failure {
          _ = try await service.listRegistrations(.with { ($0.parent, $0.orderBy) = (Self.forum, "age") })
        }
        #expect(order?.fields.map(\.name) == ["order_by"])
        for field in ["stakeholder_group", "guest_role", "country", "email", "organisation"] {
          var request = Lanyard_V1_ListRegistrationsRequest()
          request.parent = Self.forum
          switch field {
          case "stakeholder_group": request.stakeholderGroup = "Friends"
          case "guest_role": request.guestRole = "Clown"
          case "country": request.country = "Aotearoa"
          case "email": request.email = "x"
          default: request.organisation = "!"
          }
          let asked = request
          let refused = await CheckInTests.failure { _ = try await service.listRegistrations(asked) }
          #expect(refused?.fields.map(\.name) == [field])
        }
      }
    }
  }

  @Test("The desk corrects and brings back, and leaves to organisers what is theirs to decide")
  func desk() async throws {
    try await ServerHarness.run(programme: MethodWalk.programme()) { server in
      let desk = server.access(try await server.token(.desk).text)
      let (made, rejected) = try await withServerConnection(server.access) { client in
        let rejected = try await People(client).registration(
          Lanyard_V1_Registration(SampleData.person(2, group: "Civil Society"))
        ).name
        _ = try await Lanyard_V1_RegistrationService.Client(wrapping: client).rejectRegistration(
          .with { $0.name = rejected }
        )
        return (try await People(client).registration(1).name, rejected)
      }
      try await withServerConnection(desk) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        _ = try await service.cancelRegistration(.with { $0.name = made })
        #expect(try await service.restoreRegistration(.with { $0.name = made }).state == .confirmed)
        let lifted = await CheckInTests.failure {
          _ = try await service.restoreRegistration(.with { $0.name = rejected })
        }
        #expect(lifted?.reason == "ROLE_NOT_ALLOWED" && lifted?.code == .permissionDenied)
        let moved = await CheckInTests.failure {
          _ = try await service.updateRegistration(
            .with {
              ($0.registration.name, $0.registration.stakeholderGroup) = (made, "Civil Society")
              $0.updateMask.paths = ["stakeholder_group"]
            }
          )
        }
        #expect(moved?.reason == "ROLE_NOT_ALLOWED")
      }
    }
  }

  @Test("The desk approves, rejects and moves up, and gives nobody a place that there is not")
  func deskDecides() async throws {
    var small = try MethodWalk.programme()
    for index in small.events.indices where small.events[index].event.slug == SampleData.forum {
      small.events[index].event.onsiteCapacity = 1
    }
    try await ServerHarness.run(programme: small) { server in
      let people = try await withServerConnection(server.access) { client in
        var people: [Lanyard_V1_Registration] = []
        for number in [2, 3] {
          people.append(
            try await People(client).registration(.init(SampleData.person(number, group: "Civil Society")))
          )
        }
        return people
      }
      #expect(people.map(\.state) == [.submitted, .submitted])
      let device = try await server.enrol(.desk).access
      for (access, number) in [(server.access(try await server.token(.desk).text), 0), (device, 1)] {
        try await withServerConnection(access) { client in
          let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
          let name = people[number].name
          let over = await CheckInTests.failure {
            _ = try await service.approveRegistration(.with { ($0.name, $0.overCapacity) = (name, true) })
          }
          #expect(over?.reason == "ROLE_NOT_ALLOWED" && over?.message.contains("over the capacity") == true)
          let state = try await service.approveRegistration(.with { $0.name = name }).state
          #expect(state == (number == 0 ? .confirmed : .waitlisted))
        }
      }
      try await withServerConnection(device) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func moveUp(over: Bool) async throws -> Lanyard_V1_Registration {
          try await service.moveUpRegistration(
            .with { ($0.name, $0.note, $0.overCapacity) = (people[1].name, "speaks", over) }
          )
        }
        let beyond = await CheckInTests.failure { _ = try await moveUp(over: true) }
        #expect(beyond?.reason == "ROLE_NOT_ALLOWED")
        let full = await CheckInTests.failure { _ = try await moveUp(over: false) }
        #expect(full?.reason == "NO_PLACE")
        let rejected = try await service.rejectRegistration(.with { $0.name = people[1].name })
        #expect(rejected.state == .rejected)
        // What people are told of is the command that they know.
        let export = await CheckInTests.failure {
          try await service.exportRegistrations(.with { $0.parent = Self.forum }) { for try await _ in $0.messages {} }
        }
        #expect(
          export?.message == "A device enrolled as \"registration desk\" may not call `lanyard registrations export`."
        )
      }
    }
  }

  @Test(
    "A place out of turn needs a reason, which staff reads and the person does not; over the capacity is an organiser's word"
  )
  func placesByHand() async throws {
    var small = try MethodWalk.programme()
    for index in small.events.indices where small.events[index].event.slug == SampleData.forum {
      small.events[index].event.onsiteCapacity = 1
    }
    try await ServerHarness.run(programme: small) { server in
      let desk = server.access(try await server.token(.desk).text)
      let (first, waiting) = try await withServerConnection(server.access) { client in
        (try await People(client).registration(1), try await People(client).registration(3))
      }
      #expect(first.state == .confirmed && waiting.state == .waitlisted)
      try await withServerConnection(desk) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let added = await CheckInTests.failure {
          _ = try await service.createRegistration(
            .with { ($0.parent, $0.registration, $0.overCapacity) = (Self.forum, People.message(4), true) }
          )
        }
        #expect(added?.reason == "ROLE_NOT_ALLOWED")
      }
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func moveUp(_ note: String, over: Bool) async throws -> Lanyard_V1_Registration {
          try await service.moveUpRegistration(
            .with { ($0.name, $0.note, $0.overCapacity) = (waiting.name, note, over) }
          )
        }
        let silent = await CheckInTests.failure { _ = try await moveUp(" ", over: true) }
        #expect(silent?.fields.map(\.name) == ["note"])
        let full = await CheckInTests.failure { _ = try await moveUp("speaks", over: false) }
        #expect(full?.reason == "NO_PLACE" && full?.code == .failedPrecondition)
        #expect(try await moveUp("speaks", over: true).state == .confirmed)
        let event = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = Self.forum })
        #expect(event.onsiteConfirmed == 2 && event.onsiteCapacity == 1)
        #expect(try await service.getRegistration(.with { $0.name = waiting.name }).moveUpNote == "speaks")
      }
      let id = try #require(waiting.name.split(separator: "/").last.map(String.init))
      let link = server.access(try await server.personalLink(of: id).text)
      try await withServerConnection(link) { client in
        let own = try await Lanyard_V1_RegistrationService.Client(wrapping: client).getRegistration(
          .with { $0.name = waiting.name }
        )
        #expect(own.state == .confirmed && own.moveUpNote.isEmpty)
      }
    }
  }
}
