import Testing

@testable import LanyardLoad

@Suite("Which event a load test plays where nobody names one")
struct PlayedEventTests {
  private static func only(of slugs: [String], withBadges: Set<String>) async throws -> String {
    try await PlayedEvent.only(of: slugs) { withBadges.contains($0) }
  }

  private static func words(of slugs: [String], withBadges: Set<String>) async throws -> String {
    let failure = await #expect(throws: LoadFailure.self) { try await only(of: slugs, withBadges: withBadges) }
    return try #require(failure).description
  }

  @Test("Is the only one, and of several the one with badges")
  func one() async throws {
    #expect(try await Self.only(of: ["forum"], withBadges: []) == "forum")
    #expect(try await Self.only(of: ["forum", "prep", "side"], withBadges: ["prep"]) == "prep")
  }

  @Test("Is asked for by one sentence each where there is none, where several have badges and where none has")
  func refused() async throws {
    #expect(try await Self.words(of: [], withBadges: []) == "there is no event: import a programme first")
    #expect(
      try await Self.words(of: ["forum", "prep", "side"], withBadges: ["forum", "side"])
        == "several events have badges: say which with --event: forum, side"
    )
    #expect(
      try await Self.words(of: ["forum", "prep"], withBadges: [])
        == "none of the events has badges: issue some, or say which event with --event: forum, prep"
    )
  }
}
