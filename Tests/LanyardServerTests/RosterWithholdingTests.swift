import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardServer

/// What lanes of earlier versions are told of rules that they do not know.
@Suite("A roster for a lane that does not know every rule")
struct RosterWithholdingTests {
  private static let cursor = RosterCursor(feed: FeedCursor(store: "store", event: 1, sequence: 7), plan: 2)

  /// A plan with two doors, of which the first goes by a rule, and two badges likewise.
  private static func message() throws -> Lanyard_V1_WatchRosterResponse {
    let event = Event(
      slug: "forum",
      title: "Forum",
      startDate: try #require(LocalDate("2024-05-27")),
      endDate: try #require(LocalDate("2024-05-31")),
      timeZone: .utc
    )
    var gates = ["a", "b"].map { id in
      Checkpoint(id: id, displayName: id, kind: .entrance, area: "venue", timeZone: .utc)
    }
    gates[0].pause = .seconds(600)
    let plan = VenuePlan(
      eventKey: Key(1),
      event: event,
      checkpoints: [Key(1): gates[0], Key(2): gates[1]],
      sessions: []
    )
    return .with {
      $0.plan = Lanyard_V1_RosterPlan(plan, keys: [], isRehearsal: false)
      $0.entries = [
        .with { ($0.participation, $0.rules, $0.days) = (.onsite, [.personDays], ["2024-05-27"]) },
        .with { $0.participation = .onsite },
      ]
      $0.cursor = cursor.text
    }
  }

  @Test("leaves out what the lane would have to know to decide by such a rule, and nothing else")
  func withheld() throws {
    let message = try Self.message()
    let older = try RosterWithholding(known: []).applied(to: try message.packed())
    #expect(older.plan.checkpoints.map(\.kind) == [.unspecified, .entrance])
    #expect(older.entries.map(\.participation) == [.unspecified, .onsite])
    #expect(throws: InvalidInput.self) { try RosterPlan(older.plan) }
    let some = try RosterWithholding(known: [.entryPause, .UNRECOGNIZED(99)]).applied(to: try message.packed())
    #expect(some.plan == message.plan)
    #expect(some.entries.map(\.participation) == [.unspecified, .onsite])
    #expect(try RosterWithholding.none.applied(to: message) == message)
  }

  @Test("leaves out all doors of an event that activates badges, which the lane would take for working ones")
  func activation() throws {
    var message = try Self.message()
    (message.plan.event.stakeholderGroups, message.plan.event.activatedStakeholderGroups) = (["Press"], ["Press"])
    #expect(try Event(message.plan.event, under: "").rules == [.activation])
    let known = RosterRule.known.filter { $0 != .activation }
    let older = try RosterWithholding(known: known).applied(to: try message.packed())
    #expect(older.plan.checkpoints.map(\.kind) == [.unspecified, .unspecified])
    #expect(try RosterWithholding.none.applied(to: message) == message)
  }

  @Test("begins anew once the lane knows more, as after an update")
  func updated() throws {
    let older = RosterWithholding(known: [])
    let text = try older.applied(to: try Self.message()).cursor
    #expect(older.cursor(text) == Self.cursor)
    #expect(RosterWithholding(known: [.grace]).cursor(text) == nil && RosterWithholding.none.cursor(text) == nil)
    #expect(RosterWithholding.none.cursor(Self.cursor.text) == Self.cursor && older.cursor(Self.cursor.text) == nil)
  }
}
