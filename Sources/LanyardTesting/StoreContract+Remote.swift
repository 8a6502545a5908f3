import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  private static func follower(_ number: Int, _ store: any Store) async throws -> String {
    try await register(SampleData.person(number, participation: .remote), store).id
  }

  private static func join(
    _ person: String,
    _ session: String,
    _ store: any Store,
    after seconds: Int = 0
  ) async throws -> RemoteVisit {
    try await store.joinSession(.test(now + .seconds(seconds)), session, by: person, of: forum)
  }

  /// Why somebody does not join; nil where they do.
  private static func refusal(
    _ person: String,
    _ session: String,
    _ store: any Store,
    after seconds: Int
  ) async throws -> NotJoinable.Cause? {
    let act = Act.test(now + .seconds(seconds))
    do throws(StoreError) {
      _ = try await store.joinSession(act, session, by: person, of: forum)
      return nil
    } catch {
      if case .notJoinable(let refused) = error { return refused.cause }
      throw error
    }
  }

  private static func count(_ session: String, _ store: any Store, after seconds: Int = 0) async throws -> RemoteCount?
  {
    try await store.remoteCounts(of: forum, at: now + .seconds(seconds))[session]
  }

  private static func changes(_ store: any Store) async throws -> [String] {
    try await store.auditEntries(AuditFilter(event: forum), PageRequest(size: 1000)).items.map(\.name).filter {
      $0 == ChangeName.sessionJoined.rawValue || $0 == ChangeName.sessionLeft.rawValue
    }
  }

  static let remote: [StoreRule] = [
    StoreRule("who joins a session over the network is in it until they leave, one session at a time") { store in
      let people = [try await follower(1, store), try await follower(2, store)]
      #expect(try await count("s001", store) == nil)
      #expect(try await join(people[0], "s001", store).joinedAt == now)
      _ = try await join(people[1], "s001", store)
      #expect(try await count("s001", store) == RemoteCount(inside: 2, people: 2))
      _ = try await join(people[0], "s003", store, after: 5)
      #expect(try await count("s001", store, after: 5) == RemoteCount(inside: 1, people: 2))
      #expect(try await count("s003", store, after: 5) == RemoteCount(inside: 1, people: 1))
      try await store.leaveSession(.test(now + .seconds(6)), "s001", by: people[0], of: forum)
      try await store.leaveSession(.test(now + .seconds(6)), "s003", by: people[0], of: forum)
      #expect(try await count("s003", store, after: 6) == RemoteCount(inside: 0, people: 1))
      // Nobody of them is inside by a door.
      #expect(try await store.attendance(of: forum, checkpoint: nil, at: now).peopleInside == 0)
      #expect(
        try await changes(store) == [
          "session.joined", "session.joined", "session.left", "session.joined", "session.left",
        ]
      )
    },
    StoreRule("whoever goes on saying so stays in a session, and silence ends it as of when they were last heard of") {
      store in
      let person = try await follower(1, store)
      for seconds in [0, 30, 60, 170] { #expect(try await join(person, "s001", store, after: seconds).joinedAt == now) }
      #expect(try await count("s001", store, after: 289) == RemoteCount(inside: 1, people: 1))
      #expect(try await count("s001", store, after: 290) == RemoteCount(inside: 0, people: 1))
      #expect(try await store.endSilent(.test(now + .seconds(289)), of: forum) == 0)
      #expect(try await changes(store) == ["session.joined"])
      #expect(try await store.endSilent(.test(now + .seconds(290)), of: forum) == 1)
      #expect(try await store.endSilent(.test(now + .seconds(900)), of: forum) == 0)
      let again = try await join(person, "s001", store, after: 400)
      #expect(again.joinedAt == now + .seconds(400))
      // Their silence was not told yet.
      #expect(try await join(person, "s001", store, after: 700).joinedAt == now + .seconds(700))
      #expect(try await count("s001", store, after: 700) == RemoteCount(inside: 1, people: 1))
      #expect(
        try await changes(store)
          == ["session.joined", "session.left", "session.joined", "session.left", "session.joined"]
      )
    },
    StoreRule("a session is joined in its time, by who takes part remotely, is confirmed, and for whom it is") {
      store in
      func cause(_ person: String, _ session: String, after seconds: Int = 0) async throws -> NotJoinable.Cause? {
        try await refusal(person, session, store, after: seconds)
      }
      let remote = try await follower(1, store)
      let onsite = try await register(SampleData.person(2), store).id
      #expect(try await cause(onsite, "s001") == .notForThem)
      #expect(try await cause(remote, "s005") == .notRemote)
      #expect(try await cause(remote, "s002") == .notForThem)
      #expect(try await cause(remote, "s006") == .tooEarly)
      #expect(try await cause(remote, "s001", after: -1) == .tooEarly)
      #expect(try await cause(remote, "s001", after: 7199) == nil)
      #expect(try await cause(remote, "s001", after: 7200) == .over)
      _ = try await store.take(.test(now), .cancel, on: remote, of: forum, etag: nil)
      #expect(try await cause(remote, "s001") == .notConfirmed)
    },
  ]
}
