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

@Suite("What a participant does on their own", .blocking)
struct OwnRegistrationTests {
  private static let forum = ResourceName.event(SampleData.forum).description

  /// The sample, of which one session takes two bookings and another has a stream.
  private static func programme() throws -> Programme {
    var programme = try SampleData.programme()
    for index in programme.events.indices where programme.events[index].event.slug == SampleData.forum {
      for place in programme.events[index].sessions.indices {
        switch programme.events[index].sessions[place].id {
        case "s001": programme.events[index].sessions[place].stream = "https://live.example.org/opening"
        case "s006":
          programme.events[index].sessions[place].requiresBooking = true
          programme.events[index].sessions[place].capacity = 1
        default: break
        }
      }
    }
    return programme
  }

  /// A registration, and a client with its personal link.
  private static func own(
    _ server: ServerHarness,
    _ number: Int = 1,
    _ participation: Participation = .onsite,
    _ body: (Lanyard_V1_Registration, ServerClient) async throws -> Void
  ) async throws {
    let event = try await server.store.event(SampleData.forum).event
    let details = try SampleData.person(number, participation: participation).validated(for: event)
    let made = try await server.store.register(.test(server.clock.now), details, for: event.slug, request: nil)
    let link = BearerToken.random(.personalLink)
    let week = Duration.seconds(7 * 86_400)
    try await server.store.addPersonalLink(
      .test(server.clock.now),
      link.stored(registration: made.id, of: event.slug, at: server.clock.now, lifetime: week)
    )
    try await withServerConnection(server.access(link.text)) { try await body(Lanyard_V1_Registration(made), $0) }
  }

  @Test("Books a session while it takes bookings, sees it among the sessions, and gives it back")
  func bookings() async throws {
    try await ServerHarness.run(programme: Self.programme()) { server in
      let session = "\(Self.forum)/sessions/s006"
      try await Self.own(server) { mine, client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        func listed() async throws -> Lanyard_V1_Session? {
          try await events.listSessions(.with { $0.parent = Self.forum }).sessions.first { $0.name == session }
        }
        let before = try await listed()
        #expect(before?.placesLeft == 1 && before?.booked == false)
        let made = try await events.addBookings(.with { ($0.parent, $0.registrations) = (session, [mine.name]) })
        #expect(made.added == 1)
        let after = try await listed()
        #expect(after?.placesLeft == 0 && after?.booked == true)
        try await Self.own(server, 2) { other, stranger in
          let theirs = Lanyard_V1_EventService.Client(wrapping: stranger)
          let full = try await DeviceTests.failure {
            _ = try await theirs.addBookings(.with { ($0.parent, $0.registrations) = (session, [other.name]) })
          }
          #expect(full?.reason == "BOOKED_OUT")
          let insisting = try await DeviceTests.failure {
            _ = try await theirs.addBookings(
              .with { ($0.parent, $0.registrations, $0.insist) = (session, [other.name], true) }
            )
          }
          #expect(insisting?.code == .permissionDenied)
          let foreign = try await DeviceTests.failure {
            _ = try await theirs.removeBookings(.with { ($0.parent, $0.registrations) = (session, [mine.name]) })
          }
          #expect(foreign?.reason == "NOT_YOURS")
        }
        let removed = try await events.removeBookings(.with { ($0.parent, $0.registrations) = (session, [mine.name]) })
        #expect(removed.removed == 1)
        server.clock.advance(by: .seconds(86_400))
        let over = try await DeviceTests.failure {
          _ = try await events.addBookings(.with { ($0.parent, $0.registrations) = (session, [mine.name]) })
        }
        #expect(over?.reason == "TAKES_NO_BOOKINGS")
      }
    }
  }

  @Test("Cancels, comes back, renews the link, takes all that is on record, and is erased")
  func whole() async throws {
    try await ServerHarness.run(programme: Self.programme()) { server in
      try await Self.own(server) { mine, client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        #expect(try await service.cancelRegistration(.with { $0.name = mine.name }).state == .cancelled)
        #expect(try await service.restoreRegistration(.with { $0.name = mine.name }).state == .confirmed)
        let data = try await service.exportPersonalData(.with { $0.name = mine.name }).content
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let registration = try #require(object["registration"] as? [String: Any])
        #expect(registration["email"] as? String == "person1@example.org")
        #expect(object["name"] as? String == mine.name)
        #expect((object["check_ins"] as? [Any])?.isEmpty == true)
        let link = try await service.createPersonalLink(.with { ($0.name, $0.endOthers) = (mine.name, true) })
        try await withServerConnection(server.access(link.token)) { renewed in
          let service = Lanyard_V1_RegistrationService.Client(wrapping: renewed)
          let now = try await service.getRegistration(.with { $0.name = mine.name })
          let erased = try await service.eraseRegistration(.with { $0.name = mine.name })
          #expect(now.state == .confirmed && erased.hasEraseTime)
        }
        let id = try #require(ResourceName(mine.name)).id
        var filter = AuditFilter(event: SampleData.forum)
        filter.resource = ChangedResource(recorded: mine.name)
        let entries = try await server.store.auditEntries(filter, PageRequest(size: 20)).items
        let own = entries.filter { $0.act.actor == .participant(id) }.map(\.name)
        #expect(
          own == [
            "registration.cancelled", "registration.restored", "registration.unlinked", "registration.linked",
            "registration.erased", "registration.unlinked",
          ]
        )
      }
    }
  }

  @Test("Says which place on the waiting list one has, and that is told of one's own alone")
  func waiting() async throws {
    var programme = try Self.programme()
    for index in programme.events.indices { programme.events[index].event.onsiteCapacity = 1 }
    try await ServerHarness.run(programme: programme) { server in
      try await Self.own(server, 1) { first, _ in
        #expect(first.state == .confirmed)
        try await Self.own(server, 2) { second, client in
          try await Self.own(server, 3) { third, other in
            let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
            let last = Lanyard_V1_RegistrationService.Client(wrapping: other)
            #expect(try await service.getRegistration(.with { $0.name = second.name }).waitingPlace == 1)
            #expect(try await last.getRegistration(.with { $0.name = third.name }).waitingPlace == 2)
            #expect(try await service.cancelRegistration(.with { $0.name = second.name }).waitingPlace == 0)
            #expect(try await last.getRegistration(.with { $0.name = third.name }).waitingPlace == 1)
            let event = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(
              .with { $0.name = Self.forum }
            )
            #expect(event.onsitePlacesLeft == 0 && event.hasOnsitePlacesLeft && !event.hasOnsiteCapacity)
          }
        }
      }
    }
  }

  @Test("Joins a session over the network in its time, is counted apart, and gets the address of its stream")
  func remote() async throws {
    try await ServerHarness.run(programme: Self.programme()) { server in
      let session = "\(Self.forum)/sessions/s001"
      try await Self.own(server, 1, .remote) { mine, client in
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        let joined = try await service.joinSession(.with { ($0.session, $0.registration) = (session, mine.name) })
        #expect(joined.streamUri == "https://live.example.org/opening" && joined.heartbeatInterval.seconds == 30)
        func attendance() async throws -> Lanyard_V1_Attendance {
          try await withServerConnection(server.access) { client in
            try await Lanyard_V1_AttendanceService.Client(wrapping: client).getAttendance(
              .with { $0.name = "\(Self.forum)/attendance" }
            )
          }
        }
        let counts = try await attendance()
        #expect(counts.remotePeople == 1 && counts.peopleInside == 0)
        #expect(counts.remote.map(\.session) == [session])
        #expect(counts.remote.map(\.inside) == [1] && counts.remote.map(\.people) == [1])
        _ = try await service.leaveSession(.with { ($0.session, $0.registration) = (session, mine.name) })
        #expect(try await attendance().remotePeople == 0)
        server.clock.advance(by: .seconds(7200))
        let over = try await DeviceTests.failure {
          _ = try await service.joinSession(.with { ($0.session, $0.registration) = (session, mine.name) })
        }
        #expect(over?.reason == "NOT_JOINABLE" && over?.code == .failedPrecondition)
      }
      try await Self.own(server, 2) { mine, client in
        let onsite = try await DeviceTests.failure {
          _ = try await Lanyard_V1_AttendanceService.Client(wrapping: client).joinSession(
            .with { ($0.session, $0.registration) = (session, mine.name) }
          )
        }
        #expect(onsite?.reason == "NOT_JOINABLE")
      }
    }
  }
}
