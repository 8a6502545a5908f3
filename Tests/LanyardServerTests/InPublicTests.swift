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

@testable import LanyardServer

@Suite("Registering in public", .blocking)
struct InPublicTests {
  private static let forum = ResourceName.event(SampleData.forum).description

  /// The sample, whose forum is open to everyone.
  private static func programme(capacity: Int? = nil) throws -> Programme {
    var programme = try SampleData.programme()
    for index in programme.events.indices where programme.events[index].event.slug == SampleData.forum {
      programme.events[index].event.inPublic.opens = SampleData.firstMorning - .seconds(3600)
      if let capacity { programme.events[index].event.onsiteCapacity = capacity }
      programme.events[index].sessions[0].stream = "https://live.example.org/opening"
    }
    return programme
  }

  /// A server that strangers can use, and what its links are made with.
  private static func run(
    capacity: Int? = nil,
    callsPerMinute: Int = 1000,
    _ body: (ServerHarness, PersonalLinkMaker) async throws -> Void
  ) async throws {
    let secret = LinkSecret.random()
    try await ServerHarness.run(programme: programme(capacity: capacity)) { settings in
      settings.linkSecret = secret
      settings.publicCallsPerMinute = callsPerMinute
    } _: { server in
      try await body(server, PersonalLinkMaker(store: server.store, secret: secret, clock: server.clock.serverClock))
    }
  }

  private static func asNobody<Value: Sendable>(
    _ server: ServerHarness,
    _ body: (ServerClient) async throws -> Value
  ) async throws -> Value {
    let nobody = ServerAccess(server.address, credential: .none, authorityPath: server.access.authorityPath)
    return try await withServerConnection(nobody, body)
  }

  private static func request(_ number: Int) -> Lanyard_V1_CreateRegistrationRequest {
    .with { ($0.parent, $0.registration) = (forum, Lanyard_V1_Registration(SampleData.person(number))) }
  }

  /// The tokens that confirm what is pending, by address.
  private static func tokens(_ server: ServerHarness, _ links: PersonalLinkMaker) async throws -> [String: String] {
    var filter = RegistrationFilter()
    filter.state = .emailPending
    let page = PageRequest(size: 100)
    var tokens: [String: String] = [:]
    for pending in try await server.store.registrations(of: SampleData.forum, matching: filter, page).page.items {
      tokens[pending.details.email] = try await links.verification(of: pending.id, SampleData.forum)?.text
    }
    return tokens
  }

  @Test(
    "A stranger registers, confirms the address, and goes on with a personal link; the record says that it was them"
  )
  func wholeWay() async throws {
    try await Self.run { server, links in
      try await Self.asNobody(server) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let answer = try await registrations.createRegistration(Self.request(1))
        #expect(answer.state == .emailPending && answer.email == "person1@example.org" && answer.name.isEmpty)
        #expect(!answer.hasCreateTime && !answer.hasUpdateTime && answer.etag.isEmpty)
        let token = try #require(try await Self.tokens(server, links)["person1@example.org"])
        let verified = try await registrations.verifyEmail(.with { $0.token = token })
        #expect(verified.registration.state == .confirmed && !verified.alreadyVerified)
        let again = try await registrations.verifyEmail(.with { $0.token = token })
        #expect(again.alreadyVerified && again.registration == verified.registration)
        // Nothing of it lies in the database but hashes, and yet it is the same link.
        #expect(again.personalLink == verified.personalLink)
        let name = verified.registration.name
        try await withServerConnection(server.access(verified.personalLink.token)) { own in
          let mine = try await Lanyard_V1_RegistrationService.Client(wrapping: own).getRegistration(
            .with { $0.name = name }
          )
          #expect(mine == verified.registration)
        }
        var filter = AuditFilter(event: SampleData.forum)
        filter.resource = ChangedResource(recorded: name)
        let entries = try await server.store.auditEntries(filter, PageRequest(size: 10)).items
        #expect(entries.map(\.name) == ["registration.created", "registration.verified", "registration.linked"])
        let id = try #require(ResourceName(name)).id
        #expect(entries.map(\.act.actor) == [.nobody, .participant(id), .participant(id)])
        #expect(entries.allSatisfy { $0.act.address.isEmpty })
      }
    }
  }

  @Test("The answer is the same for an address that is registered, and its mail leads to what is there")
  func known() async throws {
    try await Self.run { server, links in
      let known = try await withServerConnection(server.access) { try await People($0).registration(1) }
      try await Self.asNobody(server) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let answers = [
          try await registrations.createRegistration(Self.request(1)),
          try await registrations.createRegistration(Self.request(2)),
        ]
        var alike = answers[1]
        (alike.email, alike.familyName, alike.displayName) = (
          answers[0].email, answers[0].familyName, answers[0].displayName
        )
        #expect(alike == answers[0])
        let asked = ["person1@example.org", "nobody@example.org"]
        for email in asked {
          let answer = try await registrations.sendPersonalLink(
            .with { ($0.parent, $0.email) = (Self.forum, email) }
          )
          #expect(answer == Lanyard_V1_SendPersonalLinkResponse())
        }
      }
      while try await !server.store.followForMails(.test(), of: SampleData.forum, limit: 500).isLast {}
      let mails = try await server.store.mails(
        of: SampleData.forum,
        state: nil,
        registration: nil,
        PageRequest(size: 10)
      ).items
      #expect(Set(mails.map(\.mail.kind)) == [.alreadyRegistered, .verifyAddress, .personalLink])
      let base = try #require(WebAddress("https://register.example.org"))
      let pages = WebMailLinks(base: base, links: links)
      let id = try #require(ResourceName(known.name)).id
      func way() async throws -> String? {
        try await pages.address(for: .registration, registration: id, of: SampleData.forum)
      }
      let address = try #require(try await way())
      #expect(try await way() == address)
      let start = "https://register.example.org/\(SampleData.forum)/me/"
      #expect(address.hasPrefix(start))
      try await withServerConnection(server.access(String(address.dropFirst(start.count)))) { own in
        let mine = try await Lanyard_V1_RegistrationService.Client(wrapping: own).getRegistration(
          .with { $0.name = known.name }
        )
        #expect(mine.name == known.name)
      }
      let pending = try #require(mails.first { $0.mail.kind == .verifyAddress }?.mail.registration)
      let verify = try await pages.address(for: .verifyAddress, registration: pending, of: SampleData.forum)
      let token = try #require(try await Self.tokens(server, links)["person2@example.org"])
      #expect(verify == "https://register.example.org/\(SampleData.forum)/verify/\(token)")
    }
  }

  @Test("What is wrong with a form is told of all fields, and of a role that organisers give")
  func faults() async throws {
    try await Self.run { server, _ in
      try await Self.asNobody(server) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func failure(_ change: (inout Lanyard_V1_CreateRegistrationRequest) -> Void) async throws -> CallFailure? {
          var request = Self.request(1)
          change(&request)
          return try await DeviceTests.failure { _ = try await registrations.createRegistration(request) }
        }
        let empty = try await failure { $0.registration = .init() }
        #expect(empty?.reason == "INVALID_FIELD")
        #expect(empty?.fields.map(\.name).contains("registration.email") == true)
        let over = try await failure { $0.overCapacity = true }
        #expect(over?.code == .permissionDenied)
        let id = "018f0f3e-0000-7000-8000-000000000001"
        #expect(try await failure { $0.requestID = id } == nil)
        #expect(try await failure { $0.requestID = id } == nil)
        let reused = try await failure { ($0.requestID, $0.registration.organisation) = (id, "Another") }
        #expect(reused?.reason == "REQUEST_ID_REUSED")
        let address = try await DeviceTests.failure {
          _ = try await registrations.sendPersonalLink(.with { ($0.parent, $0.email) = (Self.forum, "no address") })
        }
        #expect(address?.fields.map(\.name) == ["email"])
      }
      var filter = RegistrationFilter()
      filter.state = .emailPending
      let made = try await server.store.registrations(of: SampleData.forum, matching: filter, PageRequest(size: 9))
      #expect(made.total == 1)
    }
  }

  @Test("A stranger reads what is for everyone, of events with public pages alone")
  func publicPages() async throws {
    try await Self.run { server, _ in
      try await Self.asNobody(server) { client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        #expect(try await events.listEvents(.init()).events.map(\.name) == [Self.forum])
        let event = try await events.getEvent(.with { $0.name = Self.forum })
        #expect(event.registrationPhase == .open && !event.title.isEmpty && !event.stakeholderGroupTerms.isEmpty)
        #expect(event.etag.isEmpty && !event.hasOnsiteCapacity && event.onsiteConfirmed == 0)
        let sessions = try await events.listSessions(.with { $0.parent = Self.forum }).sessions
        #expect(!sessions.isEmpty && sessions.allSatisfy { $0.streamUri.isEmpty && $0.checkpoint.isEmpty })
        let other = try await DeviceTests.failure {
          _ = try await events.getEvent(.with { $0.name = "events/wsis20-ocp" })
        }
        let none = try await DeviceTests.failure { _ = try await events.getEvent(.with { $0.name = "events/none" }) }
        #expect(other?.reason == "NOT_FOUND" && none?.reason == "NOT_FOUND")
      }
      try await withServerConnection(server.access) { client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        let sessions = try await events.listSessions(.with { $0.parent = Self.forum }).sessions
        #expect(sessions.contains { $0.streamUri == "https://live.example.org/opening" })
        let changed = try await events.updateEvent(
          .with {
            $0.event.name = Self.forum
            $0.event.registrationOpenTime = .init(SampleData.firstMorning - .seconds(3600))
            $0.event.registrationCloseTime = .init(SampleData.firstMorning - .seconds(60))
            $0.updateMask.paths = ["registration_open_time", "registration_close_time"]
          }
        )
        #expect(changed.registrationPhase == .over)
      }
      try await Self.asNobody(server) { client in
        let late = try await DeviceTests.failure {
          _ = try await Lanyard_V1_RegistrationService.Client(wrapping: client).createRegistration(Self.request(1))
        }
        #expect(late?.reason == "REGISTRATION_NOT_OPEN" && late?.code == .failedPrecondition)
      }
      try await withServerConnection(server.access) { client in
        _ = try await Lanyard_V1_EventService.Client(wrapping: client).updateEvent(
          Lanyard_V1_UpdateEventRequest(archived: true, of: Self.forum)
        )
      }
      try await Self.asNobody(server) { client in
        let gone = try await DeviceTests.failure {
          _ = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = Self.forum })
        }
        #expect(gone?.reason == "NOT_FOUND")
      }
    }
  }

  @Test("A token that is none confirms nothing, and one that confirms an address opens nothing else")
  func otherTokens() async throws {
    try await Self.run { server, links in
      try await Self.asNobody(server) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        _ = try await registrations.createRegistration(Self.request(1))
        let token = try #require(try await Self.tokens(server, links)["person1@example.org"])
        let forged = String(token.dropLast()) + (token.hasSuffix("0") ? "1" : "0")
        for wrong in ["", "lanyard", forged, server.organiser.text] {
          let failure = try await DeviceTests.failure {
            _ = try await registrations.verifyEmail(.with { $0.token = wrong })
          }
          #expect(failure?.reason == "VERIFICATION_UNKNOWN")
        }
        try await withServerConnection(server.access(token)) { bearer in
          let failure = try await DeviceTests.failure {
            _ = try await Lanyard_V1_EventService.Client(wrapping: bearer).listEvents(.init())
          }
          #expect(failure?.reason == "TOKEN_REFUSED")
        }
        server.clock.advance(by: EmailVerification.patience)
        let late = try await DeviceTests.failure { _ = try await registrations.verifyEmail(.with { $0.token = token }) }
        #expect(late?.reason == "VERIFICATION_UNKNOWN")
      }
    }
  }

  @Test("Too many requests of one address, and too many mails to one, are for later")
  func limits() async throws {
    try await Self.run(callsPerMinute: 7) { server, _ in
      try await Self.asNobody(server) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func ask(_ email: String) async throws -> CallFailure? {
          try await DeviceTests.failure {
            _ = try await registrations.sendPersonalLink(.with { ($0.parent, $0.email) = (Self.forum, email) })
          }
        }
        for _ in 1...5 { #expect(try await ask("one@example.org") == nil) }
        let mails = try await ask("ONE@example.org")
        #expect(mails?.reason == "TOO_MANY_REQUESTS" && mails?.code == .resourceExhausted)
        #expect(try await ask("two@example.org") == nil)
        #expect(try await ask("three@example.org")?.reason == "TOO_MANY_REQUESTS")
        server.clock.advance(by: .seconds(60))
        #expect(try await ask("three@example.org") == nil)
      }
    }
  }

  @Test("200 people who confirm at once get the last 50 places, and the others wait in turn")
  func rush() async throws {
    try await Self.run(capacity: 50, callsPerMinute: 1_000_000) { server, links in
      try await Self.asNobody(server) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 1...200 {
            group.addTask { _ = try await registrations.createRegistration(Self.request(number)) }
          }
          try await group.waitForAll()
        }
        for _ in 0..<2 {
          let tokens = try await Self.tokens(server, links).values
          try await withThrowingTaskGroup(of: Void.self) { group in
            for token in tokens {
              group.addTask { _ = try await registrations.verifyEmail(.with { $0.token = token }) }
            }
            try await group.waitForAll()
          }
        }
        let event = try await server.store.event(SampleData.forum)
        #expect(event.onsiteConfirmed == 50 && event.waiting == 150)
      }
    }
  }

  @Test("The address of a visitor is taken from who serves pages in this process, and from nobody else")
  func visitors() {
    func visitor(_ peer: String, _ stated: String?) -> VisitorAddress { VisitorAddress(peer: peer, stated: stated) }
    #expect(visitor("ipv4:192.0.2.7:50000", "198.51.100.1").address == "192.0.2.7")
    #expect(visitor("ipv4:192.0.2.7:50000", nil).network == "192.0.2")
    #expect(visitor("in-process:17", "198.51.100.1").network == "198.51.100")
    #expect(visitor("in-process:17", "2001:db8:1:2:3::4").network == PeerAddress.network(ofIP: "2001:db8:1:2::9"))
    #expect(visitor("in-process:17", "::ffff:192.0.2.7").network == "192.0.2")
    #expect(visitor("in-process:17", nil).address == "in-process:17")
  }
}
