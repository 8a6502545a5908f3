import Foundation
import LanyardDomain
import LanyardSQLite
import LanyardStore
import LanyardTesting
import Logging
import Testing

@testable import LanyardServer

@Suite("What is kept as long as its event says", .blocking)
struct RetentionTests {
  private static let forum = SampleData.forum

  /// The forum, which keeps people for ten days, and a question whose answers it keeps for two.
  private static func programme(_ days: Int?) throws -> Programme {
    var programme = try SampleData.programme()
    programme.events = programme.events.filter { $0.event.slug == forum }
    programme.events[0].event.retentionDays = days
    var diet = EventQuestion(id: "diet", kind: .text, labels: [.english: "Diet?"])
    diet.retentionDays = 2
    var hope = EventQuestion(id: "hope", kind: .text, labels: [.english: "Hope?"])
    hope.position = 1
    programme.events[0].questions = [diet, hope]
    return programme
  }

  private static func run(
    days: Int?,
    _ body: (SQLiteStore, ManualClock, RetentionUpkeep, [Registration]) async throws -> Void
  ) async throws {
    try await ServerHarness.run(programme: programme(days)) { server in
      let store = server.store
      var people: [Registration] = []
      for number in 1...3 {
        var form = SampleData.person(number)
        form.answers.own = ["diet": "vegan", "hope": "peace"]
        let details = try form.validated(for: await store.event(forum).event)
        let act = Act.server(at: server.clock.now)
        people.append(try await store.register(act, details, for: forum, request: nil, overCapacity: false))
      }
      let upkeep = RetentionUpkeep(
        store: store,
        clock: server.clock.serverClock,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      )
      try await body(store, server.clock, upkeep, people)
      await server.stop()
      #expect(try SQLiteStore.verify(fileAt: server.folder.appending(path: "lanyard.sqlite").path)?.broken == nil)
    }
  }

  /// A moment of the day that comes so many days after the last of the forum, which is 31 May in Geneva.
  private static func day(_ number: Int, _ time: String) -> Instant {
    SampleData.moment("2024-05-31T\(time)+02:00") + .seconds(number * 86_400)
  }

  @Test("Is erased by itself the day after, with the person's answers before it, and the counts stay")
  func erased() async throws {
    try await Self.run(days: 10) { store, clock, upkeep, people in
      let before = try await store.event(Self.forum).onsiteConfirmed
      func answers() async throws -> [[String: String]] {
        try await store.registrations(people.map(\.id), of: Self.forum).map(\.details.answers.own)
      }
      clock.set(Self.day(2, "23:59:59"))
      await upkeep.turn()
      #expect(try await answers() == [["diet": "vegan", "hope": "peace"]].flatMap { [$0, $0, $0] })
      clock.set(Self.day(3, "00:00:00"))
      await upkeep.turn()
      #expect(try await answers() == [["hope": "peace"], ["hope": "peace"], ["hope": "peace"]])
      clock.set(Self.day(10, "23:59:59"))
      await upkeep.turn()
      #expect(try await store.registration(people[0].id, of: Self.forum).erasedAt == nil)
      clock.set(Self.day(11, "00:00:00"))
      await upkeep.turn()
      let left = try await store.registrations(people.map(\.id), of: Self.forum)
      #expect(left.allSatisfy { $0.erasedAt == clock.now && $0.details.person == Person() })
      #expect(
        try await store.registrations(of: Self.forum, matching: RegistrationFilter(), PageRequest(size: 9)).total == 3
      )
      #expect(before == 3)
      let entries = try await store.auditEntries(AuditFilter(event: Self.forum), PageRequest(size: 1000)).items
      let names = entries.filter { $0.act.actor == Act.server(at: clock.now).actor }.map(\.name)
      #expect(names.count { $0 == "registration.erased" } == 3 && names.count { $0 == "question.forgotten" } == 1)
      // Once is enough.
      await upkeep.turn()
      #expect(
        try await store.auditEntries(AuditFilter(event: Self.forum), PageRequest(size: 1000)).items.count
          == entries.count
      )
    }
  }

  @Test("Is kept for ever where the event says nothing")
  func kept() async throws {
    try await Self.run(days: nil) { store, clock, upkeep, people in
      clock.set(Self.day(4000, "12:00:00"))
      await upkeep.turn()
      let left = try await store.registrations(people.map(\.id), of: Self.forum)
      #expect(left.allSatisfy { $0.erasedAt == nil && $0.details.answers.own == ["hope": "peace"] })
    }
  }
}
