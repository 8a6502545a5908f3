import BadgeCodes
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardScanner

/// The cases in `proto/decisions`, which clients in other languages compare their own decisions with. With
/// `LANYARD_WRITE_DECISIONS=1` in the environment they are written anew.
@Suite("Cases of decisions for other languages")
struct DecisionTests {
  private static let folder = SampleData.root.appending(path: "proto/decisions")
  private static let writes = ProcessInfo.processInfo.environment["LANYARD_WRITE_DECISIONS"] == "1"

  @Test("Say what the rules say, with the server and without it")
  func cases() async throws {
    var reasons: Set<String> = []
    for family in try DecisionFamily.all() {
      var cases: [Any] = []
      for one in family.cases {
        let (json, seen) = try await withTemporaryFolder { folder in
          let record = try await PaperRecord(DecisionPlan.event(), one.badges, in: folder)
          return try await Self.run(one, of: family.name, record)
        }
        cases.append(json)
        reasons.formUnion(seen)
      }
      try Self.compare(["cases": cases], "\(family.name).json")
    }
    let known = RefusalReason.allCases.map(\.rawValue) + ["ADMITTED", "LEFT"]
    #expect(Set(known).subtracting(reasons) == [], "no case has this answer")
  }

  @Test("Are all of one plan, as a roster tells it")
  func plan() throws {
    try Self.compare(try Self.json(DecisionPlan.event().plan), "plan.json")
  }

  /// Decides the steps of a case, by a lane without its server and by a server's record of the same event and badges;
  /// returns it as it is written, and the answers that it has.
  private static func run(
    _ one: DecisionCase,
    of family: String,
    _ record: PaperRecord
  ) async throws -> (json: [String: Any], seen: Set<String>) {
    var lane = LaneRoster()
    lane.take(try DecisionPlan.event().snapshot(one.badges))
    var steps: [Any] = []
    var seen: Set<String> = []
    for (index, step) in one.steps.enumerated() {
      let place = "\(family)/\(one.name), step \(index)"
      let direction = try Direction.stated(step.scan.direction, field: "direction")
      var reading = LaneSession.Reading(code: step.scan.code, direction: direction, readAt: step.now)
      if step.scan.hasOverride { reading.override = try OverrideNote(step.scan.override, under: "override.") }
      let decided = lane.decide(reading, at: step.door, now: step.now)
      let offline = Self.decided(try #require(decided).message(reading))
      let online = Self.decided(Lanyard_V1_CheckIn(try #require(try await record.answer(step), "\(place)")))
      #expect(word(online) == step.expected, "\(place)")
      #expect(word(offline) == step.offline ?? step.expected, "\(place)")
      seen.formUnion([word(online), word(offline)])
      var json: [String: Any] = [
        "now": step.now.rfc3339, "checkpoint": "\(PaperEvent.name)/checkpoints/\(step.door)",
        "scan": try Self.json(step.scan), "check_in": try Self.json(online),
      ]
      if offline != online { json["check_in_offline"] = try Self.json(offline) }
      steps.append(json)
    }
    let json: [String: Any] = [
      "name": one.name, "rule": one.rule, "steps": steps, "entries": try one.badges.map { try Self.json($0.entry) },
    ]
    return (json, seen)
  }

  /// What of an answer is decided: not who the person is, and not the words.
  private static func decided(_ whole: Lanyard_V1_CheckIn) -> Lanyard_V1_CheckIn {
    var message = Lanyard_V1_CheckIn()
    (message.answer, message.reason, message.direction) = (whole.answer, whole.reason, whole.direction)
    (message.wasNotInside, message.doubleReading) = (whole.wasNotInside, whole.doubleReading)
    (message.admittedHere, message.overriddenReason) = (whole.admittedHere, whole.overriddenReason)
    message.admittedParticipations = whole.admittedParticipations
    if whole.hasMostEntries { message.mostEntries = whole.mostEntries }
    if whole.hasMostDays { message.mostDays = whole.mostDays }
    if whole.hasHelp { message.help = whole.help }
    if whole.hasOpensTime { message.opensTime = whole.opensTime }
    if whole.hasEarlier { message.earlier = whole.earlier }
    if whole.offline.notInRoster { message.offline.notInRoster = true }
    return message
  }

  private static func word(_ message: Lanyard_V1_CheckIn) -> String {
    message.answer == .refused ? message.reason.shortName : message.answer.shortName
  }

  private static func json(_ message: some SwiftProtobuf.Message) throws -> Any {
    try JSONSerialization.jsonObject(with: message.jsonUTF8Data() as Data)
  }

  private static func compare(_ value: Any, _ name: String) throws {
    let written = try JSONSerialization.data(
      withJSONObject: value,
      options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    )
    let (text, file) = (String(decoding: written, as: UTF8.self) + "\n", folder.appending(path: name))
    if writes { try Data(text.utf8).write(to: file) }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(text == kept, "proto/decisions/\(name) is not what the rules say: see proto/decisions/README.md")
  }
}

extension Instant {
  /// Such as `2027-05-25T07:00:00Z`.
  fileprivate var rfc3339: String { Date(self).formatted(.iso8601) }
}
