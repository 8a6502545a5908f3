import LanyardAPI
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardScanner

/// Messages of a server that is newer than the lane.
@Suite("A lane that meets what its version does not know", .hangGuard, .blocking)
struct LaneUpdateTests {
  private typealias Change = @Sendable (inout Lanyard_V1_RosterPlan) -> Void

  private static let plans: [(field: String, change: Change)] = [
    ("checkpoints[0].directions", { $0.checkpoints[0].directions = .UNRECOGNIZED(9) }),
    ("checkpoints[0].kind", { $0.checkpoints[0].kind = .UNRECOGNIZED(9) }),
    ("checkpoints[0].admitted_participations[0]", { $0.checkpoints[0].admittedParticipations = [.UNRECOGNIZED(9)] }),
  ]

  @Test("Lets nobody in by a plan with an unknown rule, says that it needs an update, and goes on with a plan it knows")
  func plan() async throws {
    try await LaneRosterTests.withOfflineLane { lane, _, roster in
      for (field, change) in Self.plans {
        var plan = roster.snapshot.plan
        change(&plan)
        try await lane.take(.with { ($0.plan, $0.cursor) = (plan, "2") })
        let message = await Self.refusal(roster.codes[0], lane)
        #expect(message?.contains("needs an update") == true)
        #expect(message?.contains(field) == true, "\(message ?? "somebody was let in")")
      }
      try await lane.take(roster.snapshot)
      #expect(await Self.refusal(roster.codes[0], lane) == nil)
    }
  }

  @Test("Lets nobody in whose own entry says something unknown, and everybody else")
  func entry() async throws {
    try await LaneRosterTests.withOfflineLane { lane, _, roster in
      let changes: [@Sendable (inout Lanyard_V1_RosterEntry) -> Void] = [
        { $0.badgeState = .UNRECOGNIZED(9) }, { $0.registrationState = .UNRECOGNIZED(9) },
        { $0.participation = .UNRECOGNIZED(9) }, { $0.participation = .unspecified },
      ]
      for change in changes {
        var entry = roster.badges[0]
        change(&entry)
        try await lane.take(.with { ($0.entries, $0.cursor) = ([entry], "2") })
        #expect(await Self.refusal(roster.codes[0], lane)?.contains("needs an update") == true)
      }
      #expect(await Self.refusal(roster.codes[1], lane) == nil)
    }
  }

  /// Why a reading could not be decided; nil where it was.
  private static func refusal(_ code: String, _ lane: Lane) async -> String? {
    await lane.submit(LaneTests.reading(code))
    var answers = lane.answers.makeAsyncIterator()
    guard case .failed(let failure)? = await answers.next()?.outcome else { return nil }
    return failure.sentence.english
  }
}
