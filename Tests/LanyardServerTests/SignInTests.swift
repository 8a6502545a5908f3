import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Signing in with a token", .blocking)
struct SignInTests {
  private static func signIn(_ token: String, _ server: ServerHarness) async throws -> Lanyard_V1_SignIn {
    let nobody = ServerAccess(server.address, credential: .none, authorityPath: server.access.authorityPath)
    return try await withServerConnection(nobody) { client in
      try await Lanyard_V1_AccessService.Client(wrapping: client).createSignIn(.with { $0.token = token })
    }
  }

  private static func ownSignIn(_ secret: String, _ server: ServerHarness) async throws -> SignedIn {
    try await withServerConnection(server.access(secret)) { client in
      let service = Lanyard_V1_AccessService.Client(wrapping: client)
      return try SignedIn(try await service.getSignIn(.with { $0.name = ResourceName.ownSignIn }))
    }
  }

  @Test("Gives a secret that may do what the token may, and is signed as both")
  func acts() async throws {
    try await ServerHarness.run { server in
      let token = try await server.token(.desk, event: SampleData.forum)
      let made = try await Self.signIn(token.text, server)
      #expect(made.secret != token.text && made.role == "desk" && made.label == "test")
      let own = try await Self.ownSignIn(made.secret, server)
      #expect(own.token == token.id && own.event == SampleData.forum && own.role == .desk)
      #expect(own.expiresAt == server.clock.now + SignIns.lifetime)
      let registration = try await withServerConnection(server.access(made.secret)) { client in
        let failure = try await DeviceTests.failure {
          let events = Lanyard_V1_EventService.Client(wrapping: client)
          _ = try await events.deleteEvent(.with { $0.name = ResourceName.event(SampleData.forum).description })
        }
        #expect(failure?.reason == "ROLE_NOT_ALLOWED")
        return try await People(client).registration(1).name
      }
      var filter = AuditFilter(event: SampleData.forum)
      filter.resource = ChangedResource(recorded: registration)
      let entry = try #require(try await server.store.auditEntries(filter, PageRequest(size: 5)).items.first)
      #expect(entry.act.actor == .signIn(own.id, of: token.id))
      #expect(entry.act.actor.id == "\(token.id)/signIns/\(own.id)" && entry.act.actor.kind == .token)
      #expect(try AuditEntry(Lanyard_V1_AuditEntry(entry)).act.actor == entry.act.actor)
    }
  }

  @Test("Is refused for what is no token, for a scanner's, and for what another sign-in has")
  func refused() async throws {
    try await ServerHarness.run { server in
      let scanner = try await server.token(.scanner)
      let secret = try await server.signIn(with: server.organiser)
      for (token, reason) in [("", "TOKEN_REFUSED"), (secret, "TOKEN_REFUSED"), (scanner.text, "ROLE_NOT_ALLOWED")] {
        let failure = try await DeviceTests.failure { _ = try await Self.signIn(token, server) }
        #expect(failure?.reason == reason)
      }
      // Whoever has not signed in has nothing to sign out of.
      let failure = try await DeviceTests.failure { _ = try await Self.ownSignIn(server.organiser.text, server) }
      #expect(failure?.reason == "NOT_FOUND")
    }
  }

  @Test("Takes so many tries a minute from one address, and counts none that succeed")
  func limited() async throws {
    try await ServerHarness.run { server in
      for _ in 0..<12 { _ = try await Self.signIn(server.organiser.text, server) }
      var reasons: [String?] = []
      for _ in 0..<11 {
        reasons.append(try await DeviceTests.failure { _ = try await Self.signIn("x", server) }?.reason)
      }
      #expect(reasons == Array(repeating: "TOKEN_REFUSED", count: 10) + ["TOO_MANY_ATTEMPTS"])
      server.clock.advance(by: .seconds(61))
      #expect(try await Self.signIn(server.organiser.text, server).role == "organiser")
    }
  }

  @Test("Names the other's sign-in to nobody")
  func others() async throws {
    try await ServerHarness.run { server in
      let (one, other) = (
        try await server.signIn(with: server.organiser), try await server.signIn(with: server.organiser)
      )
      let own = try await Self.ownSignIn(one, server)
      try await withServerConnection(server.access(other)) { client in
        let failure = try await DeviceTests.failure {
          _ = try await Lanyard_V1_AccessService.Client(wrapping: client).deleteSignIn(
            .with { $0.name = ResourceName.signIn(own.id, of: own.token).description }
          )
        }
        #expect(failure?.reason == "NOT_FOUND")
      }
      #expect(try await Self.ownSignIn(one, server).id == own.id)
    }
  }

  @Test("Finds who is registered twice, and tells organisers alone")
  func duplicates() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let parent = ResourceName.event(SampleData.forum).description
        let person = People.message(1)
        for address in ["ana@example.org", "a.reyes@example.org"] {
          var registration = person
          (registration.givenName, registration.familyName, registration.email) = ("Ana", "Reyes", address)
          let asked = registration
          _ = try await service.createRegistration(.with { ($0.parent, $0.registration) = (parent, asked) })
        }
        let found = try await service.findDuplicates(.with { $0.parent = parent })
        #expect(found.totalSize == 1 && found.groups.first?.kind == .samePerson)
        #expect(found.groups.first?.registrations.map(\.email) == ["ana@example.org", "a.reyes@example.org"])
      }
    }
  }
}
